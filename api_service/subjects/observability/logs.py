"""Log records of clients, and the proofs that let them in."""

import hashlib
import hmac
import json
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.errors import NotOfferedError
from api_service.people.accounts import VISITOR
from api_service.world import World

PATH = "/api/v1/logs"
EXPORT_SECONDS = 10.0
GOOD, MADE_UP, TOKEN = "a good signature", "a made-up signature", "a made-up token"
PROOFS = (GOOD, MADE_UP, "no signature", "another text's signature", TOKEN)
LEVELS = {"an error": "error", "a warning": "warning"}
SIZES: dict[str, dict[str, Any]] = {
    "32 fields": {"fields": {f"field_{number}": number for number in range(32)}},
    "33 fields": {"fields": {f"field_{number}": number for number in range(33)}},
    "an event name of 128 letters": {"event": "e" * 128},
    "an event name of 129 letters": {"event": "e" * 129},
    "a message of 2048 letters": {"message": "m" * 2048},
    "a message of 2049 letters": {"message": "m" * 2049},
    "17000 bytes": {"fields": {"text": "t" * 17000}},
    "the service's own field names": {"fields": {"event": "mine", "frontend_event": "mine", "level": "mine"}},
}


def require_secret(world: World) -> None:
    """Raise NotOfferedError when the suite cannot sign anonymous records."""
    if not world.suite.settings.log_secret:
        raise NotOfferedError("anonymous log records cannot be signed; set SMOKE_LOG_SECRET")


def report(world: World, person: str, record: dict[str, Any], proof: str = GOOD) -> Exchange:
    """Send a record as the scenario's subject; a visitor's is signed over its bytes as they are sent."""
    content = json.dumps(record).encode()
    headers = {"Content-Type": "application/json"}
    if proof == TOKEN:
        world.use_token(person, "made-up-token")
    elif person == VISITOR and proof != "no signature":
        headers["X-Log-Signature"] = _signature(world, content, proof)
    return world.act(person, "POST", PATH, content=content, headers=headers)


def exported(world: World, marker: str) -> dict[str, Any]:
    """Return the one exported record that carries a marker; raises AssertionError when there is not one."""
    records = world.suite.doubles.log_records(marker, EXPORT_SECONDS)
    if len(records) != 1:
        raise AssertionError(f"expected one exported record with {marker}, got {len(records)}")
    return records[0]


def _signature(world: World, content: bytes, proof: str) -> str:
    if proof == MADE_UP:
        return "0" * 64
    signed = content if proof == GOOD else b"another text"
    return hmac.new(world.suite.settings.log_secret.encode(), signed, hashlib.sha256).hexdigest()
