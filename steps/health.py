"""Health: how the service says it is."""

from behave import then, when

from acceptance import outcomes

PROBES = {
    "the service is healthy": "/health",
    "the service is ready": "/health/ready",
    "the object store is healthy": "/health/storage",
}


@when("{person:Person} asks whether {probe}")
def ask_health(context, person, probe):
    """Ask one of the health probes."""
    context.world.act(person, "GET", PROBES[probe])


@then('the service should call itself "{status}"')
def have_status(context, status):
    """The probe's answer names this status."""
    answer = context.world.answer
    outcomes.check(answer, outcomes.field(answer, "status"), status)
