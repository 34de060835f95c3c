"""Plans, the subscription's life, cards, usage."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reference_service.config import Config
from tests.reference_service.support import PASSWORD, Api, refused

OWNER, MEMBER, VIEWER = "owner@acme.example.com", "member@acme.example.com", "viewer@acme.example.com"
JANUARY = {"period_start": "2026-01-01T00:00:00Z", "period_end": "2026-02-01T00:00:00Z"}


class Billing:
    """Acme's billing, as its owner unless said otherwise."""

    def __init__(self, api: Api, tenant_id: str) -> None:
        self._api, self.tenant_id = api, tenant_id

    def __call__(self, method: str, path: str, who: str | None = OWNER, **options: Any) -> Any:
        return self._api.call(who, method, f"/billing/tenants/{self.tenant_id}{path}", **options)

    def subscription(self) -> dict[str, Any]:
        response = self("GET", "/subscription")
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        return body

    def start(self, plan: str = "pro", **fields: Any) -> dict[str, Any]:
        response = self("POST", "/subscription", json={"plan_code": plan, **fields})
        assert response.status_code == 201, response.text
        body: dict[str, Any] = response.json()
        return body

    def seed(self, **fields: Any) -> dict[str, Any]:
        return self._api.seed({"slug": "acme", "name": "Acme", **fields})

    def let_pass(self, days: int) -> None:
        self.seed(billing_clock=(datetime.now(UTC) + timedelta(days=days)).isoformat())


@pytest.fixture
def billing(api: Api, acme: dict[str, Any]) -> Billing:
    return Billing(api, acme["tenant_id"])


def test_plans_are_public(api: Api) -> None:
    plans = {plan["code"]: plan for plan in api.call(None, "GET", "/billing/plans").json()}
    assert {code: plan["price_cents"] for code, plan in plans.items()} == {"starter": 0, "pro": 9900}


def test_a_started_subscription_is_active_for_a_period(billing: Billing) -> None:
    refused(billing("GET", "/subscription"), 404)
    started = billing.start(billing_email="money@acme.example.com", auto_renew=False, seat_count=7)
    assert billing.subscription() == started
    assert (started["status"], started["seat_count"], started["auto_renew"]) == ("active", 7, False)
    period = datetime.fromisoformat(started["current_period_end"]) - datetime.fromisoformat(
        started["current_period_start"]
    )
    assert period == timedelta(days=30)
    assert billing.start("starter")["seat_count"] == 1


def test_an_update_changes_what_it_names(billing: Billing) -> None:
    before = billing.start()
    refused(billing("PATCH", "/subscription", json={}), 400)
    refused(billing("PATCH", "/subscription", json={"seat_count": 0}), 422)
    assert billing("PATCH", "/subscription", json={"seat_count": 9}).json() == before | {"seat_count": 9}
    assert billing.subscription()["seat_count"] == 9


def test_an_upgrade_takes_effect_now(billing: Billing) -> None:
    billing.start("starter")
    changed = billing("POST", "/subscription/plan", json={"plan_code": "pro", "seat_count": 3}).json()
    assert (changed["timing"], changed["seat_count"]) == ("immediate", 3)
    assert changed["subscription"] == billing.subscription()
    assert billing.subscription()["plan_code"] == "pro"
    assert billing.subscription()["metadata"] == {"plan_code": "pro"}
    refused(billing("POST", "/subscription/plan", json={"plan_code": "pro"}), 409)
    refused(billing("POST", "/subscription/plan", json={"plan_code": "gold"}), 404)


def test_a_downgrade_takes_effect_when_the_period_ends(billing: Billing) -> None:
    billing.start("pro", seat_count=4)
    changed = billing("POST", "/subscription/plan", json={"plan_code": "starter", "seat_count": 1}).json()
    now = billing.subscription()
    assert (changed["timing"], changed["effective_at"]) == ("period_end", now["current_period_end"])
    assert (now["plan_code"], now["pending_plan_code"], now["pending_seat_count"]) == ("pro", "starter", 1)
    refused(billing("POST", "/subscription/plan", json={"plan_code": "starter"}), 409)
    billing.let_pass(days=31)
    later = billing.subscription()
    assert (later["plan_code"], later["seat_count"], later["pending_plan_code"]) == ("starter", 1, None)
    assert later["current_period_start"] == now["current_period_end"]


