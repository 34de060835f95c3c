"""Recorded Stripe events: filled in for a tenant, signed, delivered, and what should be shown of them.

An event is a file below `features/billing/stripe_events`, named by its title. `${tenant}`, `${plan}` and
`${run}` (unique for each scenario) stand for the scenario's own; `@-30 days` is a moment 30 days before now,
in Unix seconds as at Stripe.
"""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Call, Exchange
from acceptance.errors import NotOfferedError
from acceptance.timestamps import instant
from api_service.people.tenants import Tenant
from api_service.subjects.billing.billing import CLOCK_TOLERANCE, EVENTS, own_tenant
from api_service.world import World

FOLDER = Path("features/billing/stripe_events")
WEBHOOK = "/webhooks/stripe"
STRIPE = "Stripe"
MOMENT = re.compile(r'"@(-?\d+) days"')
DAY = 86_400
# The seconds for which a receiver should take a signature as recent.
SIGNATURE_SECONDS = 300
# The titles of all recorded events, the oldest first.
STORY = (
    "subscription created",
    "trial ending",
    "subscription updated",
    "invoice finalized",
    "invoice paid",
    "payment failed",
    "payment succeeded",
    "tax id created",
    "subscription deleted",
)
ORDERS: Mapping[str, tuple[str, ...]] = {
    "as it was recorded": STORY,
    "in reverse order": STORY[::-1],
    "with every invoice first": tuple(sorted(STORY, key=lambda title: "subscription" in title)),
    "twice": STORY * 2,
}
Document = dict[str, Any]
# Makes the body to send and its `Stripe-Signature` header from an event's JSON text and the webhook's secret.
Sign = Callable[[bytes, str], tuple[bytes, str | None]]


@dataclass(frozen=True)
class StripeEvent:
    """A recorded event as Stripe sends it: its id, the object that it is about, and the whole document."""

    id: str
    about: Document
    document: Document
    now: int
    """The moment that the timestamps of a scenario's events count from, in Unix seconds."""


def recorded(world: World, title: str, tenant: str) -> StripeEvent:
    """Return a recorded event, filled in for a tenant of the scenario, and keep it under its title."""
    earlier = world.state.all_of(StripeEvent).values()
    now = next((event.now for event in earlier), int(time.time()))
    run = world.unique(tenant).lower().replace("-", "")
    text = (FOLDER / f"{title.replace(' ', '-')}.json").read_text(encoding="utf-8")
    text = Template(text).substitute(tenant=world.state.find(Tenant, tenant).id, plan="pro", run=run)
    event = json.loads(MOMENT.sub(lambda moment: str(now + int(moment[1]) * DAY), text))
    return world.state.keep(title, StripeEvent(event["id"], event["data"]["object"], event, now))


def events(world: World, titles: Iterable[str] = STORY) -> list[StripeEvent]:
    """Return the recorded events of the scenario with these titles."""
    return [world.state.find(StripeEvent, title) for title in titles]


def signature(body: bytes, secret: str, age: int = 0) -> str:
    """Return the `Stripe-Signature` header of a body that was signed `age` seconds ago.

    The scheme is Stripe's own (docs.stripe.com/webhooks/signature).
    """
    at = int(time.time()) - age
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"


def genuine(body: bytes, secret: str) -> tuple[bytes, str]:
    """Return a body as it is with the signature that belongs to it."""
    return body, signature(body, secret)


