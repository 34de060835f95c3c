"""Consents to policies, and notification preferences."""

from dataclasses import dataclass
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
# Method, path and body of each.
CONSENT_ACTIONS = {
    "look at her consents": lambda _: ("GET", CONSENTS, None),
    "look at her preferences": lambda _: ("GET", PREFERENCES, None),
    "agree to a policy with an endless name": lambda _: ("POST", CONSENTS, _consent("p" * 65, "1")),
    "set a preference for an endless channel": lambda _: _billing_preference(channel="c" * 17),
    "set a preference in Brian's tenant": lambda world: _billing_preference(
        tenant_id=world.person("Brian").tenant_id
    ),
}
EMPTY_LISTS = {"have agreed to nothing": CONSENTS, "have no preferences": PREFERENCES}
register_type(Wants=one_of(WANTED), HasNothing=one_of(EMPTY_LISTS))
register_type(ActsOnConsents=verbs(CONSENT_ACTIONS), Agrees=verbs(["agree"]))


@dataclass(frozen=True)
class Preference:
    """The notification preference that was set last."""

    id: str


def _consent(policy, version):
    return {"policy_key": policy, "version": version}


def _preference(category, channel, **more):
    return {"category": category, "channel": channel, **more}


def _billing_preference(**changes):
    return "PUT", PREFERENCES, {"category": "billing", "channel": "email", **changes}


@given("{person:Person} wanted no {category:Quoted} messages by {channel:Quoted}")
def have_refused_messages(context: Context, person, category, channel):
    """The person's preference for this category and channel is off."""
    body = _preference(category, channel, enabled=False)
    preference_id = context.world.must(person, "PUT", PREFERENCES, json=body).body["id"]
    context.world.state.keep("latest", Preference(preference_id))


@given("{person:Person} has agreed to version {version:Quoted} of the {policy:Quoted} policy")
@when("{person:Person} {verb:Agrees} to version {version:Quoted} of the {policy:Quoted} policy")
def agree(context: Context, person, version, policy, verb=None):
    """Agree to one version of a policy."""
    context.world.asking(verb)(person, "POST", CONSENTS, json=_consent(policy, version))


@when("{person:Person} {wanted:Wants} {category:Quoted} messages by {channel:Quoted}")
def set_preference(context: Context, person, wanted, category, channel):
    """Switch the preference for this category and channel on or off."""
    body = _preference(category, channel, enabled=WANTED[wanted])
    context.world.act(person, "PUT", PREFERENCES, json=body)


@when("{person:Person} {action:ActsOnConsents}")
def act(context: Context, person, action):
    """List one's own consents or preferences, or send one that the service does not take."""
    method, path, body = CONSENT_ACTIONS[action](context.world)
    context.world.act(person, method, path, json=body)


@then("{person:Person} should have agreed to these policies")
def have_these_consents(context: Context, person):
    """The person's list has exactly these consents, each with `accepted_at` in the last two minutes."""
    listed = context.world.must(person, "GET", CONSENTS)
    expected = [has_entries(_consent(row["policy"], row["version"])) for row in context.table]
    check(listed, listed.body, contains_inanyorder(*expected))
    ages = [listed.answered_at - instant(one["accepted_at"]) for one in listed.body]
    check(listed, max(ages) < JUST_NOW, True, "consents of this scenario")


@then("{person:Person} should have these preferences")
def have_these_preferences(context: Context, person):
    """The person's list has exactly these preferences, in the person's tenant."""
    listed, tenant_id = context.world.must(person, "GET", PREFERENCES), context.world.person(person).tenant_id
    expected = [
        _preference(row["category"], row["channel"], enabled=row["wanted"] == "yes", tenant_id=tenant_id)
        for row in context.table
    ]
    check(listed, listed.body, contains_inanyorder(*map(has_entries, expected)))


@then("{person:Person} should {nothing:HasNothing}")
def have_nothing(context: Context, person, nothing):
    """The person's list of consents, or of preferences, is empty."""
    listed = context.world.must(person, "GET", EMPTY_LISTS[nothing])
    check(listed, listed.body, empty())


@then("the preference should be the one of before")
def be_the_same(context: Context):
    """The answer has the `id` of the preference that was set before: it was changed, not added."""
    answer = context.world.answer
    check(answer, field(answer, "id"), context.world.state.find(Preference, "latest").id)


@then("the list should be empty")
def be_empty(context: Context):
    """The answer is an empty list."""
    check(context.world.answer, context.world.answer.body, empty())
