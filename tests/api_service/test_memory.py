"""What a scenario learns of the service, and what contradicts it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acceptance.calls.exchange import Exchange
from api_service.rules.memory import Memory
from tests.acceptance.answers import LATER, NOW, OTHER, TENANT, THIRD, answer, token
from tests.api_service.scenario_examples import (
    CONVERSATION,
    PATH,
    STORE,
    contradictions,
    made,
    rules,
    stores,
    titled,
)


def test_two_reads_of_one_thing_agree() -> None:
    assert rules(titled("Holiday"), titled("Holiday")) == set()
    assert rules(titled("Holiday"), titled("Holidaz")) == {"same everywhere"}


def test_the_finding_names_both_views() -> None:
    (finding,) = contradictions(
        titled("Holiday"), answer("GET /conversations", {"items": [titled("Work").body]})
    )
    assert finding.where == "$.items[0].display_name"
    assert "'Work'" in finding.what
    assert "GET /api/v1/conversations/{conversation_id} gave 'Holiday'" in finding.what


def test_a_list_shows_what_was_made() -> None:
    assert rules(made(), stores(STORE)) == set()
    assert rules(made(), stores({**STORE, "name": "Pagers"})) == {"same everywhere"}
    assert rules(made(), stores({**STORE, "id": THIRD})) == {"made is listed"}


def test_a_write_is_seen_by_the_next_read() -> None:
    renamed = titled("Work", f"PATCH {CONVERSATION}/title", sent={"display_name": "Work"})
    assert rules(titled("Holiday"), renamed, titled("Work")) == set()
    assert rules(titled("Holiday"), renamed, titled("Holiday")) == {"same everywhere"}


def test_a_run_is_compared_in_full_when_it_has_ended() -> None:
    def run(status: str, **fields: Any) -> Exchange:
        shown = {"workflow_run_id": OTHER, "status": status, "workflow_key": "k", **fields}
        return answer("GET /workflows/runs/{run_id}", shown, values={"run_id": OTHER})

    assert rules(run("running", step_count=1), run("succeeded", step_count=2)) == set()
    assert rules(run("succeeded", step_count=1), run("succeeded", step_count=2)) == {"same everywhere"}
    assert rules(run("running"), run("running", workflow_key="l")) == {"same everywhere"}


def test_a_run_shows_the_message_that_started_it() -> None:
    body = {"workflow_run_id": OTHER}
    started = answer(
        "POST /workflows/{workflow_key}/run", body, values={"workflow_key": "k"}, sent={"message": "Go."}
    )

    def looked_at(message: str) -> Exchange:
        shown = {"workflow_run_id": OTHER, "request_message": message}
        return answer("GET /workflows/runs/{run_id}", shown, values={"run_id": OTHER})

    assert rules(started, looked_at("Go.")) == set()
    assert rules(started, looked_at("No.")) == {"same everywhere"}


def test_what_was_sent_is_seen_by_the_next_read_though_the_answer_does_not_repeat_it() -> None:
    announced = answer(
        "POST /storage/objects/upload-url",
        {"object_id": OTHER, "bucket": "b"},
        201,
        sent={"filename": "a.txt", "metadata": {"secret": 1}},
    )

    def listed(filename: str) -> Exchange:
        item = {"id": OTHER, "bucket": "b", "filename": filename, "metadata": None}
        return answer("GET /storage/objects", {"items": [item], "next_offset": None})

    assert rules(announced, listed("a.txt")) == set()
    assert rules(announced, listed("b.txt")) == {"same everywhere"}


def test_a_refused_write_changes_nothing() -> None:
    refused = answer(f"PATCH {CONVERSATION}/title", {}, 403, values=PATH, sent={"display_name": "Work"})
    assert rules(titled("Holiday"), refused, titled("Work")) == {"same everywhere"}


def test_a_token_that_is_shown_twice_may_end_its_session() -> None:
    def session(revoked_at: str | None) -> Exchange:
        shown = {"id": OTHER, "revoked_at": revoked_at}
        return answer("GET /auth/sessions", {"sessions": [shown], "total": 1})

    again = answer("POST /auth/refresh", {}, 401, sent={"refresh_token": "used"})
    assert rules(session(None), again, session(NOW)) == set()


@pytest.mark.parametrize("status", [500, 503])
def test_after_a_write_that_broke_nobody_knows(status: int) -> None:
    broken = answer(f"PATCH {CONVERSATION}/title", {}, status, values=PATH, sent={"display_name": "Work"})
    assert rules(titled("Holiday"), broken, titled("Work")) == set()


def test_a_write_elsewhere_changes_nothing_here() -> None:
    sign_in = answer("POST /auth/token", {"user_id": THIRD}, tenant=None)
    profile = answer("PATCH /users/me/profile", {"data": {"user_id": THIRD, "locale": "de"}})
    assert rules(titled("Holiday"), sign_in, profile, titled("Work")) == {"same everywhere"}


def test_a_write_nearby_may_change_what_can_change_and_nothing_else() -> None:
    chat = answer("POST /chat", {"conversation_id": THIRD})
    first = {**titled("Holiday").body, "created_at": NOW}
    shown = {**titled("Work").body, "created_at": LATER}
    (finding,) = contradictions(_detail(first), chat, _detail(shown))
    assert finding.where == "$.created_at"


def _detail(body: dict[str, Any]) -> Exchange:
    return answer(f"GET {CONVERSATION}", body, values=PATH)


def test_timestamps_are_compared_as_instants() -> None:
    zoned, other = {**STORE, "created_at": "2026-03-01T13:00:00.4+01:00"}, {**STORE, "created_at": LATER}
    assert rules(stores(STORE), stores(zoned)) == set()
    assert rules(stores(STORE), stores(other)) == {"same everywhere"}


def test_what_moves_by_itself_is_not_compared() -> None:
    def session(seen: str) -> Exchange:
        return answer("GET /auth/sessions", {"sessions": [{"id": OTHER, "last_seen_at": seen}], "total": 1})

    assert rules(session(NOW), session(LATER)) == set()


def test_a_member_of_two_tenants_has_a_role_in_each() -> None:
    def member(tenant: str, role: str) -> Exchange:
        shown = {"user_id": OTHER, "tenant_id": tenant, "role": role}
        return answer("GET /tenants/members", {"members": [shown], "total": 1}, tenant=tenant)

    assert rules(member(TENANT, "owner"), member(THIRD, "viewer")) == set()
    assert rules(member(TENANT, "owner"), member(TENANT, "viewer")) == {"same everywhere"}


def test_settings_are_known_by_their_place_and_tenant() -> None:
    def settings(version: int, tenant: str = TENANT) -> Exchange:
        return answer("GET /tenants/settings", {"tenant_id": tenant, "version": version}, tenant=tenant)

    assert rules(settings(1), settings(2)) == {"same everywhere"}
    assert rules(settings(1), settings(2, THIRD)) == set()


def test_a_changed_plan_is_seen_in_the_subscription() -> None:
    tenant = {"tenant_id": TENANT}
    path = "/billing/tenants/{tenant_id}/subscription"

    def subscribed(plan: str) -> Exchange:
        return answer(f"GET {path}", {**tenant, "plan_code": plan}, values=tenant)

    changed = answer(f"POST {path}/plan", {"subscription": {**tenant, "plan_code": "pro"}}, values=tenant)
    assert rules(subscribed("starter"), changed, subscribed("pro")) == set()
    assert rules(subscribed("starter"), changed, subscribed("starter")) == {"same everywhere"}


def test_a_list_of_tokens_shows_the_token_that_was_issued() -> None:
    issued = answer(
        "POST /auth/service-accounts/issue", {"refresh_token": token("refresh", account="robot")}, 201
    )

    def listed(account: str) -> Exchange:
        item = {"jti": "refresh-1", "account": account, "tenant_id": TENANT}
        return answer("GET /auth/service-accounts/tokens", {"items": [item], "total": 1})

    assert rules(issued, listed("robot")) == set()
    assert rules(issued, listed("rabat")) == {"same everywhere"}


def test_a_run_is_the_same_when_started_listed_and_looked_at() -> None:
    steps = [{"name": "analysis"}, {"name": "code"}]
    run = {"workflow_run_id": OTHER, "final_output": "Done.", "steps": steps}
    started = answer("POST /workflows/{workflow_key}/run", run, values={"workflow_key": "k"})

    def listed(**fields: Any) -> Exchange:
        item = {"workflow_run_id": OTHER, "final_output_text": "Done.", "step_count": 2, **fields}
        return answer("GET /workflows/runs", {"items": [item], "next_cursor": None})

    assert rules(started, listed()) == set()
    assert rules(started, listed(step_count=3)) == {"same everywhere"}
    assert rules(started, listed(final_output_text="Dome.")) == {"same everywhere"}
    assert rules(started, listed(workflow_run_id=THIRD)) == {"made is listed"}


FIELDS = st.dictionaries(
    st.sampled_from(["name", "description", "status_reason", "slug"]), st.text(max_size=5) | st.none()
)


@given(FIELDS)
def test_an_unchanged_thing_never_contradicts_itself(fields: dict[str, Any]) -> None:
    shown = {**fields, "id": OTHER}
    one = answer("GET /platform/tenants/{tenant_id}", shown, values={"tenant_id": OTHER})
    assert rules(one, answer("GET /platform/tenants", {"accounts": [shown], "total": 1}), one) == set()


@given(FIELDS.filter(bool), st.data())
def test_every_shared_field_is_compared(fields: dict[str, Any], data: st.DataObject) -> None:
    shown = {**fields, "id": OTHER}
    key = data.draw(st.sampled_from(sorted(fields)))
    changed = {**shown, key: f"not {fields[key]}"}
    one, other = (
        answer("GET /platform/tenants/{tenant_id}", body, values={"tenant_id": OTHER})
        for body in (shown, changed)
    )
    (finding,) = contradictions(one, other)
    assert finding.where == f"$.{key}"


def test_nothing_is_older_than_the_tenant_that_the_scenario_founded() -> None:
    now, before = datetime.now(UTC), datetime.now(UTC) - timedelta(minutes=10)
    shown = {
        key: answer("GET /usage", [{"updated_at": when.isoformat()}])
        for key, when in (("new", now), ("old", before))
    }
    for exchange in shown.values():
        exchange.headers = {}
    memory = Memory()
    assert memory.findings(shown["old"]) == []
    memory.made_account(TENANT)
    assert memory.findings(shown["new"]) == []
    assert {finding.rule for finding in memory.findings(shown["old"])} == {"older than its account"}
