"""Usage: what a tenant has used."""

from collections.abc import Iterable, Mapping
from typing import Any

from behave import given, then
from hamcrest import contains_exactly, has_entries, has_items

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.new_tenants import found_tenant

PERIODS = {"January": "2026-01-01", "February": "2026-02-01", "March": "2026-03-01"}
COLUMNS = {
    "requests": "requests",
    "input tokens": "input_tokens",
    "output tokens": "output_tokens",
    "stored bytes": "storage_bytes",
}


def _counters(rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    return [
        {field: int(row[column]) for column, field in COLUMNS.items()}
        | {"period_start": PERIODS[row["period"]], "granularity": row["per"]}
        for row in rows
    ]


@given("{person:Person} owns the tenant {title:Quoted}, which has used")
def found_with_usage(context: Context, person, title):
    """A tenant of this scenario's own with the usage counters of the table."""
    found_tenant(context.world, title, [(person, "owner")], usage_counters=_counters(context.table))


@then("the usage should be")
def be_exactly(context: Context):
    """The answer has exactly these counters in this order, all of the tenant and of no `user_id`."""
    answer = context.world.answer
    own = {"tenant_id": answer.call.account, "user_id": None}
    rows = [has_entries({**own, **row}) for row in _counters(context.table)]
    assertions.check(answer, answer.body, contains_exactly(*rows))


@then("the usage should include what {person:Person} used")
def include(context: Context, person):
    """The counters with this person's `user_id` are among those of the tenant."""
    answer, user_id = context.world.answer, context.world.person(person).user_id
    rows = [has_entries(user_id=user_id, **row) for row in _counters(context.table)]
    assertions.check(answer, answer.body, has_items(*rows))


@then("there should be no usage")
def be_none(context: Context):
    """The answer has no counter."""
    assertions.check(context.world.answer, context.world.answer.body, [])
