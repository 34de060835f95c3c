"""The access matrix says what the contract says, and the lint misses nothing of it."""

import pytest

from acceptance.contract import document
from acceptance.contract.document import Contract, Operation
from api_service.access import matrix, thing_parameter
from api_service.access.attempts import operations_on
from api_service.access.lint_rules import expected_steps
from api_service.access.things import THINGS


def row(name: str) -> dict[str, str]:
    return next(row for row in matrix() if row["call"] == name)


def operation(path: str, role: str = "", in_account: bool = False) -> Operation:
    return Operation("GET", path, "things", {}, True, role, in_account, document.load().semantics)


def test_there_is_one_row_for_each_protected_operation():
    protected = {operation.name for operation in document.load() if operation.needs_token}
    assert len(matrix()) == len(protected)
    assert {row["call"] for row in matrix()} == protected


@pytest.mark.parametrize(
    ("name", "allowed", "stranger"),
    [
        ("GET /api/v1/conversations", "viewer member admin owner operator", "refused"),
        ("POST /api/v1/chat", "member admin owner operator", "refused"),
        ("GET /api/v1/tenants/settings", "admin owner operator", "refused"),
        ("GET /api/v1/platform/tenants", "operator", "refused"),
        ("GET /api/v1/agents", "viewer member admin owner operator", "the same for all"),
        ("GET /api/v1/users/me", "viewer member admin owner operator", "only their own"),
    ],
)
def test_a_row_says_who_may(name, allowed, stranger):
    shown = row(name)
    assert [role for role, cell in shown.items() if cell == "may"] == allowed.split()
    assert (shown["visitor"], shown["other tenant"]) == ("refused", stranger)


def test_the_contract_tells_what_is_protected():
    methods = {
        "get": {"security": [{"Bearer": []}], "x-minimum-role": "admin"},
        "post": {"security": [{}, {"Bearer": []}]},
        "put": {"parameters": [{"name": "X-Tenant-Id", "in": "header"}]},
    }
    known = Contract({"paths": {"/things": methods}}, document.load().semantics)
    access = {one.method: (one.needs_token, one.minimum_role, one.in_account) for one in known}
    assert access == {"GET": (True, "admin", False), "POST": (False, "", False), "PUT": (False, "", True)}


def test_what_is_the_same_for_everybody_is_nobodys_thing():
    assert thing_parameter(operation("/agents/{agent_name}/status")) is None
    assert thing_parameter(operation("/stores/{vector_store_id}/bindings/{agent_key}")) == "vector_store_id"


@pytest.mark.parametrize(
    ("wanted", "steps"),
    [
        (operation("/me"), ["a visitor attempts to look"]),
        (operation("/things", "viewer"), ["a visitor attempts to look"]),
        (
            operation("/things", "admin"),
            ["a visitor attempts to look", "everybody below an admin attempts to look"],
        ),
        (
            operation("/things", "operator"),
            ["a visitor attempts to look", "everybody below an operator attempts to look"],
        ),
        (
            operation("/things/{asset_id}", "viewer", in_account=True),
            [
                "a visitor attempts to look",
                "Brian attempts to look as if of the tenant of Alice",
                "Brian tries everything that can be done with that generated asset",
            ],
        ),
        (
            operation("/things/{parcel_id}"),
            ["a visitor attempts to look", "Brian tries everything that a {parcel_id} names"],
        ),
    ],
)
def test_the_lint_expects_every_refusal(wanted, steps):
    assert list(expected_steps(wanted, "look")) == steps


@pytest.mark.parametrize("kind", THINGS)
def test_something_can_be_done_with_every_thing(kind):
    assert operations_on(kind)
