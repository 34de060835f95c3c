"""The Makefile on machines that lack something, and the exit codes that it passes on."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path):
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=environ | {"LC_ALL": "C"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def installed(folder: Path, behave: str) -> None:
    """Pretend an installation whose `behave` is this shell text, and whose `python` does nothing."""
    script(folder / ".venv/bin/behave", behave)
    script(folder / ".venv/bin/python", 'echo "python $*"')
    (folder / ".venv/installed").touch()


def test_help_is_the_default_and_names_every_command(checkout):
    shown = re.findall(r"^ +make (\w+) +\S", make(checkout).stdout, flags=re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert phony
    assert sorted(shown) == sorted(phony[1].split())


def test_a_machine_without_a_recent_python_is_told_so(checkout):
    done = make(checkout, "smoke", "PYTHON=")
    assert done.returncode == 2
    assert done.stdout.startswith("This needs Python 3.11 or later")


def test_a_python_without_ensurepip_is_told_what_to_install(checkout):
    python = script(checkout / "python-without-ensurepip", "exit 1")
    done = make(checkout, "smoke", f"PYTHON={python}", "UV=")
    assert done.returncode == 2
    assert "apt install python3-venv" in done.stdout


@pytest.mark.parametrize("code", [1, 2, 3, 4])
def test_a_red_run_makes_its_reports_and_names_its_exit_code(checkout, code):
    installed(checkout, f"exit {code}")
    done = make(checkout, "smoke")
    assert done.returncode == 2
    assert f"Error {code}" in done.stderr
    assert "python -m acceptance report" in done.stdout


def test_a_green_run_passes_arguments_on(checkout):
    installed(checkout, 'echo "behave $*"')
    done = make(checkout, "smoke", "ARGS=-t @smoke --stop")
    assert done.returncode == 0
    assert "behave -t @smoke --stop\n" in done.stdout


@pytest.mark.parametrize(("uv", "with_"), [("", "python -m pip install"), ("uv 1", "uv pip install")])
@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock"])
def test_a_change_of_dependencies_installs_again(checkout, name, uv, with_):
    installed(checkout, "exit 0")
    before = (checkout / ".venv/installed").stat().st_mtime
    os.utime(checkout / name, (before + 10, before + 10))
    assert with_ in make(checkout, "--dry-run", "smoke", f"UV={uv}").stdout


@pytest.mark.parametrize(("uv", "with_"), [("exit 1", "-m venv .venv"), ("echo uv 1", "uv venv")])
def test_uv_makes_the_environment_where_it_works(checkout, monkeypatch, uv, with_):
    script(checkout / "bin/uv", uv)
    monkeypatch.setenv("PATH", f"{checkout / 'bin'}:{os.environ['PATH']}")
    assert with_ in make(checkout, "--dry-run", "smoke").stdout


def test_pip_installs_where_uv_cannot(checkout, monkeypatch):
    script(checkout / "bin/uv", 'test "$1" = --version && echo uv 1')
    monkeypatch.setenv("PATH", f"{checkout / 'bin'}:{os.environ['PATH']}")
    makes_venv = """
        case "$*" in
        *venv\\ .venv) mkdir -p .venv/bin && printf '#!/bin/sh\\necho "did $*"' > .venv/bin/python ;;
        esac
        test -e .venv/bin/python && chmod +x .venv/bin/python || true
    """
    python = script(checkout / "python-with-venv", makes_venv)
    done = make(checkout, ".venv/installed", f"PYTHON={python}")
    assert "uv cannot install here; pip tries" in done.stdout
    assert "did -m pip install --quiet --disable-pip-version-check -r requirements.lock" in done.stdout
    assert done.returncode == 0


def test_nothing_changed_installs_nothing(checkout):
    installed(checkout, "exit 0")
    assert "pip install" not in make(checkout, "--dry-run", "smoke").stdout
