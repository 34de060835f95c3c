"""How often, and how much at once, somebody may ask."""

from contextlib import ExitStack

from acceptance.calls.exchange import Call
from acceptance.errors import NotOfferedError
from api_service.rules.streams import is_terminal
from api_service.subjects.assistants import chat
from api_service.world import World

SLOW = {"message": "Please take your time."}
# Twice the highest limit: a series may begin in one minute and go on in the next.
MOST_TRIES = 130


def ask_until_refused(world: World, person: str, way: str, conversation_id: str) -> int:
    """Ask in one conversation until that is refused; return how many questions were answered.

    Raises AssertionError when nothing is refused within twice the service's limit.
    """
    for answered in range(MOST_TRIES):
        chat.ask(world, person, way, "And another one?", conversation_id=conversation_id)
        if not world.answer.succeeded:
            return answered
    raise AssertionError(f"{MOST_TRIES} questions were answered and none was refused")


def leave_early(world: World, person: str, times: int) -> None:
    """Open replies one after the other and leave each at its first event.

    Raises AssertionError when one of them does not begin.
    """
    for _ in range(times):
        with world.suite.api.stream(_slow_call(world, person)) as stream:
            if not stream.read(world.suite.settings.stream_timeout, until=lambda _: True):
                raise AssertionError(f"a reply did not begin: {stream.exchange.status} {stream.problem}")


def follow_one_too_many(world: World, person: str, limit: int) -> None:
    """Hold that many replies open and try to follow one more as the scenario's subject.

    Raises NotOfferedError when replies are complete at once, so that none can be held.
    """
    with ExitStack() as stack:
        for _ in range(limit):
            stream = stack.enter_context(world.suite.api.stream(_slow_call(world, person)))
            begun = stream.read(world.suite.settings.stream_timeout, until=lambda _: True)
            if begun and is_terminal(begun[-1]):
                raise NotOfferedError("the target's assistant replies at once: no two replies overlap")
        chat.ask(world, person, "follow the reply to", "And one more?")


def _slow_call(world: World, person: str) -> Call:
    return world.call(person, "POST", chat.WAYS["follow the reply to"], json=SLOW)
