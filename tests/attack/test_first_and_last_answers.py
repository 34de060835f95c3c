"""What a run asks before its first scenario and after its last: one sentence, whatever is answered."""

import json

import pytest

from acceptance import redaction
from acceptance.errors import SuiteError
from acceptance.known_secrets import KnownSecrets
from acceptance.run import project
from tests.acceptance.raw_proxy import Answer, raw_proxy
from tests.acceptance.service import running_service

JSON = ("Content-Type", "application/json")
SIGN_IN = "/api/v1/auth/token"
CALLS = (
    "/health",
    "/openapi.json",
    "/api/v1/test-fixtures/apply",
    SIGN_IN,
    "/.well-known/jwks.json",
    "/sessions/",
)


def with_values(put: str):
    """Every text of an answer is replaced."""

    def spoil(value):
        if isinstance(value, dict):
            return {key: spoil(item) for key, item in value.items()}
        if isinstance(value, list):
            return [spoil(item) for item in value]
        return "@" if isinstance(value, str) else value

    def twist(answer: Answer) -> Answer:
        body = json.dumps(spoil(json.loads(answer.body or b"{}"))).replace('"@"', put)
        return Answer(answer.status, answer.headers, body.encode())

    return twist


def with_header(name: str, value: str):
    def twist(answer: Answer) -> Answer:
        kept = [pair for pair in answer.headers if pair[0].lower() != name.lower()]
        return Answer(answer.status, [*kept, (name, value)], answer.body)

    return twist


def instead(body: bytes):
    return lambda answer: Answer(answer.status if answer.status != 204 else 200, [JSON], body)


TWISTS = {
    "half a surrogate pair everywhere": with_values(r'"\ud800"'),
    "NaN everywhere": with_values("NaN"),
    "900 levels everywhere": with_values("[" * 900 + "]" * 900),
    "400 digits everywhere": with_values("7" * 400),
    "a date that cannot be": with_values('"9999-12-31T23:59:59-23:59"'),
    "an impossible zone": with_header("Date", "Sat, 01 Jan 0001 00:00:00 +9999999999999"),
    "the year 99999": with_header("Date", "Sat, 01 Jan 99999 00:00:00 GMT"),
    "a byte order mark": lambda answer: Answer(answer.status, answer.headers, b"\xef\xbb\xbf" + answer.body),
    "UTF-16": lambda answer: Answer(answer.status, answer.headers, answer.body.decode().encode("utf-16")),
    "invalid UTF-8": instead(b'{"a": "\xff"}'),
    "100,000 levels": instead(b"[" * 100_000),
    "null": instead(b"null"),
    "a list": instead(b"[]"),
    "a page": lambda answer: Answer(200, [("Content-Type", "text/html")], b"<html>\x1b[31m</html>"),
    "nothing": lambda answer: None,
    "too much": instead(b'"' + b"a" * 6_000_000 + b'"'),
}


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        yield url


@pytest.mark.parametrize("asked_for", CALLS)
@pytest.mark.parametrize("twist", TWISTS)
def test_there_is_a_sentence_and_no_other_error(tmp_path, monkeypatch, service, twist, asked_for):
    def twisting(asked, forward):
        answer = forward(asked)
        if asked_for in asked.path:
            answer = TWISTS[twist](answer)
        return answer.raw() if answer else None

    monkeypatch.setattr(redaction, "_met", KnownSecrets())
    with raw_proxy(service, twisting) as url:
        monkeypatch.setenv("SMOKE_BASE_URL", url)
        try:
            session = project.current().open_session(tmp_path, everybody=False)
            try:
                session.people.token(session.suite.cast.people["Alice"])
            finally:
                session.close()
        except SuiteError as error:
            json.dumps(str(error), ensure_ascii=False).encode()
    assert (tmp_path / "exchanges.jsonl").read_text("utf-8").count("\n") >= 1
