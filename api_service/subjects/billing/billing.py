"""The operations of billing, and how a tenant of the scenario's own comes to a subscription."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from acceptance.errors import NotOfferedError
from api_service.people.seed import apply
from api_service.people.tenants import Tenant
from api_service.subjects.new_tenants import borrow_tenant, found_tenant
from api_service.world import World

PLANS = "/api/v1/billing/plans"
STREAM = "/api/v1/billing/stream"
TENANT = "/api/v1/billing/tenants/{tenant_id}"
SUBSCRIPTION = f"{TENANT}/subscription"
PLAN = f"{SUBSCRIPTION}/plan"
CANCEL = f"{SUBSCRIPTION}/cancel"
PORTAL = f"{TENANT}/portal"
CARDS = f"{TENANT}/payment-methods"
CARD = f"{CARDS}/{{payment_method_id}}"
DEFAULT_CARD = f"{CARD}/default"
SETUP_INTENT = f"{CARDS}/setup-intent"
UPCOMING_INVOICE = f"{TENANT}/upcoming-invoice"
INVOICES = f"{TENANT}/invoices"
INVOICE = f"{INVOICES}/{{invoice_id}}"
USAGE = f"{TENANT}/usage"
USAGE_TOTALS = f"{TENANT}/usage-totals"
EVENTS = f"{TENANT}/events"
# How far a timestamp of the service may lie from the moment at which a step looks at it.
CLOCK_TOLERANCE = timedelta(minutes=2)
# A cell of a table with no value.
NO_VALUE = "-"
MONTHS: Mapping[str, tuple[datetime, datetime]] = {
    "January": (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
    "February": (datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)),
    "March": (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
}


def own_tenant(world: World, person: str) -> dict[str, str]:
    """Return the path value of a person's own tenant."""
    return {"tenant_id": world.person(person).tenant_id}


def found_subscriber(world: World, person: str, title: str, plan: str, **more: Any) -> Tenant:
    """Found a tenant whose owner is a person, with a subscription to a plan, and read that subscription.

    Every later answer of the scenario is compared with what is read here, until somebody changes it.
    """
    return _subscriber(found_tenant, world, person, title, plan, **more)


def borrow_subscriber(world: World, person: str, title: str, plan: str) -> Tenant:
    """Borrow a tenant whose owner is a person, with a subscription to a plan, and read that subscription."""
    return _subscriber(borrow_tenant, world, person, title, plan)


def _subscriber(
    get: Callable[..., Tenant], world: World, person: str, title: str, plan: str, **more: Any
) -> Tenant:
    contact = f"accounts@{title.lower()}.example.com"
    tenant = get(world, title, [(person, "owner")], plan_code=plan, billing_email=contact, **more)
    world.must(person, "GET", SUBSCRIPTION, tenant_id=tenant.id)
    return tenant


def move_clock(world: World, person: str, days: int) -> None:
    """Move a tenant's billing clock by days; raises NotOfferedError when the target's fixtures cannot."""
    slug = world.person(person).tenant_slug
    clock = (datetime.now(UTC) + timedelta(days=days)).isoformat()
    seeded = apply(world.client, [{"slug": slug, "name": slug, "billing_clock": clock}])[slug]
    if not seeded.get("billing_clock"):
        raise NotOfferedError("the target's test fixtures do not move a subscription's clock")
