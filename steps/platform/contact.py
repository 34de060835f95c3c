"""The contact form."""

from behave import given, register_type, then, when
from hamcrest import all_of, contains_exactly, contains_string, has_entries, none, not_none

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.platform import contact
from api_service.vocabulary import one_of, verbs

register_type(Writes=verbs(["write"]), Flaw=one_of(contact.FLAWS))


@given("the team can be reached by mail")
def have_mailbox(context: Context):
    """The mails of the service can be read in this run."""
    contact.require_mailbox(context.world)


@given("{person:Person} has written {count:d} messages to the team")
@given("{person:Person} has written {count:d} message to the team")
def have_written(context: Context, person, count):
    """The team got so many messages from one address within the hour."""
    for _ in range(count):
        message = contact.message(context.world, contact.QUESTION)
        context.world.must(person, "POST", contact.PATH, json=message)


@when("{person:Person} {verb:Writes} {text:Quoted} to the team")
def write(context: Context, person, verb, text):
    """Send a message."""
    context.world.act(person, "POST", contact.PATH, json=contact.message(context.world, text))


@when("a robot writes {text:Quoted} to the team")
def write_as_robot(context: Context, text):
    """Send a message in which a field is filled in that people do not see."""
    message = contact.message(context.world, text, honeypot="https")
    context.world.act(VISITOR, "POST", contact.PATH, json=message)


@when("{person:Person} {verb:Writes} a message {flaw:Flaw} to the team")
def write_flawed(context: Context, person, verb, flaw):
    """Send a message of that length, or without what it needs."""
    message = contact.message(context.world, contact.QUESTION, **contact.FLAWS[flaw])
    context.world.act(person, "POST", contact.PATH, json=message)


@then("the message should be accepted under a reference of its own")
def be_accepted(context: Context):
    """The answer holds a reference that no earlier message of the scenario got, and nothing was dropped."""
    answer = context.world.answer
    data = answer.body["data"]
    mail_id = not_none() if data["delivered"] else none()
    assertions.check(answer, data, has_entries(suppressed=False, message_id=mail_id))
    references = [one.body["data"]["reference_id"] for one in context.world.exchanges if one.succeeded]
    assertions.check(answer, references.count(data["reference_id"]), 1)


@then("the message should be dropped")
def be_dropped(context: Context):
    """The answer says so, and the team got nothing."""
    answer = context.world.answer
    dropped = has_entries(suppressed=True, delivered=False, message_id=None)
    assertions.check(answer, answer.body["data"], dropped)


@then("the team should have got the message with its reference")
def be_delivered(context: Context):
    """One mail carries the reference, the text and who sent it; the answer names that mail."""
    answer = context.world.answer
    mails = contact.mails_about(context.world, answer)
    sent = all_of(contains_string(answer.sent["message"]), contains_string(answer.sent["email"]))
    assertions.check(answer, [mail["text"] for mail in mails], contains_exactly(sent))
    named = has_entries(delivered=True, message_id=mails[0]["id"])
    assertions.check(answer, answer.body["data"], named)


@then("the visitor should learn when to come back")
def learn_when(context: Context):
    """The refusal names the seconds until the hour is over (RFC 9110, section 10.2.3)."""
    answer = context.world.answer
    seconds = int(answer.headers.get("retry-after", 0))
    assertions.check(answer, 0 < seconds <= 3600, True, f"Retry-After of {seconds} s")
