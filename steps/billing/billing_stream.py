"""The live stream of billing events."""

from behave import given, then, when

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.billing import billing_stream, stripe_events
from api_service.subjects.billing.billing import STREAM
from api_service.subjects.billing.billing_stream import OpenStreams
from api_service.subjects.billing.stripe_events import StripeEvent


@given("{person:Person} has the billing events open as often as is allowed")
def have_open(context: Context, person):
    """As many streams as the person's tenant may have are open until the scenario ends or closes them."""
    allowed = context.world.limits.count_to("billing_stream_concurrency", 2)
    streams = context.world.state.keep(person, OpenStreams())
    context.add_cleanup(streams.close)
    call = context.world.call(person, "GET", STREAM)
    for _ in range(allowed):
        assertions.succeeded(streams.enter_context(context.world.open_stream(call)).exchange)


@given("{person:Person} has closed the billing events")
def have_closed(context: Context, person):
    """The connections of the person's streams are closed."""
    context.world.state.find(OpenStreams, person).close()


@when("{person:Person} follows the billing events while Stripe delivers {title:Quoted} for {tenant:Quoted}")
def follow_delivery(context: Context, person, title, tenant):
    """Read the stream until it shows the delivered event; a refused delivery is the scenario's answer."""
    world = context.world
    event = stripe_events.recorded(world, title, tenant)
    with billing_stream.opened(world, person) as stream:
        delivery = stripe_events.deliver(world, event)
        if delivery.succeeded:
            stream.read(world.suite.settings.stream_timeout, billing_stream.shows(event.id))
        else:
            world.response = delivery


@when("{person:Person} follows the billing events until {title:Quoted} is told")
def follow_until(context: Context, person, title):
    """Read the stream until it shows an event that was delivered before."""
    world, event = context.world, context.world.state.find(StripeEvent, title)
    with world.open_stream(world.call(person, "GET", STREAM)) as stream:
        stream.read(world.suite.settings.stream_timeout, billing_stream.shows(event.id))


@then("exactly {titles:Quotes} should have been told")
def be_told(context: Context, titles):
    """The stream has shown these recorded events with all their fields, in this order, and no other."""
    payloads = context.world.followed.payloads
    expected = [stripe_events.expected(event) for event in stripe_events.events(context.world, titles)]
    assertions.check(context.world.answer, [stripe_events.shown(payload) for payload in payloads], expected)


@then("the billing events should keep the contract")
def keep_contract(context: Context):
    """Every event fits the contract's schema, and its `occurred_at` is just now."""
    answer, payloads = context.world.answer, context.world.followed.payloads
    assertions.succeeded(context.world.followed.exchange)
    old = [payload for payload in payloads if not stripe_events.is_new(payload, answer.answered_at)]
    assertions.check(answer, old, [])


@then("{person:Person} should be told the story on the live stream")
def be_told_story(context: Context, person):
    """A stream that is opened now shows every recorded event once, in the order of their delivery."""
    world, story = context.world, stripe_events.events(context.world)
    with world.client.stream(world.call(person, "GET", STREAM)) as stream:
        payloads = stream.read(world.suite.settings.stream_timeout, billing_stream.shows(story[-1].id))
    assertions.succeeded(stream.exchange)
    expected = [stripe_events.expected(event) for event in story]
    assertions.check(stream.exchange, [stripe_events.shown(payload) for payload in payloads], expected)
