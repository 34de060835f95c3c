"""Conversations."""

from typing import Any

import pytest

from tests.reference_service.support import PASSWORD, Api, refused

OWNER, MEMBER, VIEWER = (f"{role}@acme.example.com" for role in ("owner", "member", "viewer"))
STRANGER = "owner@globex.example.com"


def talk(key: str, *texts: str, agent: str = "default") -> dict[str, Any]:
    roles = ("user", "assistant")
    messages = [{"role": roles[number % 2], "text": text} for number, text in enumerate(texts)]
    return {"key": key, "user_email": OWNER, "messages": messages, "agent_entrypoint": agent}


@pytest.fixture
def talks(api: Api, acme: dict, globex: dict) -> dict[str, str]:
    """Three conversations of Acme by key: refunds (4 messages), travel (1), empty (none)."""
    seeded = api.seed(
        {
            "slug": "acme",
            "name": "Acme",
            "users": [{"email": OWNER, "password": PASSWORD, "role": "owner"}],
            "conversations": [
                talk("refunds", "How do refunds work?", "In 30 days.", "Refund in full?", "Yes."),
                talk("travel", "Where to fly?", agent="researcher"),
                talk("empty"),
            ],
        }
    )
    return {key: item["conversation_id"] for key, item in seeded["conversations"].items()}


def keys(api: Api, path: str, who: str = OWNER) -> list[str]:
    return [item["conversation_id"] for item in api.call(who, "GET", path).json()["items"]]


def contents(api: Api, conversation: str) -> list[str]:
    messages = api.call(OWNER, "GET", f"/conversations/{conversation}").json()["messages"]
    return [message["content"] for message in messages]


def test_the_tenant_sees_its_conversations_newest_first_without_empty_ones(api: Api, talks: dict) -> None:
    assert keys(api, "/conversations", VIEWER) == ["travel", "refunds"]
    assert keys(api, "/conversations?agent=researcher") == ["travel"]
    assert keys(api, "/conversations", STRANGER) == []


def test_the_list_is_paged(api: Api, talks: dict) -> None:
    first = api.call(OWNER, "GET", "/conversations?limit=1").json()
    assert first["items"][0]["conversation_id"] == "travel"
    rest = api.call(OWNER, "GET", f"/conversations?limit=1&cursor={first['next_cursor']}").json()
    assert rest["items"][0]["last_message_preview"] == "Yes."
    assert rest["next_cursor"] is None
    refused(api.call(OWNER, "GET", "/conversations?cursor=bad"), 400)
    refused(api.call(STRANGER, "GET", f"/conversations?cursor={first['next_cursor']}"), 400)


def test_search_finds_messages_and_titles(api: Api, talks: dict) -> None:
    hit = api.call(OWNER, "GET", "/conversations/search?q=REFUND").json()["items"][0]
    assert (hit["conversation_id"], hit["preview"]) == ("refunds", "Refund in full?")
    api.call(OWNER, "PATCH", "/conversations/travel/title", json={"display_name": "Refund of a flight"})
    assert keys(api, "/conversations/search?q=refund") == ["refunds", "travel"]
    assert keys(api, "/conversations/search?q=nothing-like-it") == []
    refused(api.call(OWNER, "GET", "/conversations/search"), 422)


def test_a_conversation_is_read_by_key_and_by_identifier(api: Api, talks: dict) -> None:
    assert contents(api, "refunds") == contents(api, talks["refunds"])
    assert contents(api, "refunds")[0] == "How do refunds work?"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/messages"),
        ("GET", "/events"),
        ("PATCH", "/title"),
        ("PATCH", "/memory"),
        ("DELETE", "/messages/1"),
    ],
)
def test_a_foreign_conversation_looks_like_none(api: Api, talks: dict, method: str, path: str) -> None:
    body = {"json": {"display_name": "Mine"}} if method == "PATCH" else {}
    foreign = api.call(STRANGER, method, f"/conversations/{talks['refunds']}{path}", **body)
    unknown = api.call(STRANGER, method, f"/conversations/no-such-key{path}", **body)
    refused(foreign, 404)
    assert foreign.json() == unknown.json()
    assert len(contents(api, "refunds")) == 4


def test_messages_are_paged_in_either_direction(api: Api, talks: dict) -> None:
    for direction, expected in (("desc", ["Yes.", "Refund in full?"]), ("asc", ["How do refunds work?"])):
        path = f"/conversations/refunds/messages?limit={len(expected)}&direction={direction}"
        page = api.call(OWNER, "GET", path).json()
        assert [item["content"] for item in page["items"]] == expected
        assert page["next_cursor"]
        other = "asc" if direction == "desc" else "desc"
        turned = f"/conversations/refunds/messages?direction={other}&cursor={page['next_cursor']}"
        refused(api.call(OWNER, "GET", turned), 400)


def test_taking_a_message_back_removes_what_followed(api: Api, talks: dict) -> None:
    messages = api.call(OWNER, "GET", "/conversations/refunds").json()["messages"]
    path = "/conversations/refunds/messages"
    refused(api.call(OWNER, "DELETE", f"{path}/{messages[1]['message_id']}"), 409)
    refused(api.call(MEMBER, "DELETE", f"{path}/{messages[2]['message_id']}"), 403)
    refused(api.call(OWNER, "DELETE", f"{path}/first"), 400)
    refused(api.call(OWNER, "DELETE", f"{path}/99999"), 404)
    assert len(contents(api, "refunds")) == 4
    assert api.call(OWNER, "DELETE", f"{path}/{messages[2]['message_id']}").status_code == 200
    assert contents(api, "refunds") == ["How do refunds work?", "In 30 days."]


def test_memory_settings_change_one_by_one(api: Api, talks: dict) -> None:
    path = "/conversations/refunds/memory"
    api.call(OWNER, "PATCH", path, json={"mode": "trim", "max_user_turns": 3})
    changed = api.call(OWNER, "PATCH", path, json={"mode": None, "memory_injection": True}).json()
    assert (changed["mode"], changed["max_user_turns"], changed["memory_injection"]) == (None, 3, True)
    assert len(changed) == 7
    refused(api.call(MEMBER, "PATCH", path, json={"mode": "trim"}), 403)
    refused(api.call(OWNER, "PATCH", path, json={"mode": "forget"}), 422)


def test_a_title_is_trimmed_and_kept(api: Api, talks: dict) -> None:
    path = "/conversations/refunds/title"
    assert api.call(MEMBER, "PATCH", path, json={"display_name": "  Money \n back "}).status_code == 200
    for bad in (" ", "", "x" * 129, 7):
        refused(api.call(MEMBER, "PATCH", path, json={"display_name": bad}), 422)
    refused(api.call(VIEWER, "PATCH", path, json={"display_name": "Mine"}), 403)
    assert api.call(OWNER, "GET", "/conversations/refunds").json()["display_name"] == "Money back"


def test_only_administrators_delete_and_only_their_own(api: Api, talks: dict) -> None:
    refused(api.call(MEMBER, "DELETE", "/conversations/refunds"), 403)
    assert api.call(STRANGER, "DELETE", f"/conversations/{talks['refunds']}").status_code == 204
    assert len(contents(api, "refunds")) == 4
    assert api.call(OWNER, "DELETE", "/conversations/refunds").status_code == 204
    refused(api.call(OWNER, "GET", "/conversations/refunds"), 404)
    assert api.call(OWNER, "DELETE", "/conversations/refunds").status_code == 204
