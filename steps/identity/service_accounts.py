"""Service accounts: tokens for machines, issued by a pipeline or an admin, and taken back."""

from dataclasses import replace

from behave import given, register_type, then, when
from hamcrest import empty, equal_to, has_entries, has_item, is_not

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.identity import service_accounts as accounts
from api_service.subjects.identity.service_accounts import CREDENTIALS, DEEDS, NOT_GRANTED, RIGHTS
from api_service.vocabulary import one_of, verbs

AGAIN = {"the same as before": equal_to, "another one than before": lambda text: is_not(equal_to(text))}
STATUSES = ("active", "revoked")
register_type(
    NotGranted=one_of(NOT_GRANTED),
    WrongCredential=one_of(CREDENTIALS),
    TokenDeed=verbs(DEEDS),
    TokenStatus=one_of(STATUSES),
    Again=one_of(AGAIN),
    Right=one_of(f'"{right}"' for right in RIGHTS),
)


def _scope(right):
    return RIGHTS[right.strip('"')]


@given("the pipeline has a token of {account:Quoted} that may {right:Right}")
def have_token(context: Context, account, right):
    """A token of the account, for the scenario's tenant if it acts for tenants."""
    world = context.world
    exchange = accounts.issue(world, accounts.wanted(world, account, _scope(right)))
    succeeded(exchange)
    world.remember("service token", "latest", accounts.issued(exchange))


@when("the pipeline asks for a token of {account:Quoted} that may {right:Right}")
def ask(context: Context, account, right):
    """Ask for a token, for the scenario's tenant if the account acts for tenants."""
    accounts.issue(context.world, accounts.wanted(context.world, account, _scope(right)))


@when("the pipeline insists on another token of {account:Quoted} that may {right:Right}")
def insist(context: Context, account, right):
    """Ask for a token that replaces the one in force."""
    body = accounts.wanted(context.world, account, _scope(right), force=True)
    accounts.issue(context.world, body)


@when("the pipeline tries to ask for {refused:NotGranted}")
def ask_in_vain(context: Context, refused):
    """Ask for what the catalog does not grant."""
    account, changes = NOT_GRANTED[refused]
    body = accounts.wanted(context.world, account, "conversations:read") | changes(context.world)
    accounts.issue(context.world, body)


@when("somebody tries to ask for a token with {wrong:WrongCredential}")
def ask_without_right(context: Context, wrong):
    """Ask without the credential of a pipeline."""
    body = accounts.wanted(context.world, "billing-worker", "billing:read")
    accounts.issue(context.world, body, CREDENTIALS[wrong])


@when("the machine tries to open the profile with it")
def open_profile(context: Context):
    """Use the machine's token where a person's access token is wanted."""
    call = context.world.call(VISITOR, "GET", "/api/v1/users/me")
    token = context.world.recall("service token", "latest").text
    context.world.response = context.world.send(replace(call, token=token))


@when("{person:Person} {deed:TokenDeed}")
def act_on_tokens(context: Context, person, deed):
    """Issue a token for a tenant, look through those of a tenant, or take one back."""
    DEEDS[deed](context.world, person)


@then("the token should be of {account:Quoted} and may {right:Right}")
def be_of_account(context: Context, account, right):
    """The answer and the signed token name account, tenant and rights."""
    accounts.check_issued(context.world, account, _scope(right))


@then("the token should be {again:Again}")
def be_again(context: Context, again):
    """The token in force was handed out again, or a new one was made."""
    latest = context.world.recall("service token", "latest")
    answer = context.world.answer
    check(answer, field(answer, "refresh_token"), AGAIN[again](latest.text))


@then("{person:Person} should find the {status:TokenStatus} token of {account:Quoted}")
def find_token(context: Context, person, status, account):
    """The person's list has one token of the account under this status, none under the other."""
    accounts.check_found(context.world, person, status, {"account": account})


@then("{person:Person} should find the token of before revoked, because it was {reason:Quoted}")
def find_revoked(context: Context, person, reason):
    """The scenario's latest token is listed as revoked for this reason, and not as active."""
    latest = context.world.recall("service token", "latest")
    expected = {"jti": latest.jti, "revoked_reason": reason}
    accounts.check_found(context.world, person, "revoked", expected)


@then("{person:Person} should find no token of a machine")
def find_none(context: Context, person):
    """The person's list has no token of a service account."""
    exchange = accounts.listed(context.world, person)
    check(exchange, accounts.of_machines(exchange), empty())


@then("no token of a person should be listed")
def list_no_person(context: Context):
    """The list has tokens of machines only."""
    answer = context.world.answer
    check(answer, field(answer, "items"), accounts.of_machines(answer))


@then("the token should not be listed")
def not_list(context: Context):
    """The list does not have the scenario's latest token."""
    answer, latest = context.world.answer, context.world.recall("service token", "latest")
    check(answer, field(answer, "items"), is_not(has_item(has_entries(jti=latest.jti))))
