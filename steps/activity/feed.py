"""Activity: the feed, what each reader has seen of it, and its live form."""

from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import (
    contains_exactly,
    empty,
    equal_to,
    greater_than,
    has_entries,
    has_item,
    matches_regexp,
    only_contains,
)

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.new_tenants import Tenant
from api_service.subjects import paging
from api_service.subjects.activity import feed
from api_service.subjects.activity.feed import FEED, MARK_ALL, NARROWINGS, RECEIPTS, STREAM
from api_service.vocabulary import one_of, verbs

STATES = ("read", "dismissed", "unread")
STRANGE = {"never was": lambda: str(uuid4()), "cannot be": lambda: "no-such-activity"}
register_type(
    Narrowing=one_of(NARROWINGS),
    Settles=verbs(RECEIPTS),
    State=one_of(STATES),
    Strange=one_of(STRANGE),
    Whose=one_of(["her", "his"]),
)

UPLOADS = "/api/v1/storage/objects/upload-url"
UPLOAD = {"mime_type": "text/plain", "size_bytes": 12}


@given("somebody has tried to sign in as {person:Person} with a wrong password")
def fail_to_sign_in(context: Context, person):
    """A sign-in as this person has failed once."""
    refused = feed.sign_in(context.world, person, feed.WRONG_PASSWORD)
    assertions.refused(refused, 401, "Unauthorized")


@given("{person:Person} has announced and withdrawn the upload {title:Quoted}")
def withdraw_upload(context: Context, person, title):
    """A file of this name was about to be uploaded by the person and is not any more."""
    announced = context.world.must(person, "POST", UPLOADS, json={"filename": title, **UPLOAD})
    object_id = announced.body["object_id"]
    context.world.must(person, "DELETE", "/api/v1/storage/objects/{object_id}", object_id=object_id)
    context.world.remember("upload", title, object_id)


@given("{person:Person} has marked all activity as read")
def have_settled_all(context: Context, person):
    """The person has seen everything so far."""
    context.world.must(person, "POST", MARK_ALL)


@given("{person:Person} has read the newest activity")
def have_read_newest(context: Context, person):
    """The person has seen what happened last."""
    newest = feed.newest(context.world, person)
    context.world.must(person, "POST", RECEIPTS["read"], event_id=newest["id"])


@when("{person:Person} looks at the activity")
@when("{person:Person} tries to look at the activity")
def look(context: Context, person):
    """Ask for the feed of the person's tenant."""
    context.world.act(person, "GET", FEED)


@when("{person:Person} narrows the activity to {narrowing:Narrowing}")
def narrow(context: Context, person, narrowing):
    """Ask for a part of the feed."""
    context.world.act(person, "GET", FEED, query=feed.query(context.world, narrowing))


@when("{person:Person} reads the activity {size:d} at a time")
def read_in_pages(context: Context, person, size):
    """Ask for every page of the feed, one after the other."""
    context.world.remember("pages", "activity", paging.read_pages(context.world, person, FEED, size))


@when("{person:Person} tries to look at a page of the activity that does not exist")
def look_at_strange_page(context: Context, person):
    """Ask for the page behind a cursor that the service never gave."""
    context.world.act(person, "GET", FEED, query={"cursor": "no-such-page"})


@when("{person:Person} {receipt:Settles} the newest activity")
def settle(context: Context, person, receipt):
    """Read or dismiss what happened last in the person's tenant."""
    newest = feed.newest(context.world, person)
    context.world.act(person, "POST", RECEIPTS[receipt], event_id=newest["id"])


@when("{person:Person} {receipt:Settles} the newest activity of {title:Quoted}")
def settle_of_others(context: Context, person, receipt, title):
    """Try to read or dismiss what the owner of a new tenant sees last."""
    newest = feed.newest(context.world, context.world.state.find(Tenant, title).owner)
    context.world.act(person, "POST", RECEIPTS[receipt], event_id=newest["id"])


@when("{person:Person} {receipt:Settles} an activity that {strange:Strange}")
def settle_strange(context: Context, person, receipt, strange):
    """Try to read or dismiss what there is not."""
    context.world.act(person, "POST", RECEIPTS[receipt], event_id=STRANGE[strange]())


@when("{person:Person} marks all activity as read")
@when("{person:Person} tries to mark all activity as read")
def settle_all(context: Context, person):
    """Mark everything so far as read."""
    context.world.act(person, "POST", MARK_ALL)


@when("{person:Person} follows the activity while {other:Person} signs in")
def follow_sign_in(context: Context, person, other):
    """Follow the feed until everything that belongs to the sign-in has been told."""
    told = feed.follow_until_mark(context.world, person, other)
    context.world.remember("told", "activity", told)


@when("{person:Person} follows the activity until she has been told of {count:d} deed")
@when("{person:Person} follows the activity until she has been told of {count:d} deeds")
def follow_count(context: Context, person, count):
    """Follow the feed until so many deeds have been told."""
    world = context.world
    with world.open_stream(world.call(person, "GET", STREAM)) as stream:
        told = stream.read(world.suite.settings.stream_timeout, lambda _: len(stream.events) == count)
    world.remember("told", "activity", told)


