"""The lock: exact versions, in step with what is declared, and no registry named anywhere."""

import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RUNNING, DEVELOPING = (
    (ROOT / name).read_text().splitlines() for name in ("requirements.lock", "requirements-dev.lock")
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
REGISTRY = re.compile(
    r"pypi\.|pythonhosted|npmjs|yarnpkg|--(extra-)?index-url|--find-links|"
    r'"resolved"\s*:\s*"https?:|registry\s*=\s*"?https?:|file:///',
    re.IGNORECASE,
)
CONFIGURATION = {".toml", ".lock", ".cfg", ".ini", ".yml", ".yaml", ".json", ".txt", ".npmrc"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_locks_name_exact_versions_only():
    lines = [*RUNNING, *DEVELOPING]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.+!]+", line)] == []


def test_what_runs_is_part_of_what_is_developed_with():
    assert set(RUNNING) < set(DEVELOPING)


def test_a_run_installs_no_tool_of_development():
    names = {line.split("==")[0] for line in RUNNING}
    assert names.isdisjoint({"mypy", "pytest", "moto", "boto3", "openai", "stripe", "ruff", "hypothesis"})


@pytest.mark.parametrize(
    ("lock", "extras"), [(RUNNING, {"reference"}), (DEVELOPING, {"reference", "doubles", "dev"})]
)
def test_a_lock_fits_what_is_declared(lock, extras):
    locked = {canonicalize_name(name): version for name, version in (line.split("==") for line in lock)}
    chosen = [wanted for name, wanted in PROJECT["optional-dependencies"].items() if name in extras]
    declared = [*PROJECT["dependencies"], *chain(*chosen)]
    wanted = [Requirement(text) for text in declared if not text.startswith(PROJECT["name"])]
    misfits = [
        str(one)
        for one in wanted
        if not one.specifier.contains(locked.get(canonicalize_name(one.name), "0"), prereleases=True)
    ]
    assert misfits == []


def test_no_lock_or_configuration_names_a_registry():
    files = [path for path in tracked() if path.suffix in CONFIGURATION or path.name.startswith(".")]
    assert ROOT / "requirements.lock" in files
    named = [
        str(path.relative_to(ROOT)) for path in files if REGISTRY.search(path.read_text(encoding="utf-8"))
    ]
    assert named == []


def test_the_pattern_knows_a_registry_when_it_sees_one():
    assert REGISTRY.search('"resolved": "https://registry.example.com/allure/-/allure-3.0.0.tgz"')
    assert REGISTRY.search("--index-url https://packages.example.com/simple")
    assert not REGISTRY.search("httpx==0.28.1")
