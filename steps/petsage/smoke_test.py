"""PetSage: the back end of another product, under an address of its own."""

from behave import then, when

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.session import SMOKE_TEST


@when("{person:Person} asks PetSage whether it is up")
def ask_whether_up(context: Context, person):
    """Call the smoke test of the PetSage back end."""
    world = context.world
    world.response = world.petsage.send(world.call(person, "GET", SMOKE_TEST))


@then("PetSage should say exactly this")
def say_exactly(context: Context):
    """The answer has these fields with these texts and no others."""
    check(context.world.answer, context.world.answer.body, context.table[0].as_dict())
