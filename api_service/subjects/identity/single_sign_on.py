"""Single sign-on: starting it, and being the browser that goes to the provider's double and comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from hamcrest import has_entries, matches_regexp

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field, refused
from acceptance.errors import NotOfferedError
from acceptance.redaction import learn
from acceptance.run.settings import LOOPBACK
from api_service.people.accounts import VISITOR, Person
from api_service.subjects.identity.sign_in import end_afterwards
from api_service.world import World

GOOGLE, ANOTHER = "google", "another"
HOME = "Alice"
PROVIDERS = "/api/v1/auth/sso/providers"
START = "/api/v1/auth/sso/{provider}/start"
CALLBACK = "/api/v1/auth/sso/{provider}/callback"
VISIT_SECONDS = 5.0
UNIQUE = ("state", "nonce", "code_challenge")
FLAWS = ("expired", "forged", "for another service", "of another provider", "of another sign-in")
DOMAINS = {"the tenant's own domain": "{slug}.example.com", "another domain": "elsewhere.example.com"}
TENANTS: Mapping[str, Callable[[World], dict[str, str]]] = {
    "Alice's tenant": lambda world: {"tenant_slug": world.person("Alice").tenant_slug},
    "Alice's tenant by its id": lambda world: {"tenant_id": world.person("Alice").tenant_id},
    "Brian's tenant": lambda world: {"tenant_id": world.person("Brian").tenant_id},
    "no tenant": lambda _: {},
    "two tenants at once": lambda world: {
        "tenant_slug": world.person("Alice").tenant_slug,
        "tenant_id": world.person("Brian").tenant_id,
    },
    "a tenant that does not exist": lambda world: {"tenant_slug": world.unique("nowhere")},
}


@dataclass(frozen=True)
class Return:
    """What the provider sent a person back with."""

    code: str
    state: str


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


def introduce_stranger(world: World, name: str, domain: str) -> None:
    """Make somebody known whom the tenant does not know, with an address of that domain."""
    home = world.person(HOME)
    email = f"{world.unique(name.lower())}@{DOMAINS[domain].format(slug=home.tenant_slug)}"
    world.introduce(replace(home, name=name, email=email, user_id="", role="member", is_newcomer=True))


def visit_provider(world: World, name: str, flaw: str = "") -> Exchange:
    """Start a sign-in, sign in at the provider's double, and remember what it sends the person back with.

    A flaw spoils the identity token behind the code. Raises NotOfferedError for a provider that is no double.
    """
    tenant = "Alice's tenant by its id" if flaw else "Alice's tenant"
    started = world.must(VISITOR, "POST", START, provider=GOOGLE, json=_beginning(world, name, tenant))
    address, query = started.body["authorize_url"], address_query(started)
    if urlsplit(address).hostname not in LOOPBACK:
        raise NotOfferedError(
            "the tenant's identity provider is no double; nobody can sign in there for a test"
        )
    visited = httpx.get(address, params={**query, "flaw": flaw}, timeout=VISIT_SECONDS, trust_env=False)
    sent = dict(parse_qsl(urlsplit(visited.headers["location"]).query))
    learn(sent["code"], sent["state"])
    world.remember("return", name, Return(sent["code"], sent["state"]))
    return started


def _beginning(world: World, name: str, tenant: str = "Alice's tenant") -> dict[str, str]:
    return {**TENANTS[tenant](world), "login_hint": world.person(name).email}


def _start(world: World, name: str, tenant: str = "Alice's tenant") -> Exchange:
    exchange = world.act(VISITOR, "POST", START, provider=GOOGLE, json=_beginning(world, name, tenant))
    if exchange.succeeded:
        world.remember("asked", name, address_query(exchange))
    return exchange


def _come_back(world: World, name: str, provider: str = GOOGLE, **changes: str) -> Exchange:
    sent = replace(world.recall("return", name), **changes)
    body = {"code": sent.code, "state": sent.state}
    exchange = world.act(VISITOR, "POST", CALLBACK, provider=provider, json=body)
    end_afterwards(world, world.person(name), exchange)
    return exchange


def check_used_up(world: World, name: str) -> None:
    """Assert that somebody who came back does not get in that way again."""
    sent = world.recall("return", name)
    body = {"code": sent.code, "state": sent.state}
    refused(world.look(VISITOR, "POST", CALLBACK, provider=GOOGLE, json=body), 400, "BadRequest")


def _come_out_of_nowhere(world: World, name: str) -> Exchange:
    world.remember("return", name, Return("made-up-code", "made-up-state"))
    return _come_back(world, name)


Deed = Callable[[World, str], Exchange]
DEEDS: Mapping[str, Deed] = {
    "set out for Google to sign in": _start,
    "set out for Google to get into Brian's tenant": lambda world, name: _start(
        world, name, "Brian's tenant"
    ),
    "come back from Google": _come_back,
    "come back from another provider": lambda world, name: _come_back(world, name, ANOTHER),
    "come back from Google with a made-up state": _come_out_of_nowhere,
    "come back from Google with a made-up code": lambda world, name: _come_back(
        world, name, code="made-up-code"
    ),
}
DONE: Mapping[str, Deed] = {
    "set out for Google to sign in": lambda world, name: _start(world, name, "Alice's tenant by its id"),
    "signed in at Google": visit_provider,
}
