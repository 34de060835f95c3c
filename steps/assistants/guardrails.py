"""Guardrails, which keep agents within bounds, and their presets."""

from behave import then
from hamcrest import has_item, is_in, only_contains

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import catalogs
from api_service.subjects.assistants.catalogs import CATALOGS, CatalogEntry


@then("every entry of the {kind:Catalog} should have a name and a description")
def be_described(context: Context, kind):
    """The entry that was seen before is listed; no `display_name` and no `description` is empty."""
    answer, seen = context.world.answer, context.world.state.find(CatalogEntry, kind)
    assertions.check(answer, catalogs.entries(answer), has_item(seen.fields))
    words = [text for one in catalogs.entries(answer) for text in (one["display_name"], one["description"])]
    assertions.check(answer, all(words), True, "names and descriptions that are not empty")


@then("each of its guardrails should be in the catalog")
def be_in_catalog(context: Context):
    """Every `guardrail_key` of the preset is a key of the list of guardrails."""
    answer = context.world.answer
    known = context.world.must(answer.person, "GET", CATALOGS["guardrails"].path)
    checks = [check["guardrail_key"] for check in assertions.field(answer, "guardrails")]
    assertions.check(answer, checks, only_contains(is_in(catalogs.names(known, CATALOGS["guardrails"]))))
