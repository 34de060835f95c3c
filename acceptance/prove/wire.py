"""What a fault sees on the wire: a request on its way in, a reply on its way out."""

import json
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from acceptance.calls.client import RUN
from acceptance.contract.document import JSON, Operation
from acceptance.scenarios.undo import CLEANUP
from acceptance.target.published_document import PLACE

Headers = Sequence[tuple[str, str]]
Chunks = AsyncGenerator[bytes, None]
SCENARIO = "scenario"


@dataclass(frozen=True)
class Incoming:
    """One request as the suite sent it."""

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    operation: Operation | None
    values: Mapping[str, str]

    @property
    def authorization(self) -> str:
        """The Authorization header, or an empty string."""
        return header(self.headers, "authorization")

    @property
    def part(self) -> str:
        """Which part of a run asks, as the request's id says: RUN, CLEANUP, or SCENARIO for its steps."""
        named = self.operation.semantics.wire.request_id.lower() if self.operation else ""
        name = header(self.headers, named).rpartition("-")[0]
        if name == RUN or (self.operation and self.operation.path == PLACE):
            return RUN
        return CLEANUP if name.endswith(f"-{CLEANUP}") else SCENARIO

    def without_header(self, name: str) -> "Incoming":
        """Return the same request without a header."""
        return replace(self, headers=[pair for pair in self.headers if pair[0].lower() != name])

    def with_authorization(self, value: str) -> "Incoming":
        """Return the same request with another Authorization header, and none that go with it."""
        account = self.operation.semantics.wire.account_header.lower() if self.operation else ""
        replaced = {"authorization", account}
        kept = [pair for pair in self.headers if pair[0].lower() not in replaced]
        return replace(self, headers=[*kept, ("authorization", value)])


@dataclass(frozen=True)
class Reply:
    """One answer of the service: complete, or an event stream of which `chunks` come one by one."""

    status: int
    headers: Headers
    body: bytes = b""
    chunks: Chunks | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the status is a success."""
        return 200 <= self.status < 300

    @property
    def json(self) -> Any:
        """The body as a JSON value, or None when it is none."""
        if header(self.headers, "content-type").partition(";")[0] != JSON:
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def with_json(self, value: Any) -> "Reply":
        """Return the same answer with another JSON body."""
        return replace(self, body=json.dumps(value).encode())

    def without_header(self, name: str) -> "Reply":
        """Return the same answer without a header."""
        return replace(self, headers=[pair for pair in self.headers if pair[0].lower() != name])

    def with_header(self, name: str, value: str) -> "Reply":
        """Return the same answer with another value of a header."""
        return replace(self, headers=[*self.without_header(name).headers, (name, value)])


Forward = Callable[[Incoming], Awaitable[Reply]]


def header(headers: Headers, name: str) -> str:
    """Return a header's value, or an empty string."""
    return next((value for key, value in headers if key.lower() == name), "")


class Routes:
    """Finds the operation of a URL path; a literal segment is preferred to a parameter."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        ordered = sorted(operations, key=lambda one: [part.startswith("{") for part in _parts(one.path)])
        self._routes = [(operation, re.compile(_pattern(operation.path))) for operation in ordered]

    def find(self, method: str, path: str) -> tuple[Operation | None, dict[str, str]]:
        """Return the operation and its path values; None when the contract has no such operation."""
        for operation, pattern in self._routes:
            if operation.method == method and (match := pattern.fullmatch(path)):
                return operation, match.groupdict()
        return None, {}


def _parts(path: str) -> list[str]:
    return path.strip("/").split("/")


def _pattern(path: str) -> str:
    def of(part: str) -> str:
        parameter = f"(?P<{part[1:-1]}>[^/]+)"
        return parameter if part.startswith("{") else re.sub(r"\\-|_", "[-_]", re.escape(part))

    return "/" + "/".join(map(of, _parts(path))) + "/?"
