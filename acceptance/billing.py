"""Billing of a scenario: where it is read and changed, and what it shows in the words of the features."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hamcrest import equal_to

from acceptance import outcomes
from acceptance.errors import NotOfferedError
from acceptance.exchange import Exchange
from acceptance.newcomers import found_tenant
from acceptance.seed import apply
from acceptance.timestamps import instant
from acceptance.world import World

PLANS = "/api/v1/billing/plans"
STREAM = "/api/v1/billing/stream"
TENANT = "/api/v1/billing/tenants/{tenant_id}"
SUBSCRIPTION = f"{TENANT}/subscription"
PLAN = f"{SUBSCRIPTION}/plan"
CANCEL = f"{SUBSCRIPTION}/cancel"
PORTAL = f"{TENANT}/portal"
CARDS = f"{TENANT}/payment-methods"
CARD = f"{CARDS}/{{payment_method_id}}"
DEFAULT_CARD = f"{CARD}/default"
SETUP_INTENT = f"{CARDS}/setup-intent"
UPCOMING_INVOICE = f"{TENANT}/upcoming-invoice"
INVOICES = f"{TENANT}/invoices"
INVOICE = f"{INVOICES}/{{invoice_id}}"
USAGE = f"{TENANT}/usage"
USAGE_TOTALS = f"{TENANT}/usage-totals"
EVENTS = f"{TENANT}/events"

# How long a step may take between an act and the look at what it did.
PATIENCE = timedelta(minutes=2)
NOTHING = "-"
MONTHS: Mapping[str, tuple[datetime, datetime]] = {
    "January": (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
    "February": (datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)),
    "March": (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
}

Thing = Mapping[str, Any]
Column = Callable[[Thing, datetime], str]


def of(world: World, person: str) -> dict[str, str]:
    """Return the path values that lead to the billing of a person's own tenant."""
    return {"tenant_id": world.person(person).tenant_id}


def found_subscriber(world: World, person: str, title: str, plan: str, **more: Any) -> None:
    """Found a tenant with a person as its owner and a subscription to a plan, and read that subscription.

    What is read now, every later answer of the scenario has to agree with until somebody changes it.
    """
    contact = f"accounts@{title.lower()}.example.com"
    found_tenant(world, title, [(person, "owner")], plan_code=plan, billing_email=contact, **more)
    world.must(person, "GET", SUBSCRIPTION, **of(world, person))


def let_pass(world: World, person: str, days: int) -> None:
    """Move the billing clock of a person's tenant; raises NotOfferedError when the target has none."""
    slug = world.person(person).tenant_slug
    clock = (datetime.now(UTC) + timedelta(days=days)).isoformat()
    seeded = apply(world.suite.api, [{"slug": slug, "name": slug, "billing_clock": clock}])[slug]
    if not seeded.get("billing_clock"):
        raise NotOfferedError("the target's test fixtures do not move a subscription's clock")


def plain(name: str) -> Column:
    """Return a column that shows a field as it is."""

    def column(thing: Thing, _: datetime) -> str:
        value = thing[name]
        return NOTHING if value is None else ("no", "yes")[value] if isinstance(value, bool) else str(value)

    return column


def money(amount: str, currency: str = "currency") -> Column:
    """Return a column that shows cents and their currency, such as `99.00 USD`."""
    return lambda thing, _: f"{thing[amount] / 100:.2f} {thing[currency].upper()}"


def moment(name: str, period_end: str = "") -> Column:
    """Return a column that shows a moment by its distance from now, or as the end of the period."""

    def column(thing: Thing, now: datetime) -> str:
        if thing[name] is None:
            return NOTHING
        if period_end and instant(thing[name]) == instant(thing[period_end]):
            return "the end of the period"
        return _distance(instant(thing[name]) - now) or str(thing[name])

    return column


def _distance(away: timedelta) -> str:
    days = round(away / timedelta(days=1))
    if abs(away - timedelta(days=days)) > PATIENCE:
        return ""
    return "now" if days == 0 else f"in {days} days" if days > 0 else f"{-days} days ago"


