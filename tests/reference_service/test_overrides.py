"""Vector stores and containers that a question names for its agents."""

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.reference_service.support import Api, refused

ADMIN, MEMBER = "admin@acme.example.com", "member@acme.example.com"
STRANGER = "owner@globex.example.com"


def made(api: Api, who: str, kind: str) -> dict[str, Any]:
    answer = api.call(who, "POST", f"/{kind}", json={"name": "Own"})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def ask(api: Api, agent: str, **overrides: Any) -> Any:
    return api.call(MEMBER, "POST", "/chat", json={"message": "Hi", "agent_type": agent, **overrides})


def searching(*stores: str, agent: str = "retriever") -> dict[str, Any]:
    return {"vector_store_overrides": {agent: {"vector_store_ids": list(stores)}}}


def running(container: str, agent: str = "code_assistant") -> dict[str, Any]:
    return {"container_overrides": {agent: container}}


@pytest.fixture
def tenants(acme: dict, globex: dict) -> None:
    """Acme and Globex."""


def test_own_vector_stores_are_taken_by_either_identifier(api: Api, tenants: None) -> None:
    store = made(api, ADMIN, "vector-stores")
    one = {"vector_store_overrides": {"retriever": {"vector_store_id": store["id"]}}}
    assert ask(api, "retriever", **one).status_code == 200
    assert ask(api, "retriever", **searching(store["openai_id"])).status_code == 200
    assert ask(api, "director", **searching(store["id"])).status_code == 200


@pytest.mark.parametrize("identifier", ["id", "openai_id"])
def test_a_foreign_vector_store_is_not_found(api: Api, tenants: None, identifier: str) -> None:
    own, foreign = made(api, ADMIN, "vector-stores"), made(api, STRANGER, "vector-stores")
    refused(ask(api, "retriever", **searching(own["id"], foreign[identifier])), 404, "override not found")
    refused(ask(api, "retriever", **searching(str(uuid4()))), 404, "override not found")
    assert api.call(MEMBER, "GET", "/conversations").json()["items"] == []


def test_an_own_container_is_taken_and_a_foreign_one_not_found(api: Api, tenants: None) -> None:
    own, foreign = made(api, ADMIN, "containers")["id"], made(api, STRANGER, "containers")["id"]
    assert ask(api, "code_assistant", **running(own)).status_code == 200
    for nobodys in (foreign, str(uuid4())):
        refused(ask(api, "code_assistant", **running(nobodys)), 400, f"Container '{nobodys}' not found")


def test_an_override_is_for_an_agent_that_takes_part_and_has_the_tool(api: Api, tenants: None) -> None:
    store, container = made(api, ADMIN, "vector-stores")["id"], made(api, ADMIN, "containers")["id"]
    for agent, overrides, message in (
        ("triage", searching(store), "Agent 'retriever' is not part of this run"),
        ("triage", searching(store, agent="triage"), "does not support file_search"),
        ("triage", running(container), "Agent 'code_assistant' is not part of this run"),
        ("triage", running(container, agent="no-such-agent"), "is not part of this run"),
        ("researcher", running(container, agent="researcher"), "does not support code_interpreter"),
    ):
        refused(ask(api, agent, **overrides), 400, message)


def test_a_stream_ends_with_the_refusal(api: Api, tenants: None) -> None:
    body = {"message": "Hi", "agent_type": "retriever", **searching(str(uuid4()))}
    frames = api.call(MEMBER, "POST", "/chat/stream", json=body).text.split("\n\n")
    (event,) = [json.loads(frame.removeprefix("data: ")) for frame in frames if frame]
    assert (event["kind"], event["error"]["message"]) == ("error", "Vector store override not found")


def test_a_workflow_takes_overrides_for_the_agents_of_its_steps(api: Api, tenants: None) -> None:
    own, foreign = made(api, ADMIN, "containers")["id"], made(api, STRANGER, "containers")["id"]
    path = "/workflows/analysis_code/run"
    assert api.call(MEMBER, "POST", path, json={"message": "Hi", **running(own)}).status_code == 200
    refused(api.call(MEMBER, "POST", path, json={"message": "Hi", **running(foreign)}), 400, "not found")
    other = running(own, agent="pdf_designer")
    refused(api.call(MEMBER, "POST", path, json={"message": "Hi", **other}), 400, "not part of this run")
    assert len(api.call(MEMBER, "GET", "/workflows/runs").json()["items"]) == 1
