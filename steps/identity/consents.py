"""Consents to policies, and notification preferences."""

from datetime import timedelta

from behave import given, register_type, then, when
from hamcrest import contains_inanyorder, empty, has_entries

from acceptance.checks.assertions import check, field
from acceptance.timestamps import instant
from api_service.context import Context
from api_service.vocabulary import one_of, verbs

CONSENTS = "/api/v1/users/consents"
PREFERENCES = "/api/v1/users/notification-preferences"
JUST_NOW = timedelta(minutes=2)
WANTED = {"wants": True, "wants no": False}
DEEDS = {
    "look at her consents": lambda _: ("GET", CONSENTS, None),
    "look at her preferences": lambda _: ("GET", PREFERENCES, None),
    "agree to a policy with an endless name": lambda _: (
        "POST",
        CONSENTS,
        {"policy_key": "p" * 65, "version": "1"},
    ),
    "set a preference for an endless channel": lambda _: (
        "PUT",
        PREFERENCES,
        {"category": "billing", "channel": "c" * 17},
    ),
    "set a preference in Brian's tenant": lambda world: (
        "PUT",
        PREFERENCES,
        {"category": "billing", "channel": "email", "tenant_id": world.person("Brian").tenant_id},
    ),
}
NOTHING = {"have agreed to nothing": CONSENTS, "have no preferences": PREFERENCES}
register_type(Wanted=one_of(WANTED), PreferenceDeed=verbs(DEEDS), Nothing=one_of(NOTHING))


def _consent(policy, version):
    return {"policy_key": policy, "version": version}


@given("{person:Person} has agreed to version {version:Quoted} of the {policy:Quoted} policy")
def have_agreed(context: Context, person, version, policy):
    """A consent that is remembered."""
    context.world.must(person, "POST", CONSENTS, json=_consent(policy, version))


@given("{person:Person} wanted no {category:Quoted} messages by {channel:Quoted}")
def have_refused_messages(context: Context, person, category, channel):
    """A preference that is remembered."""
    body = {"category": category, "channel": channel, "enabled": False}
    preference = context.world.must(person, "PUT", PREFERENCES, json=body).body
    context.world.remember("preference", "latest", preference["id"])


@when("{person:Person} agrees to version {version:Quoted} of the {policy:Quoted} policy")
def agree(context: Context, person, version, policy):
    """Agree to one version of a policy."""
    context.world.act(person, "POST", CONSENTS, json=_consent(policy, version))


@when("{person:Person} {wanted:Wanted} {category:Quoted} messages by {channel:Quoted}")
def set_preference(context: Context, person, wanted, category, channel):
    """Set a preference to yes or no."""
    body = {"category": category, "channel": channel, "enabled": WANTED[wanted]}
    context.world.act(person, "PUT", PREFERENCES, json=body)


@when("{person:Person} {deed:PreferenceDeed}")
def act(context: Context, person, deed):
    """Look at one's own consents or preferences, or try what they do not take."""
    method, path, body = DEEDS[deed](context.world)
    context.world.act(person, method, path, json=body)


@then("{person:Person} should have agreed to these policies")
def have_these_consents(context: Context, person):
    """The person's list has exactly these consents."""
    listed = context.world.must(person, "GET", CONSENTS)
    expected = [has_entries(_consent(row["policy"], row["version"])) for row in context.table]
    check(listed, listed.body, contains_inanyorder(*expected))
    ages = [listed.answered_at - instant(one["accepted_at"]) for one in listed.body]
    check(listed, max(ages) < JUST_NOW, True, "consents of this scenario")


@then("{person:Person} should have these preferences")
def have_these_preferences(context: Context, person):
    """The person's list has exactly these preferences, in this tenant."""
    listed, tenant_id = context.world.must(person, "GET", PREFERENCES), context.world.person(person).tenant_id
    expected = [
        {"category": row["category"], "channel": row["channel"], "enabled": row["wanted"] == "yes"}
        for row in context.table
    ]
    matchers = [has_entries(tenant_id=tenant_id, **row) for row in expected]
    check(listed, listed.body, contains_inanyorder(*matchers))


@then("{person:Person} should {nothing:Nothing}")
def have_nothing(context: Context, person, nothing):
    """The person's list is empty."""
    listed = context.world.must(person, "GET", NOTHING[nothing])
    check(listed, listed.body, empty())


@then("the preference should be the one of before")
def be_the_same(context: Context):
    """The preference was changed, not added."""
    answer = context.world.answer
    check(answer, field(answer, "id"), context.world.recall("preference", "latest"))


@then("the list should be empty")
def be_empty(context: Context):
    """The answer is an empty list."""
    check(context.world.answer, context.world.answer.body, empty())