@when("{person:Person} follows the activity until it is quiet")
def follow_quiet(context: Context, person):
    """Follow the feed until it shows that it is alive although nothing happens."""
    world = context.world
    with world.open_stream(world.call(person, "GET", STREAM)) as stream:
        stream.read(world.suite.settings.stream_timeout, heartbeat_is_enough=True)


@when("{person:Person} tries to follow the activity")
def try_to_follow(context: Context, person):
    """Try to open the live feed."""
    with context.world.open_stream(context.world.call(person, "GET", STREAM)):
        return


@then("the activity should be")
def be_so(context: Context):
    """The feed tells exactly this, in this order."""
    answer = context.world.answer
    wanted = [(row["who"], row["what"], row["outcome"]) for row in context.table]
    assertions.check(answer, feed.told(context.world, answer.body["items"]), equal_to(wanted))


@then("every deed should say by which program and, in disguise, from where it was done")
def say_from_where(context: Context):
    """Each event names our program and a hash (SHA-256, hexadecimal) instead of the caller's address."""
    answer = context.world.answer
    program = answer.request_headers["user-agent"]
    origin = has_entries(user_agent=program, ip_hash=matches_regexp("^[0-9a-f]{64}$"))
    assertions.check(answer, answer.body["items"], only_contains(origin))


@then("the activity should be {events:Quotes}")
def be_these(context: Context, events):
    """The narrowed feed tells exactly this, in this order."""
    answer = context.world.answer
    told = [f"{who} {what}" for who, what, _ in feed.told(context.world, answer.body["items"])]
    assertions.check(answer, told, equal_to(events))


@then("all of it should be that {person:Person} signed in")
def be_sign_ins(context: Context, person):
    """The narrowed feed tells of sign-ins of this person, and of nothing else."""
    answer = context.world.answer
    told = feed.told(context.world, answer.body["items"])
    assertions.check(answer, told, only_contains((person, "signed in", "success")))


@then("the newest activity should name {person:Person} and the withdrawn upload {title:Quoted}")
def name_upload(context: Context, person, title):
    """The newest event says who withdrew which file, and that it went well."""
    answer, wanted = context.world.answer, {"actor_id": context.world.person(person).user_id}
    wanted |= {"object_type": "storage_object", "object_id": context.world.recall("upload", title)}
    wanted |= {"action": "storage.file.deleted", "actor_type": "user", "status": "success", "source": "api"}
    assertions.check(answer, answer.body["items"][0], has_entries(wanted))


@then("the pages should together be the whole activity")
def be_whole(context: Context):
    """The pages hold what the whole feed holds, in the same order."""
    world = context.world
    whole = world.must(world.answer.person, "GET", FEED)
    paged = [event for page in world.recall("pages", "activity") for event in page]
    assertions.check(whole, paged, equal_to(whole.body["items"]))


@then("{person:Person} should have {count:d} unread activities")
@then("{person:Person} should have {count:d} unread activity")
def have_unread(context: Context, person, count):
    """The feed counts so many, shows so many, and so did the answer that changed it."""
    answer = context.world.must(person, "GET", FEED)
    shown = [event for event in answer.body["items"] if event["read_state"] == "unread"]
    assertions.check(answer, (answer.body["unread_count"], len(shown)), (count, count))
    answer = context.world.answer
    if answer.succeeded and answer.person == person:
        assertions.check(answer, answer.body["unread_count"], count)


@then("the newest activity should be {state:State} for {person:Person}")
def be_settled(context: Context, state, person):
    """The person's feed shows the newest event in this state."""
    answer = context.world.must(person, "GET", FEED)
    assertions.check(answer, answer.body["items"][0]["read_state"], state)


@then("she should have been told that {person:Person} signed in")
def be_told(context: Context, person):
    """The sign-in is among what was told."""
    told = feed.told(context.world, context.world.recall("told", "activity"))
    assertions.check(context.world.answer, told, has_item((person, "signed in", "success")))


@then("the first deed should be that {person:Person} signed in")
def be_told_first(context: Context, person):
    """What happened first is told first."""
    told = feed.told(context.world, context.world.recall("told", "activity"))
    assertions.check(context.world.answer, told[:1], contains_exactly((person, "signed in", "success")))


@then("the feed should hold all that she was told")
def agree(context: Context):
    """Every deed that was told stands in the feed, with the same facts."""
    answer, told = context.world.answer, context.world.recall("told", "activity")
    shown = context.world.must(answer.person, "GET", FEED)
    assertions.check(shown, list(feed.contradictions(told, shown.body["items"])), empty())


@then("the feed should have shown a sign of life")
def be_alive(context: Context):
    """The stream sent a comment although nothing happened (WHATWG HTML, section 9.2.7)."""
    assertions.check(context.world.answer, context.world.stream.heartbeats, greater_than(0))


@then("{person:Person} should have been told of {whose:Whose} own tenant alone")
def be_told_own(context: Context, person, whose):
    """Something was told, and all of it belongs to the follower's tenant."""
    answer, told = context.world.answer, context.world.recall("told", "activity")
    tenants = {event["tenant_id"] for event in told}
    assertions.check(answer, tenants, equal_to({context.world.person(person).tenant_id}))
