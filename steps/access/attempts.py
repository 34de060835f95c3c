"""Who may do what: operations that visitors, lower roles and other tenants try in vain.

All features of this folder have their steps here.
"""

from http import HTTPStatus

from behave import given, register_type, then, when
from hamcrest import is_in

from acceptance.checks.assertions import check, refused, succeeded
from api_service.access import attempts, operations, things
from api_service.access.attempts import ALL, LOWER_ROLES, Attempts
from api_service.context import Context
from api_service.vocabulary import OUTCOMES, one_of

NOT_REACHED = dict((OUTCOMES["not found"], OUTCOMES["not allowed"]))
register_type(Operation=one_of(operations()), Thing=one_of(things.THINGS), NeededRole=one_of(LOWER_ROLES))


def _attempts(world):
    """Return the answers to all attempts of the scenario, of which there has to be one at least."""
    answers = world.state.find(Attempts, ALL).answers
    assert answers, "nothing was attempted"
    return [world.look_at(answer) for answer in answers]


@given("{person:Person} of another tenant has a {kind:Thing}")
def have_thing(context: Context, person, kind):
    """The owner of a tenant that only this scenario has has made a thing of this kind."""
    things.make(context.world, person, kind)


@when("{person:Person} attempts to {operation:Operation}")
def attempt(context: Context, person, operation):
    """Call the operation with random ids, and the person's own tenant where it asks for one."""
    attempts.attempt(context.world, person, operation)


@when("{person:Person} attempts to {operation:Operation} as if of the tenant of {host:Person}")
def attempt_elsewhere(context: Context, person, operation, host):
    """Call the operation with the other person's tenant in `X-Tenant-Id`, and in the path if it has one."""
    attempts.attempt_in_tenant_of(context.world, person, host, operation)


@when("everybody below {role:NeededRole} attempts to {operation:Operation}")
def attempt_below(context: Context, role, operation):
    """Call the operation as one person of every role of the shared tenant that is lower than this one."""
    answers = [attempts.attempt(context.world, person, operation) for person in LOWER_ROLES[role]]
    context.world.state.keep(ALL, Attempts(answers))


@when("{person:Person} tries everything that can be done with that {kind:Thing}")
def attempt_everything(context: Context, person, kind):
    """Call every operation of the contract whose path names this thing."""
    attempts.attempt_everything(context.world, person, kind)


@then("each of them should be refused as not allowed")
def refuse_each(context: Context):
    """Every attempt was refused with 403."""
    for answer in _attempts(context.world):
        refused(answer, *OUTCOMES["not allowed"])


@then("no attempt should get anywhere")
def refuse_stranger(context: Context):
    """Every attempt was refused with 403 or 404; a removal may also be answered with 204."""
    for answer in _attempts(context.world):
        if answer.call.method == "DELETE" and answer.status == HTTPStatus.NO_CONTENT:
            succeeded(answer)
        else:
            check(answer, answer.status, is_in([*NOT_REACHED]), "a stranger's status")
            refused(answer, answer.status, NOT_REACHED[answer.status])


@then("that {kind:Thing} should be unchanged for {person:Person}")
def be_unchanged(context: Context, kind, person):
    """The owner reads exactly what they read before the attempts."""
    thing = context.world.state.find(things.OwnedThing, kind)
    exchange = things.read(context.world, person, kind, thing.values)
    check(exchange, exchange.body, thing.read_before)
