"""Agents, their tools and the guardrails that keep them within bounds."""

from behave import then, when
from hamcrest import contains_inanyorder, has_entries, has_item, is_in, not_none, only_contains

from acceptance.checks import assertions
from acceptance.timestamps import instant
from api_service.context import Context
from api_service.subjects.assistants import catalogs
from api_service.subjects.assistants.catalogs import CATALOGS


@when("{person:Person} looks at the tools")
def look_at_tools(context: Context, person):
    """Ask for the catalog of tools."""
    context.world.act(person, "GET", "/api/v1/tools")


@then("every agent should be active")
def be_active(context: Context):
    """No agent of the catalog is broken or switched off."""
    answer = context.world.answer
    assertions.check(answer, catalogs.entries(answer), only_contains(has_entries(status="active")))


@then("the agent {name:Quoted} should have been used just now")
def have_been_used(context: Context, name):
    """The agent says that it was last used when the question was answered."""
    asked = context.world.answer
    status = context.world.must(asked.person, "GET", CATALOGS["agents"].detail, agent_name=name)
    assertions.check(status, assertions.field(status, "last_used"), not_none())
    age = asked.answered_at - instant(status.body["last_used"])
    assertions.check(status, abs(age.total_seconds()) < 60, True, "used within the last minute")
    assertions.check(status, assertions.field(status, "total_conversations"), 1, "the one that was begun")


@then("each agent should have its own list of known tools")
def have_known_tools(context: Context):
    """Exactly the agents of the catalog have tools listed, and none has a tool that the catalog lacks."""
    answer = context.world.answer
    agents = context.world.must(answer.person, "GET", CATALOGS["agents"].path)
    per_agent = assertions.field(answer, "per_agent")
    assertions.check(answer, per_agent, contains_inanyorder(*catalogs.names(agents, CATALOGS["agents"])))
    assertions.check(
        answer, catalogs.tools_by_flag(agents), catalogs.tools_by_list(answer), "tools of agents"
    )
    used = {tool for tools in per_agent.values() for tool in tools}
    assertions.check(answer, used - set(assertions.field(answer, "tool_names")), set(), "unknown tools")
    assertions.check(answer, bool(assertions.field(answer, "categories")), bool(used), "categories")


@then("every entry of the {kind:Catalog} should have a name and a description")
def be_described(context: Context, kind):
    """The entry that was seen before is there, and no entry is without words."""
    answer = context.world.answer
    assertions.check(answer, catalogs.entries(answer), has_item(context.world.recall("entry", kind)))
    words = [text for one in catalogs.entries(answer) for text in (one["display_name"], one["description"])]
    assertions.check(answer, all(words), True, "names and descriptions that are not empty")


@then("each of its guardrails should be in the catalog")
def be_in_catalog(context: Context):
    """What a preset switches on exists."""
    answer = context.world.answer
    known = context.world.must(answer.person, "GET", CATALOGS["guardrails"].path)
    checks = [check["guardrail_key"] for check in assertions.field(answer, "guardrails")]
    assertions.check(answer, checks, only_contains(is_in(catalogs.names(known, CATALOGS["guardrails"]))))
