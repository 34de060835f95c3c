"""The contract's written form, derived from the running application.

An operation that needs a token says `security`, and what else it asks of the caller: `x-minimum-role` is the
lowest tenant role that may call it (`operator` where no tenant's role will do), `x-scope` the scope it needs.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from reference_service.models.base import ErrorResponse
from reference_service.security.callers import bearer, requirement_of, signed_in
from reference_service.security.roles import least_role

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
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute) and route.include_in_schema:
            for method in route.methods or ():
                _say_who_may(document["paths"][route.path_format][method.lower()], route.dependant)
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


def _say_who_may(operation: dict[str, Any], dependant: Dependant) -> None:
    guards = [needed.call for needed in _dependencies(dependant)]
    if bearer in guards and signed_in not in guards:
        operation["security"] = [{}, *operation["security"]]
    for requirement in filter(None, map(requirement_of, guards)):
        operation["x-minimum-role"] = least_role(requirement.role, requirement.scope)
        if requirement.scope:
            operation["x-scope"] = requirement.scope


def _dependencies(dependant: Dependant) -> Iterator[Dependant]:
    for needed in dependant.dependencies:
        yield needed
        yield from _dependencies(needed)
