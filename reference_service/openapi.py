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
