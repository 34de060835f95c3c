"""The prover is proven: unarmed it changes nothing; each family is noticed by its check."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import jwt
import pytest

from acceptance.calls.client import Client, Connection
from acceptance.calls.exchange import Call, Exchange
from acceptance.checks import assertions
from acceptance.checks.answer_check import AnswerCheck
from acceptance.checks.deviations import Deviations
from acceptance.prove import effect_faults, equivalent, faults, field_faults, own_calls, report, stream_faults
from acceptance.prove.campaign import Result
from acceptance.prove.derive import Ids, derive
from acceptance.prove.proxy import Proxy
from tests.acceptance import small_service
from tests.acceptance.small_service import ALICE, BRIAN, CONTRACT, ID, OTHER_ID, SmallService

SECONDS = 0.5
IN_ONE_TENANT, IN_ANOTHER = (
    jwt.encode({"tenant_id": tenant}, "a-key-of-thirty-two-bytes-or-more") for tenant in ("one", "another")
)


@dataclass
class Stage:
    service: SmallService
    upstream: str
    proxy: Proxy
    client: Client

    def ask(self, method: str, path: str, token: str = ALICE, **more) -> Exchange:
        call = Call("Alice", method, path, token=token.removeprefix("Bearer ") or None, **more)
        return self.client.send(call)

    def thing(self, method: str = "GET", token: str = ALICE, **more) -> Exchange:
        return self.ask(method, "/things/{id}", token, values={"id": ID}, **more)


@pytest.fixture(scope="module")
def theatre() -> Iterator[tuple[SmallService, Stage]]:
    service = SmallService()
    with small_service.running(service) as upstream:
        proxy = Proxy(upstream, effect_faults.Known()).start()
        proxy.route(CONTRACT)
        connection = Connection(proxy.base_url, CONTRACT, SECONDS, SECONDS)
        client = Client(connection, [AnswerCheck(CONTRACT, Deviations())], request_name="things.feature:3")
        yield service, Stage(service, upstream, proxy, client)
        connection.close()
        proxy.stop()


@pytest.fixture
def stage(theatre) -> Iterator[Stage]:
    service, made = theatre
    service.reset()
    yield made
    made.proxy.armed = None


def test_unarmed_the_proxy_changes_no_byte(stage):
    paths = ["/things", f"/things/{ID}", "/nowhere", "/stream", "/things?offset=1"]
    for path in paths:
        direct = httpx.get(stage.upstream + path, headers={"Authorization": ALICE})
        through = httpx.get(stage.proxy.base_url + path, headers={"Authorization": ALICE})
        assert (through.status_code, through.content) == (direct.status_code, direct.content)
        names = {"content-type", "etag", "www-authenticate", "content-length"}
        assert {n: through.headers.get(n) for n in names} == {n: direct.headers.get(n) for n in names}


def test_unarmed_a_stream_is_delivered_event_by_event(stage):
    # The service holds its second event back for ever: the first must come through all the same.
    with stage.client.stream(Call("Alice", "GET", "/stream", query={"hold": 1})) as stream:
        assert stream.read(SECONDS, lambda payload: True) == [{"event_id": 1, "kind": "delta"}]
        assert stream.ended == ""


def succeeds(stage: Stage, method: str = "GET") -> None:
    assertions.succeeded(stage.thing(method))


def has_value(key: str, value: object) -> Callable[[Stage], None]:
    return lambda stage: assertions.check(answer := stage.thing(), assertions.field(answer, key), value)


def note_is_true(stage: Stage) -> None:
    assert stage.ask("GET", "/note").content == b"Bring the umbrella."


def lists_once(stage: Stage) -> None:
    body = stage.ask("GET", "/things", IN_ONE_TENANT).body
    assert (len(body["items"]), body["total"]) == (1, 2)


def lists_both(stage: Stage) -> None:
    names = [stage.ask("GET", "/things", query={"offset": n}).body["items"][0]["name"] for n in (0, 1)]
    assert names == ["Thing 0", "Thing 1"]


def rename_lasts(stage: Stage) -> None:
    assertions.succeeded(stage.thing("PATCH", json={"name": "Renamed"}))
    has_value("name", "Renamed")(stage)
    assertions.succeeded(stage.thing("PATCH", json={"name": "Thing 0"}))


def delete_lasts(stage: Stage) -> None:
    assertions.succeeded(stage.ask("DELETE", "/things/{id}", values={"id": OTHER_ID}))
    gone = stage.ask("GET", "/things/{id}", values={"id": OTHER_ID})
    assertions.refused(gone, 404, "NotFound")


def visitor_is_refused(stage: Stage) -> None:
    stage.thing()
    refused = stage.thing(token="")
    assertions.refused(refused, 401, "Unauthorized")
    assert refused.headers.get("www-authenticate") == "Bearer"


def stranger_is_refused(stage: Stage) -> None:
    stage.thing()
    assertions.refused(stage.thing(token=BRIAN), 404, "NotFound")


def stream_is_whole(stage: Stage) -> None:
    with stage.client.stream(Call("Alice", "GET", "/stream")) as stream:
        stream.read_to_end(SECONDS, lambda event: isinstance(event, dict) and event.get("kind") == "final")
    assert stream.ended == "terminal"
    assert [isinstance(event, dict) and event["event_id"] for event in stream.payloads] == [1, 2]
    assert not stream.after_terminal


def nothing_is_checked(stage: Stage) -> None:
    for token in (ALICE, BRIAN, ""):
        stage.thing(token=token)
        stage.thing("PATCH", token, json={"name": "Thing 0"})


def operation(method: str, path: str = "/things/{id}"):
    return CONTRACT.operation(method, path)


def field(family: type[faults.Fault], *where: str, value: object = None) -> faults.Fault:
    return family(operation("GET"), where, value)


def feigned(stage: Stage, family: type[effect_faults.NotDone], method: str, thing: str) -> faults.Fault:
    recorded = stage.ask(method, "/things/{id}", values={"id": thing}, json={"name": "Thing 0"})
    return family(operation(method), recorded=recorded)


NOTICED: list[tuple[str, Callable[[Stage], faults.Fault], Callable[[Stage], None]]] = [
    ("status", lambda s: field(faults.WrongStatus), succeeds),
    ("error", lambda s: field(faults.ServerError), succeeds),
    ("empty", lambda s: field(faults.EmptyBody), succeeds),
    ("html", lambda s: field(faults.Html), succeeds),
    ("text changed", lambda s: faults.TextChanged(operation("GET", "/note")), note_is_true),
    ("lost", lambda s: field(field_faults.FieldLost, "name"), succeeds),
    ("null", lambda s: field(field_faults.FieldNull, "name"), succeeds),
    ("type", lambda s: field(field_faults.WrongType, "size"), succeeds),
    ("number", lambda s: field(field_faults.OffByOne, "size"), has_value("size", 3)),
    ("boolean", lambda s: field(field_faults.Flipped, "live"), has_value("live", True)),
    ("text", lambda s: field(field_faults.Changed, "name"), has_value("name", "Thing 0")),
    ("id", lambda s: field(field_faults.Swapped, "id", value=OTHER_ID), has_value("id", ID)),
    ("emptied", lambda s: field(field_faults.Emptied, "tags"), has_value("tags", ["a", "b"])),
    ("item lost", lambda s: field(field_faults.ItemLost, "tags"), has_value("tags", ["a", "b"])),
    ("doubled", lambda s: field(field_faults.ItemDoubled, "tags"), has_value("tags", ["a", "b"])),
    ("reversed", lambda s: field(field_faults.Reversed, "tags"), has_value("tags", ["a", "b"])),
    ("zone", lambda s: field(field_faults.ZoneLost, "created_at"), succeeds),
    (
        "past",
        lambda s: field(field_faults.LongAgo, "created_at"),
        has_value("created_at", "2026-01-02T03:04:05Z"),
    ),
    ("etag", lambda s: field(faults.HeaderLost, value="etag"), lambda s: _has_header(s, "etag")),
    ("www", lambda s: field(faults.HeaderLost, value="www-authenticate"), visitor_is_refused),
    ("feigned write", lambda s: feigned(s, effect_faults.WriteNotDone, "PATCH", ID), rename_lasts),
    (
        "unauthenticated",
        lambda s: effect_faults.Unauthenticated(operation("GET"), known=s.proxy.known),
        visitor_is_refused,
    ),
    (
        "boundary",
        lambda s: effect_faults.BoundaryOpen(operation("GET"), known=s.proxy.known),
        stranger_is_refused,
    ),
    ("page", lambda s: effect_faults.PageRepeated(operation("GET", "/things")), lists_both),
    ("slow", lambda s: field(stream_faults.Slow), succeeds),
    ("dropped", lambda s: field(stream_faults.Dropped), succeeds),
    *[
        (family.family, lambda s, family=family: family(operation("GET", "/stream")), stream_is_whole)
        for family in stream_faults.STREAM_FAMILIES
    ],
]


def _has_header(stage: Stage, name: str) -> None:
    assert stage.thing().headers.get(name) == '"1"'


@pytest.mark.parametrize(("fault_of", "check"), [row[1:] for row in NOTICED], ids=[row[0] for row in NOTICED])
def test_a_check_is_green_without_its_fault_and_red_with_it(stage, fault_of, check):
    fault = fault_of(stage)
    check(stage)
    stage.proxy.armed = fault
    with pytest.raises(AssertionError):
        check(stage)
    assert fault.served > 0


def test_a_feigned_deletion_is_noticed_by_looking_again(stage):
    recorded = Exchange(operation("DELETE"), Call("Alice", "DELETE", "/things/{id}"), "", "", status=204)
    stage.proxy.armed = effect_faults.DeleteNotDone(operation("DELETE"), recorded=recorded)
    with pytest.raises(AssertionError):
        delete_lasts(stage)
    stage.proxy.armed = None
    delete_lasts(stage)


def test_another_tenants_things_in_a_list_are_noticed(stage):
    stage.ask("GET", "/things", IN_ANOTHER)
    stage.proxy.armed = fault = effect_faults.ForeignItems(
        operation("GET", "/things"), known=stage.proxy.known
    )
    lists_once(stage)
    assert fault.served == 0, "both tenants see the same, so that nothing is added"
    stage.service.shown_to = {f"Bearer {IN_ANOTHER}": 1}
    with pytest.raises(AssertionError):
        lists_once(stage)
    assert fault.served == 1


def test_every_family_has_its_check(stage):
    elsewhere = {effect_faults.DeleteNotDone.family, effect_faults.ForeignItems.family}
    # See test_prove_own_calls.py.
    elsewhere |= faults.families(own_calls.OwnCallFault)
    elsewhere |= {own_calls.Page.family, own_calls.NothingServed.family}
    assert faults.families() == {fault_of(stage).family for _, fault_of, _ in NOTICED} | elsewhere


def test_a_suite_without_checks_notices_nothing(stage):
    quick = [fault_of for name, fault_of, _ in NOTICED if name not in ("slow", "dropped")]
    noticed = []
    for fault_of in quick:
        stage.proxy.armed = fault = fault_of(stage)
        try:
            nothing_is_checked(stage)
        except AssertionError:
            noticed.append(fault.family)
    assert noticed == []


def test_faults_are_derived_from_what_was_answered(stage):
    exchanges = [stage.thing(), stage.thing(token=""), stage.thing(token=BRIAN)]
    derived = derive(exchanges, stage.proxy.known, Ids(exchanges))
    words = {fault.words for fault in derived}
    assert "GET /things/{id}: boolean flipped at $.live" in words
    assert "GET /things/{id}: timestamp in the past at $.created_at" in words
    assert "GET /things/{id}: id swapped at $.id" in words
    assert {"authentication not enforced", "account boundary not enforced", "header lost"} <= {
        f.family for f in derived
    }
    assert derive([stage.thing(token="")], stage.proxy.known, Ids()) == []


def test_declared_equivalents_and_unserved_faults_count_apart():
    free = [equivalent.Equivalent("free text", place="$.note")]
    survived, excused, unserved, killed = (
        field(field_faults.Changed, key) for key in ("name", "note", "size", "id")
    )
    survived.served = excused.served = killed.served = 1
    results = [
        Result(survived, "f"),
        Result(excused, "f"),
        Result(unserved, "f"),
        Result(killed, "f", "A title"),
    ]
    found = report.summary(7, results, free, {})
    assert (found["served"], found["killed"], found["kill_rate"]) == (2, 1, 0.5)
    assert [row["place"] for row in found["survivors"]] == ["$.name"]
    assert [row["reason"] for row in found["equivalent"]] == ["free text"]
    assert found["unserved"] == ["GET /things/{id}: string changed at $.size"]
    assert "string changed at $.name: no scenario noticed" in report.markdown(found)
    assert "<td><code>GET /things/{id}: string changed at $.name</code></td>" in report.page(found)
    assert "## Survivors\n\nnone\n" in report.markdown(
        report.summary(7, [Result(killed, "f", "A")], free, {})
    )
