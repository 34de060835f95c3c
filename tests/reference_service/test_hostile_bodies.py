"""Bodies that no operation can take, sent to every operation that takes one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reference_service.routers.identity.service_accounts import DEMO_CREDENTIAL
from tests.reference_service.support import PASSWORD, Api, refused, runtime_of

ALICE = "alice@acme.example.com"
CONTRACT = json.loads((Path(__file__).parents[2] / "contract/openapi.json").read_text(encoding="utf-8"))
NOBODY = "0d6fe5ce-8a5e-4c64-9a3c-3c5f6ad5a6aa"
UNREADABLE = {
    "no UTF-8": b'{"message": "\xff"}',
    "too deep": b'{"a":' * 100_000,
    "too many digits": b'{"message": %s}' % (b"9" * 5_000),
}
# Judged although no model knows the key: what is unknown may be stored all the same.
UNFIT = {
    "unpaired surrogate": rb'{"unknown": "\ud800"}',
    "unpaired surrogate in a key": rb'{"\udfff": 1}',
    "large number": b'{"unknown": %s}' % (b"9" * 400),
    "no number": b'{"unknown": NaN}',
    "too deep to be sent back": b'{"unknown": %s%s}' % (b"[" * 101, b"]" * 101),
}


class Everywhere:
    """Sends to every operation with a body as an owner and operator, or as a pipeline where one is wanted."""

    def __init__(self, api: Api) -> None:
        self._api = api
        person = {"email": ALICE, "password": PASSWORD, "role": "owner", "platform_role": "platform_operator"}
        self._tenant = api.seed({"slug": "acme", "name": "Acme", "users": [person]})["tenant_id"]
        self._token = api.login(ALICE).json()["access_token"]

    def send(self, body: bytes) -> dict[str, Any]:
        """The answers by path."""
        answers = {
            path: self._send(method, path, body)
            for path, operations in CONTRACT["paths"].items()
            for method, operation in operations.items()
            if "requestBody" in operation
        }
        assert len(answers) > 60
        return answers

    def _send(self, method: str, path: str, body: bytes) -> Any:
        token = DEMO_CREDENTIAL if path.endswith("service-accounts/issue") else self._token
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "If-Match": "1"}
        place = re.sub("{.*?}", NOBODY, path.replace("{tenant_id}", self._tenant))
        return self._api.client.request(method, place, content=body, headers=headers)


@pytest.fixture
def everywhere(api: Api) -> Everywhere:
    return Everywhere(api)


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_body_that_cannot_be_parsed_is_refused_in_the_envelope(everywhere: Everywhere, body: bytes) -> None:
    answers = everywhere.send(body)
    # Stripe's deliveries are judged by their signature first.
    refused(answers.pop("/webhooks/stripe"), 400)
    for answer in answers.values():
        refused(answer, 400, "error parsing the body")


@pytest.mark.parametrize("body", UNFIT.values(), ids=UNFIT.keys())
def test_a_body_that_could_not_be_sent_back_is_invalid_and_changes_nothing(
    api: Api, everywhere: Everywhere, body: bytes
) -> None:
    before = len(list(runtime_of(api).store.activity_events))
    answers = everywhere.send(body)
    refused(answers.pop("/webhooks/stripe"), 400)
    for answer in answers.values():
        refused(answer, 422, "Request validation failed")
    assert len(list(runtime_of(api).store.activity_events)) == before
