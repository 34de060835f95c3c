"""Subscriptions: start, change, cancel, and what time does to them."""

from behave import given, register_type, then, when

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.billing import billing, subscriptions
from api_service.vocabulary import one_of, verbs

CHANGES = {
    "start a subscription with": ("POST", billing.SUBSCRIPTION),
    "update the subscription with": ("PATCH", billing.SUBSCRIPTION),
    "change the plan with": ("POST", billing.PLAN),
}
DONE = {
    "started the plan starter": (billing.SUBSCRIPTION, {"plan_code": "starter"}),
    "scheduled the plan starter for 2 seats": (
        billing.PLAN,
        {"plan_code": "starter", "seat_count": 2, "timing": "period_end"},
    ),
    "cancelled the subscription at once": (billing.CANCEL, {"cancel_at_period_end": False}),
    "cancelled the subscription at the end of the period": (billing.CANCEL, {"cancel_at_period_end": True}),
}
ENDINGS = {"at once": False, "at the end of the period": True}
register_type(SubscriptionChange=verbs(CHANGES), BillingDone=one_of(DONE), Ending=one_of(ENDINGS))


@given("{person:Person} owns the new tenant {title:Quoted} on the plan {plan:Quoted}")
def found_subscriber(context: Context, person, title, plan):
    """A tenant of this scenario's own that has subscribed to a plan."""
    billing.found_subscriber(context.world, person, title, plan)


@given("{person:Person} has {done:BillingDone}")
def have_done(context: Context, person, done):
    """The person has done this to the subscription over the service itself."""
    path, body = DONE[done]
    context.world.must(person, "POST", path, json=body, **billing.of(context.world, person))


@given("{days:d} days have passed for {person:Person}'s subscription")
def have_passed(context: Context, days, person):
    """The tenant's billing lives so many days later, where the target can do that."""
    billing.let_pass(context.world, person, days)


@when("{person:Person} {change:SubscriptionChange}")
def change_subscription(context: Context, person, change):
    """Start or change the subscription as the table's row says; a dash leaves a detail out."""
    method, path = CHANGES[change]
    body = subscriptions.requested(context.table[0])
    context.world.act(person, method, path, json=body, **billing.of(context.world, person))


@when("{person:Person} cancels the subscription {ending:Ending}")
def cancel(context: Context, person, ending):
    """End the subscription now or when its period is over."""
    body = {"cancel_at_period_end": ENDINGS[ending]}
    context.world.act(person, "POST", billing.CANCEL, json=body, **billing.of(context.world, person))


@then("the period should last about a month")
def last_a_month(context: Context):
    """The subscription's present period is as long as a month can be."""
    answer = context.world.answer
    subscription = answer.body.get("subscription", answer.body)
    assertions.check(answer, subscriptions.lasts_about_a_month(subscription), True)


@then("the notes of {person:Person}'s subscription should name the plan {plan:Quoted}")
def be_noted(context: Context, person, plan):
    """What the service notes on the subscription is up to date."""
    read = context.world.must(person, "GET", billing.SUBSCRIPTION, **billing.of(context.world, person))
    assertions.check(read, assertions.field(read, "metadata.plan_code"), plan)
