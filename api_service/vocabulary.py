"""The typed words that step texts may contain: people, quoted titles, outcomes, actions."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from parse import with_pattern

from api_service.subjects.assistants.catalogs import CATALOGS
from api_service.subjects.content.contents import KINDS
from api_service.subjects.platform.status_subscriptions import SEVERITIES

OUTCOMES: Mapping[str, tuple[int, str]] = {
    "malformed": (400, "BadRequest"),
    "not signed in": (401, "Unauthorized"),
    "not allowed": (403, "Forbidden"),
    "not found": (404, "NotFound"),
    "conflicting": (409, "Conflict"),
    "expired": (410, "Gone"),
    "too large": (413, "PayloadTooLarge"),
    "invalid": (422, "ValidationError"),
    "locked": (423, "Locked"),
    "lacking a version": (428, "HTTPException"),
    "too many": (429, "TooManyRequests"),
    "failing at the provider": (502, "BadGateway"),
    "unavailable": (503, "ServiceUnavailable"),
    "unsigned": (400, "MissingStripeSignature"),
    "forged": (400, "InvalidStripeSignature"),
    "unreadable": (400, "InvalidStripePayload"),
    "not processed": (500, "StripeWebhookProcessingFailed"),
}


@with_pattern(r"a visitor|[A-Z][a-z]+")
def person(text: str) -> str:
    """Somebody's first name, or a visitor, who is signed out."""
    return text


@with_pattern(r'"[^"]*"')
def quoted(text: str) -> str:
    """A title or text between double quotes; the quotes are left out."""
    return text[1:-1]


@with_pattern(r'nothing|"[^"]*"(?:(?:, | and )"[^"]*")*')
def quotes(text: str) -> list[str]:
    """Several titles or texts, each between double quotes; `nothing` is none."""
    return re.findall('"([^"]*)"', text)


@with_pattern("|".join(OUTCOMES))
def outcome(text: str) -> tuple[int, str]:
    """A refusal in plain words; the status (RFC 9110, RFC 6585) and the contract's error name."""
    return OUTCOMES[text]


@with_pattern("an? (?:owner|admin|member|viewer|king)")
def role(text: str) -> str:
    """A tenant role with its article, converted to the role alone; there is no role "king"."""
    return text.split()[1]


@with_pattern("should not|should")
def expectation(text: str) -> bool:
    """Whether something should be so: "should" or "should not"."""
    return text == "should"


def matching(pattern: str) -> Callable[[str], str]:
    """Return a typed word for the texts that match a regular expression."""

    def text_itself(text: str) -> str:
        return text

    converter: Callable[[str], str] = with_pattern(pattern)(text_itself)
    return converter


def one_of(phrases: Iterable[str]) -> Callable[[str], str]:
    """Return a typed word for one of these phrases."""
    return matching("|".join(map(re.escape, sorted(phrases, key=len, reverse=True))))


def verbs(phrases: Iterable[str]) -> Callable[[str], str]:
    """Return a typed word for verb phrases such as "list the events of"; it converts to the phrase itself.

    It matches them said of somebody ("lists the events of") and tried ("tries to list the events of").
    """
    said = {_third_person(phrase): phrase for phrase in phrases}
    tried = {f"tries to {phrase}": phrase for phrase in said.values()}
    forms = said | tried
    alternatives = sorted(forms, key=len, reverse=True)

    def verb(text: str) -> str:
        return forms[text]

    converter: Callable[[str], str] = with_pattern("|".join(map(re.escape, alternatives)))(verb)
    return converter


def _third_person(phrase: str) -> str:
    verb, blank, rest = phrase.partition(" ")
    ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    stem, ending = (verb[:-1], "ies") if re.search("[^aeiou]y$", verb) else (verb, ending)
    return f"{stem}{ending}{blank}{rest}"


# What the step texts of several files contain; a word of one file is registered there.
TYPES: Mapping[str, Callable[[str], Any]] = {
    "Person": person,
    "Quoted": quoted,
    "Quotes": quotes,
    "Outcome": outcome,
    "ARole": role,
    "Should": expectation,
    "Catalog": one_of(CATALOGS),
    "Content": one_of(KINDS),
    "Severity": one_of(SEVERITIES),
}
