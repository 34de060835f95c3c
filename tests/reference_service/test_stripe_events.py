"""Stripe's deliveries and what they do."""

import hashlib
import hmac
import json
import time
from typing import Any

import pytest

from reference_service.config import Config
from tests.reference_service.support import Api, refused

OWNER = "owner@acme.example.com"
SECRET = Config().stripe_webhook_secret
NOW = int(time.time())
MONTH = 30 * 86400


def signed(body: bytes, secret: str = SECRET, age: int = 0) -> str:
    moment = int(time.time()) - age
    return f"t={moment},v1={hmac.new(secret.encode(), b'%d.' % moment + body, hashlib.sha256).hexdigest()}"


class Stripe:
    """Delivers events about Acme and shows Acme's billing."""

    def __init__(self, api: Api, tenant_id: str) -> None:
        self.api, self.tenant_id = api, tenant_id

    def post(self, body: bytes, header: str | None) -> Any:
        headers = {"stripe-signature": header} if header else {}
        return self.api.client.post("/webhooks/stripe", content=body, headers=headers)

    def deliver(self, event_id: str, kind: str, told: dict[str, Any]) -> Any:
        told = {"metadata": {"tenant_id": self.tenant_id}, **told}
        body = json.dumps({"id": event_id, "type": kind, "data": {"object": told}}).encode()
        return self.post(body, signed(body))

    def subscription(self, event_id: str, kind: str = "created", **fields: Any) -> Any:
        told = {
            "status": "active",
            "start_date": NOW,
            "current_period_start": NOW,
            "current_period_end": NOW + MONTH,
            "items": {"data": [{"price": {"id": "price_pro"}, "quantity": 3}]},
            "metadata": {"tenant_id": self.tenant_id, "plan_code": "pro"},
        }
        return self.deliver(event_id, f"customer.subscription.{kind}", told | fields)

    def invoice(self, event_id: str, kind: str = "paid", **fields: Any) -> Any:
        told = {
            "id": "in_1",
            "status": "paid",
            "amount_due": 9900,
            "currency": "usd",
            "period_start": NOW - MONTH,
            "period_end": NOW,
        }
        return self.deliver(event_id, f"invoice.{kind}", told | fields)

    def read(self, path: str) -> Any:
        response = self.api.call(OWNER, "GET", f"/billing/tenants/{self.tenant_id}{path}")
        assert response.status_code == 200, response.text
        return response.json()


@pytest.fixture
def stripe(api: Api, acme: dict[str, Any]) -> Stripe:
    return Stripe(api, acme["tenant_id"])


def test_a_subscription_event_sets_the_subscription(stripe: Stripe) -> None:
    assert stripe.subscription("evt_1").json() == {"success": True, "duplicate": False}
    assert stripe.read("/subscription")["seat_count"] == 3
    stripe.subscription("evt_2", "updated", status="past_due", cancel_at_period_end=True)
    after = stripe.read("/subscription")
    assert (after["status"], after["auto_renew"]) == ("past_due", False)


def test_a_duplicate_has_no_further_effect(stripe: Stripe) -> None:
    stripe.subscription("evt_1")
    stripe.subscription("evt_2", "deleted", status="canceled")
    assert stripe.subscription("evt_1").json() == {"success": True, "duplicate": True}
    assert stripe.read("/subscription")["status"] == "canceled"
    assert len(stripe.read("/events")["items"]) == 2


def test_an_invoice_waits_for_its_subscription(stripe: Stripe) -> None:
    refused(stripe.invoice("evt_1"), 500, "process")
    assert stripe.read("/invoices")["items"] == []
    assert [event["status"] for event in stripe.read("/events?processing_status=failed")["items"]] == ["paid"]
    stripe.subscription("evt_2")
    assert stripe.invoice("evt_1").json()["duplicate"] is False
    assert stripe.read("/events?processing_status=failed")["items"] == []
    assert stripe.read("/invoices/in_1")["amount_cents"] == 9900


def test_metered_lines_become_usage_once(stripe: Stripe) -> None:
    stripe.subscription("evt_1")
    price = {"id": "price_m", "recurring": {"usage_type": "metered"}, "metadata": {"feature_key": "mails"}}
    line = {
        "id": "il_1",
        "amount": 5,
        "quantity": 50,
        "period": {"start": NOW - 60, "end": NOW},
        "price": price,
    }
    fixed = {**line, "id": "il_2", "price": {"id": "price_pro"}}
    for number, kind in enumerate(("finalized", "paid")):
        stripe.invoice(f"evt_i{number}", kind, lines={"data": [line, fixed]})
    totals = stripe.read("/usage-totals")
    assert [(total["feature_key"], total["quantity"]) for total in totals] == [("mails", 50)]
    assert [use["quantity"] for use in stripe.read("/events?limit=1")["items"][0]["usage"]] == [50]


