"""A refusal is told from another one by its status and by the name of its error."""

import pytest

from acceptance.checks import assertions
from acceptance.contract.document import Finding
from tests.acceptance.answers import answer, refused


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("Forbidden", "Forbidden"),
        ("Forbidden", "a_code_of_the_service"),
        ("MissingStripeSignature", "MissingStripeSignature"),
    ],
)
def test_a_refusal_goes_by_its_name_or_by_a_code_of_its_own(expected: str, name: str) -> None:
    assertions.refused(answer("GET /usage", refused(403, name), 403), 403, expected)


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("Forbidden", "NotFound"),
        ("Forbidden", "Locked"),
        ("MissingStripeSignature", "BadRequest"),
        ("MissingStripeSignature", "InvalidStripeSignature"),
    ],
)
def test_another_name_is_another_refusal(expected: str, name: str) -> None:
    with pytest.raises(AssertionError, match=expected):
        assertions.refused(answer("GET /usage", refused(403, name), 403), 403, expected)


def test_another_status_is_another_refusal() -> None:
    with pytest.raises(AssertionError, match="status 404"):
        assertions.refused(answer("GET /usage", refused(403, "Forbidden"), 403), 404, "NotFound")


def test_a_refusal_says_why() -> None:
    with pytest.raises(AssertionError, match="envelope"):
        assertions.refused(answer("GET /usage", refused(403, "Forbidden", ""), 403), 403, "Forbidden")


def test_a_field_that_is_not_there_is_no_field() -> None:
    shown = answer("GET /usage", {"items": [{"count": 1}]})
    assert assertions.field(shown, "items.0.count") == 1
    for path in ("items.1.count", "items.0.total", "items.count"):
        with pytest.raises(AssertionError, match=path):
            assertions.field(shown, path)


def test_an_answer_that_breaks_the_contract_is_neither_success_nor_refusal() -> None:
    for exchange in (answer("GET /usage", []), answer("GET /usage", refused(403, "Forbidden"), 403)):
        exchange.findings.append(Finding("schema", "$", "is no usage"))
        with pytest.raises(AssertionError, match="contract kept"):
            assertions.succeeded(exchange)
        with pytest.raises(AssertionError, match="contract kept"):
            assertions.refused(exchange, exchange.status, "Forbidden")