def test_a_subscription_that_does_not_renew_ends(billing: Billing) -> None:
    billing.start(auto_renew=False)
    billing.let_pass(days=29)
    assert billing.subscription()["status"] == "active"
    billing.let_pass(days=31)
    assert billing.subscription()["status"] == "canceled"


def test_a_cancelled_subscription_lasts_until_its_period_ends(billing: Billing) -> None:
    end = billing.start()["current_period_end"]
    cancelled = billing("POST", "/subscription/cancel", json={}).json()
    assert (cancelled["status"], cancelled["cancel_at"]) == ("active", end)
    billing.let_pass(days=31)
    assert billing.subscription()["status"] == "canceled"


def test_a_subscription_can_be_cancelled_at_once(billing: Billing) -> None:
    billing.start()
    answer = billing("POST", "/subscription/cancel", json={"cancel_at_period_end": False}).json()
    assert answer["status"] == billing.subscription()["status"] == "canceled"


def test_cards_are_made_default_and_removed(billing: Billing) -> None:
    refused(billing("DELETE", "/payment-methods/pm_unknown"), 404, "customer")
    card = {"last4": "4242", "exp_month": 4, "exp_year": 2030}
    cards = [{"key": "old", **card, "is_default": True}, {"key": "new", **card, "last4": "1881"}]
    placed = billing.seed(payment_methods=cards)["payment_methods"]
    assert billing("POST", f"/payment-methods/{placed['new']}/default").status_code == 200
    assert {m["id"]: m["is_default"] for m in billing("GET", "/payment-methods").json()} == {
        placed["old"]: False,
        placed["new"]: True,
    }
    assert billing("DELETE", f"/payment-methods/{placed['new']}").status_code == 200
    refused(billing("DELETE", f"/payment-methods/{placed['new']}"), 404)
    assert [method["id"] for method in billing("GET", "/payment-methods").json()] == [placed["old"]]


def test_usage_counts_once_for_each_key(billing: Billing) -> None:
    refused(billing("POST", "/usage", json={"feature_key": "mails", "quantity": 1}), 404)
    billing.start()
    for key, quantity in (("a", 3), ("a", 9), ("b", 4)):
        body = {"feature_key": "mails", "quantity": quantity, "idempotency_key": key, **JANUARY}
        assert billing("POST", "/usage", json=body).status_code == 202
    totals = billing("GET", "/usage-totals").json()
    assert [(total["feature_key"], total["quantity"]) for total in totals] == [("mails", 7)]
    assert totals[0]["window_start"] == JANUARY["period_start"]
    later = {"period_start": "2026-02-15T00:00:00Z"}
    assert billing("GET", "/usage-totals", params=later).json() == []
    assert billing("GET", "/usage-totals", params={"feature_keys": "other"}).json() == []


def test_only_administrators_change_billing(billing: Billing) -> None:
    before = billing.start()
    for who in (MEMBER, VIEWER):
        refused(billing("PATCH", "/subscription", who, json={"seat_count": 9}), 403, "privileges")
        refused(billing("GET", "/payment-methods", who), 403)
        assert billing("GET", "/subscription", who).json() == before


def test_another_tenant_is_out_of_reach(api: Api, billing: Billing, globex: dict[str, Any]) -> None:
    stranger = "owner@globex.example.com"
    refused(billing("GET", "/subscription", stranger), 403, "Tenant mismatch")
    refused(api.call(OWNER, "GET", "/billing/tenants/none/subscription"), 403)


def test_the_preview_charges_the_plan_for_each_seat(billing: Billing) -> None:
    refused(billing("POST", "/upcoming-invoice", json={}), 404)
    billing.start("pro")
    assert billing("POST", "/upcoming-invoice", json={"seat_count": 2}).json()["amount_due_cents"] == 19800


@pytest.mark.parametrize("config", [Config(billing=False)])
def test_billing_can_be_switched_off(api: Api, billing: Billing) -> None:
    refused(billing("GET", "/subscription"), 403, "disabled")
    refused(api.call(OWNER, "GET", "/billing/stream"), 403)
    assert api.call(None, "GET", "/billing/plans").json() == []


def test_seeding_again_restores_the_plan(api: Api, billing: Billing) -> None:
    tenant = {"plan_code": "pro", "users": [{"email": OWNER, "password": PASSWORD, "role": "owner"}]}
    billing.seed(**tenant)
    billing("POST", "/subscription/cancel", json={"cancel_at_period_end": False})
    billing.seed(**tenant)
    assert billing.subscription()["status"] == "active"
