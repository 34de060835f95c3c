"""Settings: every name is known, every value fits, or the run ends with one sentence."""

import re
from pathlib import Path

import pytest

from acceptance.commands.gates import documented, env_example, gates_table
from acceptance.contract.document import load
from acceptance.declared import fits
from acceptance.errors import ConfigurationError
from acceptance.settings.gates import GateBook
from api_service.gates import GATES
from api_service.settings import Settings

NO_FILE = Path("no-such-file.env")


def loaded(**environ: str):
    return Settings.load(environ, NO_FILE)


def test_nothing_set_means_the_embedded_service_with_every_gate_open():
    settings = loaded()
    assert settings.embedded
    assert settings.gates == frozenset(GATES)
    assert (settings.tenant_slug, settings.http_timeout) == ("smoke", 10.0)


def test_an_external_service_opens_only_the_default_gates_and_those_that_are_set():
    settings = loaded(
        SMOKE_BASE_URL="http://127.0.0.1:8000", SMOKE_ENABLE_BILLING="1", SMOKE_ENABLE_STATUS="0"
    )
    assert settings.gates == {"billing", "storage"}


def test_a_closed_gate_says_what_opens_it_and_what_the_service_needs():
    reason = GateBook(GATES, frozenset()).closed_reason(["smoke", "billing"])
    assert reason is not None
    assert "SMOKE_ENABLE_BILLING=1" in reason
    assert "plans starter and pro" in reason


def test_a_gate_excuses_operations_that_there_are_and_everything_that_stands_behind_it_alone():
    operations = [operation.name for operation in load()]
    patterns = [pattern for gate in GATES.values() for pattern in gate.operations]
    assert [one for one in patterns if not any(fits(name, one) for name in operations)] == []
    for line in Path("COVERAGE.md").read_text(encoding="utf-8").splitlines():
        gate, operation = re.search(r"@(\w+)", line), re.search("`([A-Z]+ .+?)`", line)
        if gate and operation:
            closed = GateBook(GATES, frozenset(GATES) - {gate[1]})
            assert closed.excuses(operation[1]), f"@{gate[1]} should excuse {operation[1]}"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SMOKE_ENABLE_TELEPATHY", "1", "SMOKE_ENABLE_TELEPATHY is not a setting"),
        ("SMOKE_BASE_URI", "http://localhost", "did you mean SMOKE_BASE_URL?"),
        ("SMOKE_ENABLE_BILLING", "maybe", 'SMOKE_ENABLE_BILLING is "maybe"; write 1'),
        ("SMOKE_BASE_URL", "localhost:8000", "write a URL with scheme and host"),
        ("SMOKE_BASE_URL", "http://localhost:99999", "write a URL with scheme and host"),
        ("SMOKE_BASE_URL", "http://user:pass@localhost", "leave them out"),
        ("SMOKE_BASE_URL", "http://user:pass@localhost/?x=1", "leave them out"),
        ("SMOKE_BASE_URL", "http:/user:pass@localhost", "leave them out"),
        ("SMOKE_BASE_URL", "http://", "write a URL with scheme and host"),
        ("SMOKE_BASE_URL", "http://two words.example.com", "write a URL with scheme and host"),
        ("SMOKE_BASE_URL", "http://staging..example.com", "write a URL with scheme and host"),
        ("SMOKE_BASE_URL", f"http://{'long' * 30}.example.com", "write a URL with scheme and host"),
        ("SMOKE_HTTP_TIMEOUT", "0", "a number of seconds above 0"),
        ("SMOKE_HTTP_TIMEOUT", "nan", "a number of seconds above 0"),
        ("SMOKE_HTTP_TIMEOUT", "soon", "a number of seconds above 0"),
        ("SMOKE_USER_EMAIL", "alice", "no e-mail address"),
        ("SMOKE_TENANT_SLUG", "Smoke Test", "lower-case letters"),
        ("SMOKE_OTLP_PORT", "0", "a port from 1 to 65535"),
        ("SMOKE_OTLP_PORT", "otlp", "a port from 1 to 65535"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused_with_its_name_and_the_mend(name, value, said):
    with pytest.raises(ConfigurationError) as refused:
        loaded(**{name: value})
    assert said in str(refused.value)
    assert "user:pass" not in str(refused.value)
    assert name in str(refused.value)
    assert refused.value.exit_code == 2


def test_a_host_is_only_written_to_when_it_is_allowed():
    with pytest.raises(ConfigurationError, match=r"SMOKE_ALLOWED_HOSTS=staging\.example\.com"):
        loaded(SMOKE_BASE_URL="https://staging.example.com")
    allowed = loaded(SMOKE_BASE_URL="https://staging.example.com/", SMOKE_ALLOWED_HOSTS="Staging.example.com")
    assert allowed.base_url == "https://staging.example.com"


def test_the_process_environment_wins_over_the_file(tmp_path):
    env_file = tmp_path / ".env"
    env_file.write_text("SMOKE_TENANT_SLUG=filed\nSMOKE_HTTP_TIMEOUT=3\n", encoding="utf-8")
    settings = Settings.load({"SMOKE_TENANT_SLUG": "given"}, env_file)
    assert (settings.tenant_slug, settings.http_timeout) == ("given", 3.0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"SMOKE_TENANT_NAME=B\xfccher\n", "cannot be read"),
        (b"# the target\nSMOKE_BASE_URL: http://localhost:8000\n", ":2 is no assignment"),
        (b'SMOKE_USER_PASSWORD="never closed\nSMOKE_HTTP_TIMEOUT=3\n', ":1 is no assignment"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_instead_of_left_out(tmp_path, content, said):
    env_file = tmp_path / ".env"
    env_file.write_bytes(content)
    with pytest.raises(ConfigurationError) as refused:
        Settings.load({}, env_file)
    assert f"{env_file}{said}" in str(refused.value) or f"{env_file} {said}" in str(refused.value)
    assert "never closed" not in str(refused.value)


def test_a_folder_of_the_files_name_is_no_file_of_settings(tmp_path):
    assert Settings.load({}, tmp_path).embedded


def test_the_example_file_names_every_setting_and_loads_as_it_stands(tmp_path):
    example = Path(".env.example").read_text(encoding="utf-8")
    assert example == env_example(), "stale: python -m acceptance gates --write"
    uncommented = tmp_path / ".env"
    uncommented.write_text(example.replace("\n#SMOKE_", "\nSMOKE_"), encoding="utf-8")
    assert Settings.load({}, uncommented).tenant_slug == "smoke"


def test_the_readme_carries_the_tables_of_gates_and_settings():
    readme = Path("README.md").read_text(encoding="utf-8")
    assert readme == documented(readme), "stale: python -m acceptance gates --write"
    assert all(f"`{name}`" in readme for name, _, _ in Settings.declared())
    assert gates_table() in readme
