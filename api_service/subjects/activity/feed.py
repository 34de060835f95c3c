"""The activity feed: how it is read, settled and narrowed, and its events in the words of a feature."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.json_values import same
from api_service.people.accounts import VISITOR
from api_service.subjects.identity.sign_in import credentials
from api_service.subjects.identity.sign_in import sign_in as open_session
from api_service.world import World

FEED = "/api/v1/activity"
STREAM = "/api/v1/activity/stream"
MARK_ALL = "/api/v1/activity/mark-all-read"
RECEIPTS = {"read": "/api/v1/activity/{event_id}/read", "dismiss": "/api/v1/activity/{event_id}/dismiss"}
SIGNED_IN, FAILED = "auth.login.success", "auth.login.failure"
WORDS = {SIGNED_IN: "signed in", FAILED: "failed to sign in"}
# Query parameters; a person's name stands for their user id, "an hour ago" for that moment.
NARROWINGS: Mapping[str, Mapping[str, str]] = {
    "the action of a sign-in": {"action": SIGNED_IN},
    "the deeds of Omar": {"actor_id": "Omar"},
    "the sign-ins of Alice": {"action": SIGNED_IN, "actor_id": "Alice"},
    "failures": {"status": "failure"},
    "files": {"object_type": "storage_object"},
    "the last hour": {"created_after": "an hour ago"},
    "before the last hour": {"created_before": "an hour ago"},
}


@dataclass(frozen=True)
class WithdrawnUpload:
    """A file that was announced and deleted before it was uploaded; `id` is its object's."""

    id: str


def query(world: World, narrowing: str) -> dict[str, str]:
    """Return the query that narrows the feed to one of NARROWINGS."""
    health = world.look(VISITOR, "GET", "/health")
    known = {"an hour ago": (health.answered_at - timedelta(hours=1)).isoformat()}
    wanted = NARROWINGS[narrowing]
    if "actor_id" in wanted:
        known[wanted["actor_id"]] = world.person(wanted["actor_id"]).user_id
    return {key: known.get(value, value) for key, value in wanted.items()}


def sign_in(world: World, name: str, password: str = "") -> Exchange:
    """Sign a person of the scenario in to their tenant once more, or try to with another password."""
    person = world.person(name)
    changes = {"password": password} if password else {}
    body = credentials(person, tenant_id=person.tenant_id, **changes)
    return open_session(world, person, world.look, json=body)


def in_words(world: World, events: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Return (name of the actor, action in words, status) of events; an unknown id or action as it is."""
    names = {person.user_id: name for name, person in world.persons.items()}
    seen = ((str(event["actor_id"]), event["action"], event["status"]) for event in events)
    return [(names.get(actor, actor), WORDS.get(action, action), status) for actor, action, status in seen]


def newest_id(world: World, name: str) -> str:
    """Return the id of the newest event that a person sees; raises LookupError when they see none."""
    items = world.must(name, "GET", FEED, query={"limit": 1}).body["items"]
    if not items:
        raise LookupError(f"{name} sees no activity")
    return str(items[0]["id"])


def follow_sign_in(world: World, name: str, other: str) -> None:
    """Follow the feed as the scenario's subject while another person, then the follower, signs in.

    The follower's sign-in comes last: whatever belongs into the feed has been sent before its event.
    """
    own = {"action": SIGNED_IN, "actor_id": world.person(name).user_id}
    known = len(world.must(name, "GET", FEED, query=own).body["items"])
    with world.open_stream(world.call(name, "GET", STREAM)) as stream:
        sign_in(world, other)
        sign_in(world, name)
        stream.read(world.suite.settings.stream_timeout, lambda _: _count(stream.payloads, own) > known)


def _count(events: list[Any], wanted: Mapping[str, str]) -> int:
    return sum(all(event.get(key) == value for key, value in wanted.items()) for event in events)


def differences(sent: list[Any], listed: list[Any]) -> Iterator[str]:
    """Yield in words how events of the stream differ from those of the list."""
    known = {event["id"]: event for event in listed}
    for event in sent:
        if event["id"] not in known:
            yield f"{event['action']} {event['id']} is not listed"
        elif not same(event, known[event["id"]]):
            yield f"{event} is listed as {known[event['id']]}"
