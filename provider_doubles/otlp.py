"""A receiver of OTLP/HTTP logs, as JSON and as protobuf, that shows a test suite what arrived.

`GET /received?contains=word&wait=5` answers with the records whose text holds the word, oldest first, and
waits for the first one; `DELETE /received?contains=word` forgets them. Protocol: OTLP 1.x, section OTLP/HTTP.
"""

import gzip
import json
import zlib
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from google.protobuf.json_format import MessageToDict, Parse, ParseError
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

from provider_doubles.faults import install_faults
from provider_doubles.received import Received

router = APIRouter()
JSON, PROTOBUF = "application/json", "application/x-protobuf"
EMPTY_ANSWER = {JSON: b"{}", PROTOBUF: b""}


@dataclass(frozen=True)
class Record:
    """One log record with its resource and scope; `time` is in nanoseconds since the epoch."""

    resource: dict[str, Any]
    scope: str
    time: int
    severity: str
    body: Any
    attributes: dict[str, Any]

    def holds(self, text: str) -> bool:
        """Whether the text occurs anywhere in the record."""
        return text in json.dumps(asdict(self), ensure_ascii=False)


def decode(content: bytes, media_type: str) -> list[Record]:
    """The log records of an export request.

    Raises ParseError or DecodeError when the content is not what its media type says.
    """
    request = ExportLogsServiceRequest()
    if media_type == JSON:
        Parse(content, request, ignore_unknown_fields=True)
    else:
        request.ParseFromString(content)
    return [
        Record(
            resource=_attributes(group.resource.attributes),
            scope=scope.scope.name,
            time=record.time_unix_nano,
            severity=record.severity_text,
            body=_value(record.body),
            attributes=_attributes(record.attributes),
        )
        for group in request.resource_logs
        for scope in group.scope_logs
        for record in scope.log_records
    ]


def _attributes(pairs: Any) -> dict[str, Any]:
    known: list[KeyValue] = list(pairs)
    return {pair.key: _value(pair.value) for pair in known}


def _value(value: AnyValue) -> Any:
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    if kind == "array_value":
        return [_value(item) for item in value.array_value.values]
    if kind == "kvlist_value":
        return _attributes(value.kvlist_value.values)
    return MessageToDict(value)["bytesValue"] if kind == "bytes_value" else getattr(value, kind)


async def records_of(request: Request) -> Received[Record]:
    """The records of the receiver that answers this request."""
    records: Received[Record] = request.app.state.records
    return records


RecordsDep = Annotated[Received[Record], Depends(records_of)]


@router.post("/v1/logs")
async def export(records: RecordsDep, request: Request) -> Response:
    """Accept an export request, compressed with gzip or not."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in EMPTY_ANSWER:
        raise HTTPException(415, f"Content-Type must be {JSON} or {PROTOBUF}.")
    for record in await _exported(request, media_type):
        await records.add(record)
    return Response(EMPTY_ANSWER[media_type], media_type=media_type)


@router.get("/received")
async def show(
    records: RecordsDep, contains: str = "", wait: Annotated[float, Query(ge=0)] = 0.0
) -> dict[str, Any]:
    """The records that hold a text, oldest first."""
    found = await records.matching(lambda record: record.holds(contains), wait)
    return {"records": [asdict(record) for record in found]}


@router.delete("/received")
async def forget(records: RecordsDep, contains: str) -> dict[str, int]:
    """Forget the records that hold a text."""
    return {"deleted": await records.forget(lambda record: record.holds(contains))}


def create_app() -> FastAPI:
    """A receiver that has received nothing yet."""
    app = FastAPI(title="OTLP receiver")
    app.state.records = Received()
    install_faults(app)
    app.include_router(router)
    return app


async def _exported(request: Request, media_type: str) -> list[Record]:
    content = await request.body()
    try:
        if request.headers.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return decode(content, media_type)
    except (ParseError, DecodeError, OSError, EOFError, zlib.error) as error:
        raise HTTPException(400, f"The export request cannot be read: {error}") from None