SIGNATURE_FLAWS: Mapping[str, Sign] = {
    "without a signature": lambda body, _: (body, None),
    "with a signature that means nothing": lambda body, _: (body, "signed, honestly"),
    "signed with another secret": lambda body, secret: genuine(body, f"{secret}-of-somebody-else"),
    "signed too long ago": lambda body, secret: (body, signature(body, secret, SIGNATURE_SECONDS + 60)),
    "changed after it was signed": lambda body, secret: (body + b" ", signature(body, secret)),
    "cut off in the middle": lambda body, secret: genuine(body[: len(body) // 2], secret),
}


# What an event is about that the service cannot know, as metadata of its object.
UNKNOWNS: Mapping[str, Mapping[str, str | None]] = {
    "a plan that nobody sells": {"plan_code": "gold-and-diamonds"},
    "a tenant that never was": {"tenant_id": str(uuid4())},
    "no tenant at all": {"tenant_id": None},
}


def deliver(world: World, event: StripeEvent, sign: Sign = genuine) -> Exchange:
    """Deliver an event as Stripe does, or signed in another way; the caller judges the answer.

    Raises NotOfferedError when the suite was not told the webhook's secret.
    """
    secret = world.suite.settings.stripe_webhook_secret
    if not secret:
        raise NotOfferedError("SMOKE_STRIPE_WEBHOOK_SECRET is not set, so nothing can be signed for Stripe")
    body, header = sign(json.dumps(event.document).encode(), secret)
    headers = {"Content-Type": "application/json"} | ({"Stripe-Signature": header} if header else {})
    return world.send(Call(STRIPE, "POST", WEBHOOK, headers=headers, content=body))


def expected(event: StripeEvent) -> dict[str, Any]:
    """Return what the history and the stream should show of an event; timestamps as Unix seconds."""
    about = event.about
    return {
        "tenant_id": about["metadata"]["tenant_id"],
        "event_type": event.document["type"],
        "stripe_event_id": event.id,
        "status": about.get("status", "processed"),
        "subscription": _subscription(about) if about["object"] == "subscription" else None,
        "invoice": _invoice(about) if about["object"] == "invoice" else None,
        "usage": [_usage(line) for line in _metered(about)],
    }


def _subscription(subscription: Document) -> dict[str, Any]:
    same = ("status", "current_period_start", "current_period_end", "cancel_at")
    return {
        **{name: subscription[name] for name in same},
        "plan_code": subscription["metadata"]["plan_code"],
        "seat_count": subscription["items"]["data"][0]["quantity"],
        "auto_renew": not subscription["cancel_at_period_end"],
        "trial_ends_at": subscription["trial_end"],
    }


def _invoice(invoice: Document) -> dict[str, Any]:
    same = ("status", "currency", "billing_reason", "hosted_invoice_url", "collection_method")
    return {
        **{name: invoice[name] for name in (*same, "period_start", "period_end")},
        "invoice_id": invoice["id"],
        "amount_due_cents": invoice["amount_due"],
    }


def _metered(about: Document) -> Iterable[Document]:
    lines = about["lines"]["data"] if about["object"] == "invoice" else []
    return (line for line in lines if line["price"]["recurring"]["usage_type"] == "metered")


def _usage(line: Document) -> dict[str, Any]:
    return {
        "feature_key": line["metadata"]["feature_key"],
        "quantity": line["quantity"],
        "amount_cents": line["amount"],
        "period_start": line["period"]["start"],
        "period_end": line["period"]["end"],
    }


def shown(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of the history or stream in the form of `expected`: no `summary`, no `occurred_at`."""
    return {key: _in_seconds(value) for key, value in entry.items() if key not in {"summary", "occurred_at"}}


def _in_seconds(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_seconds(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: int(instant(item).timestamp()) if item and key.endswith(("_start", "_end", "_at")) else item
        for key, item in value.items()
    }


def history(world: World, person: str, **query: str) -> Exchange:
    """Read the newest hundred billing events of a person's tenant."""
    return world.must(person, "GET", EVENTS, query={"limit": 100, **query}, **own_tenant(world, person))


def is_new(entry: Mapping[str, Any], now: datetime) -> bool:
    """Whether `occurred_at` is about now, and `summary` is filled just for a subscription or invoice."""
    summed_up = bool(entry["summary"]) == bool(entry["subscription"] or entry["invoice"])
    return summed_up and abs(now - instant(entry["occurred_at"])) < CLOCK_TOLERANCE


def without_plan(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry without the subscription's plan, which depends on what had come before the event."""
    subscription = {key: value for key, value in (entry["subscription"] or {}).items() if key != "plan_code"}
    return {**entry, "subscription": subscription}


def activities(feed: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """Return the billing entries of an activity feed as lists: action, object type, status, actor type."""
    told = [entry for entry in feed if entry["action"].startswith("billing.")]
    actions = [entry["action"].removeprefix("billing.").replace(".", " ") for entry in told]
    details = [[entry[name] for name in ("object_type", "status", "actor_type")] for entry in told]
    return [[action, *more] for action, more in zip(actions, details, strict=True)]


def payment_activity(invoice: Mapping[str, Any]) -> dict[str, Any]:
    """Return object id and metadata that the activity feed should show for the payment of an invoice."""
    return {
        "object_id": invoice["id"],
        "invoice_id": invoice["id"],
        "total": invoice["amount_due"],
        "reason": invoice["billing_reason"],
    }
