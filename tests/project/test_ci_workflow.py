"""The CI that users copy: pinned actions, least permissions, nobody else's text run as a command."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
FILES = [*sorted(ROOT.glob(".github/workflows/*.yml")), *sorted(ROOT.glob(".github/actions/*/action.yml"))]
WORKFLOW = YAML(typ="safe").load(ROOT / ".github/workflows/acceptance.yml")
JOBS = WORKFLOW["jobs"]
USES = re.compile(r"uses: (?!\./)(.+)")
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_actions_are_pinned_by_commit_with_their_version(path):
    assert [used for used in USES.findall(path.read_text()) if not PINNED.fullmatch(used)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_expression_is_put_into_a_command(path):
    """A title or an input would be run as shell text; it comes in as an environment variable instead."""
    document = YAML(typ="safe").load(path)
    steps = [
        step
        for part in (*document.get("jobs", {}).values(), document.get("runs", {}))
        for step in part.get("steps", ())
    ]
    assert steps
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []


def test_the_token_may_only_read():
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert [name for name, job in JOBS.items() if "permissions" in job] == []


def test_a_newer_push_replaces_the_run_of_a_pull_request():
    assert "pull_request" in WORKFLOW["concurrency"]["cancel-in-progress"]


def commands(job: str) -> list[str]:
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def test_pull_requests_are_linted_typed_and_tested():
    assert "if" not in JOBS["checks"]
    assert commands("checks") == ["make lint", ".venv/bin/pytest"]


def test_pull_requests_run_what_needs_no_provider():
    assert "if" not in JOBS["embedded"]
    assert commands("embedded") == ["behave --tags=-@provider"]
    assert not re.search(r"\bsecrets\b", str(JOBS["embedded"]))


@pytest.mark.parametrize(
    ("job", "name", "tag"),
    [
        ("stripe-replay", "run_stripe_replay", "stripe_replay"),
        ("otlp-integration", "run_otlp_integration", "otlp"),
    ],
)
def test_opt_in_jobs_run_on_demand_or_by_variable(job, name, tag):
    assert JOBS[job]["if"] == f"${{{{ inputs.{name} || vars.{name.upper()} == 'true' }}}}"
    assert WORKFLOW["on"]["workflow_dispatch"]["inputs"][name]["type"] == "boolean"
    assert commands(job) == [f"behave --tags=@{tag}"]


def test_a_pull_request_never_reaches_a_deployed_service():
    assert "github.event_name != 'pull_request'" in JOBS["deployed"]["if"]
    assert "inputs" not in JOBS["deployed"]["env"]["SMOKE_ALLOWED_HOSTS"]


@pytest.mark.parametrize("job", sorted(JOBS.keys() - {"checks"}))
def test_every_job_keeps_its_reports_also_when_it_is_red(job):
    last = JOBS[job]["steps"][-1]
    assert (last["uses"], last["if"]) == ("./.github/actions/report", "${{ !cancelled() }}")
