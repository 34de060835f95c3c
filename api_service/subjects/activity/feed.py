"""The activity feed in plain words: who did what and how it ended."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Exchange
from api_service.people.accounts import VISITOR
from api_service.rules.answers.values import same
from api_service.subjects.identity.sign_in import credentials, try_to_sign_in
from api_service.world import World

FEED = "/api/v1/activity"
STREAM = "/api/v1/activity/stream"
MARK_ALL = "/api/v1/activity/mark-all-read"
RECEIPTS = {"read": "/api/v1/activity/{event_id}/read", "dismiss": "/api/v1/activity/{event_id}/dismiss"}
SIGNED_IN, FAILED = "auth.login.success", "auth.login.failure"
WORDS = {SIGNED_IN: "signed in", FAILED: "failed to sign in"}
WRONG_PASSWORD = "Quite-Another-Word-9"  # noqa: S105 wrong on purpose

NARROWINGS: Mapping[str, Mapping[str, str]] = {
    "the action of a sign-in": {"action": SIGNED_IN},
    "the deeds of Omar": {"actor_id": "Omar"},
    "the sign-ins of Alice": {"action": SIGNED_IN, "actor_id": "Alice"},
    "failures": {"status": "failure"},
    "files": {"object_type": "storage_object"},
    "the last hour": {"created_after": "an hour ago"},
    "before the last hour": {"created_before": "an hour ago"},
}


def query(world: World, narrowing: str) -> dict[str, str]:
    """Return the query that narrows the feed so; people and moments are put in."""
    health = world.look(VISITOR, "GET", "/health")
    known = {"an hour ago": (health.answered_at - timedelta(hours=1)).isoformat()}
    wanted = NARROWINGS[narrowing]
    if "actor_id" in wanted:
        known[wanted["actor_id"]] = world.person(wanted["actor_id"]).user_id
    return {key: known.get(value, value) for key, value in wanted.items()}


def sign_in(world: World, name: str, password: str = "") -> Exchange:
    """Sign somebody of the scenario in once more, or try to with another password."""
    person = world.person(name)
    changes = {"password": password} if password else {}
    return try_to_sign_in(world, person, json=credentials(person, tenant_id=person.tenant_id, **changes))


def told(world: World, events: Any) -> list[tuple[str, str, str]]:
    """Return events as (who, what, outcome); a stranger stays an id, an unknown action its own word."""
    names = {person.user_id: name for name, person in world.persons.items()}
    return [
        (
            names.get(event["actor_id"], str(event["actor_id"])),
            WORDS.get(event["action"], event["action"]),
            event["status"],
        )
        for event in events
    ]


def newest(world: World, name: str) -> dict[str, Any]:
    """Return the newest event that somebody sees; raises AssertionError when they see none."""
    feed = world.must(name, "GET", FEED, query={"limit": 1})
    for event in feed.body["items"]:
        return dict(event)
    raise AssertionError(explain(feed, "at least one activity"))


def follow_until_mark(world: World, name: str, deed: str) -> list[Any]:
    """Follow the feed while somebody signs in; return what was told until the follower's own next sign-in.

    The follower's sign-in is the mark: it happens last, so whatever belongs into the feed comes before it.
    """
    own = {"action": SIGNED_IN, "actor_id": world.person(name).user_id}
    known = len(world.must(name, "GET", FEED, query=own).body["items"])
    with world.open_stream(world.call(name, "GET", STREAM)) as stream:
        sign_in(world, deed)
        sign_in(world, name)
        return stream.read(
            world.suite.settings.stream_timeout, lambda _: _count(stream.payloads, own) > known
        )


def _count(events: list[Any], wanted: Mapping[str, str]) -> int:
    return sum(all(event.get(key) == value for key, value in wanted.items()) for event in events)


def contradictions(told_events: list[Any], listed: list[Any]) -> Iterator[str]:
    """Yield how events of the stream differ from those of the list."""
    known = {event["id"]: event for event in listed}
    for event in told_events:
        if event["id"] not in known:
            yield f"{event['action']} {event['id']} is not listed"
        elif not same(event, known[event["id"]]):
            yield f"{event} is listed as {known[event['id']]}"
