"""The settings of a tenant and their versions."""

from typing import Any

from behave import given, register_type, then, when
from hamcrest import has_entries, none, not_none

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.subjects.tenancy import settings
from api_service.subjects.tenancy.settings import CONTENTS, EMPTY, IF_MATCH, SETTINGS
from api_service.vocabulary import one_of, verbs

register_type(SettingsContents=one_of(CONTENTS), VersionName=one_of(IF_MATCH), Saves=verbs(["save"]))


@given("{person:Person} has saved settings with {contents:SettingsContents}")
def have_saved(context: Context, person, contents):
    """The person replaced the settings by these, so that their version is one higher."""
    settings.save(context.world, context.world.must, person, contents)


@when("{person:Person} opens the settings")
def open_settings(context: Context, person):
    """Read the settings of the person's own tenant."""
    context.world.act(person, "GET", SETTINGS)


@when("{person:Person} {does:Saves} settings with {contents:SettingsContents}")
def save_settings(context: Context, person, does, contents):
    """Replace the settings, with the present version in `If-Match`, or try to."""
    settings.save(context.world, context.world.act, person, contents)


@when("{person:Person} {does:Saves} settings with {contents:SettingsContents}, naming {naming:VersionName}")
def save_naming(context: Context, person, does, contents, naming):
    """Replace the settings, with another version or another form of it in `If-Match`, or try to."""
    settings.save(context.world, context.world.act, person, contents, naming)


@when("{person:Person} tries to save settings with {contents:SettingsContents}, naming no version")
def save_without_version(context: Context, person, contents):
    """Try to replace the settings without an `If-Match` header."""
    context.world.act(person, "PUT", SETTINGS, json={**EMPTY, **CONTENTS[contents]})


@then("the settings should hold {contents:SettingsContents} at version {version:d}")
def hold_settings(context: Context, contents, version):
    """The answer shows exactly these settings with this `version`, which is its `ETag` as well."""
    _check_settings(context.world.answer, version, CONTENTS[contents])


@then("{person:Person} should find settings with {contents:SettingsContents} at version {version:d}")
def find_settings(context: Context, person, contents, version):
    """The settings, read again, are exactly these and have this `version`, which is the `ETag` as well."""
    _check_settings(context.world.must(person, "GET", SETTINGS), version, CONTENTS[contents])


@then("{person:Person} should find billing switched off among the switches, at version {version:d}")
def find_entitlement(context: Context, person, version):
    """The settings, read again, have `feature.billing` off as their only flag, and are otherwise empty."""
    flags = {"flags": {"feature.billing": False}}
    _check_settings(context.world.must(person, "GET", SETTINGS), version, flags)


def _check_settings(exchange: Exchange, version: int, contents: Any) -> None:
    check(exchange, exchange.body, has_entries({**EMPTY, **contents, "version": version}))
    check(exchange, exchange.headers.get("etag"), f'"{version}"')
    check(exchange, field(exchange, "updated_at"), not_none() if version else none())
