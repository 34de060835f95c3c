from typing import Any

import pytest
from fastapi.testclient import TestClient

from reference_service.app import create_app
from reference_service.config import Config
from tests.reference_service.support import PASSWORD, Api


@pytest.fixture
def config() -> Config:
    return Config()


@pytest.fixture
def api(config: Config) -> Api:
    """A fresh service; see Api for its shortcuts."""
    return Api(TestClient(create_app(config), raise_server_exceptions=False))


@pytest.fixture
def acme(api: Api) -> dict[str, Any]:
    """A tenant with a person of each role: owner@, admin@, member@, viewer@acme.example.com."""
    users = [
        {"email": f"{role}@acme.example.com", "password": PASSWORD, "role": role}
        for role in ("owner", "admin", "member", "viewer")
    ]
    return api.seed({"slug": "acme", "name": "Acme", "users": users})


@pytest.fixture
def globex(api: Api) -> dict[str, Any]:
    """Another tenant, with owner@globex.example.com."""
    users = [{"email": "owner@globex.example.com", "password": PASSWORD, "role": "owner"}]
    return api.seed({"slug": "globex", "name": "Globex", "users": users})


@pytest.fixture
def operator(api: Api) -> dict[str, Any]:
    """The operators' tenant, with olga@operators.example.com."""
    olga = {"email": "olga@operators.example.com", "password": PASSWORD, "role": "owner"}
    return api.seed(
        {"slug": "operators", "name": "Operators", "users": [{**olga, "platform_role": "platform_operator"}]}
    )
