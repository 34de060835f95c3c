"""Containers: which agent uses which, and what the activity feed tells of them."""

from behave import given, register_type, then, when
from hamcrest import empty, not_

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.subjects.content import containers
from api_service.subjects.content.contents import address
from api_service.vocabulary import verbs

register_type(Assigns=verbs(["assign"]), Frees=verbs(["free"]))


@given("{person:Person} has assigned the container {container:Quoted} to the agent {agent:Quoted}")
@when("{person:Person} {does:Assigns} the container {container:Quoted} to the agent {agent:Quoted}")
def assign_container(context: Context, person, container, agent, does=None):
    """Let an agent of the tenant use a container; also when somebody only tries to."""
    ask, body = context.world.asking(does), address(context.world, "container", container)
    ask(person, "POST", containers.BINDING, json=body, agent_key=agent)


@when("{person:Person} {does:Frees} the agent {agent:Quoted} from its container")
def free_agent(context: Context, person, does, agent):
    """Let an agent use no container; also when somebody only tries to."""
    context.world.act(person, "DELETE", containers.BINDING, agent_key=agent)


@then("{person:Person} should read that the container {container:Quoted} was {event:w}")
@then(
    "{person:Person} {expected:Should} read that the container {container:Quoted} was {event:w} "
    "{preposition:w} the agent {agent:Quoted}"
)
def read_of_event(context: Context, person, container, event, expected=True, preposition="", agent=None):
    """The feed has `container.lifecycle` entries with this event, and agent if one is named, or has none."""
    feed, found = containers.activities(context.world, person, container, event, agent)
    check(feed, found, not_(empty()) if expected else empty())
