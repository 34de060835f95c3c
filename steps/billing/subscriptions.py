"""Subscriptions: started, changed and cancelled; also the steps of plan changes and cancellation."""

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


@given("{person:Person} owns the tenant {title:Quoted} on the plan {plan:Quoted}")
def borrow_subscriber(context: Context, person, title, plan):
    """A tenant that only this scenario has, subscribed to a plan; earlier scenarios may have had it."""
    billing.borrow_subscriber(context.world, person, title, plan)


@given("{person:Person} owns the new tenant {title:Quoted} on the plan {plan:Quoted}")
def found_subscriber(context: Context, person, title, plan):
    """A tenant of this scenario's own that has subscribed to a plan."""
    billing.found_subscriber(context.world, person, title, plan)


@given("{person:Person} has {done:BillingDone}")
def have_done(context: Context, person, done):
    """The person has started, rescheduled or cancelled the subscription of their own tenant."""
    path, body = DONE[done]
    context.world.must(person, "POST", path, json=body, **billing.own_tenant(context.world, person))


@given("{days:d} days have passed for {person:Person}'s subscription")
def have_passed(context: Context, days, person):
    """The tenant's billing clock is so many days ahead; skipped where the target cannot move it."""
    billing.move_clock(context.world, person, days)


@when("{person:Person} {change:SubscriptionChange}")
def change_subscription(context: Context, person, change):
    """Start or change the subscription as the table's row says; a cell with `-` is left out."""
    method, path = CHANGES[change]
    body = subscriptions.request(context.table[0])
    context.world.act(person, method, path, json=body, **billing.own_tenant(context.world, person))


@when("{person:Person} cancels the subscription {ending:Ending}")
def cancel(context: Context, person, ending):
    """Cancel the subscription with `cancel_at_period_end` true or false."""
    body = {"cancel_at_period_end": ENDINGS[ending]}
    context.world.act(person, "POST", billing.CANCEL, json=body, **billing.own_tenant(context.world, person))


@then("the period should last about a month")
def last_a_month(context: Context):
    """28 to 31 days lie between `current_period_start` and `current_period_end` of the answer."""
    answer = context.world.answer
    subscription = answer.body.get("subscription", answer.body)
    assertions.check(answer, subscriptions.lasts_about_a_month(subscription), True)


@then("the notes of {person:Person}'s subscription should name the plan {plan:Quoted}")
def be_noted(context: Context, person, plan):
    """A second read of the subscription has this plan as `metadata.plan_code`."""
    tenant = billing.own_tenant(context.world, person)
    read = context.world.must(person, "GET", billing.SUBSCRIPTION, **tenant)
    assertions.check(read, assertions.field(read, "metadata.plan_code"), plan)
