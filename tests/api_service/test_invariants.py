"""Every rule about single answers: silent while it is kept, red when it is broken."""

import copy
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant_or_none, same
from api_service.rules.answers import RULES, findings
from tests.acceptance.answers import DATE, LATER, NOW, OTHER, THIRD, answer, refused
from tests.api_service import (
    consistency_examples,
    echo_examples,
    error_examples,
    list_examples,
    operation_examples,
)
from tests.api_service.operation_examples import SIGN_IN, SIGNING_KEY, keys

EXAMPLES = (error_examples, echo_examples, list_examples, operation_examples, consistency_examples)
CASES = [case for examples in EXAMPLES for case in examples.CASES]


def rules_broken(exchange: Exchange) -> set[str]:
    return {finding.rule for finding in findings(exchange)}


@pytest.mark.parametrize(
    ("rule", "kept", "broken"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)]
)
def test_rule(rule: str, kept: Exchange, broken: Exchange) -> None:
    assert rule not in rules_broken(kept)
    assert rule in rules_broken(broken)


def test_every_rule_has_a_case() -> None:
    # This API declares no scheme for every 401, so that only bearer tokens are asked for by name.
    named = {rule.__name__.replace("_", " ") for rule in RULES} - {"challenge"}
    assert named == {rule for rule, _, _ in CASES}


def test_good_answers_are_left_alone() -> None:
    assert findings(answer("POST /auth/token", SIGN_IN)) == []
    assert findings(keys(SIGNING_KEY)) == []


def test_a_call_without_an_answer_is_not_judged() -> None:
    exchange = answer("GET /health", {"status": "broken"})
    exchange.failure = "no answer"
    assert findings(exchange) == []


def test_refusals_of_the_router_and_unhandled_errors_keep_their_own_form() -> None:
    assert findings(answer("GET /usage", {"detail": "Not Found"}, 404)) == []
    unhandled = answer("GET /usage", refused(500, "InternalServerError"), 500)
    unhandled.headers = {"date": DATE, "content-type": "application/json"}
    assert findings(unhandled) == []


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.just(NOW),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(case=st.sampled_from(CASES), data=st.data())
def test_no_body_makes_a_rule_fail(case: tuple[str, Exchange, Exchange], data: st.DataObject) -> None:
    exchange = copy.copy(case[1])
    exchange.body = _with_something_else_in_it(exchange.body, data)
    for finding in findings(exchange):
        assert str(finding)


def _with_something_else_in_it(body: Any, data: st.DataObject) -> Any:
    if body and isinstance(body, dict | list) and data.draw(st.booleans()):
        body = copy.copy(body)
        place = data.draw(st.sampled_from(list(body) if isinstance(body, dict) else range(len(body))))
        body[place] = _with_something_else_in_it(body[place], data)
        return body
    return data.draw(JSON)


@given(JSON)
def test_every_value_is_the_same_as_itself(value: Any) -> None:
    assert same(value, copy.deepcopy(value))


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)), st.integers(-12 * 60, 14 * 60))
def test_an_instant_is_the_same_in_every_zone(clock: datetime, minutes: int) -> None:
    moment = clock.replace(tzinfo=UTC)
    there = moment.astimezone(timezone(timedelta(minutes=minutes))).isoformat()
    assert instant_or_none(there) == moment
    assert same(there, moment.isoformat())
    assert instant_or_none(clock.isoformat()) == moment


@pytest.mark.parametrize(
    "text", ["", "yesterday", "0001-01-01T00:00:00+05:00", "2026-13-01T00:00:00Z", 7, None]
)
def test_what_is_no_instant_is_none(text: Any) -> None:
    assert instant_or_none(text) is None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (1, True),
        ("a", "b"),
        ([1], [1, 2]),
        ({"a": 1}, {}),
        (None, 0),
        (NOW, LATER),
        (OTHER, THIRD),
        ("A", "a"),
    ],
)
def test_what_differs_is_not_the_same(ours: Any, theirs: Any) -> None:
    assert not same(ours, theirs)


def test_what_a_rule_cannot_read_is_a_finding() -> None:
    broken = answer("POST /upcoming-invoice", {"amount_due_cents": "6", "lines": [{"amount_cents": 6}]})
    assert "invoice adds up" in rules_broken(broken)
    nothing = answer("POST /upcoming-invoice", {"lines": [{"amount_cents": "six"}]})
    assert "invoice adds up" in rules_broken(nothing)
