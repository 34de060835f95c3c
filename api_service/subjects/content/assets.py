"""Assets: seeded for a person's tenant, under names of the scenario's own where others seed there as well."""

from contextlib import ExitStack
from typing import Any

from api_service.people.seed import apply, tenant_names
from api_service.subjects.assistants.conversations import Conversation
from api_service.subjects.content.contents import DETAILS, Asset, known, made, making
from api_service.subjects.content.stored_files import announce
from api_service.world import World


def seed_assets(world: World, person: str, tenant: str, rows: list[dict[str, str]]) -> None:
    """Seed assets in a person's tenant; each row has a file and details of it.

    `tenant` is the title of a tenant of the scenario's own, empty for one of the run. A service that makes a
    tenant's bucket with its first file has to have one before it can seed assets.
    """
    announce(world, world.must, person, "first.txt")
    slug = world.person(person).tenant_slug
    conversations = {row["conversation"] for row in rows if row.get("conversation")}
    # A key that an earlier scenario used in a lent tenant would bring its asset back.
    key = world.unique("seed")
    names = {row["file"]: _name(world, person, row["file"]) for row in rows}
    specification = {
        "slug": slug,
        "name": f"{tenant} {slug}" if tenant else tenant_names(world.suite.settings)[slug],
        "conversations": [{"key": f"{key}-{title}"} for title in sorted(conversations)],
        "assets": [_asset(key, names[row["file"]], row) for row in rows],
    }
    with ExitStack() as stack:
        intents = {file: stack.enter_context(making(world, person, "asset", file)) for file in names}
        seeded = apply(world.client, [specification])[slug]
        for file, intent in intents.items():
            intent.known(asset_id=seeded["assets"][f"{key}-{file}"]["asset_id"])
    for title in conversations:
        identifier = seeded["conversations"][f"{key}-{title}"]["conversation_id"]
        world.state.keep(title, Conversation(identifier, person))
    for file in names:
        made(world, "asset", file, seeded["assets"][f"{key}-{file}"]["asset_id"])


def _name(world: World, person: str, file: str) -> str:
    """Return the name of an asset, which is of the scenario's own where other runs seed assets as well."""
    own = file if world.person(person).is_newcomer else f"{world.unique('asset')}-{file}"
    return known(world, "asset", file, own).name


def _asset(key: str, name: str, row: dict[str, str]) -> dict[str, Any]:
    details = {DETAILS[word]: value for word, value in row.items() if word in DETAILS and value}
    asset = {"key": f"{key}-{row['file']}", "filename": name, **details}
    if row.get("conversation"):
        asset["conversation_key"] = f"{key}-{row['conversation']}"
    return asset


def ids(world: World, titles: list[str]) -> list[str]:
    """Return the ids of the assets with these titles."""
    return [world.state.find(Asset, title).id for title in titles]
