"""Who may do what with a tenant's billing, and the proof that a refusal changed nothing."""

from collections.abc import Mapping
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.subjects.billing import billing
from api_service.world import World

# A feature that nobody else's scenario uses.
FEATURE = "refused-usage"
Deed = tuple[str, str, dict[str, Any] | None]

DEEDS: Mapping[str, Deed] = {
    "see the subscription": ("GET", billing.SUBSCRIPTION, None),
    "start a subscription": ("POST", billing.SUBSCRIPTION, {"plan_code": "starter"}),
    "change the seats": ("PATCH", billing.SUBSCRIPTION, {"seat_count": 99}),
    "change the plan": ("POST", billing.PLAN, {"plan_code": "starter"}),
    "cancel the subscription": ("POST", billing.CANCEL, {"cancel_at_period_end": False}),
    "open the portal": ("POST", billing.PORTAL, {}),
    "see the cards": ("GET", billing.CARDS, None),
    "prepare a card": ("POST", billing.SETUP_INTENT, {}),
    "choose the card": ("POST", billing.DEFAULT_CARD, None),
    "remove the card": ("DELETE", billing.CARD, None),
    "preview the invoice": ("POST", billing.UPCOMING_INVOICE, {}),
    "see the invoices": ("GET", billing.INVOICES, None),
    "see one invoice": ("GET", billing.INVOICE, None),
    "record usage": ("POST", billing.USAGE, {"feature_key": FEATURE, "quantity": 7}),
    "see the usage": ("GET", billing.USAGE_TOTALS, None),
    "see the history": ("GET", billing.EVENTS, None),
}
PARAMETERS = {"payment_method_id": "pm_any", "invoice_id": "in_any"}


def attempt(world: World, person: str, deed: str, owner: str) -> Exchange:
    """Do something with the billing of somebody's tenant as the scenario's subject."""
    method, path, body = DEEDS[deed]
    values = {name: value for name, value in PARAMETERS.items() if f"{{{name}}}" in path}
    return world.act(person, method, path, json=body, **values, **billing.of(world, owner))


def state(world: World, owner: str) -> dict[str, Any]:
    """Return what a refused deed could have changed, as the tenant's owner sees it."""
    whose, query = billing.of(world, owner), {"feature_keys": FEATURE}
    return {
        "subscription": world.must(owner, "GET", billing.SUBSCRIPTION, **whose).body,
        "cards": world.must(owner, "GET", billing.CARDS, **whose).body,
        "usage": world.must(owner, "GET", billing.USAGE_TOTALS, query=query, **whose).body,
    }
