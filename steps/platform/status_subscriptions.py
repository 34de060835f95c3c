"""Status subscriptions: made, confirmed and ended by those who are told of incidents."""

import json

from behave import given, register_type, then, when
from hamcrest import has_entries, has_length

from acceptance.checks.assertions import check, refused, succeeded
from api_service.context import Context
from api_service.doubles import WEBHOOKS
from api_service.people.tenants import OPERATOR
from api_service.subjects.platform import status_subscriptions as subscriptions
from api_service.subjects.platform.status_subscriptions import (
    CONFIRM,
    CONFIRM_WEBHOOK,
    REDEMPTIONS,
    SUBSCRIPTIONS,
)
from api_service.vocabulary import OUTCOMES, matching, one_of, verbs
from api_service.world import World

REDEEMED = {
    "confirmed the subscription of": CONFIRM,
    "confirmed the webhook of": CONFIRM_WEBHOOK,
    "unsubscribed": "unsubscribe",
}
MADE_UP = "made-up-token"
register_type(
    SubscriptionTarget=matching(
        r'(?:the webhook |the address )?"[^"]*"|' + "|".join(subscriptions.INVALID_WEBHOOKS)
    ),
    Subscribes=verbs(["subscribe"]),
    Redeems=verbs(REDEMPTIONS),
    TokenPurpose=one_of(REDEMPTIONS),
    Redeemed=one_of(REDEEMED),
)


@given("webhooks can be read where they arrive")
def have_relay(context: Context):
    """This run can read what the service posts to webhooks; otherwise the scenario is skipped."""
    context.world.suite.doubles.require(WEBHOOKS)


@given("{person:Person} has {redeemed:Redeemed} {title:Quoted}")
def have_redeemed(context: Context, person, redeemed, title):
    """The person redeemed the token of the mail that confirms or ends the subscription."""
    world, purpose = context.world, REDEEMED[redeemed]
    token = subscriptions.sent_token(world, title, purpose)
    subscriptions.redeem(world, world.must, person, title, purpose, token)


@given("{person:Person} has failed to {purpose:TokenPurpose} {title:Quoted} with a made-up token")
def have_failed_to_redeem(context: Context, person, purpose, title):
    """The service refused a token that it never sent, with status 404."""
    answer = subscriptions.redeem(context.world, context.world.look, person, title, purpose, MADE_UP)
    refused(answer, *OUTCOMES["not found"])


@given("{person:Person} has subscribed {target:SubscriptionTarget} to {severity:Severity} incidents")
@when("{person:Person} {verb:Subscribes} {target:SubscriptionTarget} to {severity:Severity} incidents")
def subscribe(context: Context, person, target, severity, verb=None):
    """Subscribe an address or a webhook to incidents, or try to; it is still to be confirmed then."""
    subscriptions.subscribe(context.world, context.world.asking(verb), person, target, severity)


@when("{person:Person} {purpose:Redeems} {title:Quoted}")
def redeem(context: Context, person, purpose, title):
    """Redeem the token that was sent to confirm or end the subscription, or try to."""
    token = subscriptions.sent_token(context.world, title, purpose)
    subscriptions.redeem(context.world, context.world.act, person, title, purpose, token)


@when("{person:Person} tries to unsubscribe {title:Quoted} with the token of {other:Quoted}")
def unsubscribe_with(context: Context, person, title, other):
    """Try to end the subscription with the token that was mailed to end another one."""
    token = subscriptions.sent_token(context.world, other, "unsubscribe")
    subscriptions.redeem(context.world, context.world.act, person, title, "unsubscribe", token)


@when("{person:Person} {purpose:Redeems} {title:Quoted} with a made-up token")
def redeem_made_up(context: Context, person, purpose, title):
    """Try to confirm or end the subscription with a token that the service never sent."""
    subscriptions.redeem(context.world, context.world.act, person, title, purpose, MADE_UP)


@then("the subscription of {title:Quoted} should be nobody's and still to be confirmed")
@then("the subscription of {title:Quoted} should be {person:Person}'s and still to be confirmed")
def be_pending(context: Context, title, person=None):
    """A pending subscription, its address masked, by the person in their tenant, or `public` and in none."""
    answer, owner = context.world.answer, context.world.person(person) if person else None
    made = {"created_by": owner.user_id if owner else "public", "tenant_id": owner and owner.tenant_id}
    name, _, domain = _subscription(context.world, title).target.partition("@")
    pending = {"channel": "email", "status": "pending_verification", "webhook_secret": None}
    check(answer, answer.body, has_entries(target_masked=f"{name[0]}***@{domain}", **made, **pending))


@then("the subscription of {title:Quoted} should be active")
def be_active(context: Context, title):
    """The answer shows the subscription as it was made, now with the status active and no secret."""
    answer, made = context.world.answer, _subscription(context.world, title).made
    changed = {"status": "active", "webhook_secret": None, "updated_at": answer.body["updated_at"]}
    check(answer, answer.body, {**made, **changed})


@then("{person:Person} should be able to confirm the subscription of {title:Quoted}")
def be_confirmable(context: Context, person, title):
    """The token that was mailed to confirm the subscription still does."""
    world = context.world
    token = subscriptions.sent_token(world, title, CONFIRM)
    succeeded(subscriptions.redeem(world, world.look, person, title, CONFIRM, token))


@then("{person:Person} should find no subscription of {title:Quoted}")
def find_none(context: Context, person, title):
    """The list of all subscriptions shows none at the domain of the address, which is this scenario's own."""
    _, address = subscriptions.channel_and_url(context.world, title)
    listed = context.world.must(person, "GET", SUBSCRIPTIONS, query={"all": "true", "limit": 100})
    targets = [entry["target_masked"] for entry in listed.body["items"]]
    check(listed, [one for one in targets if one.endswith(address.partition("@")[2])], [])


@then("{person:Person} should find the subscription of {title:Quoted} ended")
def be_ended(context: Context, person, title):
    """The list of all subscriptions shows it once, with the status revoked."""
    listed = context.world.must(person, "GET", SUBSCRIPTIONS, query={"all": "true", "limit": 100})
    own = _subscription(context.world, title).id
    check(listed, [entry["status"] for entry in listed.body["items"] if entry["id"] == own], ["revoked"])


@then("the webhook {title:Quoted} should have got a challenge signed with its secret")
def be_challenged(context: Context, title):
    """One delivery names the subscription and is signed with the `webhook_secret`, which is shown once."""
    answer, delivered = context.world.answer, subscriptions.deliveries(context.world, title)
    check(answer, delivered, has_length(1), "deliveries to the webhook")
    secret, text = answer.body["webhook_secret"], delivered[0]["body"]
    check(answer, secret, has_length(64))
    check(answer, delivered[0]["signature"], subscriptions.signature(secret, text))
    check(answer, json.loads(text)["subscription_id"], answer.body["id"])
    listed = context.world.must(OPERATOR, "GET", SUBSCRIPTIONS, query={"limit": 100})
    shown = [entry["webhook_secret"] for entry in listed.body["items"] if entry["id"] == answer.body["id"]]
    check(listed, shown, [None])


def _subscription(world: World, title: str) -> subscriptions.StatusSubscription:
    return world.state.find(subscriptions.StatusSubscription, title)
