"""Log records of clients, how they are signed, and where they are exported."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from acceptance.errors import NotOfferedError
from api_service.people.accounts import VISITOR
from api_service.world import World

PATH = "/api/v1/logs"
EXPORT_SECONDS = 10.0
GOOD, MADE_UP, NONE, TOKEN = "a good signature", "a made-up signature", "no signature", "a made-up token"
BASIC = "another kind of credential"
PROOFS = (GOOD, MADE_UP, NONE, "another text's signature", TOKEN, BASIC)


@dataclass
class LogRecord:
    """A record that was sent with a marker, by which its export is found."""

    marker: str


def require_secret(world: World) -> None:
    """Raise NotOfferedError when the suite cannot sign anonymous records."""
    if not world.suite.settings.log_secret:
        raise NotOfferedError("anonymous log records cannot be signed; set SMOKE_LOG_SECRET")


def record_of(size: int) -> dict[str, Any]:
    """Return a record that is sent as so many bytes."""
    empty = len(json.dumps({"event": "sized", "fields": {"text": ""}}))
    return {"event": "sized", "fields": {"text": "t" * (size - empty)}}


def send(world: World, person: str, record: dict[str, Any], proof: str = GOOD) -> None:
    """Send a record as the scenario's subject; a visitor's is signed over its bytes as they are sent."""
    content = json.dumps(record).encode()
    headers = {"Content-Type": "application/json"}
    if proof == TOKEN:
        world.use_token(person, "made-up-token")
    elif person == VISITOR and proof != NONE:
        headers["X-Log-Signature"] = _signature(world, content, proof)
    if proof == BASIC:
        person, headers = VISITOR, {**headers, "Authorization": "Basic bWFkZTp1cA=="}
    world.act(person, "POST", PATH, content=content, headers=headers)


def exported(world: World, title: str, seconds: float = EXPORT_SECONDS) -> list[dict[str, Any]]:
    """Return the exported records that carry the marker of a sent one; waits this long for the first."""
    return world.suite.doubles.log_records(world.state.find(LogRecord, title).marker, seconds)


def _signature(world: World, content: bytes, proof: str) -> str:
    if proof == MADE_UP:
        return "0" * 64
    signed = content if proof == GOOD else b"another text"
    return hmac.new(world.suite.settings.log_secret.encode(), signed, hashlib.sha256).hexdigest()
