"""The activity feed, what each reader has seen of it (receipts) and its live form (stream)."""

from typing import Any
from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import contains_exactly, has_entries, has_item, matches_regexp, not_none, only_contains

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.tenants import Tenant
from api_service.subjects.activity import feed
from api_service.subjects.activity.deeds import DEEDS
from api_service.subjects.activity.feed import FEED, MARK_ALL, RECEIPTS, STREAM, WithdrawnUpload
from api_service.subjects.identity.sign_in import WRONG_PASSWORD
from api_service.subjects.paging import Pages
from api_service.vocabulary import one_of, verbs

UNKNOWN_EVENTS = {"never was": str(uuid4()), "cannot be": "no-such-activity"}
register_type(
    Narrowing=one_of(feed.NARROWINGS),
    Settles=verbs(RECEIPTS),
    ReadState=one_of(["read", "dismissed", "unread"]),
    UnknownEvent=one_of(UNKNOWN_EVENTS),
    HerOrHis=one_of(["her", "his"]),
    Marks=verbs(["mark"]),
    Deed=verbs(DEEDS),
    ToldDeed=one_of(DEEDS),
)

UPLOADS = "/api/v1/storage/objects/upload-url"
UPLOAD = {"mime_type": "text/plain", "size_bytes": 12}


@given("somebody has tried to sign in as {person:Person} with a wrong password")
def fail_to_sign_in(context: Context, person):
    """A sign-in as this person was refused with status 401."""
    assertions.refused(feed.sign_in(context.world, person, WRONG_PASSWORD), 401, "Unauthorized")


@given("{person:Person} has announced and withdrawn the upload {title:Quoted}")
def withdraw_upload(context: Context, person, title):
    """A file of this name was announced for upload and deleted again."""
    announced = context.world.must(person, "POST", UPLOADS, json={"filename": title, **UPLOAD})
    upload = context.world.state.keep(title, WithdrawnUpload(announced.body["object_id"]))
    context.world.must(person, "DELETE", "/api/v1/storage/objects/{object_id}", object_id=upload.id)


@when("{person:Person} narrows the activity to {narrowing:Narrowing}")
def narrow(context: Context, person, narrowing):
    """Ask for the events of one action, actor, status, kind of object or time."""
    context.world.act(person, "GET", FEED, query=feed.query(context.world, narrowing))


@given("{person:Person} has read the newest activity")
@when("{person:Person} {receipt:Settles} the newest activity")
@when("{person:Person} {receipt:Settles} the newest activity of {title:Quoted}")
@when("{person:Person} {receipt:Settles} an activity that {unknown:UnknownEvent}")
def settle(context: Context, person, receipt=None, title="", unknown=None):
    """Read or dismiss the newest event that the person, or a new tenant's owner, sees, or an unknown one."""
    world = context.world
    reader = world.state.find(Tenant, title).owner if title else person
    event_id = UNKNOWN_EVENTS[unknown] if unknown else feed.newest_id(world, reader)
    world.asking(receipt)(person, "POST", RECEIPTS[receipt or "read"], event_id=event_id)


@given("{person:Person} has marked all activity as read")
@when("{person:Person} {does:Marks} all activity as read")
def settle_all(context: Context, person, does=None):
    """Mark every event so far as read for the person, or try to."""
    context.world.asking(does)(person, "POST", MARK_ALL)


@when("{person:Person} follows the activity while {other:Person} signs in")
def follow_sign_in(context: Context, person, other):
    """Follow the feed until every event of the sign-in has been sent."""
    feed.follow_sign_in(context.world, person, other)


@when("{person:Person} follows the activity until she has been told of {count:d} deed")
@when("{person:Person} follows the activity until she has been told of {count:d} deeds")
def follow_count(context: Context, person, count):
    """Follow the feed until so many events have been sent."""
    world = context.world
    with world.open_stream(world.call(person, "GET", STREAM)) as stream:
        stream.read(world.suite.settings.stream_timeout, lambda _: len(stream.events) == count)


@when("{person:Person} {deed:Deed}")
def do_deed(context: Context, person, deed):
    """Do one of the things that the feed tells of, with all that has to be there before."""
    DEEDS[deed].do(context.world, person)


@then("{reader:Person} should be told once that it was {person:Person} who wanted to {deed:ToldDeed}")
def tell_of_deed(context: Context, reader, person, deed):
    """The feed has one event of that action, a success of this person, on an object of that kind."""
    world, told = context.world, DEEDS[deed]
    actor = world.person(person)
    found = world.must(reader, "GET", FEED, query={"action": told.action})
    wanted: dict[str, Any] = {"actor_id": actor.user_id, "actor_type": "user", "status": "success"}
    wanted |= {"source": "api", "object_type": told.object_type, "object_id": not_none()}
    told_of = has_entries(wanted)
    assertions.check(found, found.body["items"], contains_exactly(told_of))


