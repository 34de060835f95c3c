"""The provider of files, vector stores and containers: a configured one, or a double in this process."""

import asyncio
from typing import Any
from urllib.parse import quote

import httpx
from fastapi import FastAPI

from provider_doubles import openai
from reference_service.clients.trust import trusted
from reference_service.config import Config
from reference_service.errors import ApiError

IN_PROCESS = "http://provider/v1"


class ProviderMissingError(Exception):
    """The provider does not have what was asked for."""


class Provider:
    """Calls the provider; its failures become refusals that tell nothing of its words.

    `double` is the application that stands in for the provider, or None when one is configured.
    """

    def __init__(self, config: Config) -> None:
        self.double: FastAPI | None = None if config.openai_base_url else openai.create_app()
        self._base_url = config.openai_base_url or IN_PROCESS
        self._seconds = config.openai_timeout_seconds
        self._headers = {"Authorization": f"Bearer {config.openai_api_key}"}

    async def json(self, method: str, *path: str, **options: Any) -> dict[str, Any]:
        """The provider's answer to a request; see `request` for its path and what it raises."""
        answer: dict[str, Any] = (await self.request(method, *path, **options)).json()
        return answer

    async def request(self, method: str, *path: str, **options: Any) -> httpx.Response:
        """A successful response of the provider; `path` is segment by segment, whatever a segment holds.

        Raises ProviderMissingError where it answers 404 or no such path can be; ApiError 400 for what it does
        not accept, 503 when it is too slow or too busy, and 502 for any other failure.
        """
        if {".", ".."} & set(path):
            raise ProviderMissingError
        url = "/".join(quote(segment, safe="") for segment in path)
        try:
            # httpx leaves timing out to the transport, which the one to the double does not do.
            async with asyncio.timeout(self._seconds), self._client() as client:
                response = await client.request(method, url, **options)
        except (TimeoutError, httpx.TimeoutException):
            raise ApiError(503, "The provider did not answer in time.") from None
        except httpx.InvalidURL:
            raise ProviderMissingError from None
        except httpx.HTTPError:
            raise ApiError(502, "The provider could not be reached.") from None
        return _accepted(response)

    def _client(self) -> httpx.AsyncClient:
        # One for each call: a connection pool belongs to one event loop, and tests run several.
        transport = (
            httpx.ASGITransport(app=self.double)
            if self.double
            else httpx.AsyncHTTPTransport(verify=trusted())
        )
        return httpx.AsyncClient(
            base_url=self._base_url, headers=self._headers, timeout=self._seconds, transport=transport
        )


def _accepted(response: httpx.Response) -> httpx.Response:
    if response.status_code == 404:
        raise ProviderMissingError
    if response.status_code == 400:
        raise ApiError(400, "The provider does not accept this.")
    if response.status_code == 429:
        retry_after = response.headers.get("retry-after", "1")
        raise ApiError(503, "The provider is too busy.", headers={"Retry-After": retry_after})
    if not response.is_success:
        raise ApiError(502, "The provider failed.")
    return response
