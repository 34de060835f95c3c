"""Stripe's deliveries: recorded events, delivered well or with a flaw, and what the history keeps of them."""

from behave import given, register_type, then, when
from hamcrest import contains_inanyorder, equal_to, only_contains

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.activity.feed import FEED
from api_service.subjects.billing import stripe_events
from api_service.subjects.billing.stripe_events import FLAWS, ORDERS, STORY
from api_service.vocabulary import one_of

COUNTS = {"new": False, "a duplicate": True}
register_type(Flaw=one_of(FLAWS), Order=one_of(ORDERS), Counts=one_of(COUNTS))


@given("Stripe has delivered {titles:Quotes} for {tenant:Quoted}")
def have_delivered(context: Context, titles, tenant):
    """The service has taken in these recorded events, in this order."""
    for title in titles:
        event = stripe_events.recorded(context.world, title, tenant)
        assertions.succeeded(stripe_events.deliver(context.world, event))


@given("Stripe has delivered {title:Quoted} for {tenant:Quoted} too early")
def have_delivered_early(context: Context, title, tenant):
    """The service could not process the event when it came."""
    event = stripe_events.recorded(context.world, title, tenant)
    refused = stripe_events.deliver(context.world, event)
    refused.looked_at = True
    assertions.refused(refused, 500, "StripeWebhookProcessingFailed")


@when("Stripe delivers {title:Quoted} for {tenant:Quoted}")
def deliver(context: Context, title, tenant):
    """Deliver a recorded event, signed as Stripe signs."""
    event = stripe_events.recorded(context.world, title, tenant)
    context.world.response = stripe_events.deliver(context.world, event)


@when("Stripe's {title:Quoted} for {tenant:Quoted} comes {flaw:Flaw}")
def deliver_flawed(context: Context, title, tenant, flaw):
    """Deliver a recorded event in a way in which it must not be accepted."""
    event = stripe_events.recorded(context.world, title, tenant)
    context.world.response = stripe_events.deliver_flawed(context.world, event, flaw)


@when("Stripe delivers the whole story of {tenant:Quoted} {order:Order}")
def deliver_story(context: Context, tenant, order):
    """Deliver every recorded event in this order."""
    events = [stripe_events.recorded(context.world, title, tenant) for title in ORDERS[order]]
    deliveries = [stripe_events.deliver(context.world, event) for event in events]
    context.world.remember("deliveries", "story", deliveries)
    context.world.response = deliveries[-1]


@then("it should count as {count:Counts}")
def be_counted(context: Context, count):
    """The answer says whether the event had come before."""
    answer = context.world.answer
    assertions.check(answer, answer.body, equal_to({"success": True, "duplicate": COUNTS[count]}))


@then("every delivery should have counted once")
def be_counted_once(context: Context):
    """Each delivery was accepted, the first of an event as new and each later one as a duplicate."""
    deliveries = context.world.recall("deliveries", "story")
    for number, delivery in enumerate(deliveries):
        assertions.succeeded(delivery)
        assertions.check(delivery, delivery.body["duplicate"], number >= len(STORY))


@then("{person:Person} should find the story in the history")
def find_story(context: Context, person):
    """The history holds every recorded event once, as processed, whatever the order in which they came."""
    processed = stripe_events.history(context.world, person, processing_status="processed")
    told = [stripe_events.comparable(event) for event in processed.body["items"]]
    wanted = [stripe_events.told(context.world.recall("event", title)) for title in STORY]
    without_plan = [stripe_events.without_plan(event) for event in (*told, *wanted)]
    assertions.check(processed, without_plan[: len(told)], contains_inanyorder(*without_plan[len(told) :]))


@then("{person:Person} should find {title:Quoted} in the history as it was told")
def find_event(context: Context, person, title):
    """The history tells everything of the event that Stripe said, and that it happened just now."""
    found = stripe_events.history(context.world, person)
    event = found.body["items"][0]
    wanted = stripe_events.told(context.world.recall("event", title))
    assertions.check(found, stripe_events.comparable(event), equal_to(wanted))
    assertions.check(found, stripe_events.happened_now(event, found.answered_at), True)


@then("{person:Person} should find {titles:Quotes} among the failed events")
def find_failed(context: Context, person, titles):
    """Of all events exactly these are marked as failed."""
    failed = stripe_events.history(context.world, person, processing_status="failed")
    wanted = [context.world.recall("event", title)["id"] for title in titles]
    assertions.check(failed, [event["stripe_event_id"] for event in failed.body["items"]], equal_to(wanted))


@then("{person:Person} should find in the activity")
def find_in_activity(context: Context, person):
    """The feed tells of what Stripe reported, the newest first, with its object and how it ended."""
    feed = context.world.must(person, "GET", FEED)
    wanted = [(row["what"], row["of"], row["outcome"]) for row in context.table]
    assertions.check(feed, stripe_events.activities(feed.body["items"]), equal_to(wanted))
    actors = {event["actor_type"] for event in feed.body["items"] if event["action"].startswith("billing.")}
    assertions.check(feed, actors, only_contains("system"))


@then("{person:Person} should find the paid invoices of {titles:Quotes} in the activity")
def find_paid(context: Context, person, titles):
    """The feed tells of exactly these payments, the newest first, and names their invoices."""
    feed = context.world.must(person, "GET", FEED, query={"action": "billing.invoice.paid"})
    paid = [{"object_id": event["object_id"], **event["metadata"]} for event in feed.body["items"]]
    invoices = [context.world.recall("event", title)["data"]["object"] for title in titles]
    assertions.check(feed, paid, equal_to([stripe_events.activity_of(invoice) for invoice in invoices]))


@then("{person:Person} should find nothing of billing in the activity")
def find_no_activity(context: Context, person):
    """The feed tells of no subscription and of no invoice."""
    feed = context.world.must(person, "GET", FEED)
    assertions.check(feed, stripe_events.activities(feed.body["items"]), equal_to([]))
