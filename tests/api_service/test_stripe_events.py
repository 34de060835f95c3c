"""The recorded events: complete, filled in for a tenant, and taken by Stripe's own library for genuine."""

import json
import time
from types import SimpleNamespace
from typing import Any

import pytest
import stripe

from acceptance.errors import NotOfferedError
from api_service.people.tenants import Tenant
from api_service.rules.memory import Memory
from api_service.subjects.billing import stripe_events
from api_service.subjects.billing.stripe_events import ORDERS, SIGNATURE_FLAWS, STORY
from api_service.world import World

SECRET = "whsec_example"


def a_world(secret: str = SECRET) -> World:
    suite = SimpleNamespace(run_id="abc123", settings=SimpleNamespace(stripe_webhook_secret=secret))
    client: Any = SimpleNamespace(sent=[])
    client.send = client.sent.append
    parts: dict[str, Any] = {"suite": suite, "client": client, "petsage": client, "undos": None}
    world = World(**parts, persons={}, ordinal=4, memory=Memory())
    world.state.keep("Nimbus", Tenant("7f000000-0000-4000-8000-000000000001", "nimbus"))
    return world


def sent(world: World) -> Any:
    return world.client.sent[-1]  # type: ignore[attr-defined]


def test_the_story_holds_every_recorded_event() -> None:
    files = {path.stem.replace("-", " ") for path in stripe_events.FOLDER.glob("*.json")}
    assert files == set(STORY)
    assert {order: set(titles) for order, titles in ORDERS.items()} == dict.fromkeys(ORDERS, files)


@pytest.mark.parametrize("title", STORY)
def test_stripe_takes_a_recorded_event_for_genuine(title: str) -> None:
    world = a_world()
    stripe_events.deliver(world, stripe_events.recorded(world, title, "Nimbus"))
    event = stripe.Webhook.construct_event(
        sent(world).content, sent(world).headers["Stripe-Signature"], SECRET
    )
    assert event["data"]["object"]["metadata"]["tenant_id"] == world.state.find(Tenant, "Nimbus").id
    assert "$" not in json.dumps(json.loads(sent(world).content))
    assert "@" not in json.dumps(json.loads(sent(world).content))


@pytest.mark.parametrize("flaw", [name for name, make in SIGNATURE_FLAWS.items() if make(b"{}", SECRET)[1]])
def test_stripe_refuses_what_is_flawed(flaw: str) -> None:
    world = a_world()
    stripe_events.deliver(world, stripe_events.recorded(world, STORY[0], "Nimbus"), SIGNATURE_FLAWS[flaw])
    with pytest.raises((stripe.SignatureVerificationError, ValueError)):
        stripe.Webhook.construct_event(sent(world).content, sent(world).headers["Stripe-Signature"], SECRET)


def test_an_event_is_the_same_in_one_scenario_and_another_in_the_next() -> None:
    world, other = a_world(), a_world()
    other.ordinal = 5
    first = stripe_events.recorded(world, "invoice paid", "Nimbus")
    assert stripe_events.recorded(world, "invoice paid", "Nimbus") == first
    assert stripe_events.recorded(other, "invoice paid", "Nimbus").id != first.id


def test_moments_are_unix_seconds_around_now() -> None:
    invoice = stripe_events.recorded(a_world(), "invoice paid", "Nimbus").about
    assert invoice["period_end"] - invoice["period_start"] == 30 * 86400
    assert abs(invoice["period_end"] - time.time()) < 60


def test_without_a_secret_nothing_is_delivered() -> None:
    world = a_world(secret="")
    with pytest.raises(NotOfferedError, match="SMOKE_STRIPE_WEBHOOK_SECRET"):
        stripe_events.deliver(world, stripe_events.recorded(world, "invoice paid", "Nimbus"))


def test_what_is_told_can_be_compared_with_what_stripe_said() -> None:
    event = stripe_events.recorded(a_world(), "invoice paid", "Nimbus")
    expected = stripe_events.expected(event)
    assert expected["invoice"]["amount_due_cents"] == 10400
    assert [use["feature_key"] for use in expected["usage"]] == ["messages"]
    start = expected["invoice"]["period_start"]
    text = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(start))
    answer = {"invoice": {"period_start": text}, "summary": "Paid", "occurred_at": text, "usage": []}
    assert stripe_events.shown(answer) == {"invoice": {"period_start": start}, "usage": []}
