"""Log records of clients, and where they arrive; for logs.feature and log_export.feature."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

from behave import given, register_type, then, when
from hamcrest import empty, has_entries, has_length, less_than

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.subjects.observability import logs
from api_service.subjects.observability.logs import GOOD, MADE_UP, PROOFS, LogRecord
from api_service.vocabulary import one_of, verbs
from api_service.world import World

NANOSECONDS = 10**9
CLOCK_TOLERANCE = timedelta(minutes=1)
MESSAGE = "It was too late."
LEVELS = {"an error": "error", "a warning": "warning"}


def _nested(depth: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for _ in range(depth):
        fields = {"field": fields}
    return fields


SIZES: dict[str, dict[str, Any]] = {
    "32 fields": {"fields": {f"field_{number}": number for number in range(32)}},
    "33 fields": {"fields": {f"field_{number}": number for number in range(33)}},
    "an event name of 128 letters": {"event": "e" * 128},
    "an event name of 129 letters": {"event": "e" * 129},
    "a message of 2048 letters": {"message": "m" * 2048},
    "a message of 2049 letters": {"message": "m" * 2049},
    # Python writes and reads these, other languages do not (RFC 8259, sections 6, 8.2 and 9).
    "the largest number of 64 bits": {"fields": {"price": 2**63 - 1}},
    "a number beyond 64 bits": {"fields": {"price": 2**63}},
    "a number that is none": {"fields": {"price": math.nan}},
    "half a character": {"fields": {"price": "\ud83d"}},
    "fields within fields without end": {"fields": _nested(200)},
    "the service's own field names": {"fields": {"event": "mine", "frontend_event": "mine", "level": "mine"}},
}
# How many bytes the whole record has beyond what the deployment takes.
BYTES_TOO_MANY = {"as many bytes as are allowed": 0, "more bytes than are allowed": 1}
register_type(Reports=verbs(["report"]), LogProof=one_of(PROOFS))
register_type(LogSize=one_of({**SIZES, **BYTES_TOO_MANY}), LogLevel=one_of(LEVELS))


def _marked(world: World, title: str, event: str, **fields: Any) -> dict[str, Any]:
    record = world.state.keep(title, LogRecord(world.unique(title)))
    marker = {"fields": {"marker": record.marker}}
    return {"event": event, "message": MESSAGE, "scope": "shop", **marker, **fields}


@given("the secret of anonymous records is known")
def know_secret(context: Context):
    """The suite has the secret that signs anonymous records; otherwise the scenario is skipped."""
    logs.require_secret(context.world)


@when("{person:Person} {verb:Reports} {event:Quoted}")
@when("{person:Person} {verb:Reports} {event:Quoted} with {proof:LogProof}")
def report(context: Context, person, verb, event, proof=GOOD):
    """Send a record with this `event`, signed when nobody is signed in, or with this signature or token."""
    logs.send(context.world, person, {"event": event}, proof)


@when("{person:Person} {verb:Reports} a record with {size:LogSize}")
def report_sized(context: Context, person, verb, size):
    """Send a record of that size or with those field names, or try to."""
    if size in BYTES_TOO_MANY:
        record = logs.record_of(context.world.limits["log_bytes"] + BYTES_TOO_MANY[size])
    else:
        record = {"event": "sized", **SIZES[size]}
    logs.send(context.world, person, record)


@when("{person:Person} {verb:Reports} {event:Quoted} as {level:LogLevel} with a marker")
def report_marked(context: Context, person, verb, event, level):
    """Send a record with this `event` and `level` and with a marker that no other record has."""
    record = _marked(context.world, "record", event, level=LEVELS[level])
    logs.send(context.world, person, record)


@when(
    "{person:Person} {verb:Reports} {event:Quoted} with a made-up signature just before {other:Person} does"
)
def report_forged(context: Context, person, verb, event, other):
    """Try to send a record with a made-up signature, and right after it send one as another person."""
    world = context.world
    logs.send(world, person, _marked(world, "record", event), MADE_UP)
    refused = world.response
    logs.send(world, other, _marked(world, "later", event))
    world.response = refused


@then("the record should be accepted")
def be_accepted(context: Context):
    """The answer has `accepted` true and no other field."""
    check(context.world.answer, context.world.answer.body, {"accepted": True})


@then("the collector should get the marker with the id of the request")
def arrive(context: Context):
    """One exported record has the marker, and its `correlation_id` is that of the answer."""
    answer, records = context.world.answer, logs.exported(context.world, "record")
    check(answer, [record["attributes"]["correlation_id"] for record in records], [answer.correlation_id])


@then("the record should tell {event:Quoted} as {level:LogLevel} of {person:Person}'s")
@then("the record should tell {event:Quoted} as {level:LogLevel} of nobody's")
def tell_whose(context: Context, event, level, person=None):
    """The exported record has this event, severity and message, the person's user id or none, and is new."""
    world, found = context.world, logs.exported(context.world, "record")
    check(world.answer, [(one["severity"], one["body"]) for one in found], [(LEVELS[level].upper(), MESSAGE)])
    age = world.answer.answered_at - datetime.fromtimestamp(found[0]["time"] / NANOSECONDS, UTC)
    check(world.answer, abs(age), less_than(CLOCK_TOLERANCE), "the age of the record")
    attributes = found[0]["attributes"]
    signed_in = {"frontend_authenticated": person is not None}
    check(world.answer, attributes, has_entries(frontend_event=event, frontend_scope="shop", **signed_in))
    user_id = world.person(person).user_id if person else None
    check(world.answer, attributes.get("frontend_user_id"), user_id)


@then("the collector should get the later record only")
def not_arrive(context: Context):
    """The record that was sent later was exported, and the refused one, which went before it, was not."""
    check(context.world.answer, logs.exported(context.world, "later"), has_length(1))
    check(context.world.answer, logs.exported(context.world, "record", seconds=0), empty())
