"""The published contract: what the service's own document promises."""

from behave import then
from hamcrest import empty

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.subjects.platform import published_contract


@then("the service should publish nothing that breaks clients of the contract")
def publish_the_contract(context: Context):
    """Its OpenAPI document has every operation, field and limit of the contract, but for declared drift."""
    check(context.world.answer, published_contract.differences(context.world), empty())
