"""Service accounts: tokens for machines, issued by a pipeline or an admin, and taken back."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import empty, equal_to, greater_than_or_equal_to, has_entries, has_item, has_length, is_not

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.people.tenants import Tenant
from api_service.subjects.identity import service_accounts as accounts
from api_service.subjects.identity.service_accounts import NIMBUS, latest, listed, of_machines, token_request
from api_service.vocabulary import one_of, verbs

SCOPES = {
    '"read conversations"': "conversations:read",
    '"read the bills"': "billing:read",
    '"read the tools"': "tools:read",
    '"write in chats"': "chat:write",
}
WRONG_CREDENTIALS = {
    "a credential nobody signed": {"Authorization": "Bearer nobody-signed-this"},
    "another kind of credential": {"Authorization": "Basic ZGV2OmRlbW8="},
    "a credential of a closed vault": {"Authorization": "Bearer vault:signature"},
    "no credential": {},
}
# Account, scope, and the fields of the body that differ from what the catalog grants.
NOT_GRANTED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a token of an account nobody defined": ("nobody", "billing:read", {}),
    "a token that may do more than granted": ("analytics-batch", "billing:manage", {}),
    "a token that may do nothing": ("support-console", "", {"scopes": []}),
    "a token that lives too long": ("synthetic-monitor", "tools:read", {"lifetime_minutes": 1441}),
    "a console's token that lives too long": (
        "support-console",
        "activity:read",
        {"lifetime_minutes": 10081},
    ),
    "a batch's token that lives too long": (
        "analytics-batch",
        "conversations:read",
        {"lifetime_minutes": 43201},
    ),
    "a tenant's token for no tenant": ("analytics-batch", "conversations:read", {"tenant_id": None}),
}
TOKEN_ACTIONS = {
    "issue a token for their tenant": accounts.issue_in_browser,
    "issue a token for Brian's tenant": lambda world, person: accounts.issue_in_browser(
        world, person, tenant_id=world.person("Brian").tenant_id
    ),
    "issue a token without a good reason": lambda world, person: accounts.issue_in_browser(
        world, person, reason="because"
    ),
    "look through the tokens": lambda world, person: listed(world.act, person),
    "look through the tokens of another tenant": lambda world, person: listed(
        world.act, person, tenant_id=world.state.find(Tenant, NIMBUS).id
    ),
    "take the token back": lambda world, person: accounts.revoke(world, person, latest(world).id),
    "take the token back without saying why": lambda world, person: accounts.revoke(
        world, person, latest(world).id, {}
    ),
    "take back a token that nobody issued": lambda world, person: accounts.revoke(
        world, person, str(uuid4())
    ),
}
COMPARISONS = {"the same as before": equal_to, "another one than before": lambda text: is_not(equal_to(text))}
STATUSES = ("active", "revoked")
TOKEN_REQUESTS: dict[str, dict[str, Any]] = {"asks for a": {}, "insists on another": {"force": True}}
register_type(
    NotGranted=one_of(NOT_GRANTED),
    WrongCredential=one_of(WRONG_CREDENTIALS),
    ActsOnTokens=verbs(TOKEN_ACTIONS),
    TokenStatus=one_of(STATUSES),
    SameOrAnother=one_of(COMPARISONS),
    Right=one_of(SCOPES),
    TokenRequest=one_of(TOKEN_REQUESTS),
)


def _check_found(world, person, status, expected):
    """One token with these fields is listed under this status, and none under the other."""
    for asked in STATUSES:
        exchange = listed(world.must, person, status=asked, **accounts.own_mark(world))
        found = [one for one in of_machines(exchange) if has_entries(expected).matches(one)]
        check(exchange, len(found), int(asked == status), f"the {asked} tokens like {expected}")


@given("the pipeline has a token of {account:Quoted} that may {right:Right}")
def have_token(context: Context, account, right):
    """The pipeline was issued a token of the account with this scope, for its tenant if it acts for one."""
    exchange = accounts.issue(context.world, token_request(context.world, account, SCOPES[right]))
    succeeded(exchange)
    context.world.state.keep(accounts.LATEST, accounts.issued(exchange))


@when("the pipeline {request:TokenRequest} token of {account:Quoted} that may {right:Right}")
def ask(context: Context, request, account, right):
    """Ask for a token of the account with this scope; to insist is to send `force`, which replaces it."""
    body = token_request(context.world, account, SCOPES[right], **TOKEN_REQUESTS[request])
    accounts.issue(context.world, body)


@when("the pipeline tries to ask for {refused:NotGranted}")
def ask_not_granted(context: Context, refused):
    """Ask for an account, scopes, lifetime or tenant that the catalog of service accounts does not grant."""
    account, scope, changes = NOT_GRANTED[refused]
    accounts.issue(context.world, token_request(context.world, account, scope, **changes))


@when("the pipeline tries to ask for a token of no tenant for a tenant")
def ask_for_tenant(context: Context):
    """Ask for a token for a tenant, of an account that acts for none."""
    tenant_id = context.world.state.find(Tenant, NIMBUS).id
    body = token_request(context.world, "support-console", "activity:read", tenant_id=tenant_id)
    accounts.issue(context.world, body)


@when("somebody tries to ask for a token with {wrong:WrongCredential}")
def ask_with_wrong_credential(context: Context, wrong):
    """Ask with an Authorization header that is no pipeline's, or with none."""
    body = token_request(context.world, "billing-worker", "billing:read")
    accounts.issue(context.world, body, WRONG_CREDENTIALS[wrong])


