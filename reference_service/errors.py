"""Refusals: the one exception that areas raise, and the envelopes in which errors leave."""

from collections.abc import Mapping
from typing import Any, NoReturn

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

ERROR_NAMES = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
    410: "Gone",
    413: "PayloadTooLarge",
    422: "ValidationError",
    423: "Locked",
    429: "TooManyRequests",
    500: "InternalServerError",
    502: "BadGateway",
    503: "ServiceUnavailable",
}


class ApiError(Exception):
    """A refusal with its status, message, and optionally an error code, details and response headers."""

    def __init__(
        self,
        status: int,
        message: str,
        error: str | None = None,
        details: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.details, self.headers = status, message, details, headers
        self.error = error or ERROR_NAMES.get(status, "HTTPException")

    def response(self) -> JSONResponse:
        """The error envelope."""
        body = {"success": False, "error": self.error, "message": self.message, "details": self.details}
        return JSONResponse(body, self.status, self.headers)


def not_found(what: str) -> NoReturn:
    """Raise the 404 for a thing that does not exist within the caller's reach."""
    raise ApiError(404, f"{what} not found.")


def install_handlers(app: FastAPI) -> None:
    """Let refusals and validation errors leave in their envelopes; router-level errors keep their own."""
    app.add_exception_handler(ApiError, _refusal)
    app.add_exception_handler(RequestValidationError, _validation_error)
    # FastAPI's answer to a body that cannot be parsed; the router raises the same class for 404 and 405.
    app.add_exception_handler(400, _unreadable)


async def _refusal(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ApiError)
    return error.response()


async def _unreadable(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return ApiError(400, error.detail).response()


async def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # The offending input is left out: it may be a password.
    details = [
        {"type": item["type"], "loc": list(item["loc"]), "msg": item["msg"], **_context(item)}
        for item in error.errors()
    ]
    return ApiError(422, "Request validation failed.", details=details).response()


def _context(item: Mapping[str, Any]) -> dict[str, Any]:
    # A validator's own exception stands in `ctx` as an object, which JSON cannot carry.
    return {"ctx": {key: str(value) for key, value in item["ctx"].items()}} if "ctx" in item else {}