def window(start: str, end: str) -> Column:
    """Return a column that shows a window of time by its months, such as `January to March`."""

    def column(thing: Thing, now: datetime) -> str:
        opens, closes = instant(thing[start]), instant(thing[end])
        first = next((name for name, month in MONTHS.items() if month[0] == opens), _distance(opens - now))
        last = next((name for name, month in MONTHS.items() if month[1] == closes), _distance(closes - now))
        return first if first == last != "" else f"{first or opens} to {last or closes}"

    return column


SUBSCRIPTION_COLUMNS: Mapping[str, Column] = {
    "plan": plain("plan_code"),
    "state": plain("status"),
    "seats": plain("seat_count"),
    "renews": plain("auto_renew"),
    "contact": plain("billing_email"),
    "since": moment("starts_at"),
    "period from": moment("current_period_start"),
    "period until": moment("current_period_end"),
    "trial ends": moment("trial_ends_at"),
    "ends": moment("cancel_at", "current_period_end"),
    "next plan": plain("pending_plan_code"),
    "next seats": plain("pending_seat_count"),
    "next from": moment("pending_plan_effective_at", "current_period_end"),
}
CHANGE_COLUMNS: Mapping[str, Column] = {
    "plan": plain("target_plan_code"),
    "seats": plain("seat_count"),
    "when": plain("timing"),
    "from": moment("effective_at", "current_period_end"),
}
PLAN_COLUMNS: Mapping[str, Column] = {
    "plan": plain("code"),
    "name": plain("name"),
    "price": money("price_cents"),
    "billed": plain("interval"),
    "every": plain("interval_count"),
    "seats": plain("seat_included"),
    "trial days": plain("trial_days"),
    "on offer": plain("is_active"),
    "features": lambda plan, _: ", ".join(one["display_name"] for one in plan["features"]) or NOTHING,
    "web search": lambda plan, _: ("no", "yes")[plan["feature_toggles"]["enable_web_search"]],
}
INVOICE_COLUMNS: Mapping[str, Column] = {
    "invoice": lambda invoice, _: invoice["invoice_id"].rpartition("_")[2],
    "amount": money("amount_cents"),
    "state": plain("status"),
    "from": moment("period_start"),
    "until": moment("period_end"),
    "kept": moment("created_at"),
}
USAGE_COLUMNS: Mapping[str, Column] = {
    "feature": plain("feature_key"),
    "quantity": plain("quantity"),
    "unit": plain("unit"),
    "during": window("window_start", "window_end"),
    "from": moment("window_start"),
    "until": moment("window_end"),
}
PREVIEW_COLUMNS: Mapping[str, Column] = {
    "plan": plain("plan_code"),
    "name": plain("plan_name"),
    "seats": plain("seat_count"),
    "currency": lambda preview, _: preview["currency"].upper(),
}
CARD_COLUMNS: Mapping[str, Column] = {
    "brand": plain("brand"),
    "ends in": plain("last4"),
    "expires": lambda card, _: f"{card['exp_month']}/{card['exp_year']}",
    "default": plain("is_default"),
}


def lasts_about_a_month(subscription: Thing) -> bool:
    """Whether the present period is as long as one month can be."""
    length = instant(subscription["current_period_end"]) - instant(subscription["current_period_start"])
    return timedelta(days=28) <= length <= timedelta(days=31)


def show(
    exchange: Exchange, things: Iterable[Thing], columns: Mapping[str, Column], rows: Iterable[Thing]
) -> None:
    """Assert that an answer's things, in the words of a table's columns, are exactly the table's rows."""
    expected = [dict(row.items()) for row in rows]
    headings = list(expected[0]) if expected else []
    now = exchange.answered_at
    shown = [{heading: columns[heading](thing, now) for heading in headings} for thing in things]
    outcomes.check(exchange, shown, equal_to(expected))


REQUEST_FIELDS = {
    "plan": "plan_code",
    "seats": "seat_count",
    "renews": "auto_renew",
    "contact": "billing_email",
    "when": "timing",
}
REQUEST_WORDS: Mapping[str, Any] = {"yes": True, "no": False, "at once": "immediate", "later": "period_end"}


def requested(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the request that a table's row describes; a cell with `-` is left out."""
    cells = {heading: cell for heading, cell in row.items() if cell != NOTHING}
    return {
        REQUEST_FIELDS[heading]: REQUEST_WORDS.get(cell, int(cell) if heading == "seats" else cell)
        for heading, cell in cells.items()
    }
