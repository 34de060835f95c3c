"""Workflows: what they consist of."""

from behave import then
from hamcrest import contains_exactly, only_contains

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import catalogs
from api_service.subjects.assistants.catalogs import CATALOGS


@then("each of its steps should be done by an agent of the catalog")
def be_done_by_agents(context: Context):
    """The described stages have as many steps as the list says, each by an agent that exists."""
    answer = context.world.answer
    agents = context.world.must(answer.person, "GET", CATALOGS["agents"].path)
    steps = [step["agent_key"] for stage in assertions.field(answer, "stages") for step in stage["steps"]]
    assertions.check(answer, steps, only_contains(*catalogs.names(agents, CATALOGS["agents"])))
    assertions.check(answer, len(steps), context.world.recall("entry", "workflows")["step_count"])


@then("exactly one of the workflows should be the default")
def one_default(context: Context):
    """The list marks one workflow."""
    answer = context.world.answer
    marked = [entry["default"] for entry in catalogs.entries(answer) if entry["default"]]
    assertions.check(answer, marked, contains_exactly(True))
