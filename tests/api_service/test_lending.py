"""Tenants are lent again when they came back as they were, and only then."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Finding
from acceptance.errors import TargetError
from api_service.lending.values import ACCOUNT, FEATURES, PROFILE, SETTINGS, SUBSCRIPTION, SUSPEND
from api_service.people.accounts import LOGOUT, TOKEN, VISITOR
from api_service.people.tenants import OPERATOR
from api_service.session import Session
from api_service.settings import Settings
from api_service.subjects.billing.billing import move_clock
from api_service.subjects.new_tenants import borrow_tenant, join_new_tenant
from api_service.world import World

CHAT, CONVERSATIONS = "/api/v1/chat", "/api/v1/conversations"
MEMBERS = "/api/v1/tenants/members"
Act = Callable[[World], Any]
NUMBERS = count(1)


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Iterator[Session]:
    opened = Session.open(tmp_path_factory.mktemp("reports"), Settings.load({}))
    yield opened
    opened.close()


@pytest.fixture
def use(session) -> Callable[..., str]:
    """Return a function that has a scenario use a lent tenant of this test's own, and gives its id."""

    title = f"Nimbus {next(NUMBERS)}"

    def used(act: Act = lambda _: None, passes: bool = True) -> str:
        world = session.begin("A tenant is used", "lending.feature:1")
        people, plan = [("Nina", "owner"), ("Max", "member")], {"plan_code": "pro"}
        seeded = {"key": "{slug}-talk", "messages": [{"role": "user", "text": "Hello?"}]}
        tenant = borrow_tenant(world, title, people, conversations=[seeded], **plan)
        act(world)
        if passes:
            world.finish()
        world.clean_up()
        return tenant.id

    return used


def of(world: World, name: str = "Nina") -> dict[str, str]:
    return {"tenant_id": world.person(name).tenant_id}


def save_settings(world: World) -> None:
    version = world.must("Nina", "GET", SETTINGS).body["version"]
    sent = {"billing_contacts": [], "plan_metadata": {"contract": "C-17"}, "flags": {"beta": True}}
    world.must("Nina", "PUT", SETTINGS, json=sent, headers={"If-Match": f'"{version}"'})


LEFT_AS_FOUND: dict[str, Act] = {
    "nothing": lambda world: None,
    "a read": lambda world: world.must("Nina", "GET", CONVERSATIONS),
    "a refusal": lambda world: world.look("Max", "PATCH", ACCOUNT, json={"name": "Max & Sons"}),
}
TIMES = {"updated_at", "version", "starts_at", "current_period_start", "current_period_end"}
PUT_BACK: dict[str, tuple[Act, str]] = {
    "a profile": (
        lambda world: world.must("Nina", "PATCH", PROFILE, json={"given_name": "Antonina"}),
        "/api/v1/users/me",
    ),
    "a name": (lambda world: world.must("Nina", "PATCH", ACCOUNT, json={"name": "Cirrus"}), ACCOUNT),
    "settings": (save_settings, SETTINGS),
    "a switch": (
        lambda world: world.must(OPERATOR, "PUT", FEATURES, json={"flags": {"billing": False}}, **of(world)),
        "/api/v1/features",
    ),
    "a suspension": (
        lambda world: world.must(OPERATOR, "POST", SUSPEND, json={"reason": "Unpaid."}, **of(world)),
        "/api/v1/features",
    ),
    "a subscription": (
        lambda world: world.must("Nina", "PATCH", SUBSCRIPTION, json={"seat_count": 9}, **of(world)),
        SUBSCRIPTION,
    ),
    "a conversation": (
        lambda world: world.must("Nina", "POST", CHAT, json={"message": "What can you do?"}),
        CONVERSATIONS,
    ),
}
LEFT_OTHERWISE: dict[str, Act] = {
    "a guess": lambda world: world.look(
        VISITOR, "POST", TOKEN, json={"email": world.person("Nina").email, "password": "a wrong guess"}
    ),
    "a removed member": lambda world: world.must(
        "Nina", "DELETE", f"{MEMBERS}/{{user_id}}", user_id=world.person("Max").user_id
    ),
    "a change to what was seeded": lambda world: world.must(
        "Nina",
        "PATCH",
        f"{CONVERSATIONS}/{{conversation_id}}/memory",
        json={"mode": "none"},
        conversation_id=world.must("Nina", "GET", CONVERSATIONS).body["items"][0]["conversation_id"],
    ),
    "a second tenant of somebody": lambda world: join_new_tenant(
        world, world.person("Max"), "Cumulus", "viewer"
    ),
    "a clock that was moved": lambda world: move_clock(world, "Nina", 31),
    "what nobody looks at": lambda world: world.must(
        "Nina", "POST", "/api/v1/users/consents", json={"policy_key": "privacy", "version": "1"}
    ),
}


