"""Who may do what: operations that visitors, lower roles and other tenants try in vain."""

from behave import given, register_type, then, when

from api_service.access import attempts, things
from api_service.context import Context
from api_service.vocabulary import one_of

register_type(Operation=attempts.operation_word, Thing=one_of(things.THINGS), Rank=one_of(attempts.BELOW))


@given("{person:Person} of a new tenant has a {kind:Thing}")
def have_thing(context: Context, person, kind):
    """A thing of the kind, in a tenant of this scenario's own."""
    things.found_home(context.world, person)
    things.keep(context.world, person, kind)


@when("{person:Person} attempts to {operation:Operation}")
def attempt(context: Context, person, operation):
    """Call an operation with ids that lead nowhere."""
    attempts.attempt(context.world, person, operation)


@when("{person:Person} attempts to {operation:Operation} as if of the tenant of {host:Person}")
def attempt_elsewhere(context: Context, person, operation, host):
    """Call an operation and claim to belong to the other's tenant."""
    attempts.as_member_of(context.world, person, host, operation)


@when("everybody below {rank:Rank} attempts to {operation:Operation}")
def attempt_below(context: Context, rank, operation):
    """Call an operation as everybody of the tenant whose role is too low."""
    attempts.everybody_below(context.world, rank, operation)


@when("{person:Person} tries everything that can be done with that {kind:Thing}")
def attempt_everything(context: Context, person, kind):
    """Call every operation of the contract that is about such a thing."""
    attempts.everything_with(context.world, person, kind)


@then("each of them should be refused as not allowed")
def refuse_each(context: Context):
    """Every attempt was refused for what the person may not do."""
    attempts.all_refused(context.world, "not allowed")


@then("no attempt should get anywhere")
def refuse_stranger(context: Context):
    """Every attempt found nothing, was not allowed, or removed what never was."""
    attempts.none_reached(context.world)


@then("that {kind:Thing} should be unchanged for {person:Person}")
def be_unchanged(context: Context, kind, person):
    """The owner reads exactly what they read before."""
    things.should_be_unchanged(context.world, person, kind)
