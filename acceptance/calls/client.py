"""Send a request as a person, by path template and parameters; every exchange is checked and recorded."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from acceptance import redaction
from acceptance.calls.deadlines import Deadline, transport
from acceptance.calls.event_stream import EventStream, payload
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import EVENT_STREAM, JSON, Contract, Operation, spelling
from acceptance.errors import NotOfferedError

ROUTER_NOT_FOUND = {"detail": "Not Found"}
SAFE_TO_REPEAT = frozenset({"GET", "HEAD", "OPTIONS"})
Check = Callable[[Exchange], None]


class Api:
    """The service under test, called by operation. One connection pool for the whole run.

    `checks` are run on every finished exchange and add findings; `record` is told of each exchange last.
    """

    def __init__(self, base_url: str, contract: Contract, timeout: float, stream_timeout: float) -> None:
        self.base_url = base_url.rstrip("/")
        self.contract = contract
        self.timeout, self.stream_timeout = timeout, stream_timeout
        self.deadline = Deadline()
        self.checks: list[Check] = []
        self.record: Check = lambda _: None
        self.client_address = "10.0.0.1"
        self.request_name = "run"
        self._served: dict[tuple[str, str], str] | None = None
        self._count = 0
        self._client = self._new_client()

    def _new_client(self) -> httpx.Client:
        return httpx.Client(
            transport=transport(self.deadline),
            timeout=self.timeout,
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": "api-acceptance"},
        )

    def learn_served(self, document: Mapping[str, Any]) -> None:
        """Take from the target's own OpenAPI document which operations it serves and how it spells them."""
        self._served = {
            (method.upper(), spelling(path)): path
            for path, methods in document.get("paths", {}).items()
            for method in methods
        }

    def serves(self, operation: Operation) -> bool:
        """Whether the target's document lists the operation; True when there is no document."""
        return self._served is None or (operation.method, spelling(operation.path)) in self._served

    def send(self, call: Call) -> Exchange:
        """Make one call and return its exchange, answered or not (then `failure` says why).

        Raises NotOfferedError when the target does not route the operation.
        """
        exchange, request = self._prepare(call)
        started = time.monotonic()
        try:
            with self.deadline.within(self.timeout):
                response = self._send(request)
            self._take(exchange, response)
        except httpx.HTTPError as error:
            exchange.failure = self._explain(error)
        exchange.seconds = time.monotonic() - started
        self._finish(exchange)
        return exchange

    @contextmanager
    def stream(self, call: Call) -> Iterator[EventStream]:
        """Open an event stream; on leaving, its connection is closed, the exchange checked and recorded."""
        exchange, request = self._prepare(call)
        request.headers["Accept"] = "text/event-stream"
        request.extensions["timeout"] = httpx.Timeout(self.timeout, read=self.stream_timeout).as_dict()
        started = time.monotonic()
        response = httpx.Response(599, request=request)
        try:
            with self.deadline.within(self.timeout):
                response = self._client.send(request, stream=True)
                self._take_head(exchange, response)
                if exchange.media_type != EVENT_STREAM:
                    response.read()
                    self._take(exchange, response)
        except httpx.HTTPError as error:
            exchange.failure = self._explain(error)
        stream = EventStream(exchange, response, self.deadline)
        try:
            yield stream
        finally:
            stream.close()
            exchange.seconds = time.monotonic() - started
            exchange.events = [*stream.payloads, *map(payload, stream.after_terminal)]
            exchange.failure = exchange.failure or (stream.problem if stream.ended == "broken" else "")
            self._finish(exchange)

    def fetch(self, path: str) -> bytes:
        """Return what a plain GET answers that is no operation of the contract.

        Raises httpx.HTTPError when there is no answer in time, or none with a success status.
        """
        with self.deadline.within(self.timeout):
            return self._client.get(self.base_url + path).raise_for_status().content

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def _prepare(self, call: Call) -> tuple[Exchange, httpx.Request]:
        operation = self.contract.operation(call.method, call.path)
        self._count += 1
        request_id = f"{self.request_name}-{self._count}"
        headers = {"X-Request-ID": request_id, "X-Forwarded-For": self.client_address}
        if call.token:
            redaction.learn(call.token)
            headers["Authorization"] = f"Bearer {call.token}"
        redaction.learn_from(call.json)
        redaction.learn_from(dict(call.query))
        request = self._client.build_request(
            operation.method,
            self._url(operation, call.values),
            json=call.json,
            params=call.query or None,
            content=call.content,
            headers={**headers, **call.headers},
        )
        return Exchange(operation, call, str(request.url), request_id, dict(request.headers)), request

    def _url(self, operation: Operation, values: Mapping[str, Any]) -> str:
        template = (self._served or {}).get((operation.method, spelling(operation.path)), operation.path)
        ours = [part for part in operation.path.split("/") if part.startswith("{")]
        theirs = [part for part in template.split("/") if part.startswith("{")]
        missing = [name for name in ours if name[1:-1] not in values]
        if missing:
            raise LookupError(f"{operation.name} needs a value for {', '.join(missing)}")
        for name, placeholder in zip(ours, theirs, strict=True):
            template = template.replace(placeholder, quote(str(values[name[1:-1]]), safe=""), 1)
        return self.base_url + template

    def _send(self, request: httpx.Request) -> httpx.Response:
        try:
            return self._client.send(request)
        except httpx.ConnectError:
            raise
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            # A kept connection may have been dropped by the service while idle. Only a request that
            # cannot have had an effect is sent once more.
            if request.method not in SAFE_TO_REPEAT:
                raise
            return self._client.send(request)

    def _take_head(self, exchange: Exchange, response: httpx.Response) -> None:
        exchange.status = response.status_code
        exchange.headers = {name.lower(): value for name, value in response.headers.items()}

    def _take(self, exchange: Exchange, response: httpx.Response) -> None:
        self._take_head(exchange, response)
        exchange.content = response.content
        if exchange.media_type == JSON and response.content:
            try:
                exchange.body = response.json()
            except (ValueError, RecursionError) as error:
                exchange.failure = f"the answer says it is JSON and is not ({error})"
            redaction.learn_from(exchange.body)
        if response.status_code >= 500:
            # The service closes the connection after an unhandled error; a write must not meet a dying one.
            self._client.close()
            self._client = self._new_client()

    def _finish(self, exchange: Exchange) -> None:
        for check in self.checks:
            check(exchange)
        self.record(exchange)
        if (
            exchange.status == 404
            and exchange.body == ROUTER_NOT_FOUND
            and (self._served is None or not self.serves(exchange.operation))
        ):
            exchange.looked_at = True
            raise NotOfferedError(f"the target does not serve {exchange.operation.name}")

    def _explain(self, error: httpx.HTTPError) -> str:
        host = urlsplit(self.base_url).netloc
        if isinstance(error, httpx.TimeoutException):
            return f"no answer from {host} within {self.timeout:g} s"
        if isinstance(error, httpx.ConnectError):
            return f"no connection to {host} ({error})"
        return f"the connection to {host} broke ({error or type(error).__name__})"
