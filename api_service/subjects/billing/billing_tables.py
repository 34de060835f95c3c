"""What billing shows, in the words of the features' tables: one column function for each heading."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hamcrest import equal_to

from acceptance.calls.exchange import Exchange
from acceptance.checks import assertions
from acceptance.timestamps import instant
from api_service.subjects.billing import billing
from api_service.subjects.billing.billing import MONTHS, NOTHING, PATIENCE

STRIPE_PAGES = "https://invoice.stripe.example.com/"

Thing = Mapping[str, Any]
Column = Callable[[Thing, datetime], str]


@dataclass(frozen=True)
class Kind:
    """One kind of thing: where it is read, its columns, and by which field a list without order is sorted."""

    path: str
    columns: Mapping[str, Column]
    order: str = ""

    def things(self, exchange: Exchange) -> list[Thing]:
        """Return the things of an answer that holds one or a list of them."""
        body = exchange.body
        found: list[Thing] = body if isinstance(body, list) else body.get("items", [body])
        return sorted(found, key=lambda thing: thing[self.order]) if self.order else found


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


def _effective(change: Thing, now: datetime) -> str:
    # The period that a change of plan waits for stands in the subscription beside it.
    return moment("effective_at", "current_period_end")({**change["subscription"], **change}, now)


def _page(invoice: Thing) -> str:
    # The recorded events name an invoice's page after the invoice.
    own = f"{STRIPE_PAGES}{invoice['invoice_id']}"
    return "its own" if invoice["hosted_invoice_url"] == own else str(invoice["hosted_invoice_url"])


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
    "from": _effective,
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
    "page": lambda invoice, _: _page(invoice),
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
KINDS: Mapping[str, Kind] = {
    "plans": Kind(billing.PLANS, PLAN_COLUMNS, "price_cents"),
    "subscription": Kind(billing.SUBSCRIPTION, SUBSCRIPTION_COLUMNS),
    "change of plan": Kind(billing.PLAN, CHANGE_COLUMNS),
    "cards": Kind(billing.CARDS, CARD_COLUMNS, "brand"),
    "preview": Kind(billing.UPCOMING_INVOICE, PREVIEW_COLUMNS),
    "invoices": Kind(billing.INVOICES, INVOICE_COLUMNS),
    "invoice": Kind(billing.INVOICE, INVOICE_COLUMNS),
    "metered usage": Kind(billing.USAGE_TOTALS, USAGE_COLUMNS, "feature_key"),
    "history of billing": Kind(billing.EVENTS, {}),
}


def show(exchange: Exchange, kind: Kind, rows: Iterable[Thing]) -> None:
    """Assert that an answer's things, in the words of the table's headings, are exactly the table's rows."""
    expected = [dict(row.items()) for row in rows]
    headings = list(expected[0]) if expected else []
    now = exchange.answered_at
    things = kind.things(exchange)
    shown = [{heading: kind.columns[heading](thing, now) for heading in headings} for thing in things]
    assertions.check(exchange, shown, equal_to(expected))
