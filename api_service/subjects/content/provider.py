"""The OpenAI-compatible provider behind the service, reached directly.

Files get there as an agent's tool would put them; a double is also told here to fail. A provider that does
not answer, or refuses, breaks the scenario with TargetError: it is not the service under test.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx

from acceptance.calls import other_hosts
from acceptance.errors import TargetError
from api_service.doubles import OPENAI, fail
from api_service.world import World


class Provider:
    """One provider; `url` ends with its version, as in `https://provider.example.com/v1`."""

    def __init__(self, url: str, key: str, timeout: float) -> None:
        self._url, self._timeout = url, timeout
        self._headers = {"Authorization": f"Bearer {key}"}

    def put_file(self, filename: str, content: bytes) -> str:
        """Upload a file and return its id."""
        return self._upload("/files", filename, content)

    def put_container_file(self, container: str, filename: str, content: bytes) -> str:
        """Put a file into a container, by the provider's id of it, and return the file's id."""
        return self._upload(f"/containers/{quote(container, safe='')}/files", filename, content)

    def delete_file(self, file_id: str) -> None:
        """Delete a file; one that is gone already is fine."""
        self._ask("DELETE", f"/files/{quote(file_id, safe='')}", gone=True)

    def file_names(self) -> list[str]:
        """Return the names of the newest files, a hundred at most."""
        answer = self._ask("GET", "/files", params={"limit": 100})
        return [str(file["filename"]) for file in self._field(answer, "data")]

    def fail(self, kind: str, text: str) -> Callable[[], None]:
        """Let every request that contains the text fail; return what ends that.

        Raises NotOfferedError when the provider is no double that can be told to.
        """
        return fail(self._url.rpartition("/")[0], kind, text, self._timeout)

    def _upload(self, path: str, filename: str, content: bytes) -> str:
        upload: dict[str, Any] = {"files": {"file": (filename, content)}, "data": {"purpose": "assistants"}}
        return str(self._field(self._ask("POST", path, **upload), "id"))

    def _field(self, answer: httpx.Response, name: str) -> Any:
        try:
            return other_hosts.body(answer, name)
        except ValueError as error:
            raise TargetError(f"the provider at {self._url} answered without {name}: {error}") from None

    def _ask(self, method: str, path: str, gone: bool = False, **options: Any) -> httpx.Response:
        answer = self._send(method, self._url + path, **options)
        if not answer.is_success and not (gone and answer.status_code == 404):
            raise TargetError(f"the provider answered {method} {path} with {answer.status_code}")
        return answer

    def _send(self, method: str, url: str, **options: Any) -> httpx.Response:
        try:
            return other_hosts.request(method, url, headers=self._headers, timeout=self._timeout, **options)
        except httpx.HTTPError as error:
            raise TargetError(f"the provider at {self._url} did not answer: {error}") from None


def provider_of(world: World) -> Provider:
    """Return the provider of this run; raises NotOfferedError when the suite was told of none."""
    settings = world.suite.settings
    return Provider(world.suite.doubles.require(OPENAI), settings.openai_key, settings.http_timeout)
