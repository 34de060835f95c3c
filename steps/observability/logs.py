"""Log records of clients, and where they arrive."""

from behave import given, register_type, then, when
from hamcrest import empty, has_entries

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.observability import logs
from api_service.subjects.observability.logs import LEVELS, MADE_UP, PROOFS, SIZES
from api_service.vocabulary import one_of, verbs

register_type(Reports=verbs(["report"]), Proof=one_of(PROOFS), Size=one_of(SIZES), Level=one_of(LEVELS))
WORKED = "It was too late."


def _marked(world, event, **more):
    marker = world.unique("marker")
    world.remember("marker", "record", marker)
    return {"event": event, "message": WORKED, "scope": "shop", "fields": {"marker": marker}, **more}


@given("the secret of anonymous records is known")
def know_secret(context: Context):
    """The suite can sign records."""
    logs.require_secret(context.world)


@when("{person:Person} {verb:Reports} {event:Quoted}")
def report(context: Context, person, verb, event):
    """Send a record, signed when nobody is signed in."""
    logs.report(context.world, person, {"event": event})


@when("{person:Person} {verb:Reports} {event:Quoted} with {proof:Proof}")
def report_with(context: Context, person, verb, event, proof):
    """Send a record with something that is to let it in."""
    logs.report(context.world, person, {"event": event}, proof)


@when("{person:Person} {verb:Reports} a record with {size:Size}")
def report_sized(context: Context, person, verb, size):
    """Send a record of that size."""
    logs.report(context.world, person, {"event": "sized", **SIZES[size]})


@when("{person:Person} {verb:Reports} {event:Quoted} as {level:Level} with a marker")
def report_marked(context: Context, person, verb, event, level):
    """Send a record that can be told from all others."""
    logs.report(context.world, person, _marked(context.world, event, level=LEVELS[level]))


@when(
    "{person:Person} {verb:Reports} {event:Quoted} with a made-up signature just before {other:Person} does"
)
def report_forged(context: Context, person, verb, event, other):
    """Send a record that must not get in, and right after it one that does."""
    world, later = context.world, context.world.unique("later")
    refused = logs.report(world, person, _marked(world, event), MADE_UP)
    logs.report(world, other, {"event": event, "fields": {"marker": later}})
    world.remember("marker", "later", later)
    world.response = refused


@then("the record should be accepted")
def be_accepted(context: Context):
    """The answer says so."""
    answer = context.world.answer
    assertions.check(answer, answer.body, {"accepted": True})


@then("the collector should get the marker with the id of the request")
def arrive(context: Context):
    """One exported record carries the marker, under the id that the answer named."""
    answer = context.world.answer
    record = logs.exported(context.world, context.world.recall("marker", "record"))
    assertions.check(answer, record["attributes"]["correlation_id"], answer.correlation_id)
    context.world.remember("exported", "record", record)


@then("the record should tell {event:Quoted} as {level:Level} of {person:Person}'s")
def tell_whose(context: Context, event, level, person):
    """The exported record says what happened, how grave it is and whose it is."""
    _check_told(context.world, event, level, context.world.person(person).user_id)


@then("the record should tell {event:Quoted} as {level:Level} of nobody's")
def tell_nobodys(context: Context, event, level):
    """The exported record says what happened and how grave it is, and that nobody was signed in."""
    _check_told(context.world, event, level, None)


@then("the collector should get the later record only")
def not_arrive(context: Context):
    """The record that was sent last has arrived, so that the refused one would have done so before."""
    world = context.world
    logs.exported(world, world.recall("marker", "later"))
    refused = world.suite.doubles.log_records(world.recall("marker", "record"), 0)
    assertions.check(world.answer, refused, empty())


def _check_told(world, event, level, user_id):
    record = world.recall("exported", "record")
    assertions.check(world.answer, record["severity"], LEVELS[level].upper())
    assertions.check(world.answer, record["body"], WORKED)
    told = {"frontend_event": event, "frontend_scope": "shop", "frontend_authenticated": user_id is not None}
    assertions.check(world.answer, record["attributes"], has_entries(told))
    assertions.check(world.answer, record["attributes"].get("frontend_user_id"), user_id)
