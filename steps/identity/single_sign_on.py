"""Single sign-on: to the provider of the tenant and back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from behave import given, register_type, then, when
from hamcrest import empty, has_entries, has_item, is_not, matches_regexp

from acceptance.checks.assertions import check, field, refused
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.identity import single_sign_on as sso
from api_service.subjects.identity.single_sign_on import DOMAINS, GOOGLE, MEMBERS, SSO, TENANTS, UNIQUE
from api_service.vocabulary import OUTCOMES, one_of, verbs

IDENTITY_FLAWS = ("expired", "forged", "for another service", "of another provider", "of another sign-in")
SSO_ACTIONS: dict[str, Callable[..., Any]] = {
    "set out for Google to sign in": lambda world, name: sso.start(world, name, world.act),
    "set out for Google to get into Brian's tenant": lambda world, name: sso.start(
        world, name, world.act, "Brian's tenant"
    ),
    "set out for Google to get into two tenants at once": lambda world, name: sso.start(
        world, name, world.act, "two tenants at once"
    ),
    "come back from Google": sso.come_back,
    "come back from another provider": partial(sso.come_back, provider="another"),
    "come back from Google with a made-up state": partial(sso.come_back, state="made-up-state"),
    "come back from Google with a made-up code": partial(sso.come_back, code="made-up-code"),
}
OFFERS = {"Google alone": [(GOOGLE, "Google")], "no provider": []}
register_type(
    SsoAction=verbs(SSO_ACTIONS),
    IdentityFlaw=one_of(IDENTITY_FLAWS),
    SsoTenant=one_of(TENANTS),
    LooksAtProviders=verbs(["look at the providers of"]),
    Domain=one_of(DOMAINS),
    Offer=one_of(OFFERS),
)


@given("{person:Person} has set out for Google to sign in")
def have_set_out(context: Context, person):
    """The service has sent the person to the provider, for Alice's tenant by its id."""
    sso.start(context.world, person, context.world.must, "Alice's tenant by its id")


@given("{person:Person} of {domain:Domain} has signed in at Google")
def have_signed_in_as_stranger(context: Context, person, domain):
    """The provider has sent a person back whom the tenant does not know, with an address of that domain."""
    sso.introduce_stranger(context.world, person, domain)
    sso.visit_provider(context.world, person)


@given("{person:Person} has signed in at Google")
@given("{person:Person} has signed in at Google, which says something that is {flaw:IdentityFlaw}")
def have_signed_in(context: Context, person, flaw=""):
    """The provider has sent the person back with a code, for an identity token with this flaw or without."""
    sso.visit_provider(context.world, person, flaw)


@when("{person:Person} {verb:LooksAtProviders} {tenant:SsoTenant}")
def look_at_providers(context: Context, person, verb, tenant):
    """List the providers that a tenant trusts, named by `tenant_slug` or `tenant_id`."""
    context.world.act(VISITOR, "GET", f"{SSO}/providers", query=TENANTS[tenant](context.world))


@when("{person:Person} {action:SsoAction}")
def act(context: Context, person, action):
    """Start a sign-in at the provider, or come back from there with a code and a state."""
    SSO_ACTIONS[action](context.world, person)


@then("the tenant should offer {offer:Offer}")
def offer_providers(context: Context, offer):
    """`providers` has exactly these, each with its `provider_key` and `display_name`."""
    offered = [(one["provider_key"], one["display_name"]) for one in field(context.world.answer, "providers")]
    check(context.world.answer, offered, OFFERS[offer])


@then("the provider should be asked for {person:Person}, with a state, a nonce and a challenge")
def ask_provider(context: Context, person):
    """`authorize_url` asks for a code with PKCE (RFC 7636), for this person, and has a way back here."""
    opaque = matches_regexp(r"^[\w-]{16,}$")
    expected = {"response_type": "code", "code_challenge_method": "S256", "state": opaque, "nonce": opaque}
    matching = {
        "code_challenge": matches_regexp(r"^[\w-]{43}$"),
        "login_hint": context.world.person(person).email,
        "redirect_uri": matches_regexp(rf"^https?://.+/auth/sso/{GOOGLE}/callback$"),
        "scope": matches_regexp(r"\bopenid\b"),
    }
    asked = sso.asked_of_provider(context.world.answer)
    check(context.world.answer, asked, has_entries(expected | matching))


@then("the state, the nonce and the challenge should be others than those of {person:Person} before")
def be_others(context: Context, person):
    """`authorize_url` has none of the three values that the other person was given."""
    before = context.world.state.find(sso.ProviderVisit, person).asked
    now = sso.asked_of_provider(context.world.answer)
    used = {before[name] for name in UNIQUE}
    check(context.world.answer, [name for name in UNIQUE if now[name] in used], empty())


@then("{person:Person}'s sign-in at Google should be good for nothing more")
def be_used_up(context: Context, person):
    """The provider's code and state, sent once more, are refused with 400."""
    sent = context.world.state.find(sso.ProviderVisit, person)
    body = {"code": sent.code, "state": sent.state}
    exchange = context.world.look(VISITOR, "POST", sso.CALLBACK, provider=GOOGLE, json=body)
    refused(exchange, *OUTCOMES["malformed"])


@then("Alice should find the member {name:Person}")
def find_member(context: Context, name):
    """The tenant's members include the answer's user, with the person's address and the role of a member."""
    user_id = field(context.world.answer, "user_id")
    members = context.world.must("Alice", "GET", MEMBERS, query={"limit": 200})
    expected = has_entries(user_id=user_id, email=context.world.person(name).email, role="member")
    check(members, field(members, "members"), has_item(expected))


@then("Alice should find no member {name:Person}")
def find_no_member(context: Context, name):
    """No member of the tenant has the person's address."""
    members = context.world.must("Alice", "GET", MEMBERS, query={"limit": 200})
    addresses = [one["email"] for one in field(members, "members")]
    check(members, addresses, is_not(has_item(context.world.person(name).email)))
