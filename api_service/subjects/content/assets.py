"""Assets: seeded for a tenant of the scenario's own, listed by filters, shown as thumbnails."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from parse import with_pattern

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.people.seed import apply
from api_service.subjects.content.contents import DETAILS, KINDS, made
from api_service.subjects.content.stored_files import announce
from api_service.world import World

KIND = "asset"
THUMBNAILS = "/api/v1/assets/thumbnail-urls"
# The details by which a list can be narrowed, and the query that does.
FILTERS: Mapping[str, str] = {
    **{word: DETAILS[word] for word in ("kind", "tool", "agent", "message")},
    "type": "mime_type_prefix",
    "conversation": "conversation_id",
}
MOMENTS: Mapping[str, tuple[str, timedelta]] = {
    "before yesterday": ("created_before", timedelta(days=-1)),
    "after yesterday": ("created_after", timedelta(days=-1)),
    "before tomorrow": ("created_before", timedelta(days=1)),
    "after tomorrow": ("created_after", timedelta(days=1)),
}
moment_word: Callable[[str], str] = with_pattern("|".join(MOMENTS))(lambda text: text)
# What becomes of an asset in an answer with thumbnails, and where that is said.
FATES: Mapping[str, str] = {"missing": "missing_asset_ids", "unsupported": "unsupported_asset_ids"}


def seed_assets(world: World, person: str, tenant: str, rows: list[dict[str, str]]) -> None:
    """Seed assets in a tenant of the scenario's own; each row has a file and details of it.

    A service that makes a tenant's bucket with its first file has to have one before it can seed assets.
    """
    announce(world, world.must, person, "first.txt")
    slug = world.person(person).tenant_slug
    conversations = {row["conversation"] for row in rows if row.get("conversation")}
    specification = {
        "slug": slug,
        "name": f"{tenant} {slug}",
        "conversations": [{"key": f"{slug}-{title}"} for title in sorted(conversations)],
        "assets": [_asset(slug, row) for row in rows],
    }
    seeded = apply(world.client, [specification])[slug]
    for title in conversations:
        world.remember("conversation", title, seeded["conversations"][f"{slug}-{title}"]["conversation_id"])
    for row in rows:
        made(world, person, KIND, row["file"], seeded["assets"][row["file"]]["asset_id"])


def _asset(slug: str, row: dict[str, str]) -> dict[str, Any]:
    details = {DETAILS[word]: value for word, value in row.items() if word in DETAILS and value}
    asset = {"key": row["file"], "filename": row["file"], **details}
    if row.get("conversation"):
        asset["conversation_key"] = f"{slug}-{row['conversation']}"
    return asset


def never_made(world: World, title: str) -> None:
    """Remember an asset that does not exist."""
    world.remember(KIND, title, str(uuid4()))


def named_in(text: str) -> list[str]:
    """Return the titles in a text such as `"a.png", "b.csv"`."""
    return re.findall(r'"([^"]*)"', text)


def list_by(world: World, person: str, detail: str, value: str) -> None:
    """List the assets whose detail has this value; a conversation goes by its title."""
    wanted = world.recall("conversation", value) if detail == "conversation" else value
    world.act(person, "GET", KINDS[KIND].collection, query={FILTERS[detail]: wanted})


def list_made(world: World, person: str, when: str) -> None:
    """List the assets that were made before or after a day."""
    name, distance = MOMENTS[when]
    moment = (datetime.now(UTC) + distance).isoformat()
    world.act(person, "GET", KINDS[KIND].collection, query={name: moment})


def should_be_exactly(world: World, exchange: Exchange, titles: list[str]) -> None:
    """Assert that a list shows these assets and no other, in any order."""
    expected = sorted(world.recall(KIND, title) for title in titles)
    check(exchange, sorted(item["id"] for item in field(exchange, "items")), expected)


def ask_for_thumbnails(world: World, person: str, titles: list[str]) -> None:
    """Ask for addresses at which pictures of these assets are shown."""
    world.act(person, "POST", THUMBNAILS, json={"asset_ids": [world.recall(KIND, one) for one in titles]})


def should_have_fates(world: World, exchange: Exchange, fates: list[tuple[str, str]]) -> None:
    """Assert what became of each asset (title, fate) in an answer with thumbnails."""
    shown = [item["asset_id"] for item in field(exchange, "items")]
    for fate, said in {"shown": shown, **{word: field(exchange, key) for word, key in FATES.items()}}.items():
        expected = [world.recall(KIND, title) for title, told in fates if told == fate]
        check(exchange, sorted(said), sorted(expected), fate)
