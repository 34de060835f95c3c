"""Health: what the probes of the service say."""

from behave import register_type, then, when
from hamcrest import greater_than_or_equal_to

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.vocabulary import one_of

PROBES = {
    "the service is healthy": "/health",
    "the service is ready": "/health/ready",
    "the object store is healthy": "/health/storage",
}
register_type(Probe=one_of(PROBES))


@when("{person:Person} asks whether {probe:Probe}")
def ask_probe(context: Context, person, probe):
    """Ask the probe for health, readiness or storage."""
    context.world.act(person, "GET", PROBES[probe])


@then('the service should call itself "{status}"')
def have_status(context: Context, status):
    """The answer has this `status`."""
    check(context.world.answer, field(context.world.answer, "status"), status)


@then("every probe should name the same version and no shorter uptime")
def agree(context: Context):
    """Every probe, asked afterwards, has the first answer's `version` and an `uptime` no shorter than its."""
    first = context.world.answer
    for path in PROBES.values():
        later = context.world.must(first.person, "GET", path)
        check(later, later.body["version"], first.body["version"])
        check(later, later.body["uptime"], greater_than_or_equal_to(first.body["uptime"]))