@pytest.mark.parametrize("act", LEFT_AS_FOUND.values(), ids=LEFT_AS_FOUND)
def test_what_was_left_as_found_is_lent_again(use, act):
    assert use(act) == use()


@pytest.mark.parametrize(("act", "path"), PUT_BACK.values(), ids=PUT_BACK)
def test_what_was_changed_is_put_back(use, act, path):
    read: list[Any] = []

    def look(world: World) -> None:
        values = of(world) if "{" in path else {}
        body = world.must("Nina", "GET", path, **values).body
        read.append({name: part for name, part in body.items() if name not in TIMES})

    first = use(look)
    assert use(act) == first
    assert use(look) == first
    assert read[0] == read[1]


@pytest.mark.parametrize("act", LEFT_OTHERWISE.values(), ids=LEFT_OTHERWISE)
def test_what_may_be_otherwise_is_not_lent_again(use, act):
    assert use(act) != use()


def test_a_tenant_of_a_scenario_that_failed_is_not_lent_again(use):
    assert use(passes=False) != use()


def test_two_scenarios_at_once_never_share_a_tenant(use):
    met: list[str] = []
    assert use(lambda _: met.append(use())) not in met


def test_a_removal_that_removes_nothing_is_told(use, session, monkeypatch):
    send = session.client.send

    def removes_nothing(call: Call) -> Exchange:
        if call.method != "DELETE":
            return send(call)
        done = send(replace(call, method="GET"))
        return replace(done, operation=session.contract.operation("DELETE", call.path), status=204)

    monkeypatch.setattr(session.client, "send", removes_nothing)
    act, _ = PUT_BACK["a conversation"]
    with pytest.raises(TargetError, match="is still there, although the service removed it"):
        use(act)


def test_a_tenant_is_lent_until_half_of_a_limit_is_used_up(session, use):
    allowed = session.settings.limits["chat"]
    used: dict[str, int] = {}
    for _ in range(allowed):
        tenant = use(PUT_BACK["a conversation"][0])
        used[tenant] = used.get(tenant, 0) + 1
    assert max(used.values()) == allowed // 2


def test_a_session_of_a_scenario_is_ended(session, use):
    tokens: list[str] = []

    def sign_in(world: World) -> None:
        nina = world.person("Nina")
        sent = {"email": nina.email, "password": nina.password, "tenant_id": nina.tenant_id}
        tokens.append(world.must("Nina", "POST", TOKEN, json=sent).body["session_id"])

    def look(world: World) -> None:
        listed = world.must("Nina", "GET", "/api/v1/auth/sessions").body["sessions"]
        assert tokens[0] not in {one["id"] for one in listed}

    assert use(sign_in) == use(look)


@pytest.mark.parametrize(("path", "again"), [("/api/v1/auth/logout/all", False), (LOGOUT, True)])
def test_a_tenant_whose_own_session_was_ended_is_not_lent_again(use, path, again):
    def sign_out(world: World) -> None:
        nina = world.person("Nina")
        world.suite.people.token(nina)
        sent = {"email": nina.email, "password": nina.password, "tenant_id": nina.tenant_id}
        told = world.must("Nina", "POST", TOKEN, json=sent).body
        world.use_token("Nina", told["access_token"])
        world.must("Nina", "POST", path, json={"refresh_token": told["refresh_token"]} if again else None)

    assert (use(sign_out) == use()) is again


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_answer_that_breaks_the_contract_is_told(use, session, monkeypatch, method):
    send = session.client.send

    def broken(call: Call) -> Exchange:
        exchange = send(call)
        if call.path.startswith(CONVERSATIONS) and call.method == method:
            exchange.findings.append(Finding("schema", "items", "is no list"))
        return exchange

    monkeypatch.setattr(session.client, "send", broken)
    act, _ = PUT_BACK["a conversation"]
    with pytest.raises(TargetError, match="a lent tenant to be looked at and put in order"):
        use(act)


def test_no_name_begins_with_another_one(session):
    world = session.begin("A tenant is named", "lending.feature:1")
    names = []
    for world.ordinal in (1, 18):
        names.append(world.unique("nimbus"))
    assert not names[1].startswith(names[0])


def test_a_tenant_that_the_run_has_taken_down_is_not_lent_again(session, use):
    taken_down = use()
    assert session.suite.tenants.close(session._undo) == []
    assert use() != taken_down
