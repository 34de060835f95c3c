"""Export of log records as OTLP/HTTP with JSON bodies."""

import logging
import queue
import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

SECONDS = 2.0
_log = logging.getLogger("reference_service")


class LogExporter:
    """Posts each record to a collector in the background; without a collector records go nowhere."""

    def __init__(self, url: str) -> None:
        self._endpoint = f"{url}/v1/logs"
        self._queue: queue.SimpleQueue[dict[str, Any]] | None = None
        if url:
            self._queue = queue.SimpleQueue()
            threading.Thread(target=self._post_all, args=[self._queue], daemon=True).start()

    def emit(self, moment: datetime, level: str, message: str, attributes: Mapping[str, Any]) -> None:
        """Hand a record over; attributes that are None are left out."""
        if self._queue is not None:
            self._queue.put(_export_request(moment, level, message, attributes))

    def _post_all(self, records: "queue.SimpleQueue[dict[str, Any]]") -> None:
        with httpx.Client(timeout=SECONDS, trust_env=False) as client:
            while True:
                try:
                    client.post(self._endpoint, json=records.get()).raise_for_status()
                except httpx.HTTPError as error:
                    _log.warning("a log record was not exported: %s", error)


def _export_request(
    moment: datetime, level: str, message: str, attributes: Mapping[str, Any]
) -> dict[str, Any]:
    record = {
        "timeUnixNano": str(int(moment.timestamp() * 1_000_000) * 1000),
        "severityText": level.upper(),
        "body": {"stringValue": message},
        "attributes": _attributes({name: value for name, value in attributes.items() if value is not None}),
    }
    resource = {"attributes": _attributes({"service.name": "api-service"})}
    scope_logs = [{"scope": {"name": "reference_service"}, "logRecords": [record]}]
    return {"resourceLogs": [{"resource": resource, "scopeLogs": scope_logs}]}


def _attributes(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"key": name, "value": _value(value)} for name, value in values.items()]


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"doubleValue": value}
    return {"stringValue": str(value)}
