"""The links that a person is mailed: their tokens, taken from test fixtures, and the mails themselves."""

import re
from typing import Any

from hamcrest import has_item

from acceptance.exchange import Exchange
from acceptance.outcomes import check
from acceptance.people import VISITOR, Person
from acceptance.redaction import learn
from acceptance.world import World

VERIFICATION = "/api/v1/test-fixtures/email-verification-token"
RESET = "/api/v1/test-fixtures/password-reset-token"
VERIFY = "/api/v1/auth/email/verify"
CONFIRM = "/api/v1/auth/password/confirm"
MAIL_SECONDS = 5.0
LINKS = {
    "verify the address": re.compile(r"https?://\S+/verify-email\?\S*token=[\w.-]+"),
    "set a new password": re.compile(r"https?://\S+/reset-password\?\S*token=[\w.-]+"),
}


def token(world: World, person: Person, path: str) -> str:
    """Return the token that the link in a mail to this person carries; the latest one of the scenario."""
    body = world.must(VISITOR, "POST", path, json={"email": person.email}).body
    text: str = body["token"]
    learn(text)
    world.remember(path, person.name, text)
    return text


def flawed(good: str, flaw: str) -> str:
    """Return a token like the good one that was never mailed."""
    identifier, _, secret = good.partition(".")
    flaws = {
        "cut off": identifier,
        "made up": "made.up",
        "altered": f"{identifier}.{secret[::-1]}",
    }
    return flaws[flaw]


def follow_verification(world: World, text: str) -> Exchange:
    """Verify an address with a token, as the scenario's deed."""
    return world.act(VISITOR, "POST", VERIFY, json={"token": text})


def check_mailed(world: World, person: Person, purpose: str, exchange: Exchange) -> None:
    """Assert that a mail with such a link has reached the person's mailbox."""
    mails: list[dict[str, Any]] = world.suite.doubles.mails(person.email, MAIL_SECONDS)
    bodies = [f"{mail.get('text') or ''} {mail.get('html') or ''}" for mail in mails]
    found = [bool(LINKS[purpose].search(body)) for body in bodies]
    check(exchange, found, has_item(True), f"a mail with a link to {purpose}")
