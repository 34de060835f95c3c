"""Whatever is sent, no operation fails, and each answer is one that the contract promises."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from reference_service.openapi import contract_document
from reference_service.routers.identity.service_accounts import DEMO_CREDENTIAL
from tests.fuzz import figures
from tests.fuzz.world import World

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
WORLD = World()
PIPELINE = {"Authorization": f"Bearer {DEMO_CREDENTIAL}"}
# Moments at the ends of the calendar, in zones that lead beyond them, among ordinary ones.
EDGES = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z"]
MOMENTS = st.sampled_from(EDGES) | st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}")


def promised() -> dict[str, Any]:
    """The contract; what it says of a stream's frames is said of the data of each event."""
    document = contract_document(WORLD.app)
    for path in document["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                stream = response.get("content", {}).get("text/event-stream")
                if stream:
                    stream["schema"] = {"type": "object", "properties": {"data": text_of(stream["schema"])}}
    return document


def text_of(frame: dict[str, Any]) -> dict[str, Any]:
    """The schema of a text that holds such a frame as JSON, or anything where frames have no schema."""
    if frame == {"type": "string"}:
        return frame
    return {"type": "string", "contentMediaType": "application/json", "contentSchema": frame}


def configuration() -> schemathesis.Config:
    """Parameters and fields mostly have a value that the world knows, to reach beyond refusals."""
    bound = [place + name for name in WORLD.known for place in ("", "body.")]
    return schemathesis.Config.from_dict(
        {
            "seed": figures.seed,
            "generation": {"max-examples": figures.examples, "database": "none"},
            # Its cases cannot be bounded: thousands, whatever is asked for.
            "phases": {"coverage": {"enabled": False}},
            "dictionaries": {name: {"values": values} for name, values in WORLD.known.items()},
            "parameters": {
                key: {"dictionary": key.removeprefix("body."), "probability": 0.7} for key in bound
            },
        }
    )


schemathesis.openapi.format("date-time", MOMENTS)
schema = schemathesis.openapi.from_dict(promised(), config=configuration())
# What can be read without a name but the tenant's.
READABLE = [
    operation
    for operation in (found.ok() for found in schema.get_all_operations() if isinstance(found, Ok))
    if operation.method == "get" and "{" not in operation.path.replace("{tenant_id}", "")
]


def call(case: schemathesis.Case) -> int:
    headers = PIPELINE if case.path.endswith("/service-accounts/issue") else WORLD.headers
    answer = case.call_and_validate(app=WORLD.app, headers=headers, checks=CHECKS)
    figures.answered[case.operation.label].add(answer.status_code)
    return answer.status_code


def area(path: str) -> list[str]:
    return path.split("/")[:4]


@schema.parametrize()
@settings(suppress_health_check=list(HealthCheck))
def test_an_operation_answers_as_promised(case: schemathesis.Case) -> None:
    WORLD.restore()
    if call(case) < 300 and case.method != "GET":
        # What was stored must not spoil what is read later.
        for operation in READABLE:
            if area(operation.path) in (area(case.path), area("/api/v1/activity")):
                call(operation.Case(path_parameters={"tenant_id": WORLD.known["tenant_id"][0]}))
