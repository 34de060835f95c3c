"""What looks like a contradiction and is none, beside what still is one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.rules.memory import Memory
from tests.acceptance.answers import LATER, NOW, OTHER, TENANT, THIRD, answer
from tests.api_service.scenario_examples import (
    CONVERSATION,
    PATH,
    STORE,
    deleted,
    made,
    page,
    rules,
    stores,
    titled,
)

SUBSCRIPTION = "/billing/tenants/{tenant_id}/subscription"
CHAT = answer("POST /chat", {"conversation_id": OTHER})


def member(role: str) -> Exchange:
    return answer("GET /tenants/members", {"members": [{"user_id": OTHER, "role": role}], "total": 1})


def conversation(**fields: Any) -> Exchange:
    return answer(f"GET {CONVERSATION}", {"conversation_id": OTHER, **fields}, values=PATH)


def test_what_begins_again_after_a_deletion_is_another_one() -> None:
    gone = deleted(f"DELETE {CONVERSATION}", conversation_id=OTHER)
    first, again = conversation(created_at=NOW), conversation(created_at=LATER)
    assert rules(first, gone, CHAT, again) == set()
    assert rules(first, CHAT, again) == {"same everywhere"}


def test_another_thing_that_is_made_does_not_bring_back_a_deleted_one() -> None:
    assert rules(stores(STORE), deleted(), made(id=THIRD), stores(STORE, {**STORE, "id": THIRD})) == {
        "deleted is gone"
    }


def test_a_deleted_thing_may_be_spoken_of_elsewhere() -> None:
    elsewhere = answer("GET /assets", {"items": [{"id": OTHER}], "next_offset": None})
    assert rules(stores(STORE), deleted(), elsewhere) == set()


def test_a_feed_shows_everybody_their_own_view() -> None:
    def deed(name: str, person: str = "Alice") -> Exchange:
        return answer("GET /activity", {"items": [{"id": OTHER, "object_name": name}]}, person=person)

    assert rules(deed("minutes.txt"), deed("hidden", "Bob")) == set()
    assert rules(deed("minutes.txt"), deed("hidden")) == {"same everywhere"}


def test_a_sign_in_changes_nobody() -> None:
    sign_in = answer("POST /auth/token", {"user_id": THIRD})
    assert rules(member("owner"), sign_in, member("viewer")) == {"same everywhere"}


def test_a_reply_may_change_what_is_billed() -> None:
    def subscribed(**fields: Any) -> Exchange:
        return answer(f"GET {SUBSCRIPTION}", fields, values={"tenant_id": TENANT})

    assert rules(subscribed(state="active"), CHAT, subscribed(state="past_due")) == set()
    assert rules(subscribed(state="active"), subscribed(state="past_due")) == {"same everywhere"}


def test_every_write_may_move_the_feed_and_no_other_list() -> None:
    renamed = titled("Work", f"PATCH {CONVERSATION}/title", sent={"display_name": "Work"})
    assert rules(page(None, "a", "b"), renamed, page("after-b", "b", "c")) == set()
    signed = answer("GET /auth/sessions", {"sessions": [{"id": "s"}], "total": 1})
    nothing = answer("GET /auth/sessions", {"sessions": [], "total": 0})
    assert rules(signed, renamed, nothing) == {"nothing vanishes"}


def test_pages_of_another_size_are_cut_elsewhere() -> None:
    assert rules(page(None, "a", "b"), page("after-b", "b", "c", limit=3)) == set()


def test_a_conversation_counts_the_messages_that_it_shows() -> None:
    shown = conversation(messages=[{"message_id": "1"}, {"message_id": "2"}])
    assert rules(shown, conversation(message_count=2)) == set()
    assert rules(shown, conversation(message_count=3)) == {"same everywhere"}


def test_the_agent_who_answered_is_the_active_one() -> None:
    answered = answer("POST /chat", {"conversation_id": OTHER, "agent_used": "coder"})
    assert rules(answered, conversation(active_agent="coder")) == set()
    assert rules(answered, conversation(active_agent="triage")) == {"same everywhere"}


def test_the_provider_works_on_after_it_has_answered() -> None:
    assert (
        rules(stores({**STORE, "status": "in_progress"}), stores({**STORE, "status": "completed"})) == set()
    )


def test_whoever_goes_on_by_the_id_names_a_conversation_anew() -> None:
    begun = answer("POST /chat", {"conversation_id": "my-key"})
    gone_on = answer("POST /chat", {"conversation_id": OTHER}, sent={"conversation_id": OTHER})
    listed = answer("GET /conversations", {"items": [{"conversation_id": OTHER}], "next_cursor": None})
    assert rules(begun, gone_on, listed) == set()
    assert rules(begun, listed) == {"made is listed"}


def test_after_a_write_that_broke_nobody_knows_what_is_there() -> None:
    broken = answer("DELETE /vector-stores/{vector_store_id}", {}, 500, values={"vector_store_id": OTHER})
    assert rules(made(), broken, stores()) == set()


def test_what_somebody_made_for_themselves_is_not_in_another_ones_list() -> None:
    sent = {"policy_key": "tos", "version": "1"}
    agreed = answer("POST /users/consents", {"success": True}, 201, sent=sent)
    assert rules(agreed, answer("GET /users/consents", [], person="Bob")) == set()
    assert rules(agreed, answer("GET /users/consents", [])) == {"made is listed"}


def test_what_everybody_shares_may_be_changed_by_others() -> None:
    def tenants(status: str, slug: str = "nimbus") -> Exchange:
        shown = {"id": OTHER, "status": status, "created_at": NOW, "invited_email": slug}
        return answer("GET /platform/tenants", {"accounts": [shown], "total": 1})

    assert rules(tenants("active"), tenants("suspended")) == set()
    assert rules(tenants("active"), tenants("active", "stratus")) == {"same everywhere"}


def test_a_title_may_be_made_up_later_and_then_stays() -> None:
    assert rules(titled(None), titled("Holiday")) == set()
    assert rules(titled("Holiday"), titled(None)) == {"same everywhere"}


def test_what_was_shown_while_a_reply_was_written_never_changes() -> None:
    def ledger(text: str) -> Exchange:
        event = {"stream_id": "chat_1", "event_id": 1, "text": text}
        body = {"conversation_id": OTHER, "items": [event]}
        return answer(f"GET {CONVERSATION}/ledger/events", body, values=PATH)

    assert rules(ledger("Oslo"), CHAT, ledger("Oslo")) == set()
    assert rules(ledger("Oslo"), CHAT, ledger("Rome")) == {"same everywhere"}


def test_what_was_answered_counts_where_it_differs_from_what_was_sent() -> None:
    answered = answer("POST /vector-stores", {**STORE, "name": "Papers (2)"}, 201, sent={"name": "Papers"})
    assert rules(answered, stores({**STORE, "name": "Papers (2)"})) == set()
    assert rules(answered, stores(STORE)) == {"same everywhere"}


def test_only_what_the_service_says_of_a_new_tenant_itself_has_to_be_young() -> None:
    old = (datetime.now(UTC) - timedelta(minutes=10)).isoformat()
    memory = Memory()
    memory.made_account(TENANT)

    def found(operation: str, **fields: str) -> set[str]:
        exchange = answer(operation, {"data": fields})
        exchange.headers = {}
        return {finding.rule for finding in memory.findings(exchange)}

    assert found("PATCH /users/me/profile", updated_at=old) == {"older than its account"}
    assert found("GET /billing/tenants/{tenant_id}/events", occurred_at=old) == set()
    assert found("GET /status", generated_at=old) == set()
