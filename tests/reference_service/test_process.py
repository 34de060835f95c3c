"""The service as a process: says where it listens, ends with its parent, names a bad setting."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

DEADLINE = 20
POLICY = "/api/v1/auth/signup-policy"


def start(*arguments: str, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "reference_service", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **settings},
    )


@pytest.fixture
def service() -> Iterator[subprocess.Popen[str]]:
    with start("--announce", "--exit-with-parent") as process:
        yield process
        process.kill()


def address(process: subprocess.Popen[str], name: str = "") -> str:
    assert process.stdout is not None
    announcement = process.stdout.readline()
    assert announcement.startswith(f"{name}listening on http://127.0.0.1:")
    return announcement.split()[-1]


def test_the_announced_address_answers_and_the_service_ends_with_its_parent(
    service: subprocess.Popen[str],
) -> None:
    assert httpx.get(f"{address(service)}/health", timeout=DEADLINE).status_code == 200
    assert service.stdin is not None
    service.stdin.close()
    assert service.wait(DEADLINE) == 0


def test_a_termination_signal_ends_the_service(service: subprocess.Popen[str]) -> None:
    address(service)
    service.send_signal(signal.SIGTERM)
    assert service.wait(DEADLINE) in (0, -signal.SIGTERM)


def test_a_bad_setting_is_one_sentence_and_exit_2() -> None:
    process = start(REFERENCE_HEARTBEAT_SECONDS="often")
    _, errors = process.communicate(timeout=DEADLINE)
    assert (process.returncode, errors) == (2, "REFERENCE_HEARTBEAT_SECONDS must be a number.\n")


def test_doubles_and_a_second_service_are_served_by_the_same_process() -> None:
    arguments = ("--doubles", "mail", "webhooks", "--beside", "REFERENCE_SIGN_UP_POLICY=invite_only")
    with start("--announce", "--exit-with-parent", *arguments) as process:
        service, *others = [address(process, name) for name in ("", "mail ", "webhooks ", "beside ")]
        mail, webhooks, beside = others
        policies = [
            httpx.get(f"{url}{POLICY}", timeout=DEADLINE).json()["policy"] for url in (service, beside)
        ]
        contact = {"email": "ann@example.com", "message": "Please call me back."}
        sent = httpx.post(f"{service}/api/v1/contact", json=contact, timeout=DEADLINE)
        mails = httpx.get(f"{mail}/mailbox", params={"to": "support@localhost"}, timeout=DEADLINE).json()
        delivered = httpx.get(f"{webhooks}/deliveries", params={"target": "none"}, timeout=DEADLINE).json()
        process.kill()
    assert policies == ["public", "invite_only"]
    assert (sent.is_success, len(mails["mails"]), delivered) == (True, 1, {"deliveries": []})
