"""Send a request as a person, by path template and parameters; every exchange is checked and recorded."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from itertools import count
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from acceptance import redaction
from acceptance.calls import strict_json
from acceptance.calls.bounds import LOST, SAFE_TO_REPEAT, BoundedClient
from acceptance.calls.deadlines import Deadline
from acceptance.calls.event_stream import EventStream
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import EVENT_STREAM, JSON, Contract, Finding, Operation, spelling
from acceptance.errors import NotServedError
from acceptance.interruption import held

STRICT_JSON = "strict JSON"
# The peer went away in the middle; nothing is known of what it did.
BROKEN = (httpx.ReadError, httpx.WriteError, httpx.CloseError, httpx.ProtocolError)
Observer = Callable[[Exchange], None]
# What the ids of requests begin with that no scenario makes.
RUN = "run"


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
        self.reopen()

    def reopen(self) -> None:
        """Begin with no connection: those that a forked process inherits belong to the one that made them."""
        self._client = BoundedClient(self.deadline, self.timeout)

    def learn_served(self, document: Mapping[str, Any]) -> None:
        """Take from the target's own OpenAPI document which operations it serves and how it spells them."""
        self._served = {
            (method.upper(), spelling(path)): path
            for path, methods in document.get("paths", {}).items()
            for method in methods
        }

    @property
    def has_document(self) -> bool:
        """Whether the target said in a document of its own which operations it serves."""
        return bool(self._served)

    def lists(self, operation: Operation) -> bool:
        """Whether the target has a document and the operation is in it."""
        return (operation.method, spelling(operation.path)) in (self._served or {})

    def build(self, operation: Operation, call: Call, headers: Mapping[str, str]) -> httpx.Request:
        """Return the request of a call; raises LookupError when the path template lacks a value.

        Raises httpx.HTTPError when these values make no request.
        """
        return self._client.build(
            operation.method,
            self._url(operation, call.values),
            json=call.json,
            params=call.query or None,
            content=call.content,
            headers={**headers, **call.headers},
        )

    def send(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """Return the answer and its body. Raises httpx.HTTPError when there is none in time."""
        response, content = self._client.send(request)
        if response.status_code >= 500:
            # The service closes the connection after an unhandled error; a write must not meet a dying one.
            response.extensions["network_stream"].close()
        return response, content

    def open(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its head read, to be read and closed. Raises httpx.HTTPError."""
        request.extensions["timeout"] = httpx.Timeout(self.timeout, read=self.stream_timeout).as_dict()
        return self._client.open(request)

    def read(self, response: httpx.Response) -> bytes:
        """Return the body of an answer that was opened, and close it. Raises httpx.HTTPError."""
        with self.deadline.within(self.timeout):
            return self._client.read(response)

    def fetch(self, path: str) -> tuple[httpx.Response, bytes]:
        """Return the answer to a GET outside the contract, and its body. Raises httpx.HTTPError for none."""
        return self._client.send(self._client.build("GET", self.base_url + path))

    def explain(self, error: httpx.HTTPError) -> str:
        """Return in words why there was no answer."""
        host = urlsplit(self.base_url).netloc
        if isinstance(error, httpx.TimeoutException) and self.deadline.run_is_over():
            return f"no answer from {host} before the time of the run was over"
        if isinstance(error, httpx.TimeoutException):
            return f"no answer from {host} within {self.timeout:g} s"
        if isinstance(error, httpx.ConnectError):
            return f"no connection to {host} ({error})"
        if isinstance(error, BROKEN):
            return f"the connection to {host} broke ({error or type(error).__name__})"
        return str(error)

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
    then whoever keeps it. `before` is told of every call before it is made.
    """

    def __init__(
        self,
        connection: Connection,
        observers: Sequence[Observer] = (),
        *,
        scenario: str = "",
        request_name: str = RUN,
        address: str = "10.0.0.1",
    ) -> None:
        self.connection, self.observers = connection, observers
        self.scenario, self.request_name, self.address = scenario, request_name, address
        self._numbers = count(1)
        self.before: Callable[[Call], None] = lambda _: None

    def send(self, call: Call) -> Exchange:
        """Make a call; return its exchange, answered or not. Raises NotServedError when it is unrouted."""
        self.before(call)
        exchange, request = self._prepare(call)
        started = time.monotonic()
        # What a write makes has to be known before the run may end.
        with held() if exchange.operation.method not in SAFE_TO_REPEAT else nullcontext():
            if request is not None:
                try:
                    self._take(exchange, *self.connection.send(request))
                except httpx.HTTPError as error:
                    self._give_up(exchange, error)
                exchange.lost = exchange.lost or request.extensions.get(LOST, "")
            self._finish(exchange, started)
        return exchange

    @contextmanager
    def stream(self, call: Call) -> Iterator[EventStream]:
        """Open an event stream; on leaving, its connection is closed and the exchange is finished."""
        self.before(call)
        exchange, request = self._prepare(call, Accept=EVENT_STREAM)
        started = time.monotonic()
        with held():
            opened = self._open(exchange, request) if request is not None else None
        stream = EventStream(exchange, opened, self.connection.deadline)
        try:
            yield stream
        finally:
            stream.close()
            exchange.events = [one.payload for one in (*stream.events, *stream.after_terminal)]
            exchange.findings += stream.findings
            redaction.learn_from(exchange.events)
            exchange.events_complete = stream.ended in {"terminal", "closed"}
            exchange.failure = exchange.failure or (stream.problem if stream.ended == "broken" else "")
            self._finish(exchange, started)

    def _open(self, exchange: Exchange, request: httpx.Request) -> httpx.Response | None:
        """Return the answer when it is an event stream; any other one is read and taken."""
        try:
            response = self.connection.open(request)
            self._take_head(exchange, response)
            if exchange.media_type == EVENT_STREAM:
                return response
            self._take(exchange, response, self.connection.read(response))
        except httpx.HTTPError as error:
            self._give_up(exchange, error)
        return None

    def _prepare(self, call: Call, **more: str) -> tuple[Exchange, httpx.Request | None]:
        """Return the exchange of a call and its request, which is none when nothing can be sent."""
        operation = self.connection.contract.operation(call.method, call.path)
        request_id = f"{self.request_name}-{next(self._numbers)}"
        wire = operation.semantics.wire
        headers = {wire.request_id: request_id, **more}
        if wire.address:
            headers[wire.address] = self.address
        if call.token:
            headers["Authorization"] = f"Bearer {call.token}"
        exchange = Exchange(operation, call, operation.path, request_id, headers, scenario=self.scenario)
        try:
            redaction.learn_from([{"token": call.token}, call.json, call.query, call.headers])
            request = self.connection.build(operation, call, headers)
        except httpx.HTTPError as error:
            exchange.failure = str(error)
            return exchange, None
        exchange.url, exchange.request_headers = str(request.url), dict(request.headers)
        return exchange, request

    def _give_up(self, exchange: Exchange, error: httpx.HTTPError) -> None:
        exchange.failure = self.connection.explain(error)
        if isinstance(error, BROKEN):
            exchange.lost = exchange.failure

    def _take_head(self, exchange: Exchange, response: httpx.Response) -> None:
        exchange.status = response.status_code
        exchange.headers = {name.lower(): value for name, value in response.headers.items()}

    def _take(self, exchange: Exchange, response: httpx.Response, content: bytes) -> None:
        self._take_head(exchange, response)
        exchange.content = content
        if exchange.media_type == JSON and content:
            try:
                exchange.body, faults = strict_json.read(content)
                exchange.findings += [Finding(STRICT_JSON, "", fault) for fault in faults]
            except ValueError as error:
                exchange.failure = f"the answer says it is JSON and is not ({error})"
        said = content.decode("utf-8", "replace") if exchange.body is None else exchange.body
        redaction.learn_from([exchange.headers, said])

    def _finish(self, exchange: Exchange, started: float) -> None:
        exchange.seconds = time.monotonic() - started
        for observer in self.observers:
            observer(exchange)
        not_routed = exchange.status == 404 and exchange.body == exchange.wire.not_routed
        if not_routed and not self.connection.lists(exchange.operation):
            raise NotServedError(exchange.operation.name)
