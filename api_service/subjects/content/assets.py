"""Assets: seeded for a tenant of the scenario's own."""

from contextlib import AbstractContextManager, ExitStack
from typing import Any

from acceptance.scenarios.undo_ledger import Intent
from api_service.people.seed import apply
from api_service.subjects.assistants.conversations import Conversation
from api_service.subjects.content.contents import DETAILS, Asset, known, made, making
from api_service.subjects.content.stored_files import announce
from api_service.world import World


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
    with ExitStack() as stack:
        intents = {row["file"]: stack.enter_context(_making(world, person, row["file"])) for row in rows}
        seeded = apply(world.client, [specification])[slug]
        for file, intent in intents.items():
            intent.known(asset_id=seeded["assets"][file]["asset_id"])
    for title in conversations:
        identifier = seeded["conversations"][f"{slug}-{title}"]["conversation_id"]
        world.state.keep(title, Conversation(identifier, person))
    for row in rows:
        made(world, "asset", row["file"], seeded["assets"][row["file"]]["asset_id"])


def _making(world: World, person: str, file: str) -> AbstractContextManager[Intent]:
    known(world, "asset", file, file)
    return making(world, person, "asset", file)


def _asset(slug: str, row: dict[str, str]) -> dict[str, Any]:
    details = {DETAILS[word]: value for word, value in row.items() if word in DETAILS and value}
    asset = {"key": row["file"], "filename": row["file"], **details}
    if row.get("conversation"):
        asset["conversation_key"] = f"{slug}-{row['conversation']}"
    return asset


def ids(world: World, titles: list[str]) -> list[str]:
    """Return the ids of the assets with these titles."""
    return [world.state.find(Asset, title).id for title in titles]
