"""Single sign-on: to the provider of the tenant and back."""

from dataclasses import replace

from behave import given, register_type, then, when
from hamcrest import empty, has_entries, has_item, has_items, is_not

from acceptance import single_sign_on
from acceptance.outcomes import check, field, succeeded
from acceptance.people import VISITOR
from acceptance.sessions import end_afterwards
from acceptance.single_sign_on import ANOTHER, GOOGLE, PROVIDERS, UNIQUE, Return
from acceptance.vocabulary import one_of

FLAWS = ("expired", "forged", "for another service", "of another provider", "of another sign-in")
MEMBERS = "/api/v1/tenants/members"
WRONG_TENANTS = {
    "no tenant": lambda _: {},
    "two tenants at once": lambda home: {"tenant_slug": home.tenant_slug, "tenant_id": home.tenant_id},
    "a tenant that does not exist": lambda home: {"tenant_slug": f"{home.tenant_slug}-nowhere"},
}
DOMAINS = {"the tenant's own domain": "{slug}.example.com", "another domain": "elsewhere.example.com"}
register_type(IdentityFlaw=one_of(FLAWS), WrongTenant=one_of(WRONG_TENANTS), Domain=one_of(DOMAINS))


def _home(context):
    return context.world.person("Alice")


def _visit(context, person, flaw=""):
    sent = single_sign_on.visit_provider(
        context.world, context.world.person(person), _home(context).tenant_slug, flaw
    )
    context.world.remember("return", person, sent)


def _come_back(context, person, sent, provider=GOOGLE):
    somebody = context.world.person(person)
    exchange = single_sign_on.come_back(context.world, somebody, sent, provider)
    end_afterwards(context.world, somebody, exchange)
    return exchange


@given("{person:Person} has started to sign in with Google")
def have_started(context, person):
    """A sign-in that is under way; what the provider is asked is known."""
    exchange = single_sign_on.start(context.world, context.world.person(person), _home(context).tenant_slug)
    context.world.remember("asked", person, single_sign_on.address_query(exchange))


@given("{person:Person} has signed in at Google")
def have_signed_in(context, person):
    """The provider has sent the person back; they have not arrived yet."""
    _visit(context, person)


@given("{person:Person} of {domain:Domain} has signed in at Google")
def have_signed_in_as_stranger(context, person, domain):
    """Somebody whom the tenant does not know, with an address of that domain."""
    host = DOMAINS[domain].format(slug=_home(context).tenant_slug)
    email = f"{context.world.unique(person.lower())}@{host}"
    stranger = replace(_home(context), name=person, email=email, user_id="", role="member", is_newcomer=True)
    context.world.introduce(stranger)
    _visit(context, person)


@given("{person:Person} has signed in at Google, which says something that is {flaw:IdentityFlaw}")
def have_signed_in_badly(context, person, flaw):
    """The provider has sent the person back with a code for a spoilt identity."""
    _visit(context, person, flaw)


@given("{person:Person} has come back from Google")
def have_come_back(context, person):
    """The person is signed in; what they came back with is used up."""
    succeeded(_come_back(context, person, context.world.recall("return", person)))


@when("a visitor looks at the providers of {person:Person}'s tenant")
def look_at_providers(context, person):
    """List the providers that a tenant trusts."""
    query = {"tenant_slug": context.world.person(person).tenant_slug}
    context.world.act(VISITOR, "GET", PROVIDERS, query=query)


@when("a visitor tries to look at the providers of {wrong:WrongTenant}")
def look_at_wrong_providers(context, wrong):
    """List the providers of what is not one tenant."""
    context.world.act(VISITOR, "GET", PROVIDERS, query=WRONG_TENANTS[wrong](_home(context)))


@when("{person:Person} starts to sign in with Google")
def start(context, person):
    """Ask where to go to sign in."""
    single_sign_on.start(context.world, context.world.person(person), _home(context).tenant_slug)


@when("{person:Person} tries to sign in with Google to {other:Person}'s tenant")
def start_elsewhere(context, person, other):
    """Ask where to go to sign in to another tenant."""
    slug = context.world.person(other).tenant_slug
    single_sign_on.start(context.world, context.world.person(person), slug)


@when("{person:Person} comes back from Google")
@when("{person:Person} tries to come back from Google")
def come_back(context, person):
    """Finish the sign-in with what the provider sent."""
    _come_back(context, person, context.world.recall("return", person))


@when("{person:Person} tries to come back from another provider")
def come_back_from_another(context, person):
    """Finish the sign-in as if another provider had sent the person back."""
    _come_back(context, person, context.world.recall("return", person), ANOTHER)


@when("{person:Person} tries to come back from Google with a made-up state")
def come_back_without_start(context, person):
    """Finish a sign-in that was never started."""
    _come_back(context, person, Return("made-up-code", "made-up-state"))


@when("{person:Person} tries to come back from Google with a made-up code")
def come_back_with_wrong_code(context, person):
    """Finish the sign-in with a code that the provider did not give."""
    sent = context.world.recall("return", person)
    _come_back(context, person, replace(sent, code="made-up-code"))


@then("Google should be among the providers")
def offer_google(context):
    """The list has the provider with its key and a name to show."""
    answer = context.world.answer
    expected = has_entries(provider_key=GOOGLE, display_name="Google")
    check(answer, field(answer, "providers"), has_item(expected))


@then("there should be no providers")
def offer_none(context):
    """The list is empty."""
    check(context.world.answer, field(context.world.answer, "providers"), empty())


@then("the provider should be asked for {person:Person}, with a state, a nonce and a challenge")
def ask_provider(context, person):
    """The address has all that the provider and the way back need."""
    single_sign_on.check_address(context.world.answer, context.world.person(person))


@then("the state, the nonce and the challenge should be others than before")
def be_others(context):
    """Nothing that makes a sign-in unique is used twice."""
    answer, before = context.world.answer, context.world.recall("asked", "Dave")
    now = single_sign_on.address_query(answer)
    check(answer, [now[name] for name in UNIQUE], is_not(has_items(*(before[name] for name in UNIQUE))))


@then("Alice should find the member {name:Person}")
def find_member(context, name):
    """The tenant's members include the newcomer, as a plain member; they are removed afterwards."""
    world = context.world
    user_id = field(world.answer, "user_id")
    world.undo("Alice", "DELETE", f"{MEMBERS}/{{user_id}}", what=f"the member {name}", user_id=user_id)
    members = world.must("Alice", "GET", MEMBERS, query={"limit": 200})
    expected = has_entries(user_id=user_id, email=world.person(name).email, role="member")
    check(members, field(members, "members"), has_item(expected))


@then("Alice should find no member {name:Person}")
def find_no_member(context, name):
    """The tenant's members do not include the person."""
    members = context.world.must("Alice", "GET", MEMBERS, query={"limit": 200})
    unwanted = has_entries(email=context.world.person(name).email)
    check(members, field(members, "members"), is_not(has_item(unwanted)))