USED = {
    "id": "il_1",
    "amount": 5,
    "quantity": -1,
    "period": {"start": NOW - 60, "end": NOW},
    "price": {"id": "price_m", "recurring": {"usage_type": "metered"}},
}


@pytest.mark.parametrize(
    "fields",
    [
        {"currency": "euros"},
        {"hosted_invoice_url": "javascript:alert(1)"},
        {"period_start": "2026-01-01T00:00:00"},
        {"lines": {"data": [USED]}},
    ],
)
def test_an_odd_invoice_spoils_no_list(stripe: Stripe, fields: dict[str, Any]) -> None:
    stripe.subscription("evt_1")
    stripe.invoice("evt_2", period_start=NOW - 2 * MONTH, id="in_2")
    stripe.invoice("evt_3", **fields)
    assert "in_2" in [item["invoice_id"] for item in stripe.read("/invoices")["items"]]
    assert stripe.read("/usage-totals") == []
    assert stripe.read("/events")["items"]


def test_invoices_are_paged_by_period(stripe: Stripe) -> None:
    stripe.subscription("evt_1")
    for month in (2, 0, 1):
        start = NOW - (month + 1) * MONTH
        stripe.invoice(f"evt_i{month}", id=f"in_{month}", period_start=start, period_end=start + MONTH)
    first = stripe.read("/invoices?limit=2")
    assert ([item["invoice_id"] for item in first["items"]], first["next_offset"]) == (["in_0", "in_1"], 2)
    assert [item["invoice_id"] for item in stripe.read("/invoices?limit=2&offset=2")["items"]] == ["in_2"]


def test_the_history_is_paged_newest_first(stripe: Stripe) -> None:
    for number in range(3):
        stripe.deliver(f"evt_{number}", "coffee.brewed", {})
    first = stripe.read("/events?limit=2")
    assert [event["stripe_event_id"] for event in first["items"]] == ["evt_2", "evt_1"]
    rest = stripe.read(f"/events?limit=2&cursor={first['next_cursor']}")
    assert [event["stripe_event_id"] for event in rest["items"]] == ["evt_0"]
    refused(stripe.api.call(OWNER, "GET", f"/billing/tenants/{stripe.tenant_id}/events?cursor=x"), 400)


def test_an_unpaid_invoice_is_reported_to_the_feed(stripe: Stripe) -> None:
    stripe.subscription("evt_1")
    stripe.invoice("evt_2", "payment_failed", status="open")
    feed = list(stripe.api.client.app.state.runtime.store.activity_events)  # type: ignore[attr-defined]
    told = [(event.action, event.status) for event in feed if event.action.startswith("billing.")]
    assert told == [("billing.subscription.updated", "success"), ("billing.invoice.failed", "failure")]


@pytest.mark.parametrize(
    "header",
    ["t=1,v1=00", "garbage", "v1=00", signed(b"{}", "whsec_other"), signed(b"{}", age=301), signed(b"[]")],
)
def test_a_wrong_signature_is_refused(stripe: Stripe, header: str) -> None:
    refused(stripe.post(b"{}", header), 400, "Signature")
    assert list(stripe.api.client.app.state.runtime.store.stripe_deliveries) == []  # type: ignore[attr-defined]


def test_a_missing_signature_is_refused(stripe: Stripe) -> None:
    assert stripe.post(b"{}", None).json()["error"] == "MissingStripeSignature"


@pytest.mark.parametrize("body", [b"{not json", b"[]", b"{}", b'{"id": "evt_1", "type": "x", "data": 3}'])
def test_an_unreadable_event_is_refused(stripe: Stripe, body: bytes) -> None:
    assert stripe.post(body, signed(body)).json()["error"] == "InvalidStripePayload"


def test_an_event_of_nobody_cannot_be_processed(stripe: Stripe) -> None:
    refused(stripe.subscription("evt_1", metadata={"plan_code": "pro"}), 500)
    refused(stripe.subscription("evt_2", metadata={"tenant_id": "nobody", "plan_code": "pro"}), 500)
    refused(stripe.subscription("evt_3", metadata={"tenant_id": stripe.tenant_id, "plan_code": "gold"}), 500)


@pytest.mark.parametrize("config", [Config(stripe_webhook_secret="")])
def test_without_a_secret_nothing_is_taken(stripe: Stripe) -> None:
    refused(stripe.post(b"{}", signed(b"{}")), 503)
