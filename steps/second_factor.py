"""The second factor: authenticator apps, the codes they show, and recovery codes."""

from dataclasses import replace

from behave import given, register_type, then, when
from hamcrest import has_entries, has_item, has_length, is_not

from acceptance import second_factor
from acceptance.outcomes import check, field, refused, succeeded
from acceptance.people import VISITOR
from acceptance.second_factor import ENROL, METHODS, REGENERATE, REMOVE, STATES, VERIFY
from acceptance.sessions import ME
from acceptance.vocabulary import OUTCOMES, one_of

register_type(AppState=one_of(STATES))


def _set_up(world, person, label):
    exchange = world.act(person, "POST", ENROL, query={"label": label})
    second_factor.set_up(world, person, label, exchange)
    return exchange


def _app(context, label="Phone"):
    return context.world.recall("app", label)


@given('{person:Person} has set up an authenticator app "{label}"')
def have_set_up(context, person, label):
    """An app that is not confirmed yet."""
    succeeded(_set_up(context.world, person, label))


@given('{person:Person} has confirmed an authenticator app "{label}"')
def have_confirmed(context, person, label):
    """An app that is asked for at every sign-in from now on."""
    succeeded(_set_up(context.world, person, label))
    app = _app(context, label)
    context.world.must(person, "POST", VERIFY, json=second_factor.confirmation(app, app.code()))


@given('{person:Person} has removed the app "{label}"')
def have_removed(context, person, label):
    """An app that is asked for no more."""
    context.world.must(person, "DELETE", REMOVE, method_id=_app(context, label).method_id)


@given("{person:Person} has been asked for a code")
def have_been_asked(context, person):
    """The password was right; the question waits for its answer."""
    second_factor.ask(context.world, person)


@given("{count:d} wrong codes have been tried for {person:Person}")
def guess_codes(context, count, person):
    """Somebody answered the question so many times with codes that the app does not show."""
    app = _app(context)
    for _ in range(count):
        exchange = second_factor.answer(context.world, person, app, app.wrong_code())
        check(exchange, exchange.status, 401)


@given('{person:Person} has answered with the code of the app "{label}"')
def have_answered(context, person, label):
    """The code has opened a session."""
    app = _app(context, label)
    succeeded(second_factor.answer(context.world, person, app, app.code()))


@given("{person:Person} has recovery codes")
def have_recovery_codes(context, person):
    """Recovery codes that were handed out before."""
    codes = context.world.must(person, "POST", REGENERATE).body["codes"]
    context.world.remember("recovery codes", person, codes)


@given("{person:Person} has asked for recovery codes again")
def have_asked_again(context, person):
    """Fresh recovery codes were handed out; those of before are what the scenario knows."""
    context.world.must(person, "POST", REGENERATE)


@when('{person:Person} sets up an authenticator app "{label}"')
def set_up(context, person, label):
    """Begin to set up an app."""
    _set_up(context.world, person, label)


@when('{person:Person} confirms the app "{label}" with its code')
@when('{person:Person} tries to confirm the app "{label}" with its code')
def confirm(context, person, label):
    """Confirm an app with the code that it shows."""
    app = _app(context, label)
    context.world.act(person, "POST", VERIFY, json=second_factor.confirmation(app, app.code()))


@when('{person:Person} tries to confirm the app "{label}" with a wrong code')
def confirm_wrongly(context, person, label):
    """Confirm an app with a code that it does not show."""
    app = _app(context, label)
    context.world.act(person, "POST", VERIFY, json=second_factor.confirmation(app, app.wrong_code()))


@when('{person:Person} answers with the code of the app "{label}"')
@when('{person:Person} tries to answer with the code of the app "{label}"')
def answer(context, person, label):
    """Answer the question with the code that the app shows."""
    app = _app(context, label)
    second_factor.answer(context.world, person, app, app.code())


@when("{person:Person} tries to answer with a wrong code")
def answer_wrongly(context, person):
    """Answer the question with a code that the app does not show."""
    app = _app(context)
    second_factor.answer(context.world, person, app, app.wrong_code())


@when('{person:Person} tries to answer a made-up question with the code of the app "{label}"')
def answer_made_up(context, person, label):
    """Answer a question that the service did not ask."""
    context.world.remember("question", person, "made-up-question")
    app = _app(context, label)
    second_factor.answer(context.world, person, app, app.code())


@when("{person:Person} tries to answer with the same code again")
def answer_again(context, person):
    """Answer the same question with the code that opened a session."""
    second_factor.answer(context.world, person, _app(context), context.world.recall("code", person))


@when("{person:Person} answers with a recovery code")
@when("{person:Person} tries to answer with a recovery code of before")
def answer_with_recovery_code(context, person):
    """Answer the question with a code that was handed out for the loss of the app."""
    code = context.world.recall("recovery codes", person)[0]
    second_factor.answer(context.world, person, _app(context), code)


@when("{person:Person} asks for recovery codes")
def ask_for_recovery_codes(context, person):
    """Have fresh recovery codes handed out."""
    context.world.act(person, "POST", REGENERATE)


@when("{person:Person} looks at the authenticator apps")
def look_at_apps(context, person):
    """List one's own apps."""
    context.world.act(person, "GET", METHODS)


@when('{person:Person} removes the app "{label}"')
@when('{person:Person} tries to remove the app "{label}"')
def remove(context, person, label):
    """Have an app asked for no more."""
    context.world.act(person, "DELETE", REMOVE, method_id=_app(context, label).method_id)


@then("the app should be told a secret that codes can be made from")
def tell_secret(context):
    """The secret has the 160 bits that RFC 4226 (section 4) recommends, and stands in the address."""
    answer = context.world.answer
    secret = field(answer, "secret")
    check(answer, secret, has_length(32))
    check(answer, f"secret={secret}" in field(answer, "otpauth_url"), True, "the secret in the address")


@then('{person:Person} should have the {state:AppState} app "{label}"')
def have_app(context, person, state, label):
    """The person's list shows the app in this state."""
    second_factor.check_state(context.world, _app(context, label), label, state)


@then('the app "{label}" should not be among them')
def not_have_app(context, label):
    """The list does not have the app."""
    answer = context.world.answer
    check(answer, answer.body, is_not(has_item(has_entries(id=_app(context, label).method_id))))


@then('{person:Person} should be asked for a code of the app "{label}"')
def be_asked(context, person, label):
    """The password opened nothing yet: the answer asks for a code of this app."""
    answer = context.world.answer
    check(answer, answer.status, second_factor.ASKS_FOR_CODE)
    check(
        answer,
        field(answer, "methods"),
        has_item(has_entries(id=_app(context, label).method_id, label=label)),
    )


@then("the question itself should open nothing")
def open_nothing(context):
    """The token of the question is refused where an access token is wanted."""
    world = context.world
    call = replace(world.call(VISITOR, "GET", ME), token=field(world.answer, "challenge_token"))
    exchange = world.send(call)
    exchange.looked_at = True
    refused(exchange, *OUTCOMES["not signed in"])


@then("{person:Person} should get {count:d} different recovery codes")
def get_codes(context, person, count):
    """So many codes were handed out, each once."""
    check(context.world.answer, set(field(context.world.answer, "codes")), has_length(count))
