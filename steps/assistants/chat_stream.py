"""Following replies while they are written, also those of workflow runs."""

from behave import given, register_type, then, when
from hamcrest import empty, greater_than_or_equal_to, is_not

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import chat_stream
from api_service.subjects.assistants.event_streams import final_status
from api_service.vocabulary import one_of

AGAIN = {"asks": "ask", "follows replies": "follow the reply to"}
FINAL_STATUSES = {"arrive in order and finish": "completed", "be a refusal": "refused"}
SERIES = {"asked": "ask", "followed": "follow the reply to"}
register_type(AsksAgain=one_of(AGAIN), WasAsked=one_of(SERIES), ReplyEnd=one_of(FINAL_STATUSES))


@given("{person:Person} has left more replies at their first event than may be followed at once")
def have_left_early(context: Context, person):
    """Replies were opened one after the other, two more than allowed, and closed at the first event."""
    for _ in range(context.world.limits.count_to("chat_stream_concurrency", 3) + 2):
        with chat_stream.slow_reply(context.world, person) as reply:
            assertions.check(reply.exchange, reply.events, is_not(empty()))


@when("{person:Person} {again:AsksAgain} in the conversation {title:Quoted} until that is refused")
def ask_until_refused(context: Context, person, again, title):
    """Ask one question after the other, and wait for the reply or follow it."""
    chat_stream.ask_until_refused(context.world, person, AGAIN[again], title)


@when("{person:Person} tries to follow another reply while as many as are allowed are still being written")
def follow_one_too_many(context: Context, person):
    """Follow one reply more than a person may follow at the same time."""
    allowed = context.world.limits.count_to("chat_stream_concurrency")
    chat_stream.follow_one_too_many(context.world, person, allowed)


@then("no question should have been refused before as many as are allowed were {asked:WasAsked}")
def answer_allowed(context: Context, asked):
    """The service has answered at least as many questions of the series as it allows in a minute."""
    verb, world = SERIES[asked], context.world
    allowed = world.limits[chat_stream.LIMITS[verb]]
    assertions.check(world.answer, chat_stream.answered(world, verb), greater_than_or_equal_to(allowed))


@then("the reply should {end:ReplyEnd}")
def end_as(context: Context, end):
    """The events keep every rule of streams; the `status` of the final one is "completed" or "refused"."""
    assertions.check(context.world.answer, chat_stream.problems(context.world), empty())
    assertions.check(context.world.answer, final_status(context.world.answer), FINAL_STATUSES[end])


@then("the reply should end with an error")
@then("the reply should end with the error {message:Quoted}")
def end_with_error(context: Context, message=None):
    """The events keep every rule of streams; the last has `kind` "error" and the `error.message` named."""
    answer = context.world.answer
    assertions.check(answer, chat_stream.problems(context.world), empty())
    assertions.check(answer, answer.events[-1]["kind"], "error")
    if message:
        assertions.check(answer, answer.events[-1]["error"]["message"], message)
