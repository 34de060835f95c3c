"""Containers: which agent uses which, and what the activity feed tells of them."""

from behave import given, register_type, then, when

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
    containers.release(context.world, context.world.act, person, agent)


@then("{person:Person} should read that the container {container:Quoted} was {event:w}")
def read_of_event(context: Context, person, container, event):
    """The activity feed tells that the container was created or deleted."""
    containers.should_be_told(context.world, person, container, event)


@then(
    "{person:Person} should read that the container {container:Quoted} was {event:w} "
    "{preposition:w} the agent {agent:Quoted}"
)
def read_of_assignment(context: Context, person, container, event, preposition, agent):
    """The activity feed tells that the container was bound to an agent, or unbound from it."""
    containers.should_be_told(context.world, person, container, event, agent_key=agent)


@then(
    "{person:Person} should not read that the container {container:Quoted} was {event:w} "
    "{preposition:w} the agent {agent:Quoted}"
)
def not_read_of_assignment(context: Context, person, container, event, preposition, agent):
    """The activity feed tells of no such change for the container."""
    containers.should_not_be_told(context.world, person, container, event, agent_key=agent)
