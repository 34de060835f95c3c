"""The contract's written form, derived from the running application."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from reference_service.models.base import ErrorResponse

_ERROR = {"$ref": "#/components/schemas/ErrorResponse"}
_GENERATED = ("HTTPValidationError", "ValidationError")


def contract_document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: FastAPI's, with one `default` error response for every operation."""
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {"$ref": "#/components/responses/Error"}
            _name_frames(operation["responses"])
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in _GENERATED:
        schemas.pop(name, None)
    schemas["ErrorResponse"] = ErrorResponse.model_json_schema()
    components["responses"] = {
        "Error": {
            "description": "The request is refused.",
            "content": {"application/json": {"schema": _ERROR}},
        }
    }
    return document


def _name_frames(responses: dict[str, Any]) -> None:
    # FastAPI calls every event stream a string, also where the model of its data frames is known.
    for response in responses.values():
        schema = response.get("content", {}).get("text/event-stream", {}).get("schema", {})
        if "$ref" in schema:
            del schema["type"]
