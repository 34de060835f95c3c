"""Billing in the hands of others: members, strangers, and a tenant whose billing is off."""

from behave import given, register_type, then, when
from hamcrest import equal_to

from acceptance.checks import assertions
from api_service.context import Context
from api_service.rules.answers.values import same
from api_service.subjects.billing import billing_access
from api_service.vocabulary import verbs

register_type(BillingDeed=verbs(billing_access.DEEDS))


@given("the billing of {owner:Person}'s tenant is known")
def know(context: Context, owner):
    """What could be changed is remembered."""
    context.world.remember("billing", owner, billing_access.state(context.world, owner))


@when("{person:Person} {deed:BillingDeed} of {owner:Person}'s tenant")
def attempt(context: Context, person, deed, owner):
    """Do something with the billing of a tenant, one's own or another."""
    billing_access.attempt(context.world, person, deed, owner)


@then("the billing of {owner:Person}'s tenant should be as it was")
def be_unchanged(context: Context, owner):
    """A second read of everything that could have changed finds what was there before."""
    now = billing_access.state(context.world, owner)
    assertions.check(context.world.answer, now, equal_to(context.world.recall("billing", owner)))


@then("{person:Person} should see the same")
def see_the_same(context: Context, person):
    """Somebody else who asks the same has the same answer."""
    answer = context.world.answer
    call = answer.call
    other = context.world.must(person, call.method, call.path, json=call.json, **call.values)
    assertions.check(answer, same(other.body, answer.body), True, f"what {person} sees: {other.body}")
