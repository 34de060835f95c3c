"""A service that signs in by cookie as well: people share no jar, and mixing them up is red."""

import json

import pytest

from tests.acceptance.raw_proxy import Answer, raw_proxy
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import SuiteCopy

FEATURES = ("features/identity/profile.feature", "features/access/signed_out.feature")


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        yield url


def signing_in_by_cookie(asked, forward):
    """The session's token is also set as a cookie, and a cookie is as good as a token."""
    jar = dict(part.split("=", 1) for part in (asked.headers.get("Cookie") or "").split("; ") if part)
    if "session" in jar and "Authorization" not in asked.headers:
        asked.headers["Authorization"] = f"Bearer {jar['session']}"
    answer = forward(asked)
    if asked.path.endswith("/auth/token") and answer.status == 200:
        cookie = f"session={json.loads(answer.body)['access_token']}; Path=/; HttpOnly"
        answer = Answer(answer.status, [*answer.headers, ("Set-Cookie", cookie)], answer.body)
    return answer.raw()


def test_a_service_that_signs_in_by_cookie_as_well_is_green(tmp_path, service):
    with raw_proxy(service, signing_in_by_cookie) as url:
        code, out = SuiteCopy(tmp_path / "suite", url).run(*FEATURES)
    assert code == 0, out


def test_a_gateway_that_takes_strangers_for_the_last_who_signed_in_is_red(tmp_path, service):
    last: list[str] = []

    def confusing(asked, forward):
        if asked.headers.get("Authorization"):
            last[:] = [asked.headers["Authorization"]]
        elif last and not asked.path.endswith("/auth/token"):
            asked.headers["Authorization"] = last[0]
        return forward(asked).raw()

    with raw_proxy(service, confusing) as url:
        code, out = SuiteCopy(tmp_path / "suite", url).run(*FEATURES)
    assert code == 1, out
    assert "failed  " in out
