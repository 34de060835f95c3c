"""Single sign-on: starting it, and being the browser that goes to the provider's double and comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from hamcrest import has_entries, matches_regexp

from acceptance import outside
from acceptance.errors import NotOfferedError
from acceptance.exchange import Exchange
from acceptance.outcomes import check, field
from acceptance.people import VISITOR, Person
from acceptance.redaction import learn
from acceptance.settings import LOOPBACK
from acceptance.world import World

GOOGLE, ANOTHER = "google", "another"
PROVIDERS = "/api/v1/auth/sso/providers"
START = "/api/v1/auth/sso/{provider}/start"
CALLBACK = "/api/v1/auth/sso/{provider}/callback"
VISIT_SECONDS = 5.0
UNIQUE = ("state", "nonce", "code_challenge")


@dataclass(frozen=True)
class Return:
    """What the provider sent a person back with."""

    code: str
    state: str


def start(world: World, person: Person, slug: str) -> Exchange:
    """Start a sign-in with Google to a tenant as the scenario's deed."""
    body = {"tenant_slug": slug, "login_hint": person.email}
    return world.act(VISITOR, "POST", START, provider=GOOGLE, json=body)


def address_query(exchange: Exchange) -> dict[str, str]:
    """Return what the provider is asked, from the address that a start answered with."""
    query = dict(parse_qsl(urlsplit(field(exchange, "authorize_url")).query))
    learn(*(query.get(name) for name in UNIQUE))
    return query


def check_address(exchange: Exchange, person: Person) -> None:
    """Assert that the provider is asked for this person, by code with PKCE (RFC 7636), for this service."""
    opaque = matches_regexp(r"^[\w-]{16,}$")
    expected: dict[str, Any] = {
        "response_type": "code",
        "code_challenge_method": "S256",
        "code_challenge": matches_regexp(r"^[\w-]{43}$"),
        "login_hint": person.email,
        "redirect_uri": matches_regexp(rf"^https?://.+/auth/sso/{GOOGLE}/callback$"),
        "scope": matches_regexp(r"\bopenid\b"),
        "state": opaque,
        "nonce": opaque,
    }
    check(exchange, address_query(exchange), has_entries(expected))


def visit_provider(world: World, person: Person, slug: str, flaw: str = "") -> Return:
    """Start a sign-in, sign in at the provider's double, and return what it sends the person back with.

    A flaw spoils the identity token behind the code. Raises NotOfferedError for a provider that is no double.
    """
    body = {"tenant_slug": slug, "login_hint": person.email}
    address = world.must(VISITOR, "POST", START, provider=GOOGLE, json=body).body["authorize_url"]
    if urlsplit(address).hostname not in LOOPBACK:
        raise NotOfferedError(
            "the tenant's identity provider is no double; nobody can sign in there for a test"
        )
    visited = outside.request(
        "GET",
        address,
        params={**dict(parse_qsl(urlsplit(address).query)), "flaw": flaw},
        timeout=VISIT_SECONDS,
    )
    query: Mapping[str, str] = dict(parse_qsl(urlsplit(visited.headers["location"]).query))
    learn(query["code"], query["state"])
    return Return(query["code"], query["state"])


def come_back(world: World, person: Person, sent: Return, provider: str = GOOGLE) -> Exchange:
    """Finish a sign-in as the scenario's deed."""
    body = {"code": sent.code, "state": sent.state}
    return world.act(VISITOR, "POST", CALLBACK, provider=provider, json=body)
