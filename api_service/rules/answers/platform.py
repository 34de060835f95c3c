"""Features, the status page and messages to the operators: the parts of an answer fit each other."""

from collections.abc import Iterator

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant_or_none
from acceptance.rules.values import heads


def features_build_on_each_other(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """There is no billing stream without billing."""
    for where, found in heads(exchange):
        if found.get("billing_stream_enabled") is True and found.get("billing_enabled") is False:
            yield f"{where}.billing_stream_enabled", "true without billing"


def incident_hits_a_listed_service(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """An incident of the status page is one of its services', and the service knows the day of the last."""
    body = exchange.body
    if not isinstance(body, dict) or not {"services", "incidents"} <= body.keys():
        return
    services = {one["name"]: instant_or_none(one.get("last_incident_at")) for one in body["services"]}
    for number, incident in enumerate(body["incidents"]):
        happened, last = instant_or_none(incident["occurred_at"]), services.get(incident["service"])
        if incident["service"] not in services:
            yield f"$.incidents[{number}].service", f"{incident['service']!r} is no service of the page"
        elif happened and (last is None or last.date() < happened.date()):
            yield f"$.incidents[{number}].occurred_at", f"{happened} is after the last incident, {last}"


def contact(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A message is delivered under the id of a mail, unless it fell into the trap for robots."""
    if exchange.operation.path != "/api/v1/contact" or exchange.status >= 300:
        return
    trapped = bool(exchange.sent.get("honeypot"))
    for where, found in list(heads(exchange))[1:]:
        if found.get("suppressed") is not trapped:
            yield f"{where}.suppressed", f"{found.get('suppressed')!r}"
        if found.get("delivered") and (trapped or found.get("message_id") is None):
            yield f"{where}.delivered", "true without a mail"


RULES = (features_build_on_each_other, incident_hits_a_listed_service, contact)
