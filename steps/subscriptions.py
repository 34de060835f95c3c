"""Plans and subscriptions: start, read, change, cancel, and what time does to them."""

from behave import given, register_type, then, when

from acceptance import billing, outcomes
from acceptance.vocabulary import one_of, verbs

CHANGES = {
    "start a subscription with": ("POST", billing.SUBSCRIPTION),
    "update the subscription with": ("PATCH", billing.SUBSCRIPTION),
    "change the plan with": ("POST", billing.PLAN),
}
ENDINGS = {"at once": False, "at the end of the period": True}

register_type(SubscriptionChange=verbs(CHANGES), Ending=one_of(ENDINGS))


@given("{person:Person} owns the new tenant {title:Quoted} on the plan {plan:Quoted}")
def found_subscriber(context, person, title, plan):
    """A tenant of this scenario's own that has subscribed to a plan."""
    billing.found_subscriber(context.world, person, title, plan)


@given("{person:Person} has started the plan {plan:Quoted}")
def have_started(context, person, plan):
    """The tenant's subscription was started over the service itself, with everything as the plan has it."""
    whose = billing.of(context.world, person)
    context.world.must(person, "POST", billing.SUBSCRIPTION, json={"plan_code": plan}, **whose)


@given("{person:Person} has scheduled the plan {plan:Quoted} for {seats:d} seats")
def have_scheduled(context, person, plan, seats):
    """At the end of the period the subscription is to change its plan."""
    change = {"plan_code": plan, "seat_count": seats, "timing": "period_end"}
    context.world.must(person, "POST", billing.PLAN, json=change, **billing.of(context.world, person))


@given("{person:Person} has cancelled the subscription {ending:Ending}")
def have_cancelled(context, person, ending):
    """The subscription is to end, or has ended."""
    body = {"cancel_at_period_end": ENDINGS[ending]}
    context.world.must(person, "POST", billing.CANCEL, json=body, **billing.of(context.world, person))


@given("{days:d} days have passed for {person:Person}'s subscription")
def have_passed(context, days, person):
    """The tenant's billing lives so many days later, where the target can do that."""
    billing.let_pass(context.world, person, days)


@when("{person:Person} looks at the plans")
def look_at_plans(context, person):
    """Ask for the catalog of plans."""
    context.world.act(person, "GET", billing.PLANS)


@when("{person:Person} looks at the subscription")
def look_at_subscription(context, person):
    """Ask for the subscription of one's own tenant."""
    context.world.act(person, "GET", billing.SUBSCRIPTION, **billing.of(context.world, person))


@when("{person:Person} {change:SubscriptionChange}")
def change_subscription(context, person, change):
    """Start or change the subscription as the table's row says; a dash leaves a detail out."""
    method, path = CHANGES[change]
    body = billing.requested(context.table[0].as_dict())
    context.world.act(person, method, path, json=body, **billing.of(context.world, person))


@when("{person:Person} cancels the subscription {ending:Ending}")
def cancel(context, person, ending):
    """End the subscription now or when its period is over."""
    body = {"cancel_at_period_end": ENDINGS[ending]}
    context.world.act(person, "POST", billing.CANCEL, json=body, **billing.of(context.world, person))


@then("these plans should be on offer")
def be_on_offer(context):
    """The catalog holds exactly the table's plans, whatever their order."""
    answer = context.world.answer
    plans = sorted(answer.body, key=lambda plan: plan["price_cents"])
    billing.show(answer, plans, billing.PLAN_COLUMNS, context.table)


@then("{person:Person}'s subscription should be")
def be_as(context, person):
    """A second read shows the subscription with the details of the table."""
    read = context.world.must(person, "GET", billing.SUBSCRIPTION, **billing.of(context.world, person))
    billing.show(read, [read.body], billing.SUBSCRIPTION_COLUMNS, context.table)


@then("the period should last about a month")
def last_a_month(context):
    """The subscription's present period is as long as a month can be."""
    answer = context.world.answer
    subscription = answer.body.get("subscription", answer.body)
    outcomes.check(answer, billing.lasts_about_a_month(subscription), True)


@then("{person:Person} should have no subscription")
def be_absent(context, person):
    """There is no subscription to read."""
    read = context.world.look(person, "GET", billing.SUBSCRIPTION, **billing.of(context.world, person))
    outcomes.refused(read, 404, "NotFound")


@then("the change of plan should be")
def be_changed(context):
    """The answer says which plan comes, for how many seats, when, and how that was decided."""
    answer = context.world.answer
    told = {**answer.body["subscription"], **answer.body}
    billing.show(answer, [told], billing.CHANGE_COLUMNS, context.table)


@then("the notes of {person:Person}'s subscription should name the plan {plan:Quoted}")
def be_noted(context, person, plan):
    """What the service notes on the subscription is up to date."""
    read = context.world.must(person, "GET", billing.SUBSCRIPTION, **billing.of(context.world, person))
    outcomes.check(read, outcomes.field(read, "metadata.plan_code"), plan)
