"""Status subscriptions: made, confirmed and ended by those who are told of incidents."""

from behave import given, register_type, then, when
from hamcrest import equal_to, has_entries, has_length

from acceptance.checks import assertions
from api_service.context import Context
from api_service.doubles import WEBHOOKS
from api_service.people.new_tenants import OPERATOR
from api_service.subjects.platform import status_subscriptions as subscriptions
from api_service.subjects.platform.status_subscriptions import REDEMPTIONS, SUBSCRIPTIONS
from api_service.vocabulary import OUTCOMES, matching, one_of, verbs

REDEEMED = {"confirmed the subscription of": "confirm the subscription of", "unsubscribed": "unsubscribe"}
register_type(
    Place=matching(subscriptions.PLACES),
    Subscribes=verbs(["subscribe"]),
    Redeems=verbs(REDEMPTIONS),
    Purpose=one_of(REDEMPTIONS),
    Redeemed=one_of(REDEEMED),
)


@given("webhooks can be read where they arrive")
def have_relay(context: Context):
    """What the service posts to webhooks can be read in this run."""
    context.world.suite.doubles.require(WEBHOOKS)


@given("{person:Person} has subscribed {where:Place} to {severity:Severity} incidents")
def have_subscribed(context: Context, person, where, severity):
    """The place was subscribed by somebody and is still to be confirmed."""
    body = subscriptions.body(context.world, where, severity)
    subscriptions.keep(context.world, where, context.world.must(person, "POST", SUBSCRIPTIONS, json=body))


@given("{person:Person} has {deed:Redeemed} {title:Quoted}")
def have_redeemed(context: Context, person, deed, title):
    """The token of the mail was used."""
    world, purpose = context.world, REDEEMED[deed]
    token = subscriptions.sent_token(world, title, purpose)
    world.must(person, **subscriptions.redeem(world, title, purpose, token))


@given("{person:Person} has failed to {purpose:Purpose} {title:Quoted} with a made-up token")
def have_failed_to_redeem(context: Context, person, purpose, title):
    """A token that was never sent was refused."""
    made_up = subscriptions.redeem(context.world, title, purpose, subscriptions.MADE_UP)
    assertions.refused(context.world.look(person, **made_up), *OUTCOMES["not found"])


@when("{person:Person} {verb:Subscribes} {where:Place} to {severity:Severity} incidents")
def subscribe(context: Context, person, verb, where, severity):
    """Subscribe a place to incidents."""
    body = subscriptions.body(context.world, where, severity)
    made = context.world.act(person, "POST", SUBSCRIPTIONS, json=body)
    if made.succeeded:
        subscriptions.keep(context.world, where, made)


@when("{person:Person} {purpose:Redeems} {title:Quoted}")
def redeem(context: Context, person, purpose, title):
    """Use the token that was sent."""
    token = subscriptions.sent_token(context.world, title, purpose)
    context.world.act(person, **subscriptions.redeem(context.world, title, purpose, token))


@when("{person:Person} {purpose:Redeems} {title:Quoted} with a made-up token")
def redeem_made_up(context: Context, person, purpose, title):
    """Use a token that was never sent."""
    context.world.act(person, **subscriptions.redeem(context.world, title, purpose, subscriptions.MADE_UP))


@then("the subscription of {title:Quoted} should be nobody's and still to be confirmed")
def be_public(context: Context, title):
    """The answer shows the address masked, and no tenant."""
    answer = context.world.answer
    wanted = {"created_by": "public", "tenant_id": None, **_pending(context.world, title)}
    assertions.check(answer, answer.body, has_entries(wanted))


@then("the subscription of {title:Quoted} should be {person:Person}'s and still to be confirmed")
def be_of(context: Context, title, person):
    """The answer shows the address masked, who subscribed it, and their tenant."""
    answer, owner = context.world.answer, context.world.person(person)
    wanted = {"created_by": owner.user_id, "tenant_id": owner.tenant_id, **_pending(context.world, title)}
    assertions.check(answer, answer.body, has_entries(wanted))


@then("the subscription of {title:Quoted} should be active")
def be_active(context: Context, title):
    """The answer shows the subscription as it was made, active now."""
    answer, made = context.world.answer, context.world.recall("subscription", title)
    wanted = {**made, "status": "active", "webhook_secret": None, "updated_at": answer.body["updated_at"]}
    assertions.check(answer, answer.body, equal_to(wanted))


@then("{person:Person} should find the subscription of {title:Quoted} ended")
def be_ended(context: Context, person, title):
    """The list of all subscriptions shows it as revoked."""
    listed = context.world.must(person, "GET", SUBSCRIPTIONS, query={"all": "true", "limit": 100})
    own = context.world.recall("subscription", title)["id"]
    found = [entry["status"] for entry in listed.body["items"] if entry["id"] == own]
    assertions.check(listed, found, equal_to(["revoked"]))


@then("the webhook {title:Quoted} should have got a challenge signed with its secret")
def be_challenged(context: Context, title):
    """One signed request names the subscription; the secret is long and shown this once only."""
    answer = context.world.answer
    content, signed, text = subscriptions.challenge(context.world, title)
    assertions.check(answer, answer.body["webhook_secret"], has_length(64))
    assertions.check(answer, signed, subscriptions.signature(answer.body["webhook_secret"], text))
    assertions.check(answer, content["subscription_id"], answer.body["id"])
    listed = context.world.must(OPERATOR, "GET", SUBSCRIPTIONS, query={"limit": 100})
    shown = [entry["webhook_secret"] for entry in listed.body["items"] if entry["id"] == answer.body["id"]]
    assertions.check(listed, shown, equal_to([None]))


def _pending(world, title):
    name, _, domain = world.recall("target", title).partition("@")
    masked = f"{name[0]}***@{domain}"
    return {
        "channel": "email",
        "status": "pending_verification",
        "target_masked": masked,
        "webhook_secret": None,
    }
