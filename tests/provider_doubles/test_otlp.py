"""The OTLP receiver: the same records from JSON and from protobuf."""

import gzip
import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue

from provider_doubles.otlp import create_app


def export() -> ExportLogsServiceRequest:
    """One record with a value of each common kind."""
    request = ExportLogsServiceRequest()
    group = request.resource_logs.add()
    group.resource.attributes.append(KeyValue(key="service.name", value=AnyValue(string_value="api")))
    scope = group.scope_logs.add()
    scope.scope.name = "access"
    record = scope.log_records.add(time_unix_nano=17, severity_text="INFO")
    record.body.string_value = "order placed"
    values = {
        "paid": AnyValue(bool_value=True),
        "items": AnyValue(int_value=3),
        "total": AnyValue(double_value=9.5),
        "tags": AnyValue(array_value=ArrayValue(values=[AnyValue(string_value="new")])),
        "nothing": AnyValue(),
    }
    record.attributes.extend(KeyValue(key=key, value=value) for key, value in values.items())
    return request


TAGS = {"arrayValue": {"values": [{"stringValue": "new"}]}}
AS_JSON = {
    "resourceLogs": [
        {
            "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "api"}}]},
            "scopeLogs": [
                {
                    "scope": {"name": "access"},
                    "logRecords": [
                        {
                            "timeUnixNano": "17",
                            "severityText": "INFO",
                            "body": {"stringValue": "order placed"},
                            "attributes": [
                                {"key": "paid", "value": {"boolValue": True}},
                                {"key": "items", "value": {"intValue": "3"}},
                                {"key": "total", "value": {"doubleValue": 9.5}},
                                {
                                    "key": "tags",
                                    "value": {"arrayValue": {"values": [{"stringValue": "new"}]}},
                                },
                                {"key": "nothing", "value": {}},
                            ],
                            "aFieldOfTomorrow": 1,
                        }
                    ],
                }
            ],
        }
    ]
}
RECORD = {
    "resource": {"service.name": "api"},
    "scope": "access",
    "time": 17,
    "severity": "INFO",
    "body": "order placed",
    "attributes": {"paid": True, "items": 3, "total": 9.5, "tags": ["new"], "nothing": None},
}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app()) as client:
        yield client


def received(client: TestClient, contains: str = "") -> list[dict]:
    return client.get("/received", params={"contains": contains}).json()["records"]


def post(client: TestClient, content: bytes, media_type: str, **headers: str):
    return client.post("/v1/logs", content=content, headers={"Content-Type": media_type, **headers})


@pytest.mark.parametrize(
    ("content", "media_type", "answer"),
    [
        (json.dumps(AS_JSON).encode(), "application/json", b"{}"),
        (export().SerializeToString(), "application/x-protobuf", b""),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
def test_a_record_arrives(client, content, media_type, answer, compressed):
    encoding = {"Content-Encoding": "gzip"} if compressed else {}
    accepted = post(client, gzip.compress(content) if compressed else content, media_type, **encoding)
    assert (accepted.status_code, accepted.content) == (200, answer)
    assert accepted.headers["content-type"] == media_type
    assert received(client, "order placed") == [RECORD]
    assert received(client, "something else") == []


def test_records_can_be_forgotten(client):
    post(client, json.dumps(AS_JSON).encode(), "application/json")
    assert client.request("DELETE", "/received", params={"contains": "order"}).json() == {"deleted": 1}
    assert received(client) == []


@pytest.mark.parametrize(
    ("content", "media_type", "encoding", "status"),
    [
        (b"{", "application/json", "identity", 400),
        (b"\xff\xff", "application/x-protobuf", "identity", 400),
        (b"not compressed", "application/json", "gzip", 400),
        (b"{}", "text/plain", "identity", 415),
    ],
)
def test_what_is_no_export_is_refused(client, content, media_type, encoding, status):
    assert post(client, content, media_type, **{"Content-Encoding": encoding}).status_code == status
    assert received(client) == []
