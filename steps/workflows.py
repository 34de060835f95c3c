"""Workflows: what they consist of."""

from behave import then
from hamcrest import contains_exactly, only_contains

from acceptance import outcomes
from acceptance.subjects import catalogs
from acceptance.subjects.catalogs import CATALOGS


@then("each of its steps should be done by an agent of the catalog")
def be_done_by_agents(context):
    """The described stages have as many steps as the list says, each by an agent that exists."""
    answer = context.world.answer
    agents = context.world.must(answer.person, "GET", CATALOGS["agents"].path)
    steps = [step["agent_key"] for stage in outcomes.field(answer, "stages") for step in stage["steps"]]
    outcomes.check(answer, steps, only_contains(*catalogs.names(agents, CATALOGS["agents"])))
    outcomes.check(answer, len(steps), context.world.recall("entry", "workflows")["step_count"])


@then("exactly one of the workflows should be the default")
def one_default(context):
    """The list marks one workflow."""
    answer = context.world.answer
    marked = [entry["default"] for entry in catalogs.entries(answer) if entry["default"]]
    outcomes.check(answer, marked, contains_exactly(True))
