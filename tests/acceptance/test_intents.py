"""Intent before deed: what a call makes stands in the ledger before, and is found without an answer."""

import threading
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest

from acceptance import interruption
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Finding, Operation
from acceptance.run.signals import Interrupts
from acceptance.scenarios.ledger_file import read
from acceptance.scenarios.scenario import Scenario
from acceptance.scenarios.undo import Search, Undo, has_word, perform
from acceptance.scenarios.undo_ledger import Ledger, LedgerError, Undos

MAKE = Operation("POST", "/things", "things", {"201": {}})
LIST = Operation("GET", "/things", "things", {"200": {}})
REMOVE = Operation("DELETE", "/things/{id}", "things", {"204": {}})
SEARCH = Search("/things", "crate-7", {"id": "id"})


def answered(operation: Operation, status: int, body: Any = None, **more: Any) -> Exchange:
    exchange = Exchange(operation, Call("Alice", operation.method, operation.path), "http://localhost", "r-1")
    exchange.status, exchange.body = status, body
    for name, value in more.items():
        setattr(exchange, name, value)
    return exchange


class Service:
    """Answers undo calls; `things` are what its list shows."""

    def __init__(self, *things: Any) -> None:
        self.things, self.looks = list(things), 0
        self.removed: list[str] = []

    def send(self, undo: Undo) -> Exchange:
        if undo.method == "GET":
            self.looks += 1
            return answered(LIST, 200, {"items": self.things})
        self.removed.append(undo.values["id"])
        return answered(REMOVE, 204)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.jsonl"


@pytest.fixture
def scenario(path):
    client: Any = SimpleNamespace()
    return Scenario(client, Undos(Ledger(path, {"base_url": ""})))


def make(scenario, answer):
    """Make a thing in the scenario; `answer` is an exchange, or what is raised before there is one."""
    with scenario.making("Alice", "DELETE", "/things/{id}", {"id": "id"}, what="a crate", search=SEARCH):
        if isinstance(answer, Exchange):
            scenario.exchanges.append(answer)
        else:
            raise answer


def test_the_intent_is_on_disk_before_the_deed(scenario, path):
    with scenario.making("Alice", "DELETE", "/things/{id}", {"id": "id"}, what="a crate", search=SEARCH):
        (entry,) = read(path.read_bytes()).entries.values()
        assert entry.search == SEARCH


def test_what_was_answered_is_undone_without_a_search(scenario, path):
    make(scenario, answered(MAKE, 201, {"id": "t-1"}))
    assert [one.values for one in read(path.read_bytes()).entries.values()] == [{"id": "t-1"}]
    service = Service()
    assert scenario.undos.perform(service.send) == []
    assert (service.removed, service.looks) == (["t-1"], 0)


def test_a_refusal_has_made_nothing(scenario, path):
    make(scenario, answered(MAKE, 422))
    assert read(path.read_bytes()).entries == {}
    service = Service({"id": "t-1", "name": "crate-7"})
    assert scenario.undos.perform(service.send) == []
    assert (service.removed, service.looks) == ([], 0)


UNANSWERED = {
    "an interrupt": KeyboardInterrupt(),
    "no answer": answered(MAKE, 0, failure="no answer within 1 s"),
    "an error of the service": answered(MAKE, 500),
    "a gateway that did not wait": answered(MAKE, 408),
    "a gateway's page": answered(MAKE, 404, findings=[Finding("media type", "", "text/html")]),
    "a success without the id": answered(MAKE, 201, {"name": "crate-7"}),
    "an id that is no text": answered(MAKE, 201, {"id": ["t-1"]}),
    "a success that breaks the contract": answered(MAKE, 201, {"id": "x"}, failure="it is no JSON"),
}


@pytest.mark.parametrize("answer", UNANSWERED.values(), ids=UNANSWERED)
def test_what_was_not_answered_well_is_searched_for(scenario, answer):
    with suppress(KeyboardInterrupt):
        make(scenario, answer)
    others = [{"id": "t-2", "name": "crate-71"}, {"id": "t-3", "name": "my-crate-7"}, {"id": "t-4"}, 5, None]
    service = Service({"id": "t-1", "name": "crate-7"}, *others)
    assert scenario.undos.perform(service.send) == []
    assert service.removed == ["t-1"]


@pytest.mark.parametrize("mark", ["", "x", "crate"])
def test_a_mark_that_may_be_anybodys_finds_nothing_and_is_told(mark):
    undo = Undo({}, "DELETE", "/things/{id}", what="it", search=Search("/things", mark, {"id": "id"}))
    service = Service({"id": "t-1", "name": "crate"})
    assert "may be anybody's" in perform(undo, service.send)
    assert service.removed == []


def test_a_list_that_cannot_be_read_leaves_the_thing_behind_and_says_so():
    undo = Undo({}, "DELETE", "/things/{id}", what="a crate", search=SEARCH)
    said = perform(undo, lambda _: answered(LIST, 503))
    assert said.startswith("a crate was left behind: nobody could look for it: GET /things got status 503")


@pytest.mark.parametrize(
    ("value", "found"),
    [("run-1", True), ("[run-1]", True), ("a run-1 b", True), ({"a": ["run-1"]}, True), ("run-12", False)],
)
def test_a_mark_is_found_as_a_word(value, found):
    assert has_word(value, "run-1") is found


def test_when_the_ledger_is_full_nothing_more_is_made_and_what_is_there_is_undone(path, monkeypatch):
    ledger = Ledger(path, {"base_url": ""})
    undos = Undos(ledger)
    undos.add(Undo({}, "DELETE", "/things/{id}", {"id": "t-1"}))

    def full(line: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ledger, "_write", full)
    with pytest.raises(LedgerError, match=r"cannot be written \(No space left on device\)"):
        undos.add(Undo({}, "DELETE", "/things/{id}", {"id": "t-2"}))
    service = Service()
    assert undos.perform(service.send) == []
    assert "t-1" in service.removed
    assert "No space left" in ledger.problem
    ledger.close()
    assert not path.exists()


def test_half_a_line_does_not_spoil_the_next_one(path):
    ledger = Ledger(path, {"base_url": ""})
    whole = ledger._file.write
    file: Any = ledger._file

    class Full:
        def __getattr__(self, name):
            return getattr(file, name)

        def write(self, data):
            if len(data) > 5:
                return whole(data[:5])
            raise OSError(28, "No space left on device")

    ledger._file = Full()  # type: ignore[assignment]
    with pytest.raises(LedgerError):
        ledger.add(Undo({}, "DELETE", "/"))
    assert read(path.read_bytes()).damage == []


def test_a_signal_waits_for_the_end_of_a_held_block():
    interrupts = Interrupts()
    interruption.on_release(interrupts._raise_where_allowed)
    reached = []
    with pytest.raises(KeyboardInterrupt), interrupts.allowed():
        with interruption.held():
            with interruption.held():
                interrupts._receive(15, None)
            reached.append("the answer")
        reached.append("after it")
    interruption.on_release(lambda: None)
    assert reached == ["the answer"]


def test_another_thread_holds_nothing_back():
    held = []

    def hold() -> None:
        with interruption.held():
            held.append(interruption.is_held())

    thread = threading.Thread(target=hold)
    thread.start()
    thread.join()
    assert held == [False]
