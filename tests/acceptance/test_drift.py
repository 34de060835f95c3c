"""Drift: what breaks clients is found, additions are not, declared differences count apart."""

import copy
from typing import Any

import pytest

from acceptance.__main__ import main
from acceptance.commands import drift
from tests.acceptance import hostile

DOCUMENT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["id", "size"],
                "properties": {
                    "id": {"type": "string"},
                    "size": {"type": "integer"},
                    "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                },
            },
            "NewThing": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": {"anyOf": [{"type": "string", "maxLength": 9}]}},
            },
        }
    },
    "paths": {
        "/vector-stores": {
            "post": {
                "parameters": [
                    {"in": "query", "name": "dry", "required": False, "schema": {"default": False}}
                ],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewThing"}}}
                },
                "responses": {
                    "201": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
                    }
                },
            },
            "get": {
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
                            }
                        }
                    }
                }
            },
        }
    },
}


def changed(change):
    other = copy.deepcopy(DOCUMENT)
    change(other["paths"]["/vector-stores"], other["components"]["schemas"])
    return [(one.operation, one.kind, one.where) for one in drift.compare(DOCUMENT, other)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda paths, schemas: paths.pop("get"), [("GET /vector-stores", "operation gone", "")]),
        (
            lambda paths, schemas: paths["post"]["responses"].update(
                {"200": paths["post"]["responses"].pop("201")}
            ),
            [("POST /vector-stores", "success status", "")],
        ),
        (
            lambda paths, schemas: schemas["Thing"]["properties"].pop("size"),
            [
                ("POST /vector-stores", "response field gone", "$.size"),
                ("GET /vector-stores", "response field gone", "$[*].size"),
            ],
        ),
        (
            lambda paths, schemas: schemas["Thing"]["properties"].update(note={"type": "array", "items": {}}),
            [("POST /vector-stores", "type", "$.note"), ("GET /vector-stores", "type", "$[*].note")],
        ),
        (
            lambda paths, schemas: schemas["NewThing"]["required"].append("owner"),
            [("POST /vector-stores", "request field required", "body.owner")],
        ),
        (
            lambda paths, schemas: paths["post"]["parameters"].append(
                {"in": "header", "name": "If-Match", "required": True}
            ),
            [("POST /vector-stores", "parameter required", "header.if-match")],
        ),
        (
            lambda paths, schemas: paths["post"]["parameters"][0]["schema"].update(default=True),
            [("POST /vector-stores", "limit", "query.dry")],
        ),
        (
            lambda paths, schemas: schemas["NewThing"]["properties"]["name"]["anyOf"][0].update(maxLength=8),
            [("POST /vector-stores", "limit", "body.name")],
        ),
        (
            lambda paths, schemas: paths["get"]["responses"]["200"].update(content={"text/csv": {}}),
            [("GET /vector-stores", "media type", "")],
        ),
    ],
)
def test_what_breaks_clients_is_found(change, expected):
    assert changed(change) == expected


def test_additions_and_another_spelling_are_quiet():
    def change(paths, schemas):
        schemas["Thing"]["properties"]["extra"] = {"type": "string"}
        schemas["NewThing"]["properties"]["extra"] = {"type": "string"}
        schemas["Thing"]["required"].append("extra")

    assert changed(change) == []
    other = copy.deepcopy(DOCUMENT)
    other["paths"]["/vector_stores"] = other["paths"].pop("/vector-stores")
    other["paths"]["/new"] = {"get": {"responses": {}}}
    assert drift.compare(DOCUMENT, other) == []


def test_declared_differences_are_counted_with_their_reason():
    found = [
        drift.Drift("GET /metrics", "operation gone", "", "x"),
        drift.Drift("GET /a", "type", "$.b[*]", "x"),
    ]
    left, declared = drift.sort_out(found, [drift.Known("a standard endpoint", "GET /metrics")])
    assert [one.operation for one in left] == ["GET /a"]
    assert declared == {"a standard endpoint": 1}


def test_the_contract_does_not_drift_from_itself(capsys):
    assert main(["drift", "--document", "contract/openapi.json"]) == 0
    assert "0 difference(s)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "Expecting value"),
        (b"\xff\xfe\x00", "codec can't decode"),
        (b"[" * 100_000, "nested too deep"),
        (b"[]", "at the top"),
        (b"{}", '"paths" is a required property'),
        (b'{"paths": null}', "at paths"),
        (b'{"paths": {"/health": "get"}}', "at paths//health"),
        (b'{"paths": {"/health": {"get": null}}}', "at paths//health/get"),
        (b'{"paths": {"/a": {"get": {"parameters": [{"name": "x"}]}}}}', "at paths//a/get/parameters/0"),
        (b'{"paths": {"/a": {"get": {"responses": {"200": []}}}}}', "at paths//a/get/responses/200"),
    ],
)
def test_what_is_no_openapi_document_is_said_in_a_sentence(tmp_path, monkeypatch, capsys, content, said):
    file = tmp_path / "openapi.json"
    file.write_bytes(content)
    assert main(["drift", "--document", str(file)]) == 2
    assert f"{file} is no OpenAPI document: " in (sentence := capsys.readouterr().err)
    assert said in sentence
    with hostile.peer(hostile.json_answer(content)) as peer:
        monkeypatch.setenv("SMOKE_BASE_URL", peer.url)
        assert main(["drift"]) == 4
    assert f"{peer.url}/openapi.json is no OpenAPI document: " in capsys.readouterr().err


def test_a_target_without_a_document_is_said_in_a_sentence(monkeypatch, capsys):
    with hostile.peer(hostile.json_answer(b"{}", "404 Not Found")) as peer:
        monkeypatch.setenv("SMOKE_BASE_URL", peer.url)
        assert main(["drift"]) == 4
    said = capsys.readouterr().err
    assert "publishes no OpenAPI document" in said
    assert len(said.splitlines()) == 1


def test_without_a_target_the_command_says_what_to_set(monkeypatch, capsys):
    monkeypatch.setenv("SMOKE_BASE_URL", "")
    assert main(["drift"]) == 2
    assert "set SMOKE_BASE_URL" in capsys.readouterr().err
