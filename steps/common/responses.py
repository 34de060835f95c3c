"""What every answer may be asked, in words a product owner uses."""

from behave import then

from acceptance.checks import assertions
from api_service.context import Context


@then("the request should succeed")
def succeed(context: Context):
    """The answer has exactly the success status of its operation and keeps the whole contract."""
    assertions.succeeded(context.world.answer)


@then("the request should be refused as {outcome:Outcome}")
def be_refused(context: Context, outcome):
    """The answer is a refusal of that kind, in the shape that every refusal has."""
    assertions.refused(context.world.answer, *outcome)


@then('the reason should be "{reason}"')
def give_reason(context: Context, reason):
    """The refusal says this to the person."""
    assertions.says(context.world.answer, reason)
