"""The rerun: what failed, on the target where it failed."""

import json
import subprocess

import pytest

from acceptance.__main__ import main


@pytest.fixture
def started(tmp_path, monkeypatch):
    calls = []

    def run(command, env, check):
        calls.append((command, env))
        return subprocess.CompletedProcess(command, 1)

    config = '[tool.acceptance]\nproject = "api_service.project:PROJECT"\n'
    (tmp_path / "pyproject.toml").write_text(config)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(subprocess, "run", run)
    return calls


def last_run(tmp_path, target: str, failed: str) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "coverage.json").write_text(json.dumps({"target": target}), encoding="utf-8")
    if failed:
        (tmp_path / "reports" / "rerun.txt").write_text(failed, encoding="utf-8")


def again(*arguments: str) -> int:
    return main(["rerun", *arguments])


@pytest.mark.parametrize(
    ("target", "url"), [("embedded", ""), ("http://127.0.0.1:8000", "http://127.0.0.1:8000")]
)
def test_what_failed_runs_again_on_its_target(tmp_path, started, target, url):
    last_run(tmp_path, target, "../features/a.feature:3\n")
    assert again("--stop", "--jobs", "4") == 1
    command, environ = started[0]
    assert command[-4:] == ["@reports/rerun.txt", "--stop", "--jobs", "4"]
    assert environ["SMOKE_BASE_URL"] == url


def test_when_nothing_failed_nothing_runs(tmp_path, started, capsys):
    last_run(tmp_path, "embedded", "")
    assert again() == 0
    assert started == []
    assert "nothing failed" in capsys.readouterr().out


def test_without_a_run_there_is_a_sentence(started, capsys):
    assert again() == 2
    assert "make smoke" in capsys.readouterr().err
