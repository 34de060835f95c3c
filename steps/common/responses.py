"""What is asked of the answer to any request: its success, or its refusal and the reason."""

from behave import then

from acceptance.checks import assertions
from api_service.context import Context


@then("the request should succeed")
def succeed(context: Context):
    """The answer has exactly the success status of its operation and keeps the whole contract."""
    assertions.succeeded(context.world.answer)


@then("the request should be refused as {outcome:Outcome}")
def be_refused(context: Context, outcome):
    """The status and `error` are those of this refusal, in the error envelope with `success` false."""
    assertions.refused(context.world.answer, *outcome)


@then('the reason should be "{reason}"')
def give_reason(context: Context, reason):
    """The refusal's `message` is exactly this text."""
    assertions.says(context.world.answer, reason)
