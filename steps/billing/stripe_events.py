"""Stripe's deliveries: recorded events, signed well or badly, and what the service keeps of them.

Also the steps of Stripe's replayed story: every recorded event, delivered in one order or another.
"""

from behave import given, register_type, then, when
from hamcrest import contains_inanyorder

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.activity.feed import FEED
from api_service.subjects.billing import stripe_events
from api_service.subjects.billing.stripe_events import ORDERS, SIGNATURE_FLAWS, STORY, UNKNOWNS, StripeEvent
from api_service.vocabulary import one_of

DUPLICATE = {"new": False, "a duplicate": True}
register_type(
    SignatureFlaw=one_of(SIGNATURE_FLAWS),
    StoryOrder=one_of(ORDERS),
    Counts=one_of(DUPLICATE),
    Unknown=one_of(UNKNOWNS),
)


@given("Stripe has delivered {titles:Quotes} for {tenant:Quoted}")
def have_delivered(context: Context, titles, tenant):
    """Stripe's webhook has accepted these recorded events, in this order."""
    for title in titles:
        event = stripe_events.recorded(context.world, title, tenant)
        assertions.succeeded(stripe_events.deliver(context.world, event))


@given("Stripe has delivered {title:Quoted} for {tenant:Quoted} too early")
def have_delivered_early(context: Context, title, tenant):
    """The webhook has refused the event with 500 `StripeWebhookProcessingFailed`."""
    event = stripe_events.recorded(context.world, title, tenant)
    refused = context.world.look_at(stripe_events.deliver(context.world, event))
    assertions.refused(refused, 500, "StripeWebhookProcessingFailed")


@when("Stripe delivers {title:Quoted} for {tenant:Quoted}")
@when("Stripe's {title:Quoted} for {tenant:Quoted} comes {flaw:SignatureFlaw}")
def deliver(context: Context, title, tenant, flaw=None):
    """Deliver a recorded event, signed as Stripe signs, or with a missing or wrong `Stripe-Signature`."""
    event = stripe_events.recorded(context.world, title, tenant)
    sign = SIGNATURE_FLAWS[flaw] if flaw else stripe_events.genuine
    context.world.response = stripe_events.deliver(context.world, event, sign)


@when("Stripe's {title:Quoted} for {tenant:Quoted} is about {unknown:Unknown}")
def deliver_about(context: Context, title, tenant, unknown):
    """Deliver a recorded event, signed as Stripe signs, whose object names another tenant or plan."""
    event = stripe_events.recorded(context.world, title, tenant)
    event.about["metadata"] |= UNKNOWNS[unknown]
    context.world.response = stripe_events.deliver(context.world, event)


@when("Stripe delivers the whole story of {tenant:Quoted} {order:StoryOrder}")
def deliver_story(context: Context, tenant, order):
    """Deliver every recorded event in this order."""
    events = [stripe_events.recorded(context.world, title, tenant) for title in ORDERS[order]]
    context.world.response = [stripe_events.deliver(context.world, event) for event in events][-1]


@then("it should count as {count:Counts}")
def be_counted(context: Context, count):
    """The answer is a success whose `duplicate` says whether the event had come before."""
    answer = context.world.answer
    assertions.check(answer, answer.body, {"success": True, "duplicate": DUPLICATE[count]})


@then("every delivery should have counted once")
def be_counted_once(context: Context):
    """Each delivery was accepted; `duplicate` is false for the first of each event and true after it."""
    deliveries = [one for one in context.world.exchanges if one.person == stripe_events.STRIPE]
    for delivery in deliveries:
        assertions.succeeded(delivery)
    duplicates = [delivery.body["duplicate"] for delivery in deliveries]
    again = len(deliveries) - len(STORY)
    assertions.check(context.world.answer, duplicates, [False] * len(STORY) + [True] * again)


@then("{person:Person} should find the story in the history")
def find_story(context: Context, person):
    """The history has every recorded event once, as processed; order and plans are not compared."""
    processed = stripe_events.history(context.world, person, processing_status="processed")
    entries = [stripe_events.shown(entry) for entry in processed.body["items"]]
    expected = [stripe_events.expected(event) for event in stripe_events.events(context.world)]
    found, wanted = ([stripe_events.without_plan(one) for one in some] for some in (entries, expected))
    assertions.check(processed, found, contains_inanyorder(*wanted))


@then("{person:Person} should find {title:Quoted} in the history as it was told")
def find_event(context: Context, person, title):
    """The newest entry has all fields of the recorded event, and its `occurred_at` is just now."""
    history = stripe_events.history(context.world, person)
    newest = history.body["items"][0]
    expected = stripe_events.expected(context.world.state.find(StripeEvent, title))
    assertions.check(history, stripe_events.shown(newest), expected)
    assertions.check(history, stripe_events.is_new(newest, history.answered_at), True)


@then("{person:Person} should find {titles:Quotes} among the failed events")
def find_failed(context: Context, person, titles):
    """The history with `processing_status` failed has exactly these events."""
    failed = stripe_events.history(context.world, person, processing_status="failed")
    listed = [entry["stripe_event_id"] for entry in failed.body["items"]]
    assertions.check(failed, listed, [event.id for event in stripe_events.events(context.world, titles)])


@then("{person:Person} should find in the activity")
def find_in_activity(context: Context, person):
    """The feed's billing entries, newest first, have these actions, types and statuses, by "system"."""
    feed = context.world.must(person, "GET", FEED)
    expected = [[*row.cells, "system"] for row in context.table]
    assertions.check(feed, stripe_events.activities(feed.body["items"]), expected)


@then("{person:Person} should find the paid invoices of {titles:Quotes} in the activity")
def find_paid(context: Context, person, titles):
    """The feed has exactly these payments, the newest first, with invoice, total and reason."""
    feed = context.world.must(person, "GET", FEED, query={"action": "billing.invoice.paid"})
    paid = [{"object_id": event["object_id"], **event["metadata"]} for event in feed.body["items"]]
    events = stripe_events.events(context.world, titles)
    assertions.check(feed, paid, [stripe_events.payment_activity(event.about) for event in events])


@then("{person:Person} should find nothing of billing in the activity")
def find_no_activity(context: Context, person):
    """No entry of the feed has an action that begins with `billing.`."""
    feed = context.world.must(person, "GET", FEED)
    assertions.check(feed, stripe_events.activities(feed.body["items"]), [])
