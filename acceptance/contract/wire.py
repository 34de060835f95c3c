"""What requests and answers of an API carry beside what their contract says of each operation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Wire:
    """Names of headers and fields that all operations share, as `[wire]` declares them; none where empty.

    Headers: `request_id` and `address` tell the service the id of the request and the client's address, and
    `account_header` in which account (a tenant, a workspace) the caller acts; `correlation_id` and `seconds`
    tell us its own id of the call and how long it worked on it. `not_routed` is the body of a 404 for a path
    that the service does not route. `environment` is the field in which a sign of life may say that the
    service is a production deployment.

    Refusals have the values of `refusal`, a text in `message` and a name in `error`. `challenge` is the
    scheme by which every 401 asks for credentials.

    Events: `event_frame` are the fields that each of them has, `event_kinds` those that say what kind it is,
    the first that it has.
    """

    request_id: str = "X-Request-ID"
    address: str = ""
    account_header: str = ""
    correlation_id: str = ""
    seconds: str = ""
    not_routed: Mapping[str, Any] = field(default_factory=dict)
    environment: str = ""
    refusal: Mapping[str, Any] = field(default_factory=dict)
    message: str = "message"
    error: str = "error"
    challenge: str = ""
    event_frame: tuple[str, ...] = ()
    event_kinds: tuple[str, ...] = ()
