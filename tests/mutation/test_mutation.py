"""Mutants of a tiny service, shown to a tiny suite."""

import re
import sqlite3
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from acceptance import declared
from acceptance.errors import SuiteError
from mutation import report
from mutation.__main__ import main
from mutation.mutants import change, draw, mutated
from mutation.workplace import Workplace

ROOT = Path(__file__).parents[2]

FORGET_ONE = (
    "DELETE FROM work_results WHERE job_id = (SELECT min(job_id) FROM work_results WHERE output LIKE 'red%')"
)

SERVICE = """
import sys
from reference_service.sums import add, forget, unused


class ResponseStamp:
    def __call__(self, scope):
        numbers = [int(text) for text in sys.argv[2:]]
        print(add(*numbers) if numbers else forget({"a": 1}))


ResponseStamp()({"headers": [(b"x-request-id", sys.argv[1].encode())]})
"""

SUMS = """
def add(one, other):
    return one + other


def forget(things):
    things.clear()
    return things


def unused(number):
    return number - 1
"""

FEATURE = """
Feature: Sums
  Scenario: A sum is right
    Then "sums.feature:3-1 2 3" should give "5"

  Scenario: What is forgotten is gone
    Then "sums.feature:6-cleanup-1" should give "{forgotten}"
"""

STEPS = """
import subprocess
import sys
from behave import then


@then('"{asked}" should give "{answer}"')
def gives(context, asked, answer):
    command = [sys.executable, "-m", "reference_service", *asked.split()]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.strip() == answer, done
"""


@pytest.fixture
def project(tmp_path):
    files = {
        "reference_service/__init__.py": "",
        "reference_service/__main__.py": SERVICE,
        "reference_service/sums.py": SUMS,
        "features/sums.feature": FEATURE.replace("{forgotten}", "{}"),
        "features/steps/sums.py": STEPS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text.lstrip("\n"))
    return tmp_path


@pytest.fixture
def mutate(project, monkeypatch, capsys):
    """Make mutants of the tiny service; return the exit code and what is said."""
    monkeypatch.chdir(project)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def call(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["mutation", *arguments])
        return main(), "".join(capsys.readouterr())

    return call


def test_what_was_noticed_is_told_from_what_was_not_and_is_not_tried_again(project, mutate):
    code, out = mutate("--seed", "7", "--sample", "0")
    assert code == 0, out
    text = (project / "reports/mutants.md").read_text()
    assert "2 of 4 mutants noticed (50.0%), seed 7." in text
    survivors, _, noticed = text.partition("## Survivors")[2].partition("## Noticed")
    assert (
        re.findall(r"sums.py:(\d+) `(.+?)` becomes `.+`: (.+)", survivors)
        == [("11", "return number - 1", "survived (no scenario executes it)")] * 2
    )
    assert "`return one + other` becomes" in noticed
    assert "`things.clear()` becomes `pass`" in noticed
    assert (project / "reference_service/sums.py").read_text() == SUMS.lstrip("\n")
    [session] = (project / "reports/mutation").glob("7-*.sqlite")
    with sqlite3.connect(session) as kept:
        kept.execute(FORGET_ONE)
    _, again = mutate("--seed", "7", "--sample", "0")
    assert "1 mutants to try, seed 7" in again
    assert "2 of 4 mutants noticed (50.0%), seed 7." in again


def test_a_suite_that_is_red_without_any_mutant_proves_nothing(project, mutate):
    feature = project / "features/sums.feature"
    feature.write_text(feature.read_text().replace('"5"', '"6"'))
    assert mutate("--seed", "7") == (
        1,
        "4 mutants to try, seed 7\nwithout any mutant the suite is red\n",
    )


def test_a_run_that_was_killed_is_no_sign_that_a_mutant_was_noticed(project, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(project)
    workplace = Workplace(tmp_path_factory.mktemp("place") / "copy")
    monkeypatch.setattr("mutation.workplace.subprocess.run", lambda *_, **__: SimpleNamespace(returncode=-9))
    with pytest.raises(SuiteError, match="exit code -9"):
        workplace.run([])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--sample", "-1"], "--sample is a number of mutants"),
        (["nowhere.py"], "there is no nowhere.py"),
        (["features/sums.feature"], "no mutant fits what was asked for"),
        (["--only-survivors"], "no mutant fits what was asked for"),
    ],
)
def test_what_cannot_be_asked_for_is_a_sentence(mutate, arguments, sentence):
    code, out = mutate(*arguments)
    assert code == 2
    assert out.startswith(sentence)


def test_every_equivalent_is_about_code_that_is_there():
    modules = {path: path.read_text() for path in ROOT.glob("reference_service/**/*.py")}
    code = {
        (str(path.relative_to(ROOT)), line.strip()) for path in modules for line in modules[path].split("\n")
    }
    for one in report.equivalents():
        assert any(declared.first([one], path=path, line=line) for path, line in code), one


GUARDED = """
import os


def same(one, other):
    try:
        return one == other
    except (os.error, ValueError):
        return None
"""


def test_no_mutant_is_about_identity_and_a_dotted_name_ends_no_campaign(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("guarded.py").write_text(GUARDED)
    drawn = [item.mutations[0] for seed in range(40) for item in draw(["guarded.py"], seed, 0)]
    changes = {change(*mutated(spec)).split("\n")[1] for spec in drawn}
    assert {"return one != other", "except (os.error, CosmicRayTestingException):"} <= changes
    assert "return one is other" not in changes
