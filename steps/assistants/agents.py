"""Agents and their tools (agents.feature, tools.feature)."""

from behave import then
from hamcrest import contains_inanyorder, has_entries, not_none, only_contains

from acceptance.checks import assertions
from acceptance.json_values import instant_or_none
from api_service.context import Context
from api_service.subjects.assistants import catalogs
from api_service.subjects.assistants.catalogs import CATALOGS


@then("every agent should be active")
def be_active(context: Context):
    """The `status` of every agent of the list is "active"."""
    answer = context.world.answer
    assertions.check(answer, catalogs.entries(answer), only_contains(has_entries(status="active")))


@then("the agent {name:Quoted} should have been used just now")
def have_been_used(context: Context, name):
    """The agent's `last_used` is within a minute of the reply."""
    asked = context.world.answer
    status = _status_of(context, name)
    used = instant_or_none(assertions.field(status, "last_used"))
    assertions.check(status, used, not_none(), "`last_used` as a timestamp")
    age = used and asked.answered_at - used
    assertions.check(status, age and abs(age.total_seconds()) < 60, True, "within the minute")


@then("the agent {name:Quoted} should count {count:d} conversation")
def have_counted(context: Context, name, count):
    """The agent's `total_conversations` is this number."""
    status = _status_of(context, name)
    assertions.check(status, assertions.field(status, "total_conversations"), count)


def _status_of(context, name):
    world = context.world
    return world.must(world.answer.person, "GET", CATALOGS["agents"].detail, agent_name=name)


@then("each agent should have its own list of known tools")
def have_known_tools(context: Context):
    """`per_agent` has exactly the agents of the catalog, the tools of their flags, all in `tool_names`."""
    answer = context.world.answer
    agents = context.world.must(answer.person, "GET", CATALOGS["agents"].path)
    per_agent = assertions.field(answer, "per_agent")
    assertions.check(answer, per_agent, contains_inanyorder(*catalogs.names(agents, CATALOGS["agents"])))
    listed = catalogs.tools_by_list(answer)
    assertions.check(answer, catalogs.tools_by_flag(agents), listed, "tools of agents")
    used = {tool for tools in per_agent.values() for tool in tools}
    assertions.check(answer, used - set(assertions.field(answer, "tool_names")), set(), "unknown tools")
    assertions.check(answer, bool(assertions.field(answer, "categories")), bool(used), "categories")
