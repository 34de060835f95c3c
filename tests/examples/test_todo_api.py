"""The example stands on the toolkit alone: what the toolkit promises holds for another API."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.behave_project import Finished

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "todo_api"
GUIDE = ROOT / "docs" / "another-api.md"
BLOCK = re.compile(r"```(\w+)(?: title=(\S+)| (fails))?\n(.*?)```", re.DOTALL)
INSTALLING = ("git clone", "cd ", "python3 -m venv", ". .venv", "pip install", "cp -r")
ONE = ("-n", "A to-do is due when its owner says so")
SECRET = "lemon-river-42"


class Copy:
    """A copy of the example in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = shutil.copytree(
            EXAMPLE, folder, ignore=shutil.ignore_patterns("reports", "__pycache__")
        )

    def change(self, file: str, old: str, new: str) -> "Copy":
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        return self

    def run(self, *words: str, **settings: str) -> Finished:
        environ = {
            name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "TODO_"))
        }
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=self.folder,
            env=environ | settings,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr, self.folder / "reports")


@pytest.fixture
def example(tmp_path):
    return Copy(tmp_path / "todo_api")


def statuses(done: Finished) -> dict[str, set[str]]:
    """How JUnit and Allure say that the scenarios ended."""
    allure = {"skipped": "skipped", "passed": "passed", "failed": "failed", "broken": "broken"}
    return {
        "junit": set(done.junit_statuses().values()),
        "allure": {allure[one["status"]] for one in done.allure_results()},
    }


def test_it_is_small():
    files = [path for path in EXAMPLE.rglob("*.py") if "__pycache__" not in path.parts]
    assert sum(len(path.read_text("utf-8").splitlines()) for path in files) < 200


def test_its_contract_is_what_the_service_says_of_itself(example):
    export = "import json, todo_service; print(json.dumps(todo_service.app.openapi()))"
    said = subprocess.run(
        [sys.executable, "-c", export], cwd=example.folder, capture_output=True, text=True, check=True
    )
    assert json.loads(said.stdout) == json.loads((EXAMPLE / "contract" / "openapi.json").read_text("utf-8"))


def test_it_is_green_and_all_reports_say_so(example):
    done = example.run("behave")
    coverage = json.loads((done.reports / "coverage.json").read_text("utf-8"))
    assert done.code == 0, done.out
    assert "2 features: 15 passed" in done.out
    assert (len(done.junit()), len(done.allure_results())) == (15, 15)
    assert statuses(done) == {"junit": {"passed"}, "allure": {"passed"}}
    assert (coverage["covered"], coverage["total"]) == (7, 7)
    assert not list((done.reports / "ledger").glob("*"))
    written = [path for path in done.reports.rglob("*") if path.is_file()]
    assert written
    assert [path for path in written if SECRET in path.read_text("utf-8")] == []


def test_behind_a_closed_gate_every_report_names_the_gate(example):
    done = example.run("behave", TODO_REMINDERS="0")
    reason = "gate @reminders is closed: set TODO_REMINDERS=1"
    skipped = [one for one in done.allure_results() if one["status"] == "skipped"]
    assert done.code == 0
    assert "3 skipped" in done.out
    assert [reason in one["statusDetails"]["message"] for one in skipped] == [True] * 3
    assert (done.reports / "junit" / "acceptance.xml").read_text("utf-8").count(reason) == 3


def test_a_cleanup_that_fails_is_broken_and_what_it_left_is_written_down(example):
    example.change("steps/todos.py", 'world.undo(person, "DELETE"', 'world.undo("nobody", "DELETE"')
    done = example.run("behave", *ONE)
    assert done.code == 1
    assert "the to-do Buy milk was left behind: DELETE /todos/{todo_id} got status 401" in done.out
    assert statuses(done) == {"junit": {"broken"}, "allure": {"broken"}}
    (ledger,) = (done.reports / "ledger").glob("*.jsonl")
    assert '"person": "nobody"' in ledger.read_text("utf-8")
    assert example.run("acceptance", "sweep").out == "nothing is left behind\n"
    assert not ledger.exists()


@pytest.mark.parametrize(
    ("broken", "settings", "says"),
    [
        ("raise SystemExit('no memory left')", {}, "the embedded service did not start (no memory left)"),
        ("import secrets", {"TODO_BASE_URL": "http://127.0.0.1:1"}, "mend TODO_BASE_URL"),
    ],
)
def test_a_service_that_cannot_be_reached_ends_the_run(example, broken, settings, says):
    done = example.change("todo_service.py", "import secrets", broken).run("behave", **settings)
    assert done.code == 4
    assert says in done.sentence


def test_an_answer_that_breaks_the_contract_fails_although_no_step_looks(example):
    example.change("contract/openapi.json", '"format": "uuid"', '"format": "email"')
    done = example.run("behave", *ONE)
    assert done.code == 1
    assert statuses(done) == {"junit": {"failed"}, "allure": {"failed"}}
    assert "schema (format) at $.id" in done.out


def test_lint_finds_nothing(example):
    done = example.run("acceptance", "lint")
    assert done.code == 0, done.out


def blocks() -> list[tuple[str, str, bool, str]]:
    """The guide's blocks: language, the file that is quoted, whether it is to fail, and the text."""
    return [
        (kind, file, bool(fails), text) for kind, file, fails, text in BLOCK.findall(GUIDE.read_text("utf-8"))
    ]


def test_what_the_guide_quotes_stands_in_the_example():
    quoted = [(file, text) for _, file, _, text in blocks() if file]
    assert len(quoted) == 6
    assert [file for file, text in quoted if text not in (EXAMPLE / file).read_text("utf-8")] == []


def test_every_command_of_the_guide_works_and_every_fault_is_noticed(example):
    installing, *commands = [(fails, text) for kind, _, fails, text in blocks() if kind == "sh"]
    assert all(line.startswith(INSTALLING) for line in installing[1].splitlines())
    assert [fails for fails, _ in commands] == [False, False, False, True]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for fails, text in commands:
        done = subprocess.run(
            ["sh", "-ec", text],
            cwd=example.folder,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == int(fails), done.stdout
    proof = json.loads((example.folder / "reports" / "proof.json").read_text("utf-8"))
    assert proof["survivors"] == proof["unserved"] == proof["left_out"] == []
    assert len(proof["noticed"]) > 150
