"""Known issues drafted from a red run: what failed and how, for somebody to say why."""

import tomllib
from pathlib import Path

import pytest

from acceptance.__main__ import main
from acceptance.checks.deviations import declared_in
from acceptance.errors import ConfigurationError

SCENARIOS = """
    Scenario: A "quoted" lion
      Then it fails
      And it breaks
    Scenario: All is well
      Given all is well
"""
KNOWN = "issues = KnownIssues([KnownIssue('A \"quoted\" lion', 'it fails', 'a cat', 'defect', 'it sleeps')])"


@pytest.fixture
def red_run(project, monkeypatch):
    config = '\n[tool.acceptance]\nproject = "api_service.project:PROJECT"\n'
    done = project.runner(KNOWN).feature(SCENARIOS).run()
    assert done.code == 1
    (project.root / "pyproject.toml").open("a").write(config)
    monkeypatch.chdir(project.root)


def test_a_draft_names_scenario_step_message_and_what_fails_behind_and_leaves_the_reason_open(red_run):
    assert main(["known", "--write", "known.toml"]) == 0
    assert tomllib.loads(Path("known.toml").read_text("utf-8"))["known"] == [
        {
            "scenario": 'A "quoted" lion',
            "step": "it fails",
            "shows": "expected a lion, got a mouse",
            "also": "it breaks",
            "kind": "",
            "reason": "",
        }
    ]
    with pytest.raises(ConfigurationError, match="has no kind, no reason"):
        declared_in("known.toml")


def test_an_entry_that_is_there_stays_as_it_is(red_run, capsys):
    there = '[[known]]\nscenario = "A \\"quoted\\" lion"\nreason = "the lion sleeps"\n'
    Path("known.toml").write_text(there, "utf-8")
    assert main(["known", "--write", "known.toml"]) == 0
    assert Path("known.toml").read_text("utf-8") == there
    assert "0 drafts in known.toml" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["[[known]\n", "known = 3\n", "known = [3]\n", "[[known]]\nstep = 'x'\n"])
def test_a_file_that_is_none_is_left_alone_and_told(red_run, capsys, text):
    Path("known.toml").write_text(text, "utf-8")
    assert main(["known", "--write", "known.toml"]) == 2
    assert "known.toml is no file of known issues" in capsys.readouterr().err
    assert Path("known.toml").read_text("utf-8") == text


@pytest.mark.parametrize("path", [".", "nowhere/known.toml"])
def test_a_place_that_cannot_be_written_is_told(red_run, capsys, path):
    assert main(["known", "--write", path]) == 2
    assert f"{path} is no file of known issues" in capsys.readouterr().err


def test_without_a_run_there_is_a_sentence(tmp_path, monkeypatch, capsys):
    (tmp_path / "pyproject.toml").write_text('[tool.acceptance]\nproject = "api_service.project:PROJECT"\n')
    monkeypatch.chdir(tmp_path)
    assert main(["known"]) == 2
    assert "there is no run" in capsys.readouterr().err
