"""The sweep: whatever became of a ledger, nothing intact is lost; what cannot be undone is told and kept."""

import fcntl
import json
import os
import time
from argparse import Namespace
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from acceptance.calls.exchange import Call, Exchange
from acceptance.commands import sweep
from acceptance.contract.document import Operation
from acceptance.errors import TargetError
from acceptance.scenarios.undo import Undo
from acceptance.scenarios.undo_ledger import FORM, Ledger, host

URL = "http://127.0.0.1:8000"
HEADER = {"header": {"form": FORM, "base_url": URL, "host": host()}}


def entry(name: str, **more) -> dict:
    undo = {"caller": {}, "method": "DELETE", "path": "/things/{id}", "values": {"id": name}, "what": name}
    return undo | more


def line(value) -> bytes:
    return json.dumps(value).encode() + b"\n"


INTACT = [line(HEADER), line({"add": 1, "undo": entry("one")}), line({"add": 2, "undo": entry("two")})]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder of the ledgers, where a sweep finds a project whose things "stuck" cannot be undone."""
    undone: list[str] = []

    def send(undo: Undo) -> Exchange:
        if undo.what == "stuck":
            raise TargetError("nobody may sign in")
        if undo.method != "DELETE":
            raise LookupError(f"the contract has no {undo.method}")
        operation = Operation(undo.method, undo.path, "things", {"204": {}})
        exchange = Exchange(operation, Call("cleanup", undo.method, undo.path), URL, "r-1")
        exchange.status = 204
        undone.append(undo.values["id"])
        return exchange

    @contextmanager
    def undoing(config):
        yield send

    config = SimpleNamespace(base_url=URL, name_of=lambda _: "SMOKE_BASE_URL")
    settings = SimpleNamespace(load=lambda: config)
    project = SimpleNamespace(settings=settings, undoing=undoing)
    monkeypatch.setattr("acceptance.run.project.current", lambda: project)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "reports" / "ledger"
    folder.mkdir(parents=True)
    return SimpleNamespace(folder=folder, undone=undone)


def swept(place, capsys, content: bytes) -> tuple[int, str, bool]:
    """Sweep a ledger of these bytes beside an intact one; return the exit code, the words, if it stays."""
    path, beside = place.folder / "a.jsonl", place.folder / "b.jsonl"
    path.write_bytes(content)
    beside.write_bytes(INTACT[0] + line({"add": 1, "undo": entry("beside")}))
    code = sweep.run(Namespace())
    assert "beside" in place.undone
    assert not beside.exists()
    return code, capsys.readouterr().out, path.exists()


FINE = {
    "as it is": INTACT,
    "lines that end as on Windows": [one.replace(b"\n", b"\r\n") for one in INTACT],
    "a target with a slash": [line({"header": HEADER["header"] | {"base_url": URL + "/"}}), *INTACT[1:]],
    "a process number of any kind": [line({"header": HEADER["header"] | {"pid": 1}}), *INTACT[1:]],
}


@pytest.mark.parametrize("lines", FINE.values(), ids=FINE)
def test_an_intact_ledger_is_swept_last_first_and_removed(place, capsys, lines):
    code, out, stays = swept(place, capsys, b"".join(lines))
    assert (code, stays) == (0, False), out
    assert place.undone[:2] == ["two", "one"]


DAMAGED = {
    "a last line that is cut off": ([*INTACT, b'{"add": 3, "un'], ["two", "one"]),
    "a note that is cut off": ([*INTACT, b'{"do'], ["two", "one"]),
    "bytes that are no text": ([*INTACT, b"\xff\xfe\n"], ["two", "one"]),
    "a number as a line": ([*INTACT, b"5\n"], ["two", "one"]),
    "a null as a line": ([*INTACT, b"null\n"], ["two", "one"]),
    "a list as a line": ([*INTACT, b"[]\n"], ["two", "one"]),
    "garbage as a line": ([*INTACT, b"what?\n"], ["two", "one"]),
    "a line of nulls": ([*INTACT, bytes(40)], ["two", "one"]),
    "a depth without end": ([*INTACT, b"[" * 100_000 + b"\n"], ["two", "one"]),
    "an unknown field": ([*INTACT, line({"add": 3, "undo": entry("x", colour="green")})], ["two", "one"]),
    "an accept that is a word": ([*INTACT, line({"add": 3, "undo": entry("x", accept=5)})], ["two", "one"]),
    "one number twice": ([*INTACT, line({"add": 2, "undo": entry("other")})], ["two", "one"]),
    "an entry without a path": ([*INTACT, line({"add": 3, "undo": {"caller": {}}})], ["two", "one"]),
    "a header that is cut off": ([INTACT[0][:-10] + b"\n", *INTACT[1:]], []),
    "a header of nulls": ([bytes(len(INTACT[0]) - 1) + b"\n", *INTACT[1:]], []),
    "no header": (INTACT[1:], []),
    "a target that is a number": ([line({"header": {"base_url": 5}}), *INTACT[1:]], []),
    "nothing": ([], []),
    "nothing but nulls": ([bytes(200)], []),
}


@pytest.mark.parametrize(("lines", "undone"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_ledger_is_told_and_kept_and_nothing_intact_is_lost(place, capsys, lines, undone):
    code, out, stays = swept(place, capsys, b"".join(lines))
    assert (code, stays) == (1, True), out
    assert "a.jsonl: damaged, and kept: " in out
    assert [one for one in place.undone if one != "beside"] == undone
    assert "nothing is left behind" not in out
    content = (place.folder / "a.jsonl").read_bytes()
    assert all(one.strip() in content for one in lines)
    place.undone.clear()
    assert sweep.run(Namespace()) == 1
    assert place.undone == []


KEPT = {
    "of another target": ([line({"header": HEADER["header"] | {"base_url": "http://far:1"}})], "far:1"),
    "of an earlier version": ([line({"header": {"base_url": URL, "pid": 5}})], "another version"),
    "whose person is refused": ([INTACT[0], line({"add": 9, "undo": entry("stuck")})], "nobody may sign in"),
    "of an operation that is gone": (
        [INTACT[0], line({"add": 9, "undo": entry("gone", method="PATCH")})],
        "the contract has no PATCH",
    ),
}


@pytest.mark.parametrize(("lines", "why"), KEPT.values(), ids=KEPT)
def test_what_cannot_be_undone_is_told_and_kept_and_the_rest_is_undone(place, capsys, lines, why):
    code, out, stays = swept(place, capsys, b"".join([*lines, *INTACT[1:]]))
    assert (code, stays) == (1, True), out
    assert why in out
    if lines[0] == INTACT[0]:
        assert place.undone[:2] == ["two", "one"]


def test_a_folder_or_a_dead_link_in_place_of_a_ledger_is_told(place, capsys):
    (place.folder / "folder.jsonl").mkdir()
    (place.folder / "link.jsonl").symlink_to("nowhere")
    code, out, _ = swept(place, capsys, b"".join(INTACT))
    assert code == 1
    assert "folder.jsonl: it cannot be read or written" in out
    assert "link.jsonl: it is no file" in out


def test_a_run_that_lives_is_told_by_its_lock(place, capsys):
    path = place.folder / "run.jsonl"
    ledger = Ledger(path, {"base_url": URL})
    ledger.add(Undo({}, "DELETE", "/things/{id}", {"id": "mine"}))
    assert sweep.run(Namespace()) == 0
    assert "still going, left alone" in capsys.readouterr().out
    assert place.undone == []
    ledger.close()
    assert sweep.run(Namespace()) == 0
    assert (place.undone, path.exists()) == (["mine"], False)


@pytest.mark.parametrize(("silent", "left_alone"), [(10, True), (400, False)])
def test_a_run_on_another_host_is_left_alone_until_it_was_silent_for_five_minutes(
    place, capsys, silent, left_alone
):
    path = place.folder / "far.jsonl"
    path.write_bytes(line({"header": HEADER["header"] | {"host": "another"}}) + INTACT[1])
    os.utime(path, (time.time() - silent,) * 2)
    assert sweep.run(Namespace()) == 0
    assert ("left alone" in capsys.readouterr().out, path.exists()) == (left_alone, left_alone)


def test_a_live_run_touches_its_ledger(place, monkeypatch):
    monkeypatch.setattr("acceptance.scenarios.undo_ledger.HEARTBEAT_SECONDS", 0.01)
    path = place.folder / "run.jsonl"
    ledger = Ledger(path, {"base_url": URL})
    os.utime(path, (0, 0))
    ends = time.monotonic() + 10
    while path.stat().st_mtime == 0:
        assert time.monotonic() < ends
        time.sleep(0.01)
    ledger.close()


def test_two_sweeps_do_not_undo_the_same(place):
    path = place.folder / "run.jsonl"
    path.write_bytes(b"".join(INTACT))
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert sweep.run(Namespace()) == 0
    assert place.undone == []


def test_an_embedded_service_died_with_its_run_and_everything_in_it(place):
    path = place.folder / "run.jsonl"
    path.write_bytes(line({"header": HEADER["header"] | {"base_url": ""}}) + INTACT[1])
    assert sweep.run(Namespace()) == 0
    assert (place.undone, path.exists()) == ([], False)


def test_no_control_character_of_a_ledger_reaches_the_terminal(place, capsys):
    _, out, _ = swept(place, capsys, b"".join(INTACT) + line({"add": 7, "undo": entry("\x1b[2J::error::")}))
    assert "\x1b" not in out
