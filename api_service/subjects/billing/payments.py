"""Cards with the payment provider, and previews of the next invoice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from acceptance.errors import NotOfferedError
from acceptance.timestamps import instant
from api_service.subjects.billing import billing
from api_service.world import World


@dataclass(frozen=True)
class Card:
    """A card of a scenario's tenant, kept under its brand."""

    id: str


Row = Mapping[str, str]
UNKNOWN_CARD = Card("pm_of_nobody")


def found_with_cards(world: World, person: str, title: str, rows: Iterable[Row]) -> dict[str, str]:
    """Found a tenant on the plan pro with a table's cards; keep them, and return their ids by brand.

    Raises NotOfferedError when the target's fixtures place no cards.
    """
    cards = [_card(row) for row in rows]
    tenant = billing.found_subscriber(world, person, title, "pro", payment_methods=cards)
    placed: dict[str, str] = tenant.fixtures.get("payment_methods") or {}
    if not placed:
        raise NotOfferedError("the target's test fixtures place no cards with its payment provider")
    for brand, card_id in placed.items():
        world.state.keep(brand, Card(card_id))
    return placed


def _card(row: Row) -> dict[str, Any]:
    month, _, year = row["expires"].partition("/")
    shown = {"key": row["brand"], "brand": row["brand"], "last4": row["ends in"]}
    return {**shown, "exp_month": int(month), "exp_year": int(year), "is_default": row["default"] == "yes"}


def card(world: World, brand: str) -> Card:
    """Return the tenant's card of this brand, or one that no tenant has."""
    return world.state.all_of(Card).get(brand, UNKNOWN_CARD)


def preview_errors(preview: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a preview of an invoice: its lines, its sum, its period, its names."""
    lines = preview["lines"]
    period = instant(preview["period_end"]) - instant(preview["period_start"])
    due, seats, currency = (preview[name] for name in ("amount_due_cents", "seat_count", "currency"))
    checks = {
        "the lines do not add up to amount_due_cents": sum(line["amount_cents"] for line in lines) != due,
        "there are no lines": not lines,
        "an amount_cents is not quantity times unit_amount_cents": any(
            line["amount_cents"] != line["quantity"] * line["unit_amount_cents"] for line in lines
        ),
        "a line has another currency": any(line["currency"] != currency for line in lines),
        "a line's quantity is not seat_count": any(line["quantity"] != seats for line in lines),
        "a line lacks description or price_id": not all(
            line["description"] and line["price_id"] for line in lines
        ),
        "there is no invoice_id": not preview["invoice_id"],
        "the period is not a month": not timedelta(days=28) <= period <= timedelta(days=31),
    }
    return [error for error, is_wrong in checks.items() if is_wrong]
