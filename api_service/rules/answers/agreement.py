"""The parts of one answer agree with each other, where one of them follows from the other."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant, objects
from api_service.rules.answers.values import heads

USUAL_RESULTS = 10


def incident_hits_a_listed_service(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """An incident of the status page is one of its services', and the service knows the day of the last."""
    body = exchange.body
    if not isinstance(body, dict) or not {"services", "incidents"} <= body.keys():
        return
    services = {service["name"]: instant(service.get("last_incident_at")) for service in body["services"]}
    for number, incident in enumerate(body["incidents"]):
        happened, last = instant(incident["occurred_at"]), services.get(incident["service"])
        if incident["service"] not in services:
            yield f"$.incidents[{number}].service", f"{incident['service']!r} is no service of the page"
        elif happened and (last is None or last.date() < happened.date()):
            yield f"$.incidents[{number}].occurred_at", f"{happened} is after the last incident, {last}"


def branches_are_counted(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A group that runs side by side is named after its stage; its branches are counted from 0."""
    for where, found in heads(exchange.body):
        if "workflow_run_id" not in found or not isinstance(found.get("steps"), list):
            continue
        groups: defaultdict[Any, list[Any]] = defaultdict(list)
        for step in found["steps"]:
            if step.get("parallel_group") not in {None, step.get("stage_name")}:
                yield f"{where}.steps", f"{step['parallel_group']!r} in the stage {step.get('stage_name')!r}"
            groups[step.get("parallel_group")].append(step.get("branch_index"))
        for group, indexes in groups.items():
            expected = [None] * len(indexes) if group is None else list(range(len(indexes)))
            if sorted(indexes, key=str) != sorted(expected, key=str):
                yield f"{where}.steps", f"branches {indexes} of {group!r}"


def default_keeps_its_schema(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What a guardrail is set to by default is what its settings may be."""
    for where, found in objects(exchange.body):
        schema, default = found.get("config_schema"), found.get("default_config")
        if not isinstance(schema, dict) or not isinstance(default, dict):
            continue
        # What a default leaves out has to be chosen by whoever switches the guardrail on.
        for error in jsonschema_rs.validator_for({**schema, "required": []}).iter_errors(default):
            yield f"{where}.default_config", error.message


def more_follows_a_full_page(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A search leaves something out only when it gives as many results as were asked for."""
    most = exchange.sent.get("max_num_results", USUAL_RESULTS) if isinstance(exchange.sent, dict) else None
    for where, found in heads(exchange.body):
        if most and found.get("has_more") is True and len(found["data"]) < most:
            yield f"{where}.has_more", f"true after {len(found['data'])} of {most} results"


def token_begins_with_its_hint(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """People recognise an invitation by the beginning of its token."""
    for where, found in objects(exchange.body):
        token, hint = found.get("invite_token"), found.get("token_hint")
        if isinstance(token, str) and not token.startswith(str(hint)):
            yield f"{where}.token_hint", "is not how the token begins"


def intent_owns_its_secret(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The secret of an intent to pay is made of the intent's id and a random part, where Stripe made it."""
    for where, found in heads(exchange.body):
        secret = found.get("client_secret")
        if (
            isinstance(secret, str)
            and "_secret_" in secret
            and secret.split("_secret_")[0] != found.get("id")
        ):
            yield f"{where}.id", f"{found.get('id')!r} is not the intent of the secret"


def handoff_changes_the_agent(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """When the agent that was asked has answered, the question was not handed on."""
    asked = exchange.sent.get("agent_type") if isinstance(exchange.sent, dict) else None
    for where, found in heads(exchange.body):
        if found.get("handoff_occurred") is True and found.get("agent_used") == (asked or "triage"):
            yield f"{where}.handoff_occurred", f"true, and {found['agent_used']!r} was asked"


RULES = (
    incident_hits_a_listed_service,
    branches_are_counted,
    default_keeps_its_schema,
    more_follows_a_full_page,
    token_begins_with_its_hint,
    intent_owns_its_secret,
    handoff_changes_the_agent,
)
