"""What was made is listed, what was deleted is gone, and no page repeats another."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from acceptance.calls.exchange import Exchange
from api_service.rules.memory import Memory
from tests.acceptance.answers import NOW, OTHER, THIRD, answer
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


def test_a_list_that_goes_on_may_leave_out_what_was_made() -> None:
    page = answer("GET /vector-stores", {"items": [{**STORE, "id": THIRD}], "total": 2})
    assert rules(made(), page) == set()
    assert rules(made(), stores(query={"status": "expired"})) == set()
    assert rules(made(), stores(tenant=THIRD)) == set()


def test_what_was_deleted_is_gone() -> None:
    assert rules(stores(STORE), deleted(), stores()) == set()
    assert rules(stores(STORE), deleted(), stores(STORE)) == {"deleted is gone"}
    detail = answer("GET /vector-stores/{vector_store_id}", STORE, values={"vector_store_id": OTHER})
    assert rules(detail, deleted(), detail) == {"deleted is gone"}


def test_a_deletion_leaves_the_others() -> None:
    assert rules(made(), made(id=THIRD), deleted(), stores({**STORE, "id": THIRD})) == set()
    assert rules(made(), made(id=THIRD), deleted(), stores()) == {"made is listed"}


def test_a_thing_may_be_deleted_by_another_name() -> None:
    store = {"vector_store_id": OTHER}
    files = "/vector-stores/{vector_store_id}/files"
    attached = answer(f"POST {files}", {"id": THIRD, "openai_file_id": "file-1"}, 201, values=store)
    removed = deleted(f"DELETE {files}/{{file_id}}", file_id="file-1", **store)
    left = answer(f"GET {files}", {"items": [], "total": 0}, values=store)
    assert rules(attached, left) == {"made is listed"}
    assert rules(attached, removed, left) == set()


def test_what_another_tenant_deletes_stays() -> None:
    place = {"vector_store_id": OTHER}
    in_vain = answer("DELETE /vector-stores/{vector_store_id}", None, 204, values=place, tenant=THIRD)
    assert rules(made(), in_vain, stores(STORE)) == set()
    assert rules(made(), in_vain, stores()) == {"made is listed"}


def test_what_is_personal_is_gone_only_when_its_owner_deleted_it() -> None:
    def remove(person: str) -> Exchange:
        return answer("DELETE /auth/mfa/{method_id}", None, 204, values={"method_id": OTHER}, person=person)

    methods = answer("GET /auth/mfa", [{"id": OTHER, "method_type": "totp", "revoked_at": None}])
    assert rules(methods, remove("Max"), methods) == set()
    assert rules(methods, remove("Alice"), methods) == {"deleted is gone"}


def test_what_was_revoked_may_still_be_shown_as_such() -> None:
    def session(**fields: Any) -> Exchange:
        return answer("GET /auth/sessions", {"sessions": [{"id": OTHER, **fields}], "total": 1})

    ended = deleted("DELETE /auth/sessions/{session_id}", session_id=OTHER)
    assert rules(session(), ended, session(revoked_at=NOW)) == set()
    assert rules(session(), ended, session(revoked_at=None)) == {"deleted is gone"}


def test_a_deleted_conversation_can_begin_again_under_its_key() -> None:
    gone = deleted(f"DELETE {CONVERSATION}", conversation_id=OTHER)
    again = answer("POST /chat", {"conversation_id": OTHER})
    assert rules(titled("Holiday"), gone, again, titled("Work")) == set()


def test_the_files_of_a_deleted_store_may_be_gone_with_it() -> None:
    place = {"vector_store_id": OTHER}
    files = "/vector-stores/{vector_store_id}/files"
    attached = answer(f"POST {files}", {"id": THIRD}, 201, values=place)
    nothing = answer(f"GET {files}", {"items": [], "total": 0}, values=place)
    assert rules(attached, deleted(), nothing) == set()
    assert rules(attached, nothing) == {"made is listed"}


def test_nothing_vanishes_between_two_reads() -> None:
    assert rules(stores(STORE), stores()) == {"nothing vanishes"}
    assert rules(stores(STORE), stores(person="Bob")) == set()


def test_a_consent_is_listed_under_what_was_sent() -> None:
    agreed = answer(
        "POST /users/consents", {"success": True}, 201, sent={"policy_key": "tos", "version": "1"}
    )
    listed = answer("GET /users/consents", [{"policy_key": "tos", "version": "1", "accepted_at": NOW}])
    assert rules(agreed, listed) == set()
    assert rules(agreed, answer("GET /users/consents", [])) == {"made is listed"}


def test_a_page_does_not_repeat_another() -> None:
    assert rules(page(None, "a", "b"), page("after-b", "c", "d")) == set()
    assert rules(page(None, "a", "b"), page("after-b", "b", "c")) == {"pages differ"}


def test_a_list_may_be_read_from_its_start_again_in_other_pages() -> None:
    assert rules(page(None, "b", "c"), page(None, "a", "b"), page("after-b", "c", "d")) == set()
    assert rules(page(None, "a", "b", "c", limit=3), page(None, "a", "b"), page("after-b", "c", "d")) == set()


def test_a_new_seed_starts_everything_anew() -> None:
    seeded = answer("POST /test-fixtures/apply", {"tenants": {}}, 201, tenant=None)
    assert rules(titled("Holiday"), made(), seeded, titled("Work")) == set()
    assert rules(made(), seeded, stores()) == set()


NAMES = st.sampled_from(
    ["id", "items", "data", "total", "conversation_id", "steps", "refresh_token", "user_id", "messages"]
)
PLACES = [
    "GET /vector-stores",
    "POST /vector-stores",
    "GET /workflows/runs",
    "GET /tenants/settings",
    f"GET {CONVERSATION}",
    f"DELETE {CONVERSATION}",
    "POST /users/consents",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)


@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), max_size=6))
def test_no_body_makes_it_fail(bodies: list[tuple[str, Any]]) -> None:
    memory = Memory()
    for operation, body in bodies:
        status = 200 if operation.startswith("GET") else 201
        for finding in memory.findings(answer(operation, body, status, values=PATH, sent=body)):
            assert str(finding)
