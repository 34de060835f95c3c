"""Status subscriptions as operators list and end them, and incidents that they send again."""

import json
from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import any_of, equal_to, has_item, is_not

from acceptance.checks.assertions import check
from acceptance.json_values import same
from api_service.context import Context
from api_service.people.tenants import Tenant
from api_service.subjects.paging import Pages, read_pages
from api_service.subjects.platform import status
from api_service.subjects.platform import status_subscriptions as subscriptions
from api_service.subjects.platform.status_subscriptions import (
    MANAGE,
    RESEND,
    SUBSCRIPTION,
    StatusSubscription,
)
from api_service.subjects.tenancy.operators import introduce_operator
from api_service.vocabulary import one_of, verbs

register_type(ListsSubscriptions=verbs(["list"]), EndsSubscription=verbs(["end"]))
# The id of the incident, or an empty text for that of the newest.
RESENT_INCIDENTS = {"an incident again": "", "an incident again that never was": "no-such-incident"}
register_type(ResendsIncident=verbs(["tell"]), ResentIncident=one_of(RESENT_INCIDENTS))


@given("{person:Person} manages the status page")
def manage(context: Context, person):
    """The operator's token has the scope `status:manage` as well, which a service may grant to nobody."""
    token = context.world.forge_token(
        person, lambda own: own.genuine(scope=f"{own.claims['scope']} {MANAGE}")
    )
    context.world.use_token(person, token)


@given("{name:w} manages the status page for {title:Quoted}")
def manage_for_tenant(context: Context, name, title):
    """An operator is seeded who belongs to the tenant and has the scope `status:manage`."""
    introduce_operator(context.world, name, title)
    manage(context, name)


@given("{person:Person} has failed to end the subscription of {title:Quoted}")
def have_failed_to_end(context: Context, person, title):
    """The service refused the person, who does not manage subscriptions, with status 401 or 403."""
    subscription_id = context.world.state.find(StatusSubscription, title).id
    refused = context.world.look(person, "DELETE", SUBSCRIPTION, subscription_id=subscription_id)
    check(refused, refused.status, any_of(401, 403))


@when("{person:Person} {verb:ListsSubscriptions} the status subscriptions of {owner:Person}'s tenant")
def list_of_tenant(context: Context, person, verb, owner):
    """List the subscriptions of another tenant, with `all` set."""
    query = {"all": "true", "tenant_id": context.world.person(owner).tenant_id, "limit": 100}
    context.world.act(person, "GET", subscriptions.SUBSCRIPTIONS, query=query)


@when(
    "{person:Person} {verb:ListsSubscriptions} the status subscriptions of {owner:Person}'s tenant"
    " as if they were her own"
)
def list_as_own(context: Context, person, verb, owner):
    """Try to list the subscriptions of another tenant by its `tenant_id`, without `all`."""
    query = {"tenant_id": context.world.person(owner).tenant_id}
    context.world.act(person, "GET", subscriptions.SUBSCRIPTIONS, query=query)


@when(
    "{person:Person} {verb:ListsSubscriptions} the status subscriptions of {owner:Person}'s tenant"
    " {size:d} at a time"
)
def list_in_pages(context: Context, person, verb, owner, size):
    """Read every page of a tenant's subscriptions, one after the other, with this `limit`."""
    query = {"all": "true", "tenant_id": context.world.person(owner).tenant_id}
    pages = read_pages(context.world, person, subscriptions.SUBSCRIPTIONS, size, query=query)
    context.world.state.keep("subscriptions", pages)


@when("{person:Person} {verb:EndsSubscription} the subscription of {title:Quoted}")
@when("{person:Person} {verb:EndsSubscription} a subscription that never was")
def end(context: Context, person, verb, title=None):
    """End a subscription without a token, or try to; one that never was by a random UUID."""
    subscription_id = context.world.state.find(StatusSubscription, title).id if title else uuid4()
    context.world.act(person, "DELETE", SUBSCRIPTION, subscription_id=subscription_id)


@when(
    "{person:Person} {verb:ResendsIncident} {title:Quoted} the newest incident again as {severity:Severity}"
)
def resend(context: Context, person, verb, title, severity):
    """Send the newest incident again to the subscribers of a tenant, with this severity."""
    incident = context.world.state.keep("newest", status.newest_incident(context.world))
    body = {"severity": severity, "tenant_id": context.world.state.find(Tenant, title).id}
    context.world.act(person, "POST", RESEND, incident_id=incident.id, json=body)


@when("{person:Person} {verb:ResendsIncident} {incident:ResentIncident}")
def resend_to_own(context: Context, person, verb, incident):
    """Try to send the newest incident, or one that is not there, again to the person's own tenant."""
    incident_id = RESENT_INCIDENTS[incident] or status.newest_incident(context.world).id
    context.world.act(person, "POST", RESEND, incident_id=incident_id, json={})


@then("the subscription of {title:Quoted} should be listed as it was made")
def be_listed(context: Context, title):
    """The answer lists the subscription once, with the fields that it was made with."""
    answer, made = context.world.answer, context.world.state.find(StatusSubscription, title).made
    shown = [entry for entry in answer.body["items"] if entry["id"] == made["id"]]
    check(answer, same([made], shown), equal_to(True), f"{made} listed, not {shown}")


@then("the subscription of {title:Quoted} should not be listed")
def not_be_listed(context: Context, title):
    """The answer does not list the subscription's id."""
    answer, subscription = context.world.answer, context.world.state.find(StatusSubscription, title)
    check(answer, [entry["id"] for entry in answer.body["items"]], is_not(has_item(subscription.id)))


@then("the pages should hold the subscriptions of {titles:Quotes} in this order")
def hold_in_order(context: Context, titles):
    """The pages together list exactly these subscriptions by id."""
    pages = context.world.state.find(Pages, "subscriptions")
    made = [context.world.state.find(StatusSubscription, title).id for title in titles]
    check(context.world.answer, [entry["id"] for page in pages for entry in page], made)


@then("exactly {count:d} subscriber should have been told")
@then("exactly {count:d} subscribers should have been told")
def be_dispatched(context: Context, count):
    """The answer's `dispatched` is this number."""
    check(context.world.answer, context.world.answer.body["dispatched"], count)


@then("{title:Quoted} should have got the newest incident by mail")
def get_mail(context: Context, title):
    """The last mail to the subscribed address has the incident's `impact`."""
    impact = context.world.state.find(status.Incident, "newest").impact
    mails = subscriptions.mails(context.world, title)
    check(context.world.answer, [impact in mail for mail in mails][-1:], [True])


@then("the webhook {title:Quoted} should have got the newest incident signed with its secret")
def get_delivery(context: Context, title):
    """The last delivery has the incident's id, and a signature by the secret that was shown once."""
    answer, secret = context.world.answer, context.world.state.find(StatusSubscription, title).made
    delivered = subscriptions.deliveries(context.world, title)[-1]
    expected = subscriptions.signature(secret["webhook_secret"], delivered["body"])
    check(answer, delivered["signature"], expected)
    incident = context.world.state.find(status.Incident, "newest")
    check(answer, json.loads(delivered["body"])["incident"]["incident_id"], incident.id)


@then("{title:Quoted} should have got no incident")
def get_no_mail(context: Context, title):
    """The address got one mail alone, which asks to confirm the subscription."""
    mails = subscriptions.mails(context.world, title)
    check(context.world.answer, len(mails), 1)