@then("the activity should be")
def be_exactly(context: Context):
    """The feed has exactly the actors, actions and statuses of the table, in its order."""
    answer = context.world.answer
    wanted = [(row["who"], row["what"], row["outcome"]) for row in context.table]
    assertions.check(answer, feed.in_words(context.world, answer.body["items"]), wanted)


@then("every deed should say by which program and, in disguise, from where it was done")
def say_from_where(context: Context):
    """Each event has our `user_agent` and an `ip_hash` (SHA-256, hexadecimal) for the caller's address."""
    answer = context.world.answer
    program = answer.request_headers["user-agent"]
    origin = has_entries(user_agent=program, ip_hash=matches_regexp("^[0-9a-f]{64}$"))
    assertions.check(answer, answer.body["items"], only_contains(origin))


@then("the activity should be {events:Quotes}")
def be_these(context: Context, events):
    """The narrowed feed has exactly these actors and actions, in this order."""
    answer = context.world.answer
    shown = [f"{who} {what}" for who, what, _ in feed.in_words(context.world, answer.body["items"])]
    assertions.check(answer, shown, events)


@then("all of it should be that {person:Person} signed in")
def be_sign_ins(context: Context, person):
    """The narrowed feed has successful sign-ins of this person, and nothing else."""
    shown = feed.in_words(context.world, context.world.answer.body["items"])
    assertions.check(context.world.answer, shown, only_contains((person, "signed in", "success")))


@then("the newest activity should name {person:Person} and the withdrawn upload {title:Quoted}")
def name_upload(context: Context, person, title):
    """The first event is this person's successful deletion of the file, by `actor_id` and `object_id`."""
    world, answer = context.world, context.world.answer
    wanted = {"actor_id": world.person(person).user_id, "object_type": "storage_object"}
    wanted |= {"object_id": world.state.find(WithdrawnUpload, title).id, "action": "storage.file.deleted"}
    wanted |= {"actor_type": "user", "status": "success", "source": "api"}
    assertions.check(answer, answer.body["items"][0], has_entries(wanted))


@then("the pages should together be the whole activity")
def be_whole(context: Context):
    """The pages hold what the whole feed holds, in the same order."""
    whole = context.world.must(context.world.answer.person, "GET", FEED)
    paged = [event for page in context.world.state.find(Pages, "activity") for event in page]
    assertions.check(whole, paged, whole.body["items"])


@then("{person:Person} should have {count:d} unread activities")
@then("{person:Person} should have {count:d} unread activity")
def have_unread(context: Context, person, count):
    """The feed's `unread_count` and "unread" events are so many, as in the answer that changed them."""
    answer = context.world.must(person, "GET", FEED)
    shown = [event for event in answer.body["items"] if event["read_state"] == "unread"]
    assertions.check(answer, (answer.body["unread_count"], len(shown)), (count, count))
    answer = context.world.answer
    if answer.succeeded and answer.person == person:
        assertions.check(answer, answer.body["unread_count"], count)


@then("the newest activity should be {state:ReadState} for {person:Person}")
def be_settled(context: Context, state, person):
    """The `read_state` of the first event in the person's feed is this."""
    answer = context.world.must(person, "GET", FEED)
    assertions.check(answer, answer.body["items"][0]["read_state"], state)


@then("she should have been told that {person:Person} signed in")
def be_told(context: Context, person):
    """A successful sign-in of this person is among the events that were sent."""
    sent = feed.in_words(context.world, context.world.answer.events)
    assertions.check(context.world.answer, sent, has_item((person, "signed in", "success")))


@then("the first deed should be that {person:Person} signed in")
def be_told_first(context: Context, person):
    """The first event that was sent is a successful sign-in of this person."""
    sent = feed.in_words(context.world, context.world.answer.events[:1])
    assertions.check(context.world.answer, sent, [(person, "signed in", "success")])


@then("the feed should hold all that she was told")
def agree(context: Context):
    """Every event that was sent stands in the feed, with the same fields."""
    listed = context.world.must(context.world.answer.person, "GET", FEED)
    assertions.check(listed, list(feed.differences(context.world.answer.events, listed.body["items"])), [])


@then("{person:Person} should have been told of {whose:HerOrHis} own tenant alone")
def be_told_own(context: Context, person, whose):
    """Events were sent, and the `tenant_id` of every one is the follower's."""
    tenants = {event["tenant_id"] for event in context.world.answer.events}
    assertions.check(context.world.answer, tenants, {context.world.person(person).tenant_id})
