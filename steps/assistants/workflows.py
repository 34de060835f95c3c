"""Workflows: what they consist of."""

from behave import then
from hamcrest import contains_exactly, only_contains

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import catalogs
from api_service.subjects.assistants.catalogs import CATALOGS, CatalogEntry


@then("each of its steps should be done by an agent of the catalog")
def be_done_by_agents(context: Context):
    """Each `agent_key` of the stages is a listed agent's; the list's `step_count` counts them."""
    answer = context.world.answer
    agents = context.world.must(answer.person, "GET", CATALOGS["agents"].path)
    steps = [step["agent_key"] for stage in assertions.field(answer, "stages") for step in stage["steps"]]
    assertions.check(answer, steps, only_contains(*catalogs.names(agents, CATALOGS["agents"])))
    listed = context.world.state.find(CatalogEntry, "workflows").fields
    assertions.check(answer, len(steps), listed["step_count"])


@then("exactly one of the workflows should be the default")
def one_default(context: Context):
    """The list has one workflow with `default` set."""
    marked = [entry["default"] for entry in catalogs.entries(context.world.answer) if entry["default"]]
    assertions.check(context.world.answer, marked, contains_exactly(True))
