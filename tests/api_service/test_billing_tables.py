"""Billing in the words of the features' tables."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Operation
from api_service.subjects.billing import metered_usage, payments, subscriptions
from api_service.subjects.billing.billing_tables import TABLES, moment, money, plain, window

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def at(**delta: float) -> str:
    return (NOW + timedelta(**delta)).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "-"), (True, "yes"), (False, "no"), (0, "0"), ("pro", "pro")]
)
def test_a_field_is_shown_as_it_is(value: object, shown: str) -> None:
    assert plain("field")({"field": value}, NOW) == shown


def test_money_is_shown_with_its_currency() -> None:
    assert money("amount")({"amount": 9905, "currency": "usd"}, NOW) == "99.05 USD"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (at(seconds=-30), "now"),
        (at(days=30, seconds=5), "in 30 days"),
        (at(days=-60), "60 days ago"),
        (at(hours=5), at(hours=5)),
        (at(days=31), "the end of the period"),
        (at(days=31).removesuffix("Z"), "the end of the period"),
        (None, "-"),
    ],
)
def test_a_moment_is_shown_by_its_distance(text: str | None, shown: str) -> None:
    assert moment("then", "end")({"then": text, "end": at(days=31)}, NOW) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "January"),
        ("2026-01-01T00:00:00", "2026-04-01T00:00:00", "January to March"),
        (at(), at(), "now"),
    ],
)
def test_a_window_is_shown_by_its_months(start: str, end: str, shown: str) -> None:
    assert window("start", "end")({"start": start, "end": end}, NOW) == shown


def test_one_thing_and_a_list_are_read_alike() -> None:
    operation = Operation("GET", "/any", "any", {})
    answer = Exchange(operation, Call("Nina", "GET", "/any"), "http://any", "1")
    for body in ([{"brand": "visa"}], {"items": [{"brand": "visa"}]}, {"brand": "visa"}):
        answer.body = body
        assert TABLES["cards"].entries(answer) == [{"brand": "visa"}]


def test_a_row_becomes_a_request_without_its_dashes() -> None:
    row = {"plan": "pro", "seats": "7", "renews": "no", "contact": "-", "when": "later"}
    assert subscriptions.request(row) == {
        "plan_code": "pro",
        "seat_count": 7,
        "auto_renew": False,
        "timing": "period_end",
    }


@pytest.mark.parametrize(("days", "is_month"), [(27, False), (28, True), (31, True), (32, False)])
def test_a_month_has_28_to_31_days(days: int, is_month: bool) -> None:
    period = {"current_period_start": at(), "current_period_end": at(days=days)}
    assert subscriptions.lasts_about_a_month(period) is is_month


def test_usage_is_recorded_for_a_month() -> None:
    request = metered_usage.usage({"feature": "mails", "quantity": "3", "month": "January", "key": "-"})
    assert request["period_end"] == "2026-02-01T00:00:00+00:00"
    assert "idempotency_key" not in request


PREVIEW: dict[str, Any] = {
    "seat_count": 2,
    "invoice_id": "in_1",
    "amount_due_cents": 200,
    "currency": "usd",
    "period_start": at(),
    "period_end": at(days=30),
}
LINE: dict[str, Any] = {
    "description": "Pro",
    "amount_cents": 200,
    "currency": "usd",
    "quantity": 2,
    "unit_amount_cents": 100,
    "price_id": "price_1",
}


def test_a_preview_that_adds_up_has_no_errors() -> None:
    assert payments.preview_errors({**PREVIEW, "lines": [LINE]}) == []


@pytest.mark.parametrize(
    ("preview", "line"),
    [
        ({"amount_due_cents": 201}, {}),
        ({"invoice_id": None}, {}),
        ({"period_end": at(days=60)}, {}),
        ({"seat_count": 3}, {}),
        ({}, {"unit_amount_cents": 99}),
        ({}, {"currency": "eur"}),
        ({}, {"description": ""}),
    ],
)
def test_a_preview_that_does_not_add_up_is_caught(preview: dict[str, Any], line: dict[str, Any]) -> None:
    assert len(payments.preview_errors({**PREVIEW, **preview, "lines": [{**LINE, **line}]})) == 1