@when("the machine tries to open the profile with it")
def open_profile(context: Context):
    """Read the profile with the machine's refresh token in place of an access token."""
    world = context.world
    call = replace(world.call(VISITOR, "GET", "/api/v1/users/me"), token=latest(world).text)
    world.response = world.send(call)


@when("{person:Person} {action:ActsOnTokens}")
def act_on_tokens(context: Context, person, action):
    """Issue a token in the browser, list the tokens of a tenant, or revoke one."""
    TOKEN_ACTIONS[action](context.world, person)


@then("{person:Person} should see {count:d} token of {total:d} at least")
def see_page(context: Context, person, count, total):
    """The page has so many `items`, and `total` is no smaller."""
    answer = context.world.answer
    check(answer, field(answer, "items"), has_length(count))
    check(answer, field(answer, "total"), greater_than_or_equal_to(total))


@then("the token should be of {account:Quoted} and may {right:Right}")
def be_of_account(context: Context, account, right):
    """Answer and verified token are a refresh token of this account, its tenant and exactly this scope."""
    world, answer, scope = context.world, context.world.answer, SCOPES[right]
    same = {"tenant_id": accounts.tenant_of(world, account), "token_use": "refresh"}
    check(answer, answer.body, has_entries(account=account, scopes=[scope], **same))
    claims = {"tenant_id": None, **world.suite.people.refresh_claims(field(answer, "refresh_token"))}
    check(answer, claims, has_entries(sub=f"service-account:{account}", scope=scope, **same))


@then("the token should be {comparison:SameOrAnother}")
def compare_with_latest(context: Context, comparison):
    """`refresh_token` is the token that the pipeline had before, or is not."""
    answer = context.world.answer
    check(answer, field(answer, "refresh_token"), COMPARISONS[comparison](latest(context.world).text))


@then("the token should still be in force for {account:Quoted} that may {right:Right}")
def be_in_force(context: Context, account, right):
    """Asked for once more, the pipeline is given the token that it had."""
    exchange = accounts.issue(context.world, token_request(context.world, account, SCOPES[right]))
    check(exchange, field(exchange, "refresh_token"), latest(context.world).text)


@then("{person:Person} should find the {status:TokenStatus} token of {account:Quoted}")
def find_token(context: Context, person, status, account):
    """The person's list has one token of the account under this status, and none under the other."""
    _check_found(context.world, person, status, {"account": account})


@then("{person:Person} should find the token of before revoked, because it was {reason:Quoted}")
def find_revoked(context: Context, person, reason):
    """The pipeline's token of before is listed as revoked with this `revoked_reason`, and not as active."""
    expected = {"jti": latest(context.world).id, "revoked_reason": reason}
    _check_found(context.world, person, "revoked", expected)


@then("{person:Person} should find no token of a machine")
def find_none(context: Context, person):
    """The person's list has no token of a service account."""
    exchange = listed(context.world.must, person)
    check(exchange, of_machines(exchange), empty())


@then("no token of a person should be listed")
def list_no_person(context: Context):
    """No listed token is of a person: the account of each is a service account."""
    answer = context.world.answer
    check(answer, field(answer, "items"), of_machines(answer))


@then("the token should not be listed")
def not_list(context: Context):
    """The list does not have the token that the pipeline was given."""
    listed_ids = [one["jti"] for one in field(context.world.answer, "items")]
    check(context.world.answer, listed_ids, is_not(has_item(latest(context.world).id)))
