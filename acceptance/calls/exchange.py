"""One request and its answer: what everything else (checks, evidence, coverage) looks at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from acceptance.contract.document import Finding, Operation
from acceptance.contract.wire import Wire


@dataclass(frozen=True)
class Call:
    """One request to make: who asks for which operation, with which values in the path template.

    `account` names what the caller acts in, behind whose boundary things are private; None for nobody's.
    """

    person: str
    method: str
    path: str
    values: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    token: str | None = None
    account: str | None = None


@dataclass
class Exchange:
    """One call: who asked for what, what came back and what was found wrong with it. Times in seconds.

    `events_complete` says that a stream was read to the end to which the service closed it. `lost` says how
    a connection broke, also when the call was answered on another one.
    """

    operation: Operation
    call: Call
    url: str
    request_id: str
    request_headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    body: Any = None
    seconds: float = 0.0
    failure: str = ""
    lost: str = ""
    findings: list[Finding] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    events_complete: bool = False
    scenario: str = ""
    looked_at: bool = False
    # What evidence shows of the answer and of what was sent, once it is masked: several reports show it.
    shown_answer: str | None = field(default=None, compare=False, repr=False)
    shown_sent: Any = field(default=None, compare=False, repr=False)

    @property
    def wire(self) -> Wire:
        """The names that all requests and answers of this API share."""
        return self.operation.semantics.wire

    @property
    def person(self) -> str:
        """Who asked."""
        return self.call.person

    @property
    def sent(self) -> Any:
        """The JSON value that was sent, or None."""
        return self.call.json

    @property
    def media_type(self) -> str:
        """The answer's media type without parameters (RFC 9110, section 8.3)."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def correlation_id(self) -> str:
        """The id that the service gave this call, or an empty string."""
        return self.headers.get(self.wire.correlation_id.lower(), "")

    @property
    def service_seconds(self) -> float:
        """The seconds that the service says it spent, or 0 when it does not say."""
        try:
            return float(self.headers.get(self.wire.seconds.lower(), 0))
        except ValueError:
            return 0.0

    @property
    def answered_at(self) -> datetime:
        """The moment of the answer by the service's clock (its Date header), else by ours, in UTC."""
        try:
            moment = parsedate_to_datetime(self.headers.get("date", ""))
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return datetime.now(UTC)

    @property
    def succeeded(self) -> bool:
        """Whether the status is the one that the contract gives this operation's success."""
        return self.status == self.operation.success[0]

    @property
    def is_sound(self) -> bool:
        """Whether there is an answer, success or refusal, that keeps contract and rules."""
        return bool(self.status) and not self.failure and not self.findings

    @property
    def is_as_promised(self) -> bool:
        """Whether the operation succeeded, with a sound answer."""
        return self.succeeded and self.is_sound

    @property
    def went_wrong(self) -> bool:
        """Whether nobody would call this a good answer: no answer, a refusal, or a broken contract."""
        return bool(self.failure) or self.status >= 400 or self.status == 0 or bool(self.findings)
