"""The richer parts that the assistant plays on request, and what is kept of them."""

import json
from typing import Any

import pytest

from acceptance.contract.document import load
from api_service.rules import streams
from api_service.subjects.assistants.stream_contract import PARTS, SIGHTS
from reference_service.services.assistants.scripts import SCRIPTS
from tests.reference_service.support import Api, refused

CONTRACT = load()
MEMBER, ADMIN = "member@acme.example.com", "admin@acme.example.com"
STRANGER = "owner@globex.example.com"
# Slow on purpose; it is asked for where somebody leaves before the end.
QUICK = [phrase for phrase in SCRIPTS if phrase != "take your time"]


def frames(text: str) -> list[str]:
    return [line.removeprefix("data: ") for line in text.split("\n\n") if line]


def follow(api: Api, message: str, path: str = "/chat/stream", **body: Any) -> list[dict[str, Any]]:
    response = api.call(MEMBER, "POST", path, json={"message": message, **body})
    assert response.status_code == 200, response.text
    return [json.loads(frame) for frame in frames(response.text)]


@pytest.mark.parametrize("path", ["/chat/stream", "/workflows/analysis_code/run-stream"])
@pytest.mark.parametrize("phrase", QUICK)
def test_every_script_keeps_the_rules_of_streams(api: Api, acme: dict, phrase: str, path: str) -> None:
    events = follow(api, f"Please {phrase} for me.", path)
    assert streams.findings(events) == []
    assert CONTRACT.event_findings(CONTRACT.operation("POST", "/api/v1/chat/stream"), events) == []


def test_the_scripts_together_show_every_kind(api: Api, acme: dict) -> None:
    seen = {event["kind"] for phrase in QUICK for event in follow(api, phrase)}
    kinds = CONTRACT.document["components"]["schemas"]["PublicSseEvent"]["discriminator"]["mapping"]
    assert seen == kinds.keys()


SHOWN = {
    "many words": set(),
    "a search of the web": {"a search of the web and its source"},
    "a search of files": {"found passages, cut, and the file"},
    "a run of code": {"the code in pieces and the file that it made"},
    "a picture": {"a picture in pieces"},
    "a lookup": {"a call with its secret left out"},
    "a connected server": {"an approved call"},
    "another agent's help": {"what the other agent said inside the call"},
    "reasoning": {"a summary of the reasoning"},
    "a change of agent": {"who took over"},
    "a long memory": {"what was forgotten"},
}


@pytest.mark.parametrize("part", SHOWN)
def test_a_reply_shows_what_was_asked_for_and_nothing_else(api: Api, acme: dict, part: str) -> None:
    events = follow(api, PARTS[part])
    assert {sight for sight, sees in SIGHTS.items() if sees(events)} == {"the text in pieces", *SHOWN[part]}


def test_a_refusal_is_kept_as_the_answer(api: Api, acme: dict) -> None:
    *_, final = follow(api, "Say the unspeakable", conversation_id="refused")
    assert final["final"]["status"] == "refused"
    kept = api.call(MEMBER, "GET", "/conversations/refused").json()["messages"]
    assert kept[-1]["content"] == final["final"]["refusal_text"]


def test_a_failure_of_the_provider_is_told_and_answers_nothing(api: Api, acme: dict) -> None:
    *_, error = follow(api, "Please break down", conversation_id="broken")
    assert (error["kind"], error["error"]["source"]) == ("error", "provider")
    body = {"message": "Please break down", "conversation_id": "broken"}
    refused(api.call(MEMBER, "POST", "/chat", json=body), 502)
    refused(api.call(MEMBER, "POST", "/workflows/analysis_code/run", json=body), 502)
    kept = api.call(MEMBER, "GET", "/conversations/broken").json()["messages"]
    assert {message["role"] for message in kept} == {"user"}
    runs = api.call(MEMBER, "GET", "/workflows/runs?run_status=failed").json()["items"]
    assert [run["conversation_id"] for run in runs] == ["broken"]


def test_the_ledger_has_every_stream_in_pages_and_as_a_stream(api: Api, acme: dict, globex: dict) -> None:
    sent = follow(api, "Search the web", conversation_id="kept") + follow(api, "Hi", conversation_id="kept")
    api.call(MEMBER, "POST", "/chat", json={"message": "Not streamed", "conversation_id": "kept"})
    read: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        query = f"?limit=7&cursor={cursor}" if cursor else "?limit=7"
        page = api.call(MEMBER, "GET", f"/conversations/kept/ledger/events{query}").json()
        read, cursor = read + page["items"], page["next_cursor"]
    assert read == sent
    again = api.call(MEMBER, "GET", "/conversations/kept/ledger/stream")
    assert [json.loads(frame) for frame in frames(again.text)] == sent
    for path in ("events", "stream"):
        refused(api.call(STRANGER, "GET", f"/conversations/kept/ledger/{path}"), 404)
        refused(api.call(MEMBER, "GET", f"/conversations/kept/ledger/{path}?cursor=bad"), 400)


def test_a_run_is_replayed_as_it_was_streamed(api: Api, acme: dict, globex: dict) -> None:
    sent = follow(api, "Why?", "/workflows/analysis_parallel/run-stream")
    assert streams.findings(sent) == []
    run = f"/workflows/runs/{sent[0]['workflow']['workflow_run_id']}"
    assert api.call(MEMBER, "GET", f"{run}/replay/events").json()["items"] == sent
    again = api.call(MEMBER, "GET", f"{run}/replay/stream")
    assert [json.loads(frame) for frame in frames(again.text)] == sent
    for path in ("events", "stream"):
        refused(api.call(STRANGER, "GET", f"{run}/replay/{path}"), 404)
    assert api.call(ADMIN, "DELETE", run).status_code == 204
    refused(api.call(MEMBER, "GET", f"{run}/replay/events"), 404)


def test_the_title_is_streamed_once_there_is_one(api: Api, acme: dict) -> None:
    follow(api, "Hi", conversation_id="titled")
    path = "/conversations/titled/stream"
    assert frames(api.call(MEMBER, "GET", path).text) == ["[DONE]"]
    api.call(MEMBER, "PATCH", "/conversations/titled/title", json={"display_name": "A greeting"})
    assert frames(api.call(MEMBER, "GET", path).text) == ["A greeting", "[DONE]"]
    refused(api.call(MEMBER, "GET", "/conversations/none/stream"), 404)


def test_the_catalogs_agree_with_their_details(api: Api, acme: dict) -> None:
    tools = api.call(MEMBER, "GET", "/tools").json()
    assert tools["total_tools"] == len(tools["tool_names"])
    assert {name for names in tools["per_agent"].values() for name in names} <= set(tools["tool_names"])
    for path in ("/guardrails", "/guardrails/presets"):
        for summary in api.call(MEMBER, "GET", path).json():
            detail = api.call(MEMBER, "GET", f"{path}/{summary['key']}").json()
            assert summary.items() <= detail.items()
        refused(api.call(MEMBER, "GET", f"{path}/none"), 404)
