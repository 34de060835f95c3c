"""Send a request as a person, by path template and parameters; every exchange is checked and recorded."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from acceptance import redaction
from acceptance.calls.deadlines import Deadline, transport
from acceptance.calls.event_stream import EventStream, payload
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import EVENT_STREAM, JSON, Contract, Operation, spelling
from acceptance.errors import NotOfferedError

SAFE_TO_REPEAT = frozenset({"GET", "HEAD", "OPTIONS"})
Observer = Callable[[Exchange], None]


class Connection:
    """The service under test for a whole run: one pool of connections, its contract and what it serves.

    Every client of the run shares it, in whatever thread; timeouts are in seconds.
    """

    def __init__(self, base_url: str, contract: Contract, timeout: float, stream_timeout: float) -> None:
        self.base_url = base_url.rstrip("/")
        self.contract = contract
        self.timeout, self.stream_timeout = timeout, stream_timeout
        self.deadline = Deadline()
        self._served: dict[tuple[str, str], str] | None = None
        self._client = httpx.Client(
            transport=transport(self.deadline),
            timeout=timeout,
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

    def lists(self, operation: Operation) -> bool:
        """Whether the target has a document and the operation is in it."""
        return (operation.method, spelling(operation.path)) in (self._served or {})

    def build(self, operation: Operation, call: Call, headers: Mapping[str, str]) -> httpx.Request:
        """Return the request of a call; raises LookupError when the path template lacks a value."""
        return self._client.build_request(
            operation.method,
            self._url(operation, call.values),
            json=call.json,
            params=call.query or None,
            content=call.content,
            headers={**headers, **call.headers},
        )

    def send(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, read to its end. Raises httpx.HTTPError when there is none in time.

        A kept connection may have been dropped by the service while idle. Only a request that cannot have
        had an effect is sent once more then.
        """
        with self.deadline.within(self.timeout):
            try:
                return self._client.send(request)
            except httpx.ConnectError:
                raise
            except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
                if request.method not in SAFE_TO_REPEAT:
                    raise
                return self._client.send(request)

    def open(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its head read, to be read and closed. Raises httpx.HTTPError."""
        request.extensions["timeout"] = httpx.Timeout(self.timeout, read=self.stream_timeout).as_dict()
        with self.deadline.within(self.timeout):
            return self._client.send(request, stream=True)

    def fetch(self, path: str) -> bytes:
        """Return the answer of a GET outside the contract; raises httpx.HTTPError unless it is a success."""
        with self.deadline.within(self.timeout):
            return self._client.get(self.base_url + path).raise_for_status().content

    def explain(self, error: httpx.HTTPError) -> str:
        """Return in words why there was no answer."""
        host = urlsplit(self.base_url).netloc
        if isinstance(error, httpx.TimeoutException):
            return f"no answer from {host} within {self.timeout:g} s"
        if isinstance(error, httpx.ConnectError):
            return f"no connection to {host} ({error})"
        return f"the connection to {host} broke ({error or type(error).__name__})"

    def close(self) -> None:
        """Close every connection of the pool."""
        self._client.close()

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


class Client:
    """What calls the service for one scenario, or for the run itself when `scenario` is empty.

    Request ids begin with `request_name`; `address` is the client address that the service is told of.
    `observers` are told of every finished exchange, in their order: first checks, which add findings to it,
    then whoever keeps it.
    """

    def __init__(
        self,
        connection: Connection,
        observers: Sequence[Observer] = (),
        *,
        scenario: str = "",
        request_name: str = "run",
        address: str = "10.0.0.1",
    ) -> None:
        self.connection, self.observers = connection, observers
        self.scenario, self.request_name, self.address = scenario, request_name, address
        self._numbers = count(1)

    def send(self, call: Call) -> Exchange:
        """Make a call; return its exchange, answered or not. Raises NotOfferedError when it is unrouted."""
        exchange, request = self._prepare(call)
        started = time.monotonic()
        try:
            self._take(exchange, self.connection.send(request))
        except httpx.HTTPError as error:
            exchange.failure = self.connection.explain(error)
        self._finish(exchange, started)
        return exchange

    @contextmanager
    def stream(self, call: Call) -> Iterator[EventStream]:
        """Open an event stream; on leaving, its connection is closed and the exchange is finished."""
        exchange, request = self._prepare(call)
        request.headers["Accept"] = EVENT_STREAM
        started = time.monotonic()
        response = httpx.Response(599, request=request)
        deadline = self.connection.deadline
        try:
            response = self.connection.open(request)
            self._take_head(exchange, response)
            if exchange.media_type != EVENT_STREAM:
                with deadline.within(self.connection.timeout):
                    response.read()
                self._take(exchange, response)
        except httpx.HTTPError as error:
            exchange.failure = self.connection.explain(error)
        stream = EventStream(exchange, response, deadline)
        try:
            yield stream
        finally:
            stream.close()
            exchange.events = [*stream.payloads, *map(payload, stream.after_terminal)]
            redaction.learn_from(exchange.events)
            exchange.events_complete = stream.ended in {"terminal", "closed"}
            exchange.failure = exchange.failure or (stream.problem if stream.ended == "broken" else "")
            self._finish(exchange, started)

    def _prepare(self, call: Call) -> tuple[Exchange, httpx.Request]:
        operation = self.connection.contract.operation(call.method, call.path)
        request_id = f"{self.request_name}-{next(self._numbers)}"
        wire = operation.semantics.wire
        headers = {wire.request_id: request_id, **({wire.address: self.address} if wire.address else {})}
        if call.token:
            headers["Authorization"] = f"Bearer {call.token}"
        redaction.learn_from([{"token": call.token}, call.json, call.query, call.headers])
        request = self.connection.build(operation, call, headers)
        sent = dict(request.headers)
        return Exchange(operation, call, str(request.url), request_id, sent, scenario=self.scenario), request

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
        said = exchange.content.decode("utf-8", "replace") if exchange.body is None else exchange.body
        redaction.learn_from([exchange.headers, said])
        if response.status_code >= 500:
            # The service closes the connection after an unhandled error; a write must not meet a dying one.
            response.extensions["network_stream"].close()

    def _finish(self, exchange: Exchange, started: float) -> None:
        exchange.seconds = time.monotonic() - started
        for observer in self.observers:
            observer(exchange)
        not_routed = exchange.status == 404 and exchange.body == exchange.wire.not_routed
        if not_routed and not self.connection.lists(exchange.operation):
            raise NotOfferedError(f"the target does not serve {exchange.operation.name}")
