"""The ledger: last first, on disk before the next call, readable after a kill."""

import pytest

from acceptance import redaction
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Finding, Operation
from acceptance.errors import TargetError
from acceptance.scenarios.ledger_file import read
from acceptance.scenarios.undo import Undo
from acceptance.scenarios.undo_ledger import Ledger, Undos

OPERATION = Operation("DELETE", "/things/{id}", "things", {"204": {}})


def undo(title: str, **more) -> Undo:
    return Undo(
        {"email": "alice@example.com"}, "DELETE", "/things/{id}", values={"id": title}, what=title, **more
    )


def answering(status: int, calls: list[str], **more):
    def send(entry: Undo) -> Exchange:
        calls.append(entry.what)
        call = Call("cleanup", "DELETE", entry.path)
        return Exchange(OPERATION, call, "http://localhost", "r-1", status=status, **more)

    return send


def open_entries(path):
    return list(read(path.read_bytes()).entries.values())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger" / "run.jsonl"


def test_a_scenario_undoes_its_own_last_first_and_leaves_another_ones_alone(path):
    ledger = Ledger(path, {})
    calls: list[str] = []
    own, others = Undos(ledger), Undos(ledger)
    own.add(undo("first"))
    others.add(undo("another scenario's"))
    own.add(undo("second"))
    assert own.perform(answering(204, calls)) == []
    assert calls == ["second", "first"]
    assert open_entries(path) == [undo("another scenario's")]


@pytest.mark.parametrize(
    ("status", "fine"), [(204, True), (404, True), (410, True), (403, False), (500, False), (0, False)]
)
def test_gone_is_as_good_as_undone_and_all_else_is_said(path, status, fine):
    undos = Undos(Ledger(path, {}))
    undos.add(undo("thing"))
    failures = undos.perform(answering(status, []))
    assert (failures == []) is fine
    assert fine or "thing was left behind" in failures[0]


@pytest.mark.parametrize("status", [204, 404])
@pytest.mark.parametrize(
    "wrong",
    [
        {"findings": [Finding("media type", "", "text/html")]},
        {"failure": "the answer says it is JSON and is not"},
    ],
)
def test_an_answer_that_breaks_the_contract_undoes_nothing(path, status, wrong):
    undos = Undos(Ledger(path, {}))
    undos.add(undo("thing"))
    (failure,) = undos.perform(answering(status, [], **wrong))
    assert "text/html" in failure or "says it is JSON" in failure
    assert open_entries(path) == [undo("thing")]


def test_another_success_than_the_promised_one_undoes_nothing(path):
    undos = Undos(Ledger(path, {}))
    undos.add(undo("thing"))
    assert "DELETE /things/{id} got status 200\n  request: " in undos.perform(answering(200, []))[0]


def test_one_failing_cleanup_does_not_stop_the_others(path):
    undos = Undos(Ledger(path, {}))
    calls: list[str] = []
    for title in ("one", "two", "three"):
        undos.add(undo(title))
    failures = undos.perform(answering(500, calls))
    assert calls == ["three", "two", "one"]
    assert len(failures) == 3


@pytest.mark.parametrize("cut", [KeyboardInterrupt, OSError])
def test_what_is_cut_short_while_it_is_written_down_is_still_undone(path, monkeypatch, cut):
    ledger = Ledger(path, {})
    undos, calls = Undos(ledger), list[str]()
    write = ledger._write

    def broken(line):
        write(line)
        raise cut

    monkeypatch.setattr(ledger, "_write", broken)
    with pytest.raises(cut):
        undos.add(undo("thing"))
    monkeypatch.setattr(ledger, "_write", write)
    assert undos.perform(answering(204, calls)) == []
    assert calls == ["thing"]


def test_somebody_who_cannot_sign_in_any_more_is_a_failed_cleanup_not_a_crash(path):
    def refuse(entry: Undo) -> Exchange:
        raise TargetError("Alice is locked")

    undos = Undos(Ledger(path, {}))
    undos.add(undo("thing"))
    assert "Alice is locked" in undos.perform(refuse)[0]


def test_after_a_kill_the_file_tells_what_is_left(path):
    ledger = Ledger(path, {"base_url": "http://localhost:8000"})
    ledger.add(undo("kept"))
    ledger.done(ledger.add(undo("undone", accept=(200,))))
    with path.open("a", encoding="utf-8") as file:
        file.write('{"add": 3, "un')
    ledger_file = read(path.read_bytes())
    assert ledger_file.header["base_url"] == "http://localhost:8000"
    assert list(ledger_file.entries.values()) == [undo("kept")]
    assert ledger_file.damage == ["line 5 is cut off"]


def test_a_ledger_with_nothing_left_leaves_no_file(path):
    ledger = Ledger(path, {})
    number = ledger.add(undo("thing"))
    ledger.close()
    assert path.exists()
    ledger.done(number)
    ledger.close()
    assert not path.exists()


def test_a_secret_is_never_put_on_disk(path):
    ledger = Ledger(path, {})
    with pytest.raises(ValueError, match="holds a secret"):
        ledger.add(undo("subscription", query={"token": "very-secret-token"}))
    assert "very-secret" not in path.read_text(encoding="utf-8")


def test_a_service_that_calls_an_id_a_token_does_not_keep_it_from_being_undone(path):
    title = "4A5A_HEBDMaFh9etkNYXG3ONR7Oq2PK6zIXsVWtt66c"
    redaction.learn_from({"token": title})
    ledger = Ledger(path, {})
    ledger.add(undo(title))
    assert open_entries(path) == [undo(title)]
