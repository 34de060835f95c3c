"""Workflows and their runs."""

import json
from typing import Any

import pytest

from tests.reference_service.support import Api, refused

MEMBER, VIEWER, ADMIN = (f"{role}@acme.example.com" for role in ("member", "viewer", "admin"))
STRANGER = "owner@globex.example.com"
NO_RUN = "0d6fe5ce-8a5e-4c64-9a3c-3c5f6ad5a6aa"


def run(api: Api, key: str = "analysis_code", who: str = MEMBER, **body: Any) -> Any:
    return api.call(who, "POST", f"/workflows/{key}/run", json={"message": "Why?", **body})


def runs(api: Api, query: str = "", who: str = VIEWER) -> list[str]:
    items = api.call(who, "GET", f"/workflows/runs{query}").json()["items"]
    return [item["workflow_run_id"] for item in items]


@pytest.fixture
def finished(api: Api, acme: dict, globex: dict) -> dict[str, Any]:
    body: dict[str, Any] = run(api, conversation_id="why-thread").json()
    return body


def test_the_catalog_is_listed_searched_and_described(api: Api, acme: dict) -> None:
    catalog = api.call(VIEWER, "GET", "/workflows").json()
    assert [item["key"] for item in catalog["items"] if item["default"]] == ["analysis_code"]
    for item in catalog["items"]:
        described = api.call(VIEWER, "GET", f"/workflows/{item['key']}").json()
        assert sum(len(stage["steps"]) for stage in described["stages"]) == item["step_count"]
    assert api.call(VIEWER, "GET", "/workflows?search=report").json()["total"] == 1
    refused(api.call(VIEWER, "GET", "/workflows/none"), 404)


def test_each_step_works_on_the_answer_before_it(api: Api, finished: dict) -> None:
    texts = [step["response_text"] for step in finished["steps"]]
    assert texts == ["Stub response: Why?", "Stub response: Stub response: Why?"]
    assert finished["final_output"] == texts[-1]
    kept = api.call(VIEWER, "GET", "/conversations/why-thread").json()["messages"]
    assert [message["content"] for message in kept] == ["Why?", *texts]


def test_parallel_steps_work_on_the_same_question(api: Api, acme: dict) -> None:
    first, second, last = run(api, "analysis_parallel").json()["steps"]
    assert first["response_text"] == second["response_text"]
    assert [first["branch_index"], second["branch_index"], last["branch_index"]] == [0, 1, None]
    assert first["parallel_group"] == "fanout"


def test_a_run_is_found_again(api: Api, finished: dict) -> None:
    detail = api.call(VIEWER, "GET", f"/workflows/runs/{finished['workflow_run_id']}").json()
    assert (detail["status"], detail["request_message"]) == ("succeeded", "Why?")
    assert detail["steps"] == finished["steps"]
    items = api.call(VIEWER, "GET", "/conversations/why-thread/events").json()["items"]
    assert {item["workflow_run_id"] for item in items} == {finished["workflow_run_id"]}
    other = api.call(VIEWER, "GET", f"/conversations/why-thread/events?workflow_run_id={NO_RUN}").json()
    assert other["items"] == []


def test_runs_are_filtered_and_paged(api: Api, finished: dict) -> None:
    second = run(api, "research_report_pdf").json()["workflow_run_id"]
    first = finished["workflow_run_id"]
    assert runs(api) == [second, first]
    assert runs(api, "?workflow_key=analysis_code") == [first]
    assert runs(api, "?conversation_id=why-thread") == [first]
    assert runs(api, "?run_status=failed") == []
    assert runs(api, "?started_before=2020-01-01") == []
    assert runs(api, "?started_after=2020-01-01T00:00:00Z") == [second, first]
    cursor = api.call(VIEWER, "GET", "/workflows/runs?limit=1").json()["next_cursor"]
    assert runs(api, f"?limit=1&cursor={cursor}") == [first]


@pytest.mark.parametrize("query", ["run_status=done", "started_before=yesterday", "cursor=bad"])
def test_a_bad_filter_is_refused(api: Api, acme: dict, query: str) -> None:
    refused(api.call(VIEWER, "GET", f"/workflows/runs?{query}"), 400)


def test_another_tenant_sees_no_run(api: Api, finished: dict) -> None:
    path = f"/workflows/runs/{finished['workflow_run_id']}"
    assert runs(api, who=STRANGER) == []
    for method, suffix in (("GET", ""), ("POST", "/cancel"), ("DELETE", "")):
        refused(api.call(STRANGER, method, path + suffix), 404)
    assert runs(api) == [finished["workflow_run_id"]]


def test_a_finished_run_cannot_be_stopped(api: Api, finished: dict) -> None:
    path = f"/workflows/runs/{finished['workflow_run_id']}/cancel"
    refused(api.call(MEMBER, "POST", path), 409, "Workflow run is not active")
    refused(api.call(VIEWER, "POST", path), 403)


def test_a_hidden_run_is_gone_and_can_still_be_removed(api: Api, finished: dict) -> None:
    path = f"/workflows/runs/{finished['workflow_run_id']}"
    refused(api.call(MEMBER, "DELETE", path), 403)
    assert api.call(ADMIN, "DELETE", path).status_code == 204
    assert runs(api) == []
    refused(api.call(ADMIN, "GET", path), 404)
    refused(api.call(ADMIN, "DELETE", path), 404)
    assert api.call(ADMIN, "DELETE", f"{path}?hard=true").status_code == 204
    refused(api.call(ADMIN, "DELETE", f"{path}?hard=true"), 404)


def test_a_streamed_run_ends_with_the_final_event(api: Api, acme: dict) -> None:
    response = api.call(MEMBER, "POST", "/workflows/analysis_code/run-stream", json={"message": "Why?"})
    frames = response.text.removesuffix("\n\n").split("\n\n")
    final = json.loads(frames[-1].removeprefix("data: "))
    assert final["kind"] == "final"
    assert final["workflow"]["workflow_run_id"] == runs(api)[0]
    assert final["final"]["response_text"] == "Stub response: Stub response: Why?"


def test_what_cannot_be_run_leaves_no_run(api: Api, finished: dict) -> None:
    refused(run(api, "none"), 404)
    refused(run(api, who=VIEWER), 403)
    refused(run(api, who=STRANGER, attachments=[{"object_id": NO_RUN}]), 404)
    assert runs(api, who=STRANGER) == []
    assert runs(api) == [finished["workflow_run_id"]]
