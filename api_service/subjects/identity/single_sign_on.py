"""Single sign-on: starting it, and being the browser that goes to the provider's double and comes back."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

import httpx

from acceptance.calls import other_hosts
from acceptance.calls.exchange import Exchange
from acceptance.errors import NotOfferedError, TargetError
from acceptance.redaction import learn_from
from acceptance.scenarios.undo import Search
from acceptance.scenarios.undo_ledger import Intent
from acceptance.settings.settings import LOOPBACK
from api_service.people.accounts import VISITOR, Person
from api_service.subjects.identity.sign_in import opening_session
from api_service.world import Ask, World

GOOGLE = "google"
SSO = "/api/v1/auth/sso"
CALLBACK = f"{SSO}/{{provider}}/callback"
MEMBERS = "/api/v1/tenants/members"
VISIT_SECONDS = 5.0
# The parameters of a start that no two sign-ins share.
UNIQUE = ("state", "nonce", "code_challenge")
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
    "a tenant by no id at all": lambda _: {"tenant_id": "not-an-id"},
    "a tenant that does not exist": lambda world: {"tenant_slug": world.unique("nowhere")},
}


@dataclass(frozen=True)
class ProviderVisit:
    """What the provider was asked for a person, and the code and state that it sent the person back with."""

    asked: Mapping[str, str]
    code: str = "made-up"
    state: str = "made-up"


def asked_of_provider(exchange: Exchange) -> dict[str, str]:
    """Return the parameters of the `authorize_url` of a start."""
    return dict(parse_qsl(urlsplit(exchange.body["authorize_url"]).query))


def introduce_stranger(world: World, name: str, domain: str) -> None:
    """Introduce a person whom Alice's tenant does not know, with an address of that domain."""
    alice = world.person("Alice")
    email = f"{world.unique(name.lower())}@{DOMAINS[domain].format(slug=alice.tenant_slug)}"
    world.introduce(replace(alice, name=name, email=email, user_id="", role="member", is_newcomer=True))


def start(world: World, name: str, ask: Ask, tenant: str = "Alice's tenant") -> Exchange:
    """Start a sign-in at Google to a tenant; `ask` is the world's act or must."""
    body = {**TENANTS[tenant](world), "login_hint": world.person(name).email}
    exchange = ask(VISITOR, "POST", f"{SSO}/{{provider}}/start", provider=GOOGLE, json=body)
    if exchange.succeeded:
        world.state.keep(name, ProviderVisit(asked_of_provider(exchange)))
    return exchange


def visit_provider(world: World, name: str, flaw: str = "") -> None:
    """Start a sign-in, sign in at the provider's double, and keep what it sends the person back with.

    A flaw spoils the identity token behind the code. Raises NotOfferedError for a provider that is no double.
    """
    started = start(world, name, world.must, "Alice's tenant by its id" if flaw else "Alice's tenant")
    address = started.body["authorize_url"]
    if urlsplit(address).hostname not in LOOPBACK:
        raise NotOfferedError("the tenant's identity provider is no double; no test can sign in there")
    asked = asked_of_provider(started)
    sent = sent_back_with(address, {**asked, "flaw": flaw})
    learn_from(sent)
    world.state.keep(name, ProviderVisit(asked, sent["code"], sent["state"]))


def sent_back_with(address: str, asked: Mapping[str, str]) -> dict[str, str]:
    """Return the query with which the provider's double redirects; raises TargetError without a code."""
    try:
        visited = other_hosts.request("GET", address, params=asked, timeout=VISIT_SECONDS)
        sent = dict(parse_qsl(urlsplit(visited.headers.get("location", "")).query))
    except (httpx.HTTPError, ValueError) as error:
        raise TargetError(f"the double of the identity provider did not answer: {error}") from None
    if not {"code", "state"} <= sent.keys():
        raise TargetError(
            f"the double of the identity provider answered {visited.status_code} without a code"
        )
    return sent


def come_back(world: World, name: str, provider: str = GOOGLE, **made_up: str) -> Exchange:
    """Hand the service what the provider sent the person back with, or a made-up code or state.

    A session and a membership that come of it end with the scenario.
    """
    sent = world.state.all_of(ProviderVisit).get(name, ProviderVisit({}))
    body = {"code": sent.code, "state": sent.state, **made_up}
    person = world.person(name)
    with opening_session(world, person) as headers, _joining(world, person):
        return world.act(VISITOR, "POST", CALLBACK, provider=provider, json=body, headers=headers)


def _joining(world: World, person: Person) -> AbstractContextManager[Intent | None]:
    """Let Alice remove the member whom the last call of the block makes, unless they are one already."""
    if person.user_id:
        return nullcontext()
    answered, what = {"user_id": "user_id"}, f"the member {person.name}"
    search = Search(MEMBERS, person.email, answered, {"limit": 200})
    return world.making("Alice", "DELETE", f"{MEMBERS}/{{user_id}}", answered, what=what, search=search)
