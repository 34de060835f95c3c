"""The second factor: an authenticator app, the codes it shows, and recovery codes."""

from dataclasses import replace

from behave import given, register_type, then, when
from hamcrest import has_entries, has_item, has_length, is_not

from acceptance.checks.assertions import check, field, refused
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.identity import second_factor
from api_service.subjects.identity.second_factor import DEEDS, DONE, STATES
from api_service.subjects.identity.sign_in import ME
from api_service.vocabulary import OUTCOMES, one_of, verbs

register_type(AppDeed=verbs(DEEDS), AppDone=one_of(DONE), AppState=one_of(STATES))


@given("{person:Person} has {done:AppDone}")
def have_done(context: Context, person, done):
    """The person's app, question or recovery codes are as far as that."""
    DONE[done](context.world, person)


@given("{count:d} wrong codes have been tried for {person:Person}")
def guess_codes(context: Context, count, person):
    """Somebody answered the question so many times with codes that the app does not show."""
    for _ in range(count):
        exchange = DEEDS["answer with a wrong code"](context.world, person)
        check(exchange, exchange.status, 401)


@when("{person:Person} {deed:AppDeed}")
def act(context: Context, person, deed):
    """Set up, confirm, use or remove the app, or ask for recovery codes."""
    DEEDS[deed](context.world, person)


@then("the app should be told a secret that codes can be made from")
def tell_secret(context: Context):
    """The secret has the 160 bits that RFC 4226 (section 4) recommends, and stands in the address."""
    answer = context.world.answer
    secret = field(answer, "secret")
    check(answer, secret, has_length(32))
    check(answer, f"secret={secret}" in field(answer, "otpauth_url"), True, "the secret in the address")


@then("{person:Person} should have the {state:AppState} app")
def have_app(context: Context, person, state):
    """The person's list shows the app in this state."""
    second_factor.check_state(context.world, person, state)


@then("the app should not be among them")
def not_have_app(context: Context):
    """The list does not have the app."""
    answer, app = context.world.answer, context.world.recall("app", second_factor.ONLY)
    check(answer, answer.body, is_not(has_item(has_entries(id=app.method_id))))


@then("a code of the app should be asked for")
def be_asked(context: Context):
    """The password opened nothing yet: the answer asks for a code of this app."""
    answer, app = context.world.answer, context.world.recall("app", second_factor.ONLY)
    check(answer, answer.status, second_factor.ASKS_FOR_CODE)
    expected = has_entries(id=app.method_id, label=second_factor.LABEL)
    check(answer, field(answer, "methods"), has_item(expected))


@then("the question itself should open nothing")
def open_nothing(context: Context):
    """The token of the question is refused where an access token is wanted."""
    world = context.world
    call = replace(world.call(VISITOR, "GET", ME), token=field(world.answer, "challenge_token"))
    exchange = world.send(call)
    exchange.looked_at = True
    refused(exchange, *OUTCOMES["not signed in"])


@then("{count:d} different recovery codes should be handed out")
def hand_out_codes(context: Context, count):
    """So many codes were handed out, each once."""
    check(context.world.answer, set(field(context.world.answer, "codes")), has_length(count))
