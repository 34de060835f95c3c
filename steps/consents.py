"""Consents to policies, and notification preferences."""

from behave import given, then, when
from hamcrest import contains_inanyorder, empty, has_entries

from acceptance.outcomes import check, field

CONSENTS = "/api/v1/users/consents"
PREFERENCES = "/api/v1/users/notification-preferences"


def _check_consents(context, person, rows):
    listed = context.world.must(person, "GET", CONSENTS)
    expected = [has_entries(policy_key=row["policy"], version=row["version"]) for row in rows]
    check(listed, listed.body, contains_inanyorder(*expected))


def _check_preferences(context, person, rows):
    listed = context.world.must(person, "GET", PREFERENCES)
    tenant_id = context.world.person(person).tenant_id
    expected = [
        has_entries(
            category=row["category"],
            channel=row["channel"],
            enabled=row["wanted"] == "yes",
            tenant_id=tenant_id,
        )
        for row in rows
    ]
    check(listed, listed.body, contains_inanyorder(*expected))


@given("{person:Person} has agreed to version {version:Quoted} of the {policy:Quoted} policy")
def have_agreed(context, person, version, policy):
    """A consent that is remembered."""
    context.world.must(person, "POST", CONSENTS, json={"policy_key": policy, "version": version})


@given("{person:Person} wanted no {category:Quoted} messages by {channel:Quoted}")
def have_refused_messages(context, person, category, channel):
    """A preference that is remembered."""
    body = {"category": category, "channel": channel, "enabled": False}
    preference = context.world.must(person, "PUT", PREFERENCES, json=body).body
    context.world.remember("preference", "latest", preference["id"])


@when("{person:Person} agrees to version {version:Quoted} of the {policy:Quoted} policy")
def agree(context, person, version, policy):
    """Agree to one version of a policy."""
    context.world.act(person, "POST", CONSENTS, json={"policy_key": policy, "version": version})


@when("{person:Person} tries to agree to a policy with an endless name")
def agree_endlessly(context, person):
    """Agree to a policy whose name is longer than a policy's name may be."""
    context.world.act(person, "POST", CONSENTS, json={"policy_key": "p" * 65, "version": "1"})


@when("{person:Person} looks at her consents")
def look_at_consents(context, person):
    """List one's own consents."""
    context.world.act(person, "GET", CONSENTS)


@when("{person:Person} wants {category:Quoted} messages by {channel:Quoted}")
def want(context, person, category, channel):
    """Set a preference to yes."""
    body = {"category": category, "channel": channel, "enabled": True}
    context.world.act(person, "PUT", PREFERENCES, json=body)


@when("{person:Person} wants no {category:Quoted} messages by {channel:Quoted}")
def want_not(context, person, category, channel):
    """Set a preference to no."""
    body = {"category": category, "channel": channel, "enabled": False}
    context.world.act(person, "PUT", PREFERENCES, json=body)


@when("{person:Person} tries to set a preference in {other:Person}'s tenant")
def want_elsewhere(context, person, other):
    """Set a preference in a tenant that is not one's own."""
    body = {"category": "billing", "channel": "email", "tenant_id": context.world.person(other).tenant_id}
    context.world.act(person, "PUT", PREFERENCES, json=body)


@when("{person:Person} tries to set a preference for an endless channel")
def want_endlessly(context, person):
    """Set a preference for a channel whose name is longer than a channel's name may be."""
    context.world.act(person, "PUT", PREFERENCES, json={"category": "billing", "channel": "c" * 17})


@when("{person:Person} looks at her preferences")
def look_at_preferences(context, person):
    """List one's own preferences."""
    context.world.act(person, "GET", PREFERENCES)


@then("{person:Person} should have agreed to these policies")
def have_these_consents(context, person):
    """The person's list has exactly these consents."""
    _check_consents(context, person, context.table)


@then("{person:Person} should have agreed to nothing")
def have_no_consents(context, person):
    """The person's list is empty."""
    _check_consents(context, person, [])


@then("{person:Person} should have these preferences")
def have_these_preferences(context, person):
    """The person's list has exactly these preferences."""
    _check_preferences(context, person, context.table)


@then("{person:Person} should have no preferences")
def have_no_preferences(context, person):
    """The person's list is empty."""
    _check_preferences(context, person, [])


@then("the preference should be the one of before")
def be_the_same(context):
    """The preference was changed, not added."""
    answer = context.world.answer
    check(answer, field(answer, "id"), context.world.recall("preference", "latest"))


@then("the list should be empty")
def be_empty(context):
    """The answer is an empty list."""
    check(context.world.answer, context.world.answer.body, empty())
