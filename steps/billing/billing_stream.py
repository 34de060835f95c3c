"""The live stream of billing events."""

from contextlib import ExitStack

from behave import given, then, when
from hamcrest import equal_to, greater_than, has_length

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.billing import billing, billing_stream, stripe_events
from api_service.subjects.billing.stripe_events import STORY


@given("{person:Person} has the billing events open {count:d} times")
def have_open(context: Context, person, count):
    """So many streams of one tenant are open until the scenario ends or closes them."""
    stack = ExitStack()
    context.add_cleanup(stack.close)
    call = context.world.call(person, "GET", billing.STREAM)
    for _ in range(count):
        stream = stack.enter_context(context.world.open_stream(call))
        assertions.succeeded(stream.exchange)
    context.world.remember("open streams", person, stack)


@given("{person:Person} has closed the billing events")
def have_closed(context: Context, person):
    """The person's streams are closed, and the service has noticed."""
    context.world.recall("open streams", person).close()
    billing_stream.wait_for_room(context.world, person)


@when("{person:Person} follows the billing events while Stripe delivers {title:Quoted} for {tenant:Quoted}")
def follow_delivery(context: Context, person, title, tenant):
    """Follow the events of billing until the delivered one is told."""
    event = stripe_events.recorded(context.world, title, tenant)
    context.world.remember("told", "billing", billing_stream.follow(context.world, person, [event]))


@when("{person:Person} follows the billing events until {title:Quoted} is told")
def follow_until(context: Context, person, title):
    """Follow the events of billing until one that came before is told."""
    told = billing_stream.follow(context.world, person, [], until=context.world.recall("event", title)["id"])
    context.world.remember("told", "billing", told)


@when("{person:Person} follows the billing events until they are quiet")
def follow_quiet(context: Context, person):
    """Follow the events of billing until the stream shows that it is alive although nothing happens."""
    world = context.world
    with world.open_stream(world.call(person, "GET", billing.STREAM)) as stream:
        stream.read(world.suite.settings.stream_timeout, heartbeat_is_enough=True)


@when("{person:Person} tries to follow the billing events")
def try_to_follow(context: Context, person):
    """Try to open the stream."""
    with context.world.open_stream(context.world.call(person, "GET", billing.STREAM)):
        return


@then("exactly {titles:Quotes} should have been told")
def be_told(context: Context, titles):
    """The stream told these recorded events, each as Stripe said it, in this order."""
    answer, told = context.world.answer, context.world.recall("told", "billing")
    wanted = [stripe_events.told(context.world.recall("event", title)) for title in titles]
    assertions.check(answer, [stripe_events.comparable(event) for event in told], equal_to(wanted))


@then("the billing events should keep the contract")
def keep_contract(context: Context):
    """Every event that was told has the form that the contract gives it, and came just now."""
    answer, told = context.world.answer, context.world.recall("told", "billing")
    validator = context.world.suite.api.contract.event_validator(answer.operation)
    broken = [error.message for event in told for error in validator.iter_errors(event)]
    assertions.check(answer, broken, has_length(0))
    fresh = [stripe_events.happened_now(event, answer.answered_at) for event in told]
    assertions.check(answer, fresh, equal_to([True] * len(told)))


@then("the stream should have shown a sign of life")
def be_alive(context: Context):
    """The stream sent a comment although nothing happened (WHATWG HTML, section 9.2.7)."""
    assertions.check(context.world.answer, context.world.stream.heartbeats, greater_than(0))


@then("{person:Person} should be told the story on the live stream")
def be_told_story(context: Context, person):
    """Whoever opens the stream now is told every recorded event once, in the order in which they came."""
    last = context.world.recall("event", STORY[-1])["id"]
    told = billing_stream.follow(context.world, person, [], until=last)
    wanted = [stripe_events.told(context.world.recall("event", title)) for title in STORY]
    answer = context.world.answer
    assertions.succeeded(answer)
    assertions.check(answer, [stripe_events.comparable(event) for event in told], equal_to(wanted))
