"""What a service would answer that says yes and does nothing: a recorded answer, told anew."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Exchange
from acceptance.calls.tokens import opened
from acceptance.json_values import instant_or_none, is_id, is_uuid, objects
from acceptance.prove.field_faults import is_timestamp
from acceptance.prove.wire import Incoming, Reply
from acceptance.run import project

HEADERS = frozenset({"content-type", "etag", "cache-control"})
# What lies further back than this before the recorded answer did not happen because of it.
JUST_NOW = timedelta(minutes=5)


def plausible(recorded: Exchange, incoming: Incoming) -> Reply:
    """Return a recorded success as if it answered this request: its ids, values, caller and moment."""
    wire = recorded.operation.semantics.wire
    repeated = HEADERS | {wire.correlation_id.lower(), wire.seconds.lower()}
    kept = [pair for pair in recorded.headers.items() if pair[0] in repeated]
    if recorded.body is None:
        return Reply(recorded.status, kept, recorded.content)
    later = datetime.now(UTC) - recorded.answered_at
    body = _retold(recorded.body, _renamed(recorded, incoming), later, recorded.answered_at - JUST_NOW)
    return Reply(recorded.status, kept, json.dumps(_echo(body, incoming.body)).encode())


def _renamed(recorded: Exchange, incoming: Incoming) -> dict[str, str]:
    """Return what the recorded answer calls the things of its request, and what they are called here."""
    before = recorded.call.values
    names = {str(before.get(name, value)): value for name, value in incoming.values.items()}
    names |= _caller(recorded.call.token, incoming.authorization.removeprefix("Bearer "))
    if recorded.operation.method == "POST":
        asked = json.dumps(recorded.sent)
        made = (one for one in ids(recorded.body) if is_uuid(one) and one not in asked)
        names = {one: str(uuid4()) for one in made} | names
    return names


def _caller(before: str | None, now: str) -> dict[str, str]:
    old, new = opened(before), opened(now)
    if old is None or new is None:
        return {}
    names = project.current().identity.caller_claims
    claims = [(str(old[1].get(name)), str(new[1].get(name))) for name in names]
    # A subject such as "user:7" stands as "7" in answers.
    return {one.rpartition(":")[2]: other.rpartition(":")[2] for one, other in claims}


def _retold(value: Any, names: Mapping[str, str], later: timedelta, since: datetime) -> Any:
    if isinstance(value, dict):
        return {key: _retold(inner, names, later, since) for key, inner in value.items()}
    if isinstance(value, list):
        return [_retold(inner, names, later, since) for inner in value]
    moment = instant_or_none(value) if is_timestamp(value) else None
    if moment and moment >= since:
        return (moment + later).isoformat().replace("+00:00", "Z" if value.endswith("Z") else "+00:00")
    return names.get(value, value) if isinstance(value, str) else value


def _echo(body: Any, sent: bytes) -> Any:
    try:
        values = json.loads(sent)
    except ValueError:
        return body
    if isinstance(body, dict) and isinstance(values, dict):
        return {key: values.get(key, value) for key, value in body.items()}
    return body


def ids(body: Any) -> Iterator[str]:
    """Yield every text under a key that ends with `id`."""
    for _, found in objects(body):
        yield from (value for key, value in found.items() if is_id(key) and isinstance(value, str))
