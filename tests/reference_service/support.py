"""What the tests of every area share."""

from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from reference_service.clock import Clock, wall_time

PASSWORD = "Corr3ct-Horse-Battery"


def runtime_of(api: "Api") -> Any:
    """The inside of the service, for states that no operation brings about."""
    return api.client.app.state.runtime  # type: ignore[attr-defined]


def move_clock(api: "Api", ahead: timedelta) -> None:
    """Let the service's time be that much later."""
    runtime_of(api).clock = Clock(lambda: wall_time() + ahead)


class Api:
    """A client of one service that knows how to seed it and how to sign people in."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self._tokens: dict[str, str] = {}

    def seed(self, tenant: dict[str, Any]) -> dict[str, Any]:
        """Seed one tenant and return its part of the result."""
        response = self.client.post("/api/v1/test-fixtures/apply", json={"tenants": [tenant]})
        assert response.status_code == 201, response.text
        result: dict[str, Any] = response.json()["tenants"][tenant["slug"]]
        return result

    def login(self, email: str, password: str = PASSWORD, **extra: Any) -> Response:
        """Sign in with a password."""
        credentials = {"email": email, "password": password, **extra}
        return self.client.post("/api/v1/auth/token", json=credentials)

    def call(self, email: str | None, method: str, path: str, **options: Any) -> Response:
        """Call `/api/v1<path>` as this person (None: signed out), who is signed in once."""
        headers = dict(options.pop("headers", {}))
        if email is not None:
            if email not in self._tokens:
                self._tokens[email] = self.login(email).json()["access_token"]
            headers["Authorization"] = f"Bearer {self._tokens[email]}"
        return self.client.request(method, f"/api/v1{path}", headers=headers, **options)


def refused(response: Response, status: int, message: str = "") -> None:
    """Assert that the response is the error envelope with this status and text in its message."""
    assert response.status_code == status, response.text
    body = response.json()
    assert body["success"] is False
    assert set(body) == {"success", "error", "message", "details"}
    assert message in body["message"]
