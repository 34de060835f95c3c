"""The doctor: a right and helpful answer for what people meet."""

import json

import pytest

from acceptance.__main__ import main
from tests.acceptance import hostile
from tests.acceptance.service import running_service


@pytest.fixture
def ask(monkeypatch, capsys):
    def asked(url: str, **environ: str) -> tuple[int, str]:
        monkeypatch.setenv("SMOKE_BASE_URL", url)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        code = main(["doctor"])
        said = capsys.readouterr()
        return code, said.out + said.err

    return asked


def test_nothing_running(ask):
    code, said = ask("http://127.0.0.1:9")
    assert code == 4
    assert "no connection to 127.0.0.1:9" in said


@pytest.mark.parametrize("answer", [b"<html>", b'{"hello": "world"}'])
def test_the_wrong_port(ask, answer):
    with hostile.peer(hostile.json_answer(answer)) as peer:
        code, said = ask(peer.url)
    assert code == 4
    assert "mend SMOKE_BASE_URL" in said or "is this the right port?" in said


def test_a_host_that_is_not_allowed(ask):
    code, said = ask("https://staging.example.com")
    assert code == 2
    assert "SMOKE_ALLOWED_HOSTS=staging.example.com" in said


def test_nothing_set_means_the_embedded_service(ask):
    code, said = ask("")
    assert code == 0
    assert "a run starts the embedded reference service" in said


def test_a_setting_is_shown_whole_on_a_narrow_terminal(ask, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    _, said = ask("", SMOKE_ENABLE_AI="0")
    shown = {line.split()[0]: line.split()[1:3] for line in said.splitlines() if line.startswith("@")}
    assert shown["@status_subscriptions"] == ["open", "SMOKE_ENABLE_STATUS_SUBSCRIPTIONS"]
    assert shown["@ai"] == ["closed", "SMOKE_ENABLE_AI"]


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9"])
def test_a_file_of_known_issues_that_a_run_would_refuse(ask, url):
    code, said = ask(url, SMOKE_KNOWN_ISSUES="no-such-file.toml")
    assert code == 2
    assert "the file no-such-file.toml cannot be read" in said


def test_fixtures_off(ask):
    with running_service(REFERENCE_TEST_FIXTURES="false") as url:
        code, said = ask(url)
    assert code == 4
    assert "start the service with USE_TEST_FIXTURES=true" in said


def test_billing_off_behind_an_open_gate(ask):
    with running_service(REFERENCE_BILLING="false") as url:
        code, said = ask(url, SMOKE_ENABLE_BILLING="1")
    assert code == 4
    assert "ENABLE_BILLING=true" in said


def test_a_clock_that_is_far_off_makes_every_token_look_old(ask):
    body = json.dumps(
        {"status": "healthy", "timestamp": "2026-01-01T00:00:00Z", "version": "1", "uptime": 1.0}
    )

    def answer(connection, over):
        head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())

    with hostile.peer(answer) as peer:
        code, said = ask(peer.url)
    assert code == 4
    assert "tokens would look too old" in said


def test_a_sound_service_is_called_sound_and_not_written_to(ask):
    with running_service() as url:
        code, said = ask(url, SMOKE_ENABLE_BILLING="1")
    assert code == 0
    assert "test fixtures are on" in said
    assert "cannot sign in yet; the run seeds them" in said
    assert "plans starter and pro" in said
