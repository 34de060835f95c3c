"""Assets: the files and images that agents made, listed, narrowed down and shown."""

from behave import given, register_type, then, when

from api_service.context import Context
from api_service.subjects.content import assets

register_type(Made=assets.moment_word)


@given("{person:Person} has these assets in the tenant {tenant:Quoted}")
def have_assets(context: Context, person, tenant):
    """Files and images that agents made; test fixtures put them there."""
    assets.seed_assets(context.world, person, tenant, [row.as_dict() for row in context.table])


@given("nobody ever made the asset {title:Quoted}")
def have_no_asset(context: Context, title):
    """An asset that does not exist."""
    assets.never_made(context.world, title)


@when("{person:Person} lists the assets whose {detail:w} is {value:Quoted}")
def list_by_detail(context: Context, person, detail, value):
    """Narrow the list down to one detail."""
    assets.list_by(context.world, person, detail, value)


@when("{person:Person} lists the assets made {made:Made}")
def list_by_day(context: Context, person, made):
    """Narrow the list down to a time."""
    assets.list_made(context.world, person, made)


@when("{person:Person} asks for thumbnails of {titles}")
def ask_for_thumbnails(context: Context, person, titles):
    """Ask for pictures of assets that are named with commas in between."""
    assets.ask_for_thumbnails(context.world, person, assets.named_in(titles))


@then("{person:Person} should see the assets {titles} and no other")
def see_exactly(context: Context, person, titles):
    """The list that was asked for has these, which are named with commas in between."""
    assets.should_be_exactly(context.world, context.world.answer, assets.named_in(titles))


@then("{person:Person} should see no assets")
def see_none(context: Context, person):
    """The list that was asked for is empty."""
    assets.should_be_exactly(context.world, context.world.answer, [])


@then("each asset should be dealt with like this")
def be_dealt_with(context: Context):
    """The answer shows, misses or declines each asset as the table says."""
    fates = [(row["file"], row["fate"]) for row in context.table]
    assets.should_have_fates(context.world, context.world.answer, fates)
