"""The settings of a tenant and their versions."""

from behave import given, register_type, then, when
from hamcrest import has_entries, none, not_none

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.subjects.tenancy import settings
from api_service.subjects.tenancy.settings import CONTENTS, EMPTY, IF_MATCH, SETTINGS
from api_service.vocabulary import one_of, verbs

SAVED = {"never saved": 0, "saved once": 1, "saved twice": 2}
register_type(
    SettingsContents=one_of(CONTENTS),
    VersionName=one_of(IF_MATCH),
    Saves=verbs(["save"]),
    Saved=one_of(SAVED),
)


@given("{person:Person} has saved settings with {contents:SettingsContents}")
@when("{person:Person} {does:Saves} settings with {contents:SettingsContents}")
@when("{person:Person} {does:Saves} settings with {contents:SettingsContents}, naming {naming:VersionName}")
def save_settings(context: Context, person, contents, does=None, naming=settings.AS_GIVEN):
    """Replace the settings, or try to; `If-Match` has the present version, or another one or form of it."""
    settings.save(context.world, context.world.asking(does), person, contents, naming)


@when("{person:Person} tries to save settings with {contents:SettingsContents}, naming no version")
def save_without_version(context: Context, person, contents):
    """Try to replace the settings without an `If-Match` header."""
    context.world.act(person, "PUT", SETTINGS, json={**EMPTY, **CONTENTS[contents]})


@then("the settings should hold {contents:SettingsContents}, {saved:Saved}")
@then("{person:Person} should find settings with {contents:SettingsContents}, {saved:Saved}")
@then("{person:Person} should find billing switched off among the switches, {saved:Saved}")
def hold_settings(context: Context, saved, contents=settings.OPERATORS_SWITCH, person=None):
    """The answer, or a second read, has exactly these settings; `version` and `ETag` count the saves.

    They count from what was there before the scenario's first one, from 0 where nobody ever saved.

    Where the text names no settings, `feature.billing` is off as their only flag.
    """
    world = context.world
    shown = world.must(person, "GET", SETTINGS) if person else world.answer
    version = settings.first_version(world, field(shown, "tenant_id")) + SAVED[saved]
    check(shown, shown.body, has_entries({**EMPTY, **CONTENTS[contents], "version": version}))
    check(shown, shown.headers.get("etag"), f'"{version}"')
    check(shown, field(shown, "updated_at"), not_none() if version else none())
