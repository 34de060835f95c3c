"""Faults of the mail provider, which a double is told to have."""

from behave import given

from api_service.context import Context
from api_service.doubles import MAIL
from api_service.people.accounts import VISITOR
from api_service.subjects.identity.sign_up import person_without_account
from api_service.subjects.platform.status_subscriptions import channel_and_url


@given("mails to {title:Quoted} cannot be delivered")
def fail_mails_to(context: Context, title):
    """The mail double fails for every mail to the address that is going to be subscribed."""
    world = context.world
    _, address = channel_and_url(world, title)
    seconds = world.suite.settings.http_timeout
    context.add_cleanup(world.suite.doubles.fail(MAIL, "error", address, seconds))


@given("mails about {name:w} cannot be delivered")
@given("mails about the visitor cannot be delivered")
def fail_mails(context: Context, name=VISITOR):
    """The mail double fails for every mail with this person's address, or the visitor's in it."""
    world = context.world
    visitor = f"{world.unique('guest')}@"
    address = visitor if name == VISITOR else person_without_account(world, name).email
    seconds = world.suite.settings.http_timeout
    context.add_cleanup(world.suite.doubles.fail(MAIL, "error", address, seconds))
