"""Talking to an agent."""

import json
from typing import Any

import pytest

from reference_service.config import Config
from reference_service.limits import Quota
from tests.reference_service.support import Api, refused

MEMBER, VIEWER = "member@acme.example.com", "viewer@acme.example.com"
STRANGER = "owner@globex.example.com"
NOBODYS_OBJECT = "0d6fe5ce-8a5e-4c64-9a3c-3c5f6ad5a6aa"


def say(api: Api, who: str = MEMBER, **body: Any) -> Any:
    return api.call(who, "POST", "/chat", json={"message": "Hello there", **body})


def events(api: Api, who: str = MEMBER, **body: Any) -> list[dict[str, Any]]:
    response = api.call(who, "POST", "/chat/stream", json={"message": "Hello there", **body})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/event-stream"
    frames = response.text.split("\n\n")
    assert frames.pop() == ""
    return [json.loads(frame.removeprefix("data: ")) for frame in frames]


def test_a_reply_is_kept_in_a_new_conversation(api: Api, acme: dict) -> None:
    reply = say(api, agent_type="researcher").json()
    assert (reply["response"], reply["agent_used"]) == ("Stub response: Hello there", "researcher")
    kept = api.call(MEMBER, "GET", f"/conversations/{reply['conversation_id']}").json()
    assert [(m["role"], m["content"]) for m in kept["messages"]] == [
        ("user", "Hello there"),
        ("assistant", "Stub response: Hello there"),
    ]
    status = api.call(MEMBER, "GET", "/agents/researcher/status").json()
    assert status["total_conversations"] == 1
    assert status["last_used"] == kept["updated_at"]


def test_a_conversation_goes_on(api: Api, acme: dict) -> None:
    first = say(api, conversation_id="my-thread").json()
    second = say(api, conversation_id="my-thread", agent_type="no-such-agent").json()
    assert first["conversation_id"] == second["conversation_id"] == "my-thread"
    assert second["agent_used"] == "triage"
    assert len(api.call(MEMBER, "GET", "/conversations/my-thread").json()["messages"]) == 4
    items = api.call(MEMBER, "GET", "/conversations/my-thread/events").json()["items"]
    assert [item["sequence_no"] for item in items] == [1, 2, 3, 4]


def test_a_foreign_conversation_stays_untouched(api: Api, acme: dict, globex: dict) -> None:
    conversation = say(api).json()["conversation_id"]
    refused(say(api, STRANGER, conversation_id=conversation), 404)
    assert len(api.call(MEMBER, "GET", f"/conversations/{conversation}").json()["messages"]) == 2
    assert say(api, STRANGER, conversation_id="my-thread").status_code == 200
    refused(api.call(MEMBER, "GET", "/conversations/my-thread"), 404)


def test_who_may_not_write_cannot_chat(api: Api, acme: dict) -> None:
    refused(say(api, VIEWER), 403, "Insufficient scopes")
    refused(api.call(VIEWER, "POST", "/chat/stream", json={"message": "x"}), 403, "Insufficient scopes")
    refused(api.call(None, "POST", "/chat", json={"message": "x"}), 401)


def test_an_unknown_attachment_and_an_empty_override_are_refused(api: Api, acme: dict) -> None:
    refused(say(api, attachments=[{"object_id": NOBODYS_OBJECT}]), 404, "Attachment not found")
    refused(say(api, vector_store_overrides={"triage": {}}), 422)
    assert api.call(MEMBER, "GET", "/conversations").json()["items"] == []


def test_a_streamed_reply_ends_with_the_final_event(api: Api, acme: dict) -> None:
    *_, final = events(api)
    assert (final["schema"], final["kind"]) == ("public_sse_v1", "final")
    assert final["stream_id"].startswith("chat_")
    assert final["final"]["status"] == "completed"
    kept = api.call(MEMBER, "GET", f"/conversations/{final['conversation_id']}").json()
    assert kept["messages"][-1]["content"] == final["final"]["response_text"]


def test_what_goes_wrong_in_a_stream_is_its_last_event(api: Api, acme: dict) -> None:
    [error] = events(api, attachments=[{"object_id": NOBODYS_OBJECT}])
    assert (error["kind"], error["conversation_id"]) == ("error", "unknown")
    assert error["error"]["message"] == "Attachment not found"


def test_creating_a_conversation_is_recorded(api: Api, acme: dict) -> None:
    say(api, conversation_id="recorded")
    recorded = api.client.app.state.runtime.store.activity_events  # type: ignore[attr-defined]
    [event] = recorded.filter(lambda e: e.action == "conversation.created")
    assert (event.object_id, str(event.actor_id)) == ("recorded", acme["users"][MEMBER]["user_id"])


class TestUnderALimit:
    @pytest.fixture
    def config(self) -> Config:
        once = {name: Quota(1, 60) for name in ("chat", "chat_stream_concurrency")}
        return Config(quotas={**Config().quotas, **once})

    def test_the_limit_is_per_person(self, api: Api, acme: dict) -> None:
        assert say(api).status_code == 200
        response = say(api)
        refused(response, 429, "Rate limit exceeded (chat)")
        assert int(response.headers["Retry-After"]) > 0
        assert say(api, "admin@acme.example.com").status_code == 200

    def test_a_finished_stream_frees_its_slot(self, api: Api, acme: dict) -> None:
        assert events(api)
        assert events(api)
