"""What people read that takes no more than a path: their own, their tenant's, and lists page by page."""

from typing import Any

from behave import register_type, when

from api_service.context import Context
from api_service.people.accounts import KEYS, SESSIONS
from api_service.subjects.activity import feed
from api_service.subjects.billing import billing
from api_service.subjects.identity import account, invitations, service_accounts, sign_up
from api_service.subjects.paging import read_pages
from api_service.subjects.platform import metrics, status
from api_service.subjects.platform.status_subscriptions import SUBSCRIPTIONS
from api_service.subjects.tenancy import members, operators, settings, team_invites
from api_service.vocabulary import one_of, verbs

UNKNOWN_PAGE = {"cursor": "no-such-page"}
# What is read, by path and query.
READS: dict[str, tuple[str, Any]] = {
    "look at the activity": (feed.FEED, None),
    "look at a page of the activity that does not exist": (feed.FEED, UNKNOWN_PAGE),
    "look at the usage": ("/api/v1/usage", None),
    "look at the tools": ("/api/v1/tools", None),
    "look at the features": ("/api/v1/features", None),
    "look at the status page": (status.PAGE, None),
    **{f"read the {name}": (path, None) for name, path in status.FEEDS.items()},
    "read the metrics": (metrics.PATH, None),
    "fetch the signing keys": (KEYS, None),
    "open the profile": (account.PROFILE, None),
    "open the account of the tenant": (operators.ACCOUNT, None),
    "open the settings": (settings.SETTINGS, None),
    "list the members": (members.MEMBERS, None),
    "list the sessions": (SESSIONS, None),
    "list the status subscriptions": (SUBSCRIPTIONS, {"limit": 100}),
    "list the status subscriptions from a page that does not exist": (SUBSCRIPTIONS, UNKNOWN_PAGE),
    "ask who may sign up": (sign_up.POLICY, None),
    "ask how long team invitations are good for": (team_invites.POLICY, None),
}
LISTS = {
    "sessions": SESSIONS,
    "team invitations": team_invites.INVITES,
    "tokens of service accounts": service_accounts.TOKENS,
    "invitations to the platform": invitations.INVITATIONS,
    "requests for access": "/api/v1/auth/signup-requests",
}
# Lists of the activity and of billing, which is asked for by tenant.
PAGED = {"activity": feed.FEED, "invoices": billing.INVOICES, "history of billing": billing.EVENTS}
register_type(Reads=verbs(READS), ReadsPages=verbs(["list", "read"]))
register_type(ListOfPages=one_of(LISTS), PagedList=one_of(PAGED))


@when("{person:Person} {reads:Reads}")
def read(context: Context, person, reads):
    """Read what the service publishes, or what is the person's or their tenant's; also when only tried."""
    path, query = READS[reads]
    context.world.act(person, "GET", path, query=query)


@when("{person:Person} lists the {items:ListOfPages}, one a page, and turns to the second page")
def read_second_page(context: Context, person, items):
    """Read the second of the pages that show a list with a `limit` of 1."""
    context.world.act(person, "GET", LISTS[items], query={"limit": 1, "offset": 1})


@when("{person:Person} {verb:ReadsPages} the {items:PagedList} {size:d} at a time")
def read_in_pages(context: Context, person, verb, items, size):
    """Ask for every page of a list, with `size` as its limit, one after the other."""
    tenant = {} if items == "activity" else billing.own_tenant(context.world, person)
    context.world.state.keep(items, read_pages(context.world, person, PAGED[items], size, **tenant))
