"""Tenants in their own hands: account and settings."""

from behave import given, register_type, then, when
from hamcrest import has_entries

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.tenancy import tenants
from api_service.vocabulary import one_of, verbs

register_type(
    Contents=one_of(tenants.CONTENTS),
    Naming=one_of(tenants.NAMINGS),
    TenantName=one_of(tenants.NAMES),
    Renames=verbs(["rename"]),
    Saves=verbs(["save"]),
)


@given("{person:Person} has saved settings with {contents:Contents}")
def have_saved(context: Context, person, contents):
    """The tenant's settings have these contents, and a version more."""
    version = tenants.version(context.world, person)
    tenants.save(context.world.must, person, contents, tenants.GIVEN, version)


@when("{person:Person} opens the account of the tenant")
def open_account(context: Context, person):
    """Read the account of the person's own tenant."""
    context.world.act(person, "GET", tenants.ACCOUNT)


@when("{person:Person} {does:Renames} the tenant to {name:Quoted}")
def rename(context: Context, person, does, name):
    """Give the tenant another name; also when somebody only tries to."""
    context.world.act(person, "PATCH", tenants.ACCOUNT, json={"name": name})


@when("{person:Person} {does:Renames} the tenant to {name:TenantName}")
def rename_badly(context: Context, person, does, name):
    """Give the tenant a name that is none."""
    context.world.act(person, "PATCH", tenants.ACCOUNT, json={"name": tenants.NAMES[name]})


@when("{person:Person} tries to move the tenant to the short name {slug:Quoted}")
def move(context: Context, person, slug):
    """Change the short name, which only operators do."""
    context.world.act(person, "PATCH", tenants.ACCOUNT, json={"name": "Nimbus", "slug": slug})


@when("{person:Person} opens the settings")
def open_settings(context: Context, person):
    """Read the settings of the person's own tenant."""
    context.world.act(person, "GET", tenants.SETTINGS)


@when("{person:Person} {does:Saves} settings with {contents:Contents}")
def save_settings(context: Context, person, does, contents):
    """Replace the settings, naming the version at present; also when somebody only tries to."""
    version = tenants.version(context.world, person)
    tenants.save(context.world.act, person, contents, tenants.GIVEN, version)


@when("{person:Person} {does:Saves} settings with {contents:Contents}, naming {naming:Naming}")
def save_naming(context: Context, person, does, contents, naming):
    """Replace the settings, naming a version in another way or another version."""
    version = tenants.version(context.world, person)
    tenants.save(context.world.act, person, contents, naming, version)


@when("{person:Person} tries to save settings with {contents:Contents}, naming no version")
def save_blindly(context: Context, person, contents):
    """Replace the settings without saying which ones were read."""
    tenants.save(context.world.act, person, contents, None, 0)


@then("the account should be that of {person:Person}'s own tenant")
def be_own_account(context: Context, person):
    """The answer shows the tenant in which the person acts."""
    answer, owner = context.world.answer, context.world.person(person)
    expected = has_entries(id=owner.tenant_id, slug=owner.tenant_slug, status="active")
    assertions.check(answer, answer.body, expected)


@then("the account should be that of {title:Quoted}")
def be_account_of(context: Context, title):
    """The answer shows the tenant as it was founded."""
    answer = context.world.answer
    assertions.check(answer, answer.body, has_entries(tenants.account_of(context.world, title)))


@then("the account should be that of {title:Quoted} under the name {name:Quoted}")
def be_renamed_account_of(context: Context, title, name):
    """The answer shows the tenant as it was founded, but for its name."""
    answer = context.world.answer
    assertions.check(answer, answer.body, has_entries(tenants.account_of(context.world, title, name)))


@then("{person:Person} and the operator should find {title:Quoted} under the name {name:Quoted}")
def be_called(context: Context, person, title, name):
    """The tenant itself and the operator read the tenant under this name."""
    tenants.should_be_called(context.world, person, title, name)


@then("{person:Person} and the operator should find {title:Quoted} under its first name")
def be_called_as_before(context: Context, person, title):
    """The tenant itself and the operator read the tenant as it was founded."""
    tenants.should_be_called(context.world, person, title)


@then("the settings should hold {contents:Contents} at version {version:d}")
def hold_settings(context: Context, contents, version):
    """The answer shows exactly these settings."""
    tenants.should_hold(context.world.answer, contents, version)


@then("{person:Person} should find settings with {contents:Contents} at version {version:d}")
def find_settings(context: Context, person, contents, version):
    """The settings, read again, are exactly these."""
    exchange = context.world.must(person, "GET", tenants.SETTINGS)
    tenants.should_hold(exchange, contents, version)


@then("{person:Person} should find billing switched off among the switches, at version {version:d}")
def find_entitlement(context: Context, person, version):
    """The settings, read again, show what the operator decided, and no other switch."""
    exchange = context.world.must(person, "GET", tenants.SETTINGS)
    tenants.should_hold(exchange, "nothing", version, flags={"feature.billing": False})
