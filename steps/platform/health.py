"""Health: how the service says it is."""

from behave import register_type, then, when
from hamcrest import greater_than_or_equal_to

from acceptance.checks import assertions
from api_service.context import Context
from api_service.vocabulary import one_of

PROBES = {
    "the service is healthy": "/health",
    "the service is ready": "/health/ready",
    "the object store is healthy": "/health/storage",
}
register_type(Probe=one_of(PROBES))


@when("{person:Person} asks whether {probe:Probe}")
def ask_health(context: Context, person, probe):
    """Ask one of the health probes."""
    context.world.act(person, "GET", PROBES[probe])


@then('the service should call itself "{status}"')
def have_status(context: Context, status):
    """The probe's answer names this status."""
    answer = context.world.answer
    assertions.check(answer, assertions.field(answer, "status"), status)


@then("every probe should name the same version and no shorter uptime")
def agree(context: Context):
    """The other probes, asked afterwards, name the first one's version; they may answer at once."""
    first = context.world.answer
    later = [context.world.must(first.person, "GET", path) for path in PROBES.values()]
    for exchange in later:
        assertions.check(exchange, exchange.body["version"], first.body["version"])
        assertions.check(exchange, exchange.body["uptime"], greater_than_or_equal_to(first.body["uptime"]))
