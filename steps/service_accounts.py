"""Service accounts: tokens for machines, issued by a pipeline or an admin, and taken back."""

from dataclasses import replace
from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import empty, equal_to, has_entries, has_item, is_not

from acceptance import service_accounts as accounts
from acceptance.outcomes import check, field, succeeded
from acceptance.people import VISITOR
from acceptance.vocabulary import one_of

RIGHTS = {
    "read conversations": "conversations:read",
    "read the bills": "billing:read",
    "read the tools": "tools:read",
    "write in chats": "chat:write",
}
REFUSED = {
    "a token of an account nobody defined": ("nobody", {}),
    "a token that may more than granted": ("analytics-batch", {"scopes": ["billing:manage"]}),
    "a token that may nothing": ("synthetic-monitor", {"scopes": []}),
    "a token that lives too long": (
        "synthetic-monitor",
        {"scopes": ["tools:read"], "lifetime_minutes": 1441},
    ),
    "a tenant's token for no tenant": ("analytics-batch", {"tenant_id": None}),
    "a token of no tenant for a tenant": ("support-console", {"scopes": ["activity:read"]}),
}
CREDENTIALS = {
    "a credential nobody signed": {"Authorization": "Bearer nobody-signed-this"},
    "another kind of credential": {"Authorization": "Basic ZGV2OmRlbW8="},
    "a credential of a closed vault": {"Authorization": "Bearer vault:signature"},
    "no credential": {},
}
HOW = {
    "of their tenant": lambda _: {},
    "of Brian's tenant": lambda world: {"tenant_id": world.person("Brian").tenant_id},
    "without a good reason": lambda _: {"reason": "because"},
}
STATUSES = ("active", "revoked")
register_type(
    NotGranted=one_of(REFUSED),
    WrongCredential=one_of(CREDENTIALS),
    HowIssued=one_of(HOW),
    TokenStatus=one_of(STATUSES),
    Right=one_of(f'"{right}"' for right in RIGHTS),
)


def _wanted(context, account, right, **changes):
    return accounts.wanted(context.world, account, RIGHTS[right.strip('"')], **changes)


def _keep(context, exchange):
    succeeded(exchange)
    context.world.remember("service token", "latest", accounts.issued(exchange))


def _latest(context):
    return context.world.recall("service token", "latest")


@given("the pipeline has a token of {account:Quoted} that may {right:Right}")
def have_token(context, account, right):
    """A token of the account for the scenario's tenant."""
    _keep(context, accounts.issue(context.world, _wanted(context, account, right)))


@given("the pipeline has a token of {account:Quoted} for no tenant that may {right:Right}")
def have_global_token(context, account, right):
    """A token of an account that acts for no tenant."""
    _keep(context, accounts.issue(context.world, _wanted(context, account, right, tenant_id=None)))


@when("the pipeline asks for a token of {account:Quoted} that may {right:Right}")
def ask(context, account, right):
    """Ask for a token for the scenario's tenant."""
    accounts.issue(context.world, _wanted(context, account, right))


@when("the pipeline asks for a token of {account:Quoted} for no tenant that may {right:Right}")
def ask_for_global(context, account, right):
    """Ask for a token that acts for no tenant; another than any before."""
    accounts.issue(context.world, _wanted(context, account, right, tenant_id=None, force=True))


@when("the pipeline insists on another token of {account:Quoted} that may {right:Right}")
def insist(context, account, right):
    """Ask for a token that replaces the one in force."""
    accounts.issue(context.world, _wanted(context, account, right, force=True))


@when("the pipeline tries to ask for {refused:NotGranted}")
def ask_in_vain(context, refused):
    """Ask for what the catalog does not grant."""
    account, changes = REFUSED[refused]
    body = accounts.wanted(context.world, account, "conversations:read", **changes)
    accounts.issue(context.world, body)


@when("somebody tries to ask for a token with {wrong:WrongCredential}")
def ask_without_right(context, wrong):
    """Ask without the credential of a pipeline."""
    body = accounts.wanted(context.world, "billing-worker", "billing:read")
    accounts.issue(context.world, body, CREDENTIALS[wrong])


@when("the machine tries to open the profile with it")
def open_profile(context):
    """Use the machine's token where a person's access token is wanted."""
    call = context.world.call(VISITOR, "GET", "/api/v1/users/me")
    context.world.response = context.world.send(replace(call, token=_latest(context).text))


