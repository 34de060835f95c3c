"""Access tokens that the service must refuse, and a genuine one to compare them with."""

from behave import given, register_type

from api_service.context import Context
from api_service.people.forged_tokens import TOKEN_FLAWS
from api_service.subjects.identity.sign_in import sign_in
from api_service.vocabulary import one_of

register_type(TokenFlaw=one_of(TOKEN_FLAWS))


@given("{person:Person} holds a token that is {flaw:TokenFlaw}")
def hold_flawed_token(context: Context, person, flaw):
    """From now on the person acts with a copy of their access token that has this flaw."""
    context.world.use_token(person, context.world.forge_token(person, TOKEN_FLAWS[flaw]))


@given("{person:Person} holds the token that renews her session")
def hold_refresh_token(context: Context, person):
    """From now on the person acts with the refresh token of a session in place of its access token."""
    world = context.world
    session = sign_in(world, world.person(person), world.must).body
    world.use_token(person, session["refresh_token"])
