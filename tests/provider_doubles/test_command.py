"""`python -m provider_doubles`: what it prints, where it listens, when it ends."""

import socket
import subprocess
import sys

import httpx
import pytest

from provider_doubles.registry import DOUBLES

COMMAND = [sys.executable, "-m", "provider_doubles"]


@pytest.mark.parametrize("name", DOUBLES)
def test_a_double_says_where_it_listens_and_ends_with_its_parent(name):
    with subprocess.Popen(
        [*COMMAND, name, "--port", "0", "--exit-with-parent"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        first = process.stdout.readline()
        url = first.split()[-1]
        assert first == f"{name} listening on {url}\n"
        assert url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{url}/", timeout=5).status_code < 500
        process.stdin.close()
        rest = process.stdout.read()
        assert process.wait(timeout=10) == 0
    assert f"={url}" in rest
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, timeout=5)


def test_a_taken_port_is_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*COMMAND, "mail", "--port", port], capture_output=True, text=True, timeout=20, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The double mail cannot listen:")
    assert '"mail --port N" takes another port' in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["smtp"], ["--port", "9000"]])
def test_a_wrong_command_line_is_refused(arguments):
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, timeout=20, check=False)
    assert done.returncode == 2


def test_no_two_doubles_share_a_port():
    ports = [double.port for double in DOUBLES.values()]
    assert len(set(ports)) == len(ports)