@when("{person:Person} issues a token of {account:Quoted} that may {right:Right}")
def issue_in_browser(context, person, account, right):
    """Issue a token for one's own tenant."""
    body = _wanted(context, account, right, reason="Nightly reconciliation", tenant_id=None)
    context.world.act(person, "POST", accounts.BROWSER_ISSUE, json=body)


@when("{person:Person} tries to issue a token {how:HowIssued}")
def issue_in_vain(context, person, how):
    """Issue a token without the right to, or in a way that does not do."""
    world = context.world
    body = accounts.wanted(world, "billing-worker", "billing:read", reason="Nightly reconciliation")
    world.act(person, "POST", accounts.BROWSER_ISSUE, json=body | HOW[how](world))


@when("{person:Person} looks through the tokens")
def look_through(context, person):
    """List the tokens of one's tenant, those in force and those taken back."""
    context.world.act(person, "GET", accounts.TOKENS, query={"status": "all", "limit": 100})


@when('{person:Person} tries to look through the tokens of the tenant "{title}"')
def look_through_foreign(context, person, title):
    """List the tokens of another tenant."""
    query = {"tenant_id": context.world.recall("tenant", title)}
    context.world.act(person, "GET", accounts.TOKENS, query=query)


@when("{person:Person} takes the token back")
@when("{person:Person} tries to take the token back")
def take_back(context, person):
    """Revoke the scenario's latest token."""
    body = {"reason": accounts.REASON}
    context.world.act(person, "POST", accounts.REVOKE, json=body, jti=_latest(context).jti)


@when("{person:Person} tries to take back a token that nobody issued")
def take_back_unknown(context, person):
    """Revoke a token that does not exist."""
    body = {"reason": accounts.REASON}
    context.world.act(person, "POST", accounts.REVOKE, json=body, jti=str(uuid4()))


@then('the token should be of {account:Quoted} for the tenant "{title}" and may {right:Right}')
def be_for_tenant(context, account, title, right):
    """The answer and the signed token name account, tenant and rights."""
    tenant_id = context.world.recall("tenant", title)
    accounts.check_issued(context.world, account, tenant_id, RIGHTS[right.strip('"')])


@then("the token should be of {account:Quoted} for no tenant and may {right:Right}")
def be_for_none(context, account, right):
    """The answer and the signed token name account and rights, and no tenant."""
    accounts.check_issued(context.world, account, None, RIGHTS[right.strip('"')])


@then("the token should be the same as before")
def be_the_same(context):
    """The token in force was handed out again."""
    check(context.world.answer, field(context.world.answer, "refresh_token"), _latest(context).text)


@then("the token should be another one than before")
def be_another(context):
    """A new token was made."""
    matcher = is_not(equal_to(_latest(context).text))
    check(context.world.answer, field(context.world.answer, "refresh_token"), matcher)


@then("{person:Person} should find the {status:TokenStatus} token of {account:Quoted}")
def find_token(context, person, status, account):
    """The person's list has one token of the account under this status, none under the other."""
    accounts.check_found(context.world, person, status, {"account": account})


@then("{person:Person} should find the revoked token of {account:Quoted} that was there before")
def find_replaced(context, person, account):
    """The earlier token is listed as replaced."""
    expected = {"jti": _latest(context).jti, "account": account, "revoked_reason": "replaced"}
    accounts.check_found(context.world, person, "revoked", expected)


@then("{person:Person} should find the revoked token of {account:Quoted} with the reason {reason:Quoted}")
def find_taken_back(context, person, account, reason):
    """The token is listed as taken back for this reason."""
    expected = {"jti": _latest(context).jti, "account": account, "revoked_reason": reason}
    accounts.check_found(context.world, person, "revoked", expected)


@then("{person:Person} should find no token of a machine")
def find_none(context, person):
    """The person's list has no token of a service account."""
    exchange = accounts.listed(context.world, person)
    check(exchange, accounts.of_machines(exchange), empty())


@then("no token of a person should be listed")
def list_no_person(context):
    """The list has tokens of machines only."""
    answer = context.world.answer
    check(answer, field(answer, "items"), accounts.of_machines(answer))


@then("the token should not be listed")
def not_list(context):
    """The list does not have the scenario's latest token."""
    answer = context.world.answer
    check(answer, field(answer, "items"), is_not(has_item(has_entries(jti=_latest(context).jti))))
