"""What replies add to the usage of a tenant."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.reference_service.support import Api, refused

MEMBER, OWNER = "member@acme.example.com", "owner@acme.example.com"
STRANGER = "owner@globex.example.com"
QUESTION = "Why is it so?"  # four words; the answer says "Stub response: " before it


def used(api: Api, who: str = OWNER) -> list[tuple[Any, ...]]:
    counters = api.call(who, "GET", "/usage").json()
    return [(one["requests"], one["input_tokens"], one["output_tokens"]) for one in counters]


def metered(api: Api, tenant_id: str) -> dict[str, int]:
    totals = api.call(OWNER, "GET", f"/billing/tenants/{tenant_id}/usage-totals").json()
    return {total["feature_key"]: total["quantity"] for total in totals}


@pytest.mark.parametrize("path", ["/chat", "/chat/stream"])
def test_each_reply_is_counted(api: Api, acme: dict, globex: dict, path: str) -> None:
    for times in (1, 2):
        assert api.call(MEMBER, "POST", path, json={"message": QUESTION}).status_code == 200
        assert used(api) == [(times, 4 * times, 6 * times)]
    (counter,) = api.call(OWNER, "GET", "/usage").json()
    assert (counter["granularity"], counter["user_id"]) == ("day", None)
    assert counter["period_start"] == datetime.now(UTC).date().isoformat()
    assert used(api, STRANGER) == []


def test_a_subscription_is_charged_for_messages_and_tokens(api: Api, acme: dict) -> None:
    subscription = f"/billing/tenants/{acme['tenant_id']}/subscription"
    api.call(MEMBER, "POST", "/chat", json={"message": QUESTION})
    assert api.call(OWNER, "POST", subscription, json={"plan_code": "pro"}).status_code == 201
    assert metered(api, acme["tenant_id"]) == {}
    api.call(MEMBER, "POST", "/chat", json={"message": QUESTION})
    assert metered(api, acme["tenant_id"]) == {"messages": 1, "input_tokens": 4, "output_tokens": 6}
    assert used(api) == [(2, 8, 12)]


def test_replies_add_to_a_seeded_counter_of_the_day(api: Api, acme: dict) -> None:
    today = datetime.now(UTC).date().isoformat()
    counter = {"period_start": today, "granularity": "day", "requests": 10, "input_tokens": 100}
    api.seed({"slug": "acme", "name": "Acme", "usage_counters": [counter]})
    api.call(MEMBER, "POST", "/chat", json={"message": QUESTION})
    assert used(api) == [(11, 104, 6)]


def test_what_got_no_reply_is_not_counted(api: Api, acme: dict) -> None:
    nobodys = {"object_id": "0d6fe5ce-8a5e-4c64-9a3c-3c5f6ad5a6aa"}
    refused(api.call(MEMBER, "POST", "/chat", json={"message": QUESTION, "attachments": [nobodys]}), 404)
    failed = api.call(MEMBER, "POST", "/chat/stream", json={"message": "Break down, please"}).text
    assert json.loads(failed.split("\n\n")[-2].removeprefix("data: "))["kind"] == "error"
    assert used(api) == []


def test_a_workflow_run_is_not_metered(api: Api, acme: dict) -> None:
    run = api.call(MEMBER, "POST", "/workflows/analysis_code/run", json={"message": QUESTION})
    assert run.status_code == 200
    assert used(api) == []
