"""The contact form: messages to the team, and the mails that they become."""

from typing import Any

from behave import given, register_type, then, when
from hamcrest import all_of, contains_exactly, contains_string, has_entries, none, not_none

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.doubles import MAIL
from api_service.people.accounts import VISITOR
from api_service.vocabulary import one_of, verbs
from api_service.world import World

CONTACT = "/api/v1/contact"
MAIL_SECONDS = 5.0
QUESTION = "Is there a plan for schools?"
VARIANTS: dict[str, dict[str, Any]] = {
    "of 9 letters": {"message": "x" * 9},
    "of 10 letters": {"message": "x" * 10},
    "of 2000 letters": {"message": "x" * 2000},
    "of 2001 letters": {"message": "x" * 2001},
    "without a sender": {"email": None},
    "from an impossible address": {"email": "somebody at home"},
}
register_type(Writes=verbs(["write"]), MessageVariant=one_of(VARIANTS))


def _message(world: World, text: str, **fields: Any) -> dict[str, Any]:
    # An address that no other scenario uses, so that limits by address do not meet another one.
    sender = {"email": f"{world.unique('guest')}@visitors.example.com", "name": "Gesa Guest"}
    return {**sender, "message": text, "company": "Guest House", "topic": "Invoices", **fields}


@given("the team can be reached by mail")
def have_mailbox(context: Context):
    """This run can read the mails that the service sends; otherwise the scenario is skipped."""
    context.world.suite.doubles.require(MAIL)


@given("{person:Person} has written as many messages to the team as are allowed")
def have_written(context: Context, person):
    """The service accepted as many messages from one e-mail address as it takes in an hour."""
    for _ in range(context.world.limits.count_to("contact_email")):
        context.world.must(person, "POST", CONTACT, json=_message(context.world, QUESTION))


@given("another visitor has written to the team")
def have_been_written_to(context: Context):
    """The service accepted a message from an e-mail address that the scenario does not use again."""
    sender = f"{context.world.unique('other')}@visitors.example.com"
    context.world.must(VISITOR, "POST", CONTACT, json=_message(context.world, QUESTION, email=sender))


@when("{person:Person} {verb:Writes} {text:Quoted} to the team")
def write(context: Context, person, verb, text):
    """Send a message with this text, or try to."""
    context.world.act(person, "POST", CONTACT, json=_message(context.world, text))


@when("a robot writes {text:Quoted} to the team")
def write_as_robot(context: Context, text):
    """Send a message whose field `honeypot`, which people do not see, is filled in."""
    message = _message(context.world, text, honeypot="https")
    context.world.act(VISITOR, "POST", CONTACT, json=message)


@when("{person:Person} {verb:Writes} a message {variant:MessageVariant} to the team")
def write_variant(context: Context, person, verb, variant):
    """Send a message of that length, or try to send one of a wrong length or without a valid sender."""
    context.world.act(person, "POST", CONTACT, json=_message(context.world, QUESTION, **VARIANTS[variant]))


@then("the message should be accepted under a reference of its own")
def be_accepted(context: Context):
    """The answer's `reference_id` is new in the scenario, and the message was not suppressed."""
    answer = context.world.answer
    data = answer.body["data"]
    check(answer, data, has_entries(suppressed=False, message_id=not_none() if data["delivered"] else none()))
    references = [one.body["data"]["reference_id"] for one in context.world.exchanges if one.succeeded]
    check(answer, references.count(data["reference_id"]), 1)


@then("the message should be dropped")
def be_dropped(context: Context):
    """The answer says that the message was suppressed and not delivered, and names no mail."""
    answer = context.world.answer
    check(answer, answer.body["data"], has_entries(suppressed=True, delivered=False, message_id=None))


@then("the team should have got the message with its reference")
def be_delivered(context: Context):
    """One mail has the `reference_id`, the text and the sender's address; `message_id` is the mail's id."""
    answer, suite = context.world.answer, context.world.suite
    reference = answer.body["data"]["reference_id"]
    mails = suite.doubles.mails(suite.settings.contact_email, MAIL_SECONDS)
    received = [mail for mail in mails if reference in f"{mail['text']} {mail['html']}"]
    sent: Any = all_of(*(contains_string(answer.sent[part]) for part in ("message", "email")))
    check(answer, [mail["text"] for mail in received], contains_exactly(sent))
    check(answer, answer.body["data"], has_entries(delivered=True, message_id=received[0]["id"]))


@then("the visitor should learn when to come back")
def learn_when(context: Context):
    """The refusal's `Retry-After` is a number of seconds up to an hour (RFC 9110, section 10.2.3)."""
    seconds = int(context.world.answer.headers.get("retry-after", 0))
    check(context.world.answer, 0 < seconds <= 3600, True, f"Retry-After of {seconds} s")
