"""The target's own OpenAPI document: none, or a right one."""

import httpx
import pytest

from acceptance.calls.client import Connection
from acceptance.errors import TargetError
from acceptance.target.published_document import published_document
from tests.acceptance.small_service import CONTRACT

RIGHT = b'{"paths": {"/things": {"get": {}}}}'


def connection(monkeypatch, content=RIGHT, status=200, media_type="application/json") -> Connection:
    made = Connection("http://localhost:1", CONTRACT, 1, 1)
    response = httpx.Response(status, headers={"content-type": media_type})
    monkeypatch.setattr(made, "fetch", lambda path: (response, content))
    return made


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"content": b"[]"}, "is no OpenAPI document"),
        ({"content": b'{"paths": []}'}, "is no OpenAPI document"),
        ({"content": b'{"paths": {"/things": null}}'}, "is no OpenAPI document"),
        ({"content": b"<html>Welcome</html>", "media_type": "text/html"}, "status 200 as text/html"),
        ({"media_type": "text/html"}, "status 200 as text/html"),
        ({"status": 201}, "status 201"),
        ({"status": 500}, "status 500"),
        ({"content": b'{"paths": {}}'}, "no operation of the contract"),
        ({"content": b'{"paths": {"/pets": {"get": {}}}}'}, "no operation of the contract"),
    ],
)
def test_what_is_no_such_document_ends_the_run(monkeypatch, answer, said):
    with pytest.raises(TargetError, match=said):
        published_document(connection(monkeypatch, **answer))


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_service_may_publish_none(monkeypatch, status):
    made = connection(monkeypatch, status=status, media_type="text/plain")
    assert published_document(made) is None
    assert not any(map(made.lists, CONTRACT))


def test_a_service_that_cannot_be_asked_ends_the_run():
    with pytest.raises(TargetError, match=r"openapi\.json cannot be had"):
        published_document(Connection("http://127.0.0.1:1", CONTRACT, 1, 1))
