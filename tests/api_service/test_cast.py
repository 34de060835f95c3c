"""Who is seeded when, and how everybody is signed out."""

import json

import pytest

from acceptance.calls.exchange import Call
from acceptance.errors import ConfigurationError
from api_service import settings
from api_service.people.seed import cast
from api_service.session import Session
from tests.acceptance.service import running_service

SESSIONS = "/api/v1/auth/sessions"


@pytest.fixture
def session(tmp_path):
    with running_service() as url:
        config = settings.Settings.load({"SMOKE_BASE_URL": url})
        session = Session.open(tmp_path, config, everybody=False)
        yield session
        session.close()


def applied(session):
    lines = map(json.loads, (session.reports / "exchanges.jsonl").read_text().splitlines())
    seeds = (line["sent"]["tenants"] for line in lines if line["path"].endswith("/test-fixtures/apply"))
    return [[user["display_name"] for tenant in seed for user in tenant["users"]] for seed in seeds]


def test_a_small_run_seeds_alice_and_then_whom_a_scenario_names(session):
    world = session.begin("a scenario", "x.feature:1")
    assert world.person("Dave").user_id
    assert world.person("Brian").tenant_id != world.person("Alice").tenant_id
    assert session.begin("another", "x.feature:2").person("Dave") == world.person("Dave")
    assert applied(session) == [["Alice", "Olga"], ["Dave"], ["Brian"]]


def test_two_people_of_one_address_are_refused():
    config = settings.Settings.load({"SMOKE_USER_EMAIL": "Dave@smoke.example.com"})
    with pytest.raises(ConfigurationError, match=r"Alice and Dave would share the address dave@smoke"):
        cast(config)


def test_whoever_belongs_to_the_run_is_never_taken_for_a_newcomer(session):
    world = session.begin("a scenario", "x.feature:1")
    assert "Dave" in world.persons
    assert "Gus" not in world.persons
    with pytest.raises(LookupError, match="nobody introduced Gus"):
        world.person("Gus")


def test_signing_out_ends_the_sessions_of_the_run(session):
    alice = session.begin("a scenario", "x.feature:1").person("Alice")
    session.people.token(alice)
    assert session.people.sign_out_all() == []
    watcher = session.people.token(alice)
    listed = session.client.send(Call("Alice", "GET", SESSIONS, token=watcher, account=alice.tenant_id))
    assert [one["current"] for one in listed.body["sessions"]] == [True]


def test_an_expired_session_is_renewed_to_be_ended(session):
    alice = session.begin("a scenario", "x.feature:1").person("Alice")
    session.people.token(alice)
    (held,) = session.people._tokens.values()
    held.good_until, held.access = 0.0, "expired"
    assert session.people.sign_out_all() == []
    watcher = session.people.token(alice)
    listed = session.client.send(Call("Alice", "GET", SESSIONS, token=watcher, account=alice.tenant_id))
    assert len(listed.body["sessions"]) == 1
