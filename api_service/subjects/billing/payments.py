"""Cards, invoices and previews of a scenario's tenant."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from hamcrest import equal_to

from acceptance.checks import assertions
from acceptance.errors import NotOfferedError
from acceptance.timestamps import instant
from api_service.subjects.billing import billing
from api_service.world import World

UNKNOWN_CARD = "pm_of_nobody"
UNKNOWN_INVOICE = "in_of_nobody"


def found_with_cards(world: World, person: str, title: str, rows: Iterable[Mapping[str, str]]) -> None:
    """Found a tenant on the plan pro whose payment provider holds the cards of a table, by brand.

    Raises NotOfferedError when the target's fixtures place no cards.
    """
    billing.found_subscriber(world, person, title, "pro", payment_methods=[_card(row) for row in rows])
    placed = world.recall("tenant fixtures", title).get("payment_methods")
    if not placed:
        raise NotOfferedError("the target's test fixtures place no cards with its payment provider")
    listed = world.must(person, "GET", billing.CARDS, **billing.of(world, person))
    assertions.check(listed, {card["brand"]: card["id"] for card in listed.body}, equal_to(placed))
    for brand, card in placed.items():
        world.remember("card", brand, card)


def _card(row: Mapping[str, str]) -> dict[str, Any]:
    month, _, year = row["expires"].partition("/")
    return {
        "key": row["brand"],
        "brand": row["brand"],
        "last4": row["ends in"],
        "exp_month": int(month),
        "exp_year": int(year),
        "is_default": row["default"] == "yes",
    }


def card_id(world: World, brand: str) -> str:
    """Return the identifier of the tenant's card of this brand, or one that no card has."""
    found: str = world.once("card", brand, lambda: UNKNOWN_CARD)
    return found


def invoice_id(world: World, title: str) -> str:
    """Return the identifier of the invoice that a delivered event was about, or one that no invoice has."""
    event = world.once("event", title, lambda: {"data": {"object": {"id": UNKNOWN_INVOICE}}})
    found: str = event["data"]["object"]["id"]
    return found


def invoice_pages(world: World, person: str, size: int) -> list[list[Any]]:
    """Read the invoices page by page as the scenario's subject; return the invoices of each page.

    Raises AssertionError when the list does not end within 100 pages.
    """
    found: list[list[Any]] = []
    offset: int | None = 0
    while offset is not None and len(found) < 100:
        query = {"limit": size, "offset": offset}
        answer = world.act(person, "GET", billing.INVOICES, query=query, **billing.of(world, person))
        body = answer.body if isinstance(answer.body, dict) else {}
        found.append(body.get("items", []))
        offset = body.get("next_offset")
    if offset is not None:
        raise AssertionError("the invoices have no last page among the first 100")
    return found


def contradictions(preview: Mapping[str, Any]) -> list[str]:
    """Return what does not fit in a preview of an invoice: its lines, its sum, its period, its names."""
    lines = preview["lines"]
    month = instant(preview["period_end"]) - instant(preview["period_start"])
    wrong = {
        "the lines do not add up": sum(line["amount_cents"] for line in lines) != preview["amount_due_cents"],
        "there are no lines": not lines,
        "a line is no product": any(
            line["amount_cents"] != line["quantity"] * line["unit_amount_cents"] for line in lines
        ),
        "a line has another currency": any(line["currency"] != preview["currency"] for line in lines),
        "a line is not about the seats": any(line["quantity"] != preview["seat_count"] for line in lines),
        "a line says nothing": not all(line["description"] and line["price_id"] for line in lines),
        "the invoice has no name": not preview["invoice_id"],
        "it is not about a month": not timedelta(days=28) <= month <= timedelta(days=31),
    }
    return [complaint for complaint, holds in wrong.items() if holds]
