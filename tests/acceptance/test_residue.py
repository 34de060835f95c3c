"""What a run made and left at the service is found at its end, named with its maker, and nothing else is."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Contract, Finding
from acceptance.contract.semantics import Field, Meaning, Semantics
from acceptance.errors import NotOfferedError, SuiteError
from acceptance.scenarios.undo import CLEANUP, Undo
from acceptance.target.residue import MOST_PAGES, Inventory, Origins, Residue, refuse_residue

BEGUN = datetime(2026, 5, 1, 12, tzinfo=UTC)
SEMANTICS = Semantics(
    operations={"GET /things": Meaning(newest_first="created_at"), "GET /shared": Meaning(shared=True)},
    fields={"created_at": Field(created=True), "revoked_at": Field(ended=True)},
)
OK: dict[str, Any] = {"200": {}, "201": {}, "204": {}}
PATHS = {
    path: {"get": {"responses": {"200": {}}}, "post": {"responses": OK}} for path in ("/things", "/shared")
}
CONTRACT = Contract({"paths": PATHS}, SEMANTICS)
OURS, SEEDED, THEIRS = "0e1f7a0e-0000-4000-8000-000000000001", "seeded-2", "theirs-3"


def exchange(method: str, path: str, body: Any, *, scenario: str = "", status: int = 200, **more) -> Exchange:
    call = Call(more.pop("person", "Alice"), method, path, account=more.pop("account", None))
    operation = CONTRACT.operation(method, path)
    return Exchange(operation, call, "", "run-1", status=status, body=body, scenario=scenario, **more)


def thing(identifier: str, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "created_at": (BEGUN + timedelta(minutes=1)).isoformat()} | more


def origins(*made: Exchange) -> Origins:
    known = Origins(re.compile(r"-abc123-(\d+)\b"))
    known.scenarios = {1: "A parcel arrives", 2: "A parcel is lost"}
    known.note(exchange("POST", "/things", {"id": SEEDED}))
    for one in made:
        known.note(one)
    return known


def made(body: Any = None, **more: Any) -> Exchange:
    return exchange("POST", "/things", body or {"thing": {"id": OURS}}, scenario="A parcel arrives", **more)


class Pages:
    """A client that answers each page of a list in turn."""

    def __init__(self, *pages: Any, **more: Any) -> None:
        self.pages, self.more, self.queries = list(pages), more, list[Any]()

    def send(self, call: Call) -> Exchange:
        self.queries.append(dict(call.query))
        page = self.pages.pop(0) if len(self.pages) > 1 else self.pages[0]
        if isinstance(page, Exception):
            raise page
        return exchange("GET", call.path, page, **self.more)


def inventory(path: str = "/things", within: str = "", **more: Any) -> Inventory:
    def undo(identifier: str) -> Undo:
        return Undo({"person": "Alice"}, "DELETE", "/things/{id}", {"id": identifier})

    made_by = more.pop("made_by", frozenset({"POST /things"}))
    return Inventory("thing", "id", lambda: Call("the suite", "GET", path), undo, made_by, within, **more)


def left(client: Any, known: Origins, where: Inventory | None = None) -> list[str]:
    residue = Residue(cast(Any, client), known, BEGUN)
    return [finding.what for _, finding, _ in residue.look(where or inventory())]


def test_what_a_scenario_made_and_is_listed_is_named_with_the_scenario_and_its_undo():
    residue = Residue(cast(Any, Pages({"items": [thing(OURS)]})), origins(made()), BEGUN)
    ((operation, finding, undo),) = residue.look(inventory())
    assert finding.what == f"the thing {OURS} is still there; made by: A parcel arrives"
    assert (operation.name, undo and undo.values) == ("GET /things", {"id": OURS})


@pytest.mark.parametrize(
    "items",
    [
        [],
        [thing(SEEDED)],
        [thing(THEIRS)],
        [thing(OURS, revoked_at="2026-05-01T12:05:00Z")],
    ],
    ids=["nothing", "of the seed", "of a run beside this one", "kept for the record"],
)
def test_nothing_else_is_residue(items):
    assert left(Pages({"items": items}), origins(made())) == []


@pytest.mark.parametrize(
    "one",
    [
        made({"id": "no-uuid"}),
        made({"things": {"key": {"thing_id": "no-uuid"}}}),
        made(None, events=[{"kind": "made", "thing_id": "no-uuid"}]),
    ],
    ids=["in the answer", "deep in it", "in a stream"],
)
def test_an_id_is_taken_from_wherever_it_was_answered(one):
    assert len(left(Pages({"items": [thing("no-uuid")]}), origins(one))) == 1


def test_a_thing_whose_making_told_no_id_is_known_by_the_name_that_the_scenario_chose():
    listed = Pages({"items": [thing("new", email="quentin-abc123-2@example.com"), thing("other-xyz789-2")]})
    (said,) = left(listed, origins(made({"accepted": True})))
    assert said.endswith("made by: A parcel is lost")


def test_a_thing_is_of_who_named_it_first_and_no_read_or_refusal_or_cleanup_names_one():
    known = origins(
        exchange("GET", "/things", [{"id": "read"}], scenario="A parcel arrives"),
        made({"id": "refused"}, status=409),
        exchange("POST", "/things", {"id": "undone"}, person=CLEANUP),
        made({"id": SEEDED}),
    )
    names = ["read", "refused", "undone", SEEDED]
    assert left(Pages({"items": [thing(name) for name in names]}), known) == []


def test_a_list_is_asked_for_only_if_a_scenario_made_something_there():
    client = Pages({"items": [thing(OURS)]})
    assert left(client, origins()) == []
    assert left(client, origins(made(account="tenant-1")), inventory(within="tenant-2")) == []
    assert client.queries == []
    assert left(client, origins(made(account="tenant-1")), inventory(within="tenant-1"))
    assert left(client, origins(made({"tenant_id": "tenant-1", "id": OURS})), inventory(within="tenant-1"))
    assert left(client, origins(made()), inventory(made_by=frozenset()))


def test_pages_are_read_to_the_beginning_of_the_run_and_no_further():
    old = thing("old", created_at=(BEGUN - timedelta(days=1)).isoformat())
    client = Pages(
        {"items": [thing("x")], "next_cursor": "c2"},
        {"items": [thing(OURS), old], "next_cursor": "c3"},
        {"items": [thing("never")], "next_cursor": None},
    )
    assert len(left(client, origins(made()))) == 1
    assert client.queries == [{"limit": 100}, {"limit": 100, "cursor": "c2"}]


def test_a_list_without_an_end_ends():
    client = Pages({"items": [thing("x")], "total": 10**9})
    assert left(client, origins(made())) == []
    assert len(client.queries) == MOST_PAGES
    assert client.queries[2] == {"limit": 100, "offset": 2}


@pytest.mark.parametrize(
    "broken",
    [
        {"status": 500},
        {"status": 401},
        {"failure": "no answer"},
        {"findings": [Finding("media type", "", "html")]},
    ],
)
def test_a_list_that_cannot_be_read_is_told_of(broken):
    (said,) = left(Pages({"items": []}, **broken), origins(made()))
    assert said.startswith("whether a thing is left cannot be seen: ")


def test_a_closed_list_and_one_that_is_not_offered_hold_nothing():
    closed = Pages({"items": []}, status=401)
    assert left(closed, origins(made()), inventory(closed=frozenset({401}))) == []
    assert left(Pages(NotOfferedError("no things here")), origins(made())) == []


@pytest.mark.parametrize(("path", "notes"), [("/things", 1), ("/shared", 0)])
def test_what_was_there_before_is_a_note_and_in_a_shared_list_not_even_that(path, notes):
    old = thing("old", created_at=(BEGUN - timedelta(days=1)).isoformat())
    residue = Residue(
        cast(Any, Pages({"items": [thing(THEIRS), thing(SEEDED), old]})), origins(made()), BEGUN
    )
    assert list(residue.look(inventory(path))) == []
    lines = residue.lines()
    assert len(lines) == notes
    assert not notes or "thing (1)" in lines[0]


def test_what_was_told_of_is_not_told_again():
    known, client = origins(made()), Pages({"items": [thing(OURS)]})
    assert (len(left(client, known)), left(client, known)) == (1, [])


def test_residue_ends_the_run_with_all_that_is_left():
    refuse_residue([])
    with pytest.raises(SuiteError, match=r"sweep(?s:.*)\n  one\n  two"):
        refuse_residue(["one", "two"])
