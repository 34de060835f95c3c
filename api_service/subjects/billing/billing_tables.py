"""What billing shows, in the words of the features' tables: one column function for each heading."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.timestamps import instant
from api_service.subjects.billing import billing
from api_service.subjects.billing.billing import CLOCK_TOLERANCE, MONTHS, NO_VALUE

STRIPE_PAGES = "https://invoice.stripe.example.com/"
Entry = Mapping[str, Any]
Column = Callable[[Entry, datetime], str]


@dataclass(frozen=True)
class Table:
    """A table of billing: where it is read, its columns, and the field that sorts a list without an order."""

    path: str
    columns: Mapping[str, Column]
    order: str = ""

    def entries(self, exchange: Exchange) -> list[Entry]:
        """Return the entries of an answer, which holds one or a list of them."""
        body = exchange.body
        found: list[Entry] = body if isinstance(body, list) else body.get("items", [body])
        return sorted(found, key=lambda entry: entry[self.order]) if self.order else found

    def rows(self, exchange: Exchange, headings: Iterable[str]) -> list[dict[str, str]]:
        """Return the entries of an answer in the words of these headings; moments by the answer's clock."""
        columns, now = {heading: self.columns[heading] for heading in headings}, exchange.answered_at
        entries = self.entries(exchange)
        return [{heading: column(one, now) for heading, column in columns.items()} for one in entries]


def plain(name: str) -> Column:
    """Return a column that shows a field as it is."""

    def column(entry: Entry, _: datetime) -> str:
        value = entry[name]
        return NO_VALUE if value is None else ("no", "yes")[value] if isinstance(value, bool) else str(value)

    return column


def money(amount: str, currency: str = "currency") -> Column:
    """Return a column that shows cents and their currency, such as `99.00 USD`."""
    return lambda entry, _: f"{entry[amount] / 100:.2f} {entry[currency].upper()}"


def moment(name: str, period_end: str = "") -> Column:
    """Return a column that shows a moment by its distance from now, or as the end of the period."""

    def column(entry: Entry, now: datetime) -> str:
        if entry[name] is None:
            return NO_VALUE
        if period_end and instant(entry[name]) == instant(entry[period_end]):
            return "the end of the period"
        return _distance(instant(entry[name]) - now) or str(entry[name])

    return column


def _distance(away: timedelta) -> str:
    days = round(away / timedelta(days=1))
    if abs(away - timedelta(days=days)) > CLOCK_TOLERANCE:
        return ""
    return "now" if days == 0 else f"in {days} days" if days > 0 else f"{-days} days ago"


def window(start: str, end: str) -> Column:
    """Return a column that shows a window of time by its months, such as `January to March`."""

    def column(entry: Entry, now: datetime) -> str:
        opens, closes = instant(entry[start]), instant(entry[end])
        first = next((name for name, month in MONTHS.items() if month[0] == opens), _distance(opens - now))
        last = next((name for name, month in MONTHS.items() if month[1] == closes), _distance(closes - now))
        return first if first == last != "" else f"{first or opens} to {last or closes}"

    return column


def _effective(change: Entry, now: datetime) -> str:
    # The period that a change of plan waits for stands in the subscription beside it.
    return moment("effective_at", "current_period_end")({**change["subscription"], **change}, now)


def _page(invoice: Entry) -> str:
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
    "features": lambda plan, _: ", ".join(one["display_name"] for one in plan["features"]) or NO_VALUE,
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
TABLES: Mapping[str, Table] = {
    "plans": Table(billing.PLANS, PLAN_COLUMNS, "price_cents"),
    "subscription": Table(billing.SUBSCRIPTION, SUBSCRIPTION_COLUMNS),
    "change of plan": Table(billing.PLAN, CHANGE_COLUMNS),
    "cards": Table(billing.CARDS, CARD_COLUMNS, "brand"),
    "preview": Table(billing.UPCOMING_INVOICE, PREVIEW_COLUMNS),
    "invoices": Table(billing.INVOICES, INVOICE_COLUMNS),
    "invoice": Table(billing.INVOICE, INVOICE_COLUMNS),
    "metered usage": Table(billing.USAGE_TOTALS, USAGE_COLUMNS, "feature_key"),
    "history of billing": Table(billing.EVENTS, {}),
}
