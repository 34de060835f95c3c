"""Single sign-on: to the provider of the tenant and back."""

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, has_entries, has_item, is_not

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.identity import single_sign_on as sso
from api_service.subjects.identity.single_sign_on import (
    DEEDS,
    DOMAINS,
    DONE,
    FLAWS,
    GOOGLE,
    PROVIDERS,
    TENANTS,
    UNIQUE,
)
from api_service.vocabulary import one_of, verbs

MEMBERS = "/api/v1/tenants/members"
OFFERS = {
    "Google alone": contains_exactly(has_entries(provider_key=GOOGLE, display_name="Google")),
    "no provider": empty(),
}
register_type(
    SsoDeed=verbs(DEEDS),
    SsoDone=one_of(DONE),
    IdentityFlaw=one_of(FLAWS),
    SsoTenant=one_of(TENANTS),
    LooksAtProviders=verbs(["look at the providers of"]),
    Domain=one_of(DOMAINS),
    Offer=one_of(OFFERS),
)


@given("{person:Person} has {done:SsoDone}")
def have_done(context: Context, person, done):
    """The sign-in is as far as that."""
    exchange = DONE[done](context.world, person)
    succeeded(exchange)


@given("{person:Person} of {domain:Domain} has signed in at Google")
def have_signed_in_as_stranger(context: Context, person, domain):
    """Somebody whom the tenant does not know, with an address of that domain."""
    sso.introduce_stranger(context.world, person, domain)
    sso.visit_provider(context.world, person)


@given("{person:Person} has signed in at Google, which says something that is {flaw:IdentityFlaw}")
def have_signed_in_badly(context: Context, person, flaw):
    """The provider has sent the person back with a code for a spoilt identity."""
    sso.visit_provider(context.world, person, flaw)


@when("{person:Person} {verb:LooksAtProviders} {tenant:SsoTenant}")
def look_at_providers(context: Context, person, verb, tenant):
    """List the providers that a tenant trusts."""
    query = TENANTS[tenant](context.world)
    context.world.act(VISITOR, "GET", PROVIDERS, query=query)


@when("{person:Person} {deed:SsoDeed}")
def act(context: Context, person, deed):
    """Start a sign-in at the provider, or come back from there."""
    DEEDS[deed](context.world, person)


@then("the tenant should offer {offer:Offer}")
def offer_providers(context: Context, offer):
    """The list has exactly these providers, each with its key and a name to show."""
    check(context.world.answer, field(context.world.answer, "providers"), OFFERS[offer])


@then("the provider should be asked for {person:Person}, with a state, a nonce and a challenge")
def ask_provider(context: Context, person):
    """The address has all that the provider and the way back need."""
    sso.check_address(context.world.answer, context.world.person(person))


@then("the state, the nonce and the challenge should be others than those of {person:Person} before")
def be_others(context: Context, person):
    """Nothing that makes a sign-in unique is used twice."""
    answer, before = context.world.answer, context.world.recall("asked", person)
    now = sso.address_query(answer)
    used = {before[name] for name in UNIQUE}
    check(answer, [name for name in UNIQUE if now[name] in used], empty())


@then("{person:Person}'s sign-in at Google should be good for nothing more")
def be_used_up(context: Context, person):
    """What the provider sent the person back with is refused the second time."""
    sso.check_used_up(context.world, person)


@then("Alice should find the member {name:Person}")
def find_member(context: Context, name):
    """The tenant's members include the newcomer, as a plain member; they are removed afterwards."""
    world = context.world
    user_id = field(world.answer, "user_id")
    world.undo("Alice", "DELETE", f"{MEMBERS}/{{user_id}}", what=f"the member {name}", user_id=user_id)
    members = world.must("Alice", "GET", MEMBERS, query={"limit": 200})
    expected = has_entries(user_id=user_id, email=world.person(name).email, role="member")
    check(members, field(members, "members"), has_item(expected))


@then("Alice should find no member {name:Person}")
def find_no_member(context: Context, name):
    """The tenant's members do not include the person."""
    members = context.world.must("Alice", "GET", MEMBERS, query={"limit": 200})
    unwanted = has_entries(email=context.world.person(name).email)
    check(members, field(members, "members"), is_not(has_item(unwanted)))
