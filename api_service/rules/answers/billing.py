"""Invoices and intents to pay: the parts of an answer fit each other."""

from collections.abc import Iterator

from acceptance.calls.exchange import Exchange
from acceptance.rules.values import heads


def invoice_adds_up(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The lines of a coming invoice make its amount, in one currency."""
    body = exchange.body
    if not exchange.operation.path.endswith("/upcoming-invoice") or exchange.status != 200:
        return
    lines = [line for line in body.get("lines") or () if isinstance(line, dict)]
    if lines and sum(line["amount_cents"] for line in lines) != body["amount_due_cents"]:
        yield "$.amount_due_cents", f"{body['amount_due_cents']} is not the sum of the lines"
    for number, line in enumerate(lines):
        if line.get("currency") != body.get("currency"):
            what = f"{line.get('currency')!r} on an invoice in {body['currency']!r}"
            yield f"$.lines[{number}].currency", what
        unit, quantity = line.get("unit_amount_cents"), line.get("quantity")
        if unit is not None and quantity is not None and unit * quantity != line["amount_cents"]:
            yield f"$.lines[{number}].amount_cents", f"{line['amount_cents']} is not {quantity} times {unit}"


def intent_owns_its_secret(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The secret of an intent to pay is made of the intent's id and a random part, where Stripe made it."""
    for where, found in heads(exchange):
        intent, mark, _ = str(found.get("client_secret")).partition("_secret_")
        if mark and intent != found.get("id"):
            yield f"{where}.id", f"{found.get('id')!r} is not the intent of the secret"


RULES = (invoice_adds_up, intent_owns_its_secret)
