"""The second factor: an authenticator app, the codes it shows, and recovery codes."""

from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import has_entries, has_item, has_length, is_not, none, not_none

from acceptance.checks.assertions import check, field, refused, succeeded
from api_service.context import Context
from api_service.subjects.identity import second_factor as factor
from api_service.subjects.identity.second_factor import CHALLENGED, LABEL, METHODS, the_app
from api_service.subjects.identity.sign_in import whose_token
from api_service.vocabulary import OUTCOMES, one_of, verbs

APP_ACTIONS = {
    "set up an authenticator app": factor.set_up,
    "confirm the app with its code": factor.confirm,
    "confirm the app with a wrong code": lambda world, person: factor.confirm(
        world, person, the_app(world).wrong_code()
    ),
    "answer with the code of the app": lambda world, _: factor.answer_challenge(world, the_app(world).code()),
    "answer with a wrong code": lambda world, _: factor.answer_challenge(world, the_app(world).wrong_code()),
    "answer a made-up question with the code of the app": lambda world, _: factor.answer_challenge(
        world, the_app(world).code(), "made-up-question"
    ),
    "answer as an app that is not there with the code of the app": lambda world, _: factor.answer_challenge(
        world, the_app(world).code(), method_id=str(uuid4())
    ),
    "answer her own token with the code of the app": lambda world, person: factor.answer_challenge(
        world, the_app(world).code(), world.call(person, "GET", METHODS).token or ""
    ),
    "answer with the same code again": lambda world, _: factor.answer_challenge(
        world, the_app(world).last_code
    ),
    "answer with a recovery code": lambda world, _: factor.answer_challenge(
        world, the_app(world).recovery_codes[-1][0]
    ),
    "answer with a recovery code of before": lambda world, _: factor.answer_challenge(
        world, the_app(world).recovery_codes[0][0]
    ),
    "answer with the last recovery code": lambda world, _: factor.answer_challenge(
        world, the_app(world).recovery_codes[-1][-1]
    ),
    "ask for recovery codes": factor.renew_recovery_codes,
    "look at the authenticator apps": lambda world, person: world.act(person, "GET", METHODS),
    "remove the app": factor.remove,
}
# What a person has done, as the actions that it takes.
PREPARATIONS = {
    "set up an authenticator app": ["set up an authenticator app"],
    "confirmed an authenticator app": ["set up an authenticator app", "confirm the app with its code"],
    "removed the app": ["remove the app"],
    "answered with the code of the app": ["answer with the code of the app"],
    "answered with a recovery code": ["answer with a recovery code"],
    "recovery codes": ["ask for recovery codes"],
    "asked for recovery codes again": ["ask for recovery codes"],
}
APP_STATES = {
    "unconfirmed": {"verified_at": none(), "revoked_at": none()},
    "confirmed": {"verified_at": not_none(), "revoked_at": none()},
    "removed": {"verified_at": not_none(), "revoked_at": not_none()},
}
register_type(UsesApp=verbs(APP_ACTIONS), HasUsedApp=one_of(PREPARATIONS), AppState=one_of(APP_STATES))


@given("{person:Person} has {done:HasUsedApp}")
def have_used_app(context: Context, person, done):
    """The person has set up, confirmed, used or removed the app, or was handed out recovery codes."""
    for action in PREPARATIONS[done]:
        succeeded(APP_ACTIONS[action](context.world, person))


@given("{person:Person} has been asked for a code")
def have_been_asked(context: Context, person):
    """A sign-in with the password alone was answered with 202 and the token of a challenge."""
    exchange = factor.ask_for_challenge(context.world, person)
    check(exchange, exchange.status, CHALLENGED, "to be asked for a code")


@given("as many wrong codes as are allowed have been tried for {person:Person}")
def guess_codes(context: Context, person):
    """Codes that the app does not show were refused with 401; confirming the app was a try as well."""
    for _ in range(context.world.limits.count_to("mfa_verify_user") - 1):
        exchange = context.world.look_at(APP_ACTIONS["answer with a wrong code"](context.world, person))
        check(exchange, exchange.status, 401)


@when("{person:Person} {action:UsesApp}")
def use_app(context: Context, person, action):
    """Set up, confirm, use, list or remove the app, or ask for recovery codes."""
    APP_ACTIONS[action](context.world, person)


@then("the app should be told a secret that codes can be made from")
def tell_secret(context: Context):
    """`secret` has the 160 bits that RFC 4226 (section 4) recommends, and stands in `otpauth_url`."""
    answer = context.world.answer
    secret = field(answer, "secret")
    check(answer, secret, has_length(32))
    check(answer, f"secret={secret}" in field(answer, "otpauth_url"), True, "the secret in the address")


@then("{person:Person} should have the {state:AppState} app")
def have_app(context: Context, person, state):
    """The person's list has the app; `verified_at` and `revoked_at` are set as in this state."""
    listed = context.world.must(person, "GET", METHODS)
    expected = {"id": the_app(context.world).id, "label": LABEL, "method_type": "totp"}
    check(listed, listed.body, has_item(has_entries(**expected, **APP_STATES[state])))


@then("the app should not be among them")
def not_have_app(context: Context):
    """No listed app has the id of this one."""
    answer = context.world.answer
    check(answer, [one["id"] for one in answer.body], is_not(has_item(the_app(context.world).id)))


@then("a code of the app should be asked for")
def be_asked(context: Context):
    """The password alone was answered with 202 and the app among the `methods` to go on with."""
    answer = context.world.answer
    check(answer, answer.status, CHALLENGED)
    expected = has_entries(id=the_app(context.world).id, label=LABEL)
    check(answer, field(answer, "methods"), has_item(expected))


@then("the question itself should open nothing")
def open_nothing(context: Context):
    """The challenge's token is refused with 401 where an access token is wanted."""
    opened = whose_token(context.world, field(context.world.answer, "challenge_token"))
    refused(opened, *OUTCOMES["not signed in"])


@then("as many different recovery codes as usual should be handed out")
def hand_out_codes(context: Context):
    """`codes` has as many as the deployment hands out, no two of them the same."""
    codes = field(context.world.answer, "codes")
    check(context.world.answer, set(codes), has_length(context.world.limits["recovery_codes"]))
