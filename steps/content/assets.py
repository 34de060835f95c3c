"""Assets: the files and images that agents made, listed, narrowed down and shown."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from behave import given, register_type, then, when

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.subjects.assistants.conversations import Conversation
from api_service.subjects.content import assets
from api_service.subjects.content.contents import DETAILS, KINDS, Asset
from api_service.vocabulary import one_of

ASSETS = KINDS["asset"].collection
THUMBNAILS = f"{ASSETS}/thumbnail-urls"
# The details by which a list can be narrowed, and the query that does.
FILTERS = {
    **{word: DETAILS[word] for word in ("kind", "tool", "agent", "message")},
    "type": "mime_type_prefix",
    "conversation": "conversation_id",
}
PERIODS = {
    "before yesterday": ("created_before", timedelta(days=-1)),
    "after yesterday": ("created_after", timedelta(days=-1)),
    "before tomorrow": ("created_before", timedelta(days=1)),
    "after tomorrow": ("created_after", timedelta(days=1)),
}
register_type(Period=one_of(PERIODS), AssetDetail=one_of(FILTERS))


@given("{person:Person} has these assets")
@given("{person:Person} has these assets in the tenant {tenant:Quoted}")
def have_assets(context: Context, person, tenant=""):
    """Files and images that agents made; test fixtures put them there."""
    assets.seed_assets(context.world, person, tenant, [row.as_dict() for row in context.table])


@given("nobody ever made the asset {title:Quoted}")
def have_no_asset(context: Context, title):
    """An asset id that no asset has: a random UUID."""
    context.world.state.keep(title, Asset(title, str(uuid4())))


@when("{person:Person} lists the assets whose {detail:AssetDetail} is {value:Quoted}")
def list_by_detail(context: Context, person, detail, value):
    """Narrow the list down to one detail; a conversation goes by its title."""
    wanted = context.world.state.find(Conversation, value).id if detail == "conversation" else value
    context.world.act(person, "GET", ASSETS, query={FILTERS[detail]: wanted})


@when("{person:Person} lists the assets made {period:Period}")
def list_by_day(context: Context, person, period):
    """Narrow the list down by `created_before` or `created_after`."""
    name, distance = PERIODS[period]
    context.world.act(person, "GET", ASSETS, query={name: (datetime.now(UTC) + distance).isoformat()})


@when("{person:Person} asks for thumbnails of {titles:Quotes}")
def ask_for_thumbnails(context: Context, person, titles):
    """Ask for addresses at which pictures of these assets are shown."""
    context.world.act(person, "POST", THUMBNAILS, json={"asset_ids": assets.ids(context.world, titles)})


@then("{person:Person} should see the assets {titles:Quotes} and no other")
def see_exactly(context: Context, person, titles):
    """The answer's list has exactly these assets, in any order."""
    listed = [entry["id"] for entry in field(context.world.answer, "items")]
    check(context.world.answer, sorted(listed), sorted(assets.ids(context.world, titles)))


@then("{person:Person} should see no assets")
def see_none(context: Context, person):
    """The answer's list is empty."""
    check(context.world.answer, field(context.world.answer, "items"), [])


@then("each asset should be dealt with like this")
def be_dealt_with(context: Context):
    """Each asset is among the `items`, `missing_asset_ids` or `unsupported_asset_ids` as the table says."""
    answer = context.world.answer
    fates = {fate: field(answer, f"{fate}_asset_ids") for fate in ("missing", "unsupported")}
    fates["shown"] = [item["asset_id"] for item in field(answer, "items")]
    for fate, found in fates.items():
        titles = [row["file"] for row in context.table if row["fate"] == fate]
        check(answer, sorted(found), sorted(assets.ids(context.world, titles)), fate)
