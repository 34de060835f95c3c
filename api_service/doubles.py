"""What the service sent to others, read from the doubles that it was pointed at.

The doubles are processes of their own (`python -m provider_doubles`) and are asked over HTTP, so that it
makes no difference who started them.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx

from acceptance.calls import other_hosts
from acceptance.errors import NotOfferedError, TargetError
from acceptance.processes import Process

START_SECONDS = 60.0
MARGIN_SECONDS = 5.0
MAIL, OIDC, OPENAI, OTLP, WEBHOOKS = "mail", "oidc", "openai", "otlp", "webhooks"
NEEDS = {
    MAIL: "the service sends its mails to no mailbox that SMOKE_MAILBOX_URL names",
    OTLP: "the suite runs no OTLP receiver; open the gate @otlp",
    OPENAI: "SMOKE_OPENAI_URL does not name the OpenAI-compatible API that the service uses",
    WEBHOOKS: "only the embedded service delivers its webhooks to the suite",
}


class Doubles:
    """The doubles of one run by name, with their URLs; what is missing is not offered."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self._urls = {name: url for name, url in urls.items() if url}

    def require(self, name: str) -> str:
        """Return the URL of a double; raises NotOfferedError when this run has none."""
        if name not in self._urls:
            raise NotOfferedError(NEEDS[name])
        return self._urls[name]

    def mails(self, address: str, seconds: float) -> list[dict[str, Any]]:
        """Return the mails to an address, oldest first; waits so many seconds for the first one."""
        return self._read(MAIL, "/mailbox", "mails", seconds, to=address)

    def fail(self, name: str, kind: str, text: str, seconds: float) -> Callable[[], None]:
        """Let a double fail at every request that contains the text; see `fail`."""
        return fail(self.require(name), kind, text, seconds)

    def log_records(self, text: str, seconds: float) -> list[dict[str, Any]]:
        """Return the exported log records that contain a text; waits so many seconds for the first one."""
        return self._read(OTLP, "/received", "records", seconds, contains=text)

    def deliveries(self, target: str, seconds: float) -> list[dict[str, Any]]:
        """Return what was posted to a webhook, oldest first; waits so many seconds for the first one."""
        return self._read(WEBHOOKS, "/deliveries", "deliveries", seconds, target=target)

    def _read(self, name: str, path: str, key: str, seconds: float, **query: str) -> list[dict[str, Any]]:
        url = self.require(name) + path
        try:
            params = {**query, "wait": seconds}
            response = other_hosts.request("GET", url, params=params, timeout=seconds + MARGIN_SECONDS)
            found: list[dict[str, Any]] = other_hosts.body(response.raise_for_status(), key)
        except (httpx.HTTPError, ValueError) as error:
            raise AssertionError(f"{url} does not say what it received: {error}") from None
        return found


def fail(url: str, kind: str, text: str, seconds: float) -> Callable[[], None]:
    """Let every request to the double at this URL that contains the text fail; return what ends that.

    Raises NotOfferedError when it is no double that can be told to, TargetError when it does not answer.
    """
    control, fault = f"{url}/_control/faults", {"kind": kind, "text": text}
    try:
        answer = other_hosts.request("POST", control, json=fault, timeout=seconds)
        if answer.status_code != HTTPStatus.CREATED:
            raise NotOfferedError(f"what answers at {url} cannot be told to fail")
        fault_id = other_hosts.body(answer, "id")
    except (httpx.HTTPError, ValueError) as error:
        raise TargetError(f"the double at {url} cannot be told to fail: {error}") from None

    def end() -> None:
        other_hosts.request("DELETE", f"{control}/{fault_id}", timeout=seconds).raise_for_status()

    return end


def start(names: Sequence[str], port: int, log: Path) -> tuple[Process, dict[str, str]]:
    """Start doubles on loopback (port 0 takes free ones); return their process and URLs by name.

    Raises TargetError when they do not start.
    """
    process = Process(["provider_doubles", *names, "--port", str(port)], log)
    urls = {}
    for name in names:
        url = process.announced(f"{name} listening on ", START_SECONDS)
        if url is None:
            process.stop()
            raise TargetError(f"the double {name} did not start ({process.last_words()}); see {log}")
        urls[name] = url
    return process, urls


def listening(name: str, path: str, port: int) -> dict[str, str]:
    """Return the URL of a double that somebody has started on this port already; empty when nobody has."""
    url = f"http://127.0.0.1:{port}"
    try:
        answer = other_hosts.request("GET", url + path, params={"contains": "none"}, timeout=MARGIN_SECONDS)
    except httpx.HTTPError:
        return {}
    return {name: url} if answer.is_success else {}
