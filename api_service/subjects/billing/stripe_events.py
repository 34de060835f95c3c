"""Recorded Stripe events: filled in for a tenant, signed, delivered, and what should be told of them.

An event is a file below `features/billing/stripe_events`, named by its title. `${tenant}`, `${plan}` and
`${run}` (unique for each scenario) stand for the scenario's own; `@-30 days` is a moment 30 days before now,
in Unix seconds as at Stripe.
"""

import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

from acceptance.calls.exchange import Call, Exchange
from acceptance.errors import NotOfferedError
from acceptance.timestamps import instant
from api_service.subjects.billing.billing import EVENTS, PATIENCE, of
from api_service.subjects.billing.stripe_signature import TOLERANCE, signature
from api_service.world import World

FOLDER = Path("features/billing/stripe_events")
WEBHOOK = "/webhooks/stripe"
STRIPE = "Stripe"
MOMENT = re.compile(r"@(-?\d+) days")
DAY = 86_400

# The story that the recorded events tell, from the first to the last.
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

Event = dict[str, Any]


def recorded(world: World, title: str, tenant: str, plan: str = "pro") -> Event:
    """Return a recorded event about a tenant of the scenario; the same event again when asked again."""
    now = world.once("moment", "of every event", lambda: int(time.time()))
    run = world.unique(tenant).lower().replace("-", "")
    names = {"tenant": world.recall("tenant", tenant), "plan": plan, "run": run}
    text = (FOLDER / f"{title.replace(' ', '-')}.json").read_text(encoding="utf-8")
    event: Event = _filled(json.loads(text), names, now)
    world.remember("event", title, event)
    return event


def _filled(value: Any, names: Mapping[str, str], now: int) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, names, now) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, names, now) for item in value]
    if not isinstance(value, str):
        return value
    moment = MOMENT.fullmatch(value)
    return now + int(moment[1]) * DAY if moment else Template(value).substitute(names)


def deliver(world: World, event: Event) -> Exchange:
    """Deliver an event as Stripe does; its answer is returned for the caller to judge."""
    body, header = _genuine(_text(event), _secret(world))
    return send(world, body, header)


def send(world: World, body: bytes, header: str | None) -> Exchange:
    """Send a body to the webhook, with a signature header or without."""
    headers = {"Content-Type": "application/json"} | ({"Stripe-Signature": header} if header else {})
    return world.send(Call(STRIPE, "POST", WEBHOOK, headers=headers, content=body))


def deliver_flawed(world: World, event: Event, flaw: str) -> Exchange:
    """Deliver an event with one of the FLAWS."""
    return send(world, *FLAWS[flaw](_text(event), _secret(world)))


def _text(event: Event) -> bytes:
    return json.dumps(event).encode()


def _secret(world: World) -> str:
    secret = world.suite.settings.stripe_webhook_secret
    if not secret:
        raise NotOfferedError("SMOKE_STRIPE_WEBHOOK_SECRET is not set, so nothing can be signed for Stripe")
    return secret


def _genuine(body: bytes, secret: str) -> tuple[bytes, str]:
    return body, signature(body, secret, int(time.time()))


def _stale(body: bytes, secret: str) -> tuple[bytes, str]:
    return body, signature(body, secret, int(time.time()) - TOLERANCE - 60)


FLAWS: Mapping[str, Callable[[bytes, str], tuple[bytes, str | None]]] = {
    "without a signature": lambda body, _: (body, None),
    "with a signature that means nothing": lambda body, _: (body, "signed, honestly"),
    "signed with another secret": lambda body, secret: _genuine(body, f"{secret}-of-somebody-else"),
    "signed too long ago": _stale,
    "changed after it was signed": lambda body, secret: (body + b" ", _genuine(body, secret)[1]),
    "cut off in the middle": lambda body, secret: _genuine(body[: len(body) // 2], secret),
}


def told(event: Event) -> dict[str, Any]:
    """Return what the history and the stream should tell of an event; moments as Unix seconds."""
    thing = event["data"]["object"]
    return {
        "tenant_id": thing["metadata"]["tenant_id"],
        "event_type": event["type"],
        "stripe_event_id": event["id"],
        "status": thing.get("status", "processed"),
        "subscription": _subscription(thing) if thing["object"] == "subscription" else None,
        "invoice": _invoice(thing) if thing["object"] == "invoice" else None,
        "usage": [_usage(line) for line in _metered(thing)],
    }


def _subscription(thing: Event) -> dict[str, Any]:
    same = ("status", "current_period_start", "current_period_end", "cancel_at")
    return {
        **{name: thing[name] for name in same},
        "plan_code": thing["metadata"]["plan_code"],
        "seat_count": thing["items"]["data"][0]["quantity"],
        "auto_renew": not thing["cancel_at_period_end"],
        "trial_ends_at": thing["trial_end"],
    }


def _invoice(thing: Event) -> dict[str, Any]:
    same = ("status", "currency", "billing_reason", "hosted_invoice_url", "collection_method")
    return {
        **{name: thing[name] for name in (*same, "period_start", "period_end")},
        "invoice_id": thing["id"],
        "amount_due_cents": thing["amount_due"],
    }


def _metered(thing: Event) -> Iterable[Event]:
    lines = thing["lines"]["data"] if thing["object"] == "invoice" else []
    return (line for line in lines if line["price"]["recurring"]["usage_type"] == "metered")


def _usage(line: Event) -> dict[str, Any]:
    return {
        "feature_key": line["metadata"]["feature_key"],
        "quantity": line["quantity"],
        "amount_cents": line["amount"],
        "period_start": line["period"]["start"],
        "period_end": line["period"]["end"],
    }


def comparable(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a service tells of an event in the form of `told`: its own words and clock left out."""
    return {key: _in_seconds(value) for key, value in payload.items() if key not in OWN_WORDS}


OWN_WORDS = frozenset({"summary", "occurred_at"})
MOMENTS = ("_start", "_end", "_at")


def _in_seconds(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_seconds(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: int(instant(item).timestamp()) if item and key.endswith(MOMENTS) else item
        for key, item in value.items()
    }


def history(world: World, person: str, **query: str) -> Exchange:
    """Read the newest hundred events of the history of a person's tenant."""
    return world.must(person, "GET", EVENTS, query={"limit": 100, **query}, **of(world, person))


def happened_now(event: Mapping[str, Any], now: datetime) -> bool:
    """Whether the event is said to have come just before now, and is summed up in words if it has a state."""
    known = event["subscription"] or event["invoice"]
    return abs(now - instant(event["occurred_at"])) < PATIENCE and bool(event["summary"]) == bool(known)


def without_plan(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told of an event, the name of the plan left out."""
    subscription = dict(event["subscription"] or {})
    subscription.pop("plan_code", None)
    return {**event, "subscription": subscription}


def activities(events: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Return what the feed tells of billing as (what, of which kind of thing, outcome)."""
    return [
        (event["action"].removeprefix("billing.").replace(".", " "), event["object_type"], event["status"])
        for event in events
        if event["action"].startswith("billing.")
    ]


def activity_of(invoice: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the feed should say about the payment of an invoice."""
    return {
        "object_id": invoice["id"],
        "invoice_id": invoice["id"],
        "total": invoice["amount_due"],
        "reason": invoice["billing_reason"],
    }
