"""Containers: which agent uses which, and what the activity feed tells of them."""

from behave import given, register_type, then, when
from hamcrest import empty, not_

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.subjects.content import containers
from api_service.vocabulary import verbs

register_type(Assigns=verbs(["assign"]), Frees=verbs(["free"]))


@given("{person:Person} has assigned the container {container:Quoted} to the agent {agent:Quoted}")
def have_assigned(context: Context, person, container, agent):
    """An agent of the tenant that uses a container."""
    containers.bind(context.world, context.world.must, person, agent, container)


@when("{person:Person} {does:Assigns} the container {container:Quoted} to the agent {agent:Quoted}")
def assign_container(context: Context, person, does, container, agent):
    """Let an agent use a container; also when somebody only tries to."""
    containers.bind(context.world, context.world.act, person, agent, container)


@when("{person:Person} {does:Frees} the agent {agent:Quoted} from its container")
def free_agent(context: Context, person, does, agent):
    """Let an agent use no container; also when somebody only tries to."""
    context.world.act(person, "DELETE", containers.BINDING, agent_key=agent)


@then("{person:Person} should read that the container {container:Quoted} was {event:w}")
@then(
    "{person:Person} should read that the container {container:Quoted} was {event:w} "
    "{preposition:w} the agent {agent:Quoted}"
)
def read_of_event(context: Context, person, container, event, preposition="", agent=None):
    """The activity feed has a `container.lifecycle` entry with this event, and this agent if one is named."""
    feed, found = containers.activities(context.world, person, container, event, agent)
    check(feed, found, not_(empty()))


@then(
    "{person:Person} should not read that the container {container:Quoted} was {event:w} "
    "{preposition:w} the agent {agent:Quoted}"
)
def not_read_of_event(context: Context, person, container, event, preposition, agent):
    """The activity feed has no `container.lifecycle` entry with this event and agent."""
    feed, found = containers.activities(context.world, person, container, event, agent)
    check(feed, found, [])
