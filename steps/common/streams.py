"""Live streams of events: opened, left, and followed while nothing happens."""

from behave import register_type, then, when
from hamcrest import greater_than

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.subjects.activity import feed
from api_service.subjects.billing import billing
from api_service.vocabulary import one_of

STREAMS = {"the activity": feed.STREAM, "the billing events": billing.STREAM}
register_type(LiveStream=one_of(STREAMS))


@when("{person:Person} opens and leaves {events:LiveStream}")
@when("{person:Person} tries to follow {events:LiveStream}")
def try_to_follow(context: Context, person, events):
    """Open the stream and close it at once."""
    with context.world.open_stream(context.world.call(person, "GET", STREAMS[events])):
        return


@when("{person:Person} follows {events:LiveStream} until it is quiet")
@when("{person:Person} follows {events:LiveStream} until they are quiet")
def follow_until_quiet(context: Context, person, events):
    """Read the stream until it sends a heartbeat (a comment line), which it does while nothing happens."""
    world = context.world
    with world.open_stream(world.call(person, "GET", STREAMS[events])) as stream:
        stream.read(world.suite.settings.stream_timeout, heartbeat_is_enough=True)


@then("the feed should have shown a sign of life")
@then("the stream should have shown a sign of life")
def be_alive(context: Context):
    """The stream has sent a heartbeat: a comment line (WHATWG HTML, section 9.2.7)."""
    check(context.world.answer, context.world.followed.heartbeats, greater_than(0))
