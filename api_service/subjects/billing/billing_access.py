"""What a refused request about a tenant's billing could have changed."""

from dataclasses import dataclass
from typing import Any

from api_service.subjects.billing import billing
from api_service.world import World

# A feature of which no other scenario records usage.
REFUSED_FEATURE = "refused-usage"


@dataclass(frozen=True)
class BillingState:
    """The answers that show a tenant's subscription, its cards and its usage."""

    subscription: Any
    cards: Any
    usage: Any


def read_state(world: World, owner: str) -> BillingState:
    """Return the state of a tenant's billing as its owner reads it."""
    tenant, query = billing.own_tenant(world, owner), {"feature_keys": REFUSED_FEATURE}
    return BillingState(
        world.must(owner, "GET", billing.SUBSCRIPTION, **tenant).body,
        world.must(owner, "GET", billing.CARDS, **tenant).body,
        world.must(owner, "GET", billing.USAGE_TOTALS, query=query, **tenant).body,
    )
