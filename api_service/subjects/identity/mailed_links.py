"""The links that a person is mailed: their tokens, taken from test fixtures, and the mails themselves."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from hamcrest import anything, has_item

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check
from acceptance.redaction import learn
from api_service.people.accounts import VISITOR, Person
from api_service.world import World

VERIFICATION = "/api/v1/test-fixtures/email-verification-token"
RESET = "/api/v1/test-fixtures/password-reset-token"
SEND = "/api/v1/auth/email/send"
VERIFY = "/api/v1/auth/email/verify"
CONFIRM = "/api/v1/auth/password/confirm"
FEATURES = "/api/v1/features"
MAIL_SECONDS = 5.0
LINKS = {
    "verify the address": re.compile(r"https?://\S+/verify-email\?\S*token=[\w.-]+"),
    "set a new password": re.compile(r"https?://\S+/reset-password\?\S*token=[\w.-]+"),
}


def token(world: World, person: Person, path: str) -> str:
    """Return the token that the link in a mail to this person carries."""
    mailed = world.must(VISITOR, "POST", path, json={"email": person.email})
    check(mailed, mailed.body["user_id"], person.user_id or anything(), "whose token it is")
    text: str = mailed.body["token"]
    learn(text)
    world.remember(path, person.name, text)
    return text


def same_token(world: World, person: Person, path: str) -> str:
    """Return the token that was mailed to this person before."""
    text: str = world.recall(path, person.name)
    return text


def check_mailed(world: World, person: Person, purpose: str) -> None:
    """Assert that a mail with such a link has reached the person's mailbox."""
    mails: list[dict[str, Any]] = world.suite.doubles.mails(person.email, MAIL_SECONDS)
    bodies = [f"{mail.get('text') or ''} {mail.get('html') or ''}" for mail in mails]
    found = [bool(LINKS[purpose].search(body)) for body in bodies]
    check(world.answer, found, has_item(True), f"a mail with a link to {purpose}")


def _follow(spoil: Callable[[str], str]) -> Callable[[World, str], Exchange]:
    def deed(world: World, name: str) -> Exchange:
        text = spoil(token(world, world.person(name), VERIFICATION))
        return world.act(VISITOR, "POST", VERIFY, json={"token": text})

    return deed


def _follow_again(world: World, name: str) -> Exchange:
    text = same_token(world, world.person(name), VERIFICATION)
    return world.act(VISITOR, "POST", VERIFY, json={"token": text})


def _altered(text: str) -> str:
    identifier, _, secret = text.partition(".")
    return f"{identifier}.{secret[::-1]}"


DEEDS: Mapping[str, Callable[[World, str], Exchange]] = {
    "look around in the tenant": lambda world, name: world.act(name, "GET", FEATURES),
    "ask for a verification mail": lambda world, name: world.act(name, "POST", SEND),
    "follow the verification link": _follow(lambda text: text),
    "follow the same verification link": _follow_again,
    "follow a verification link that is cut off": _follow(lambda text: text.partition(".")[0]),
    "follow a verification link that is made up": _follow(lambda _: "made.up"),
    "follow a verification link that is altered": _follow(_altered),
}
