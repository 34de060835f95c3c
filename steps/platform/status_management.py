"""Managing status subscriptions: seen, ended and told again by operators."""

from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import any_of, equal_to, has_item, is_not

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.rules.answers.values import same
from api_service.subjects import paging
from api_service.subjects.platform import status_subscriptions as subscriptions
from api_service.subjects.platform.status import PAGE
from api_service.subjects.platform.status_subscriptions import ONE, RESEND, SUBSCRIPTIONS
from api_service.vocabulary import verbs

NEVER_WAS = "no-such-incident"
register_type(Lists=verbs(["list"]), Ends=verbs(["end"]), Tells=verbs(["tell"]))


@given("{person:Person} has failed to end the subscription of {title:Quoted}")
def have_failed_to_end(context: Context, person, title):
    """Somebody who does not manage subscriptions was refused."""
    subscription_id = context.world.recall("subscription", title)["id"]
    refused = context.world.look(person, "DELETE", ONE, subscription_id=subscription_id)
    assertions.check(refused, refused.status, any_of(401, 403))


@when("{person:Person} {verb:Lists} the status subscriptions")
def list_own(context: Context, person, verb):
    """Ask for the subscriptions of the person's own tenant."""
    context.world.act(person, "GET", SUBSCRIPTIONS, query={"limit": 100})


@when("{person:Person} {verb:Lists} the status subscriptions of {owner:Person}'s tenant")
def list_of(context: Context, person, verb, owner):
    """Ask for the subscriptions of another tenant, openly."""
    query = {"all": "true", "tenant_id": context.world.person(owner).tenant_id, "limit": 100}
    context.world.act(person, "GET", SUBSCRIPTIONS, query=query)


@when(
    "{person:Person} {verb:Lists} the status subscriptions of {owner:Person}'s tenant as if they were her own"
)
def list_as_own(context: Context, person, verb, owner):
    """Ask for the subscriptions of another tenant without saying that it is another."""
    query = {"tenant_id": context.world.person(owner).tenant_id}
    context.world.act(person, "GET", SUBSCRIPTIONS, query=query)


@when("{person:Person} {verb:Lists} the status subscriptions of {owner:Person}'s tenant {size:d} at a time")
def list_in_pages(context: Context, person, verb, owner, size):
    """Ask for every page of a tenant's subscriptions, one after the other."""
    query = {"all": "true", "tenant_id": context.world.person(owner).tenant_id}
    found = paging.read_pages(context.world, person, SUBSCRIPTIONS, size, query=query)
    context.world.remember("pages", "subscriptions", found)


@when("{person:Person} {verb:Lists} the status subscriptions from a page that does not exist")
def list_strange_page(context: Context, person, verb):
    """Ask for the page behind a cursor that the service never gave."""
    context.world.act(person, "GET", SUBSCRIPTIONS, query={"cursor": "no-such-page"})


@when("{person:Person} {verb:Ends} the subscription of {title:Quoted}")
def end(context: Context, person, verb, title):
    """End a subscription without the token of its mails."""
    subscription_id = context.world.recall("subscription", title)["id"]
    context.world.act(person, "DELETE", ONE, subscription_id=subscription_id)


@when("{person:Person} {verb:Ends} a subscription that never was")
def end_strange(context: Context, person, verb):
    """End what there is not."""
    context.world.act(person, "DELETE", ONE, subscription_id=uuid4())


@when("{person:Person} {verb:Tells} {title:Quoted} the newest incident again as {severity:Severity}")
def tell(context: Context, person, verb, title, severity):
    """Tell the subscribers of a tenant of the newest incident, under a severity."""
    incident = context.world.must(VISITOR, "GET", PAGE).body["incidents"][0]
    context.world.remember("incident", "newest", incident)
    body = {"severity": severity, "tenant_id": context.world.recall("tenant", title)}
    context.world.act(person, "POST", RESEND, incident_id=incident["incident_id"], json=body)


@when("{person:Person} {verb:Tells} an incident again")
def tell_any(context: Context, person, verb):
    """Tell the subscribers of the person's own tenant of the newest incident."""
    incident = context.world.must(VISITOR, "GET", PAGE).body["incidents"][0]
    context.world.act(person, "POST", RESEND, incident_id=incident["incident_id"], json={})


@when("{person:Person} {verb:Tells} an incident again that never was")
def tell_strange(context: Context, person, verb):
    """Tell of what there is not."""
    context.world.act(person, "POST", RESEND, incident_id=NEVER_WAS, json={})


@then("the subscription of {title:Quoted} should be listed as it was made")
def be_listed(context: Context, title):
    """The list shows the subscription with the facts of its making."""
    answer, made = context.world.answer, context.world.recall("subscription", title)
    shown = [entry for entry in answer.body["items"] if entry["id"] == made["id"]]
    assertions.check(answer, same([made], shown), equal_to(True), f"{made} listed, not {shown}")


@then("the subscription of {title:Quoted} should not be listed")
def not_be_listed(context: Context, title):
    """The list does not show the subscription."""
    answer = context.world.answer
    listed = [entry["id"] for entry in answer.body["items"]]
    assertions.check(answer, listed, is_not(has_item(context.world.recall("subscription", title)["id"])))


@then("the pages should hold the subscriptions of {titles:Quotes} in this order")
def hold(context: Context, titles):
    """The pages together hold exactly these."""
    pages = context.world.recall("pages", "subscriptions")
    listed = [entry["id"] for page in pages for entry in page]
    made = [context.world.recall("subscription", title)["id"] for title in titles]
    assertions.check(context.world.answer, listed, equal_to(made))


@then("exactly {count:d} subscriber should have been told")
@then("exactly {count:d} subscribers should have been told")
def be_told(context: Context, count):
    """The answer counts so many."""
    answer = context.world.answer
    assertions.check(answer, answer.body["dispatched"], count)


@then("{title:Quoted} should have got the newest incident by mail")
def get_mail(context: Context, title):
    """The last mail to the address tells of the incident."""
    impact = context.world.recall("incident", "newest")["impact"]
    mails = subscriptions.mails(context.world, title)
    assertions.check(context.world.answer, [impact in mail for mail in mails][-1:], equal_to([True]))


@then("{title:Quoted} should have got no incident")
def get_no_mail(context: Context, title):
    """The address got nothing but the question whether it wants to hear of incidents."""
    mails = subscriptions.mails(context.world, title)
    assertions.check(context.world.answer, len(mails), 1)
