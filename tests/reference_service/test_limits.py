"""Limits of the service are settings of its own."""

from typing import Any

import pytest

from reference_service.config import Config
from tests.reference_service.support import PASSWORD, Api, refused

OWNER, ADMIN = "owner@acme.example.com", "admin@acme.example.com"
MEGABYTE = 1024 * 1024
UPLOAD: dict[str, Any] = {"filename": "plan.txt", "mime_type": "text/plain"}


@pytest.fixture
def config() -> Config:
    limits = {"UPLOAD_MEGABYTES": 1, "SIGNED_LINK_SECONDS": 1, "RECOVERY_CODES": 1, "PURGE_AGE_HOURS": 1}
    limits |= {"PASSWORD_HISTORY": 0, "LOG_BYTES": 100}
    return Config.from_environment({f"REFERENCE_LIMIT_{name}": str(most) for name, most in limits.items()})


def test_files_and_their_addresses_are_limited_as_configured(api: Api, acme: dict) -> None:
    path = "/storage/objects/upload-url"
    stored = api.call(OWNER, "POST", path, json={**UPLOAD, "size_bytes": MEGABYTE})
    assert (stored.status_code, stored.json()["expires_in_seconds"]) == (201, 1)
    refused(api.call(OWNER, "POST", path, json={**UPLOAD, "size_bytes": MEGABYTE + 1}), 400)


def test_as_many_recovery_codes_are_made_as_configured(api: Api, acme: dict) -> None:
    assert len(api.call(OWNER, "POST", "/auth/mfa/recovery/regenerate").json()["codes"]) == 1


def test_a_password_may_be_kept_where_none_is_remembered(api: Api, acme: dict) -> None:
    good = {"current_password": PASSWORD, "new_password": PASSWORD}
    assert api.call(OWNER, "POST", "/auth/password/change", json=good).status_code == 200


def test_a_log_record_is_as_large_as_configured(api: Api, acme: dict) -> None:
    assert api.call(OWNER, "POST", "/logs", json={"event": "e"}).status_code == 202
    answer = api.call(OWNER, "POST", "/logs", json={"event": "e", "message": "m" * 100})
    refused(answer, 413)
    assert answer.json()["details"] == {"max_bytes": 100}


def test_a_young_run_is_deleted_and_not_purged(api: Api, acme: dict) -> None:
    run = api.call(OWNER, "POST", "/workflows/analysis_code/run", json={"message": "Why?"}).json()
    path = f"/workflows/runs/{run['workflow_run_id']}"
    refused(api.call(ADMIN, "DELETE", f"{path}?hard=true"), 409)
    assert api.call(OWNER, "GET", path).status_code == 200
    assert api.call(ADMIN, "DELETE", path).status_code == 204
