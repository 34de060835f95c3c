"""Refusals in the shape that the OpenAI API gives them."""

from typing import NoReturn

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse


class ProviderError(Exception):
    """A refusal with its status, message, the parameter at fault and an error code."""

    def __init__(self, status: int, message: str, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.param, self.code = status, message, param, code

    def response(self) -> JSONResponse:
        """The error object."""
        error = {
            "message": self.message,
            "type": "invalid_request_error",
            "param": self.param,
            "code": self.code,
        }
        return JSONResponse({"error": error}, self.status)


def no_such(what: str, identifier: str) -> NoReturn:
    """Raise the 404 for an object that this account does not have."""
    raise ProviderError(404, f"No {what} found with id '{identifier}'.", param="id")


def install_handlers(app: FastAPI) -> None:
    """Let refusals and invalid input leave as error objects; invalid input is a 400 here."""

    @app.exception_handler(ProviderError)
    async def refuse(_request: Request, error: ProviderError) -> JSONResponse:
        return error.response()

    @app.exception_handler(RequestValidationError)
    async def refuse_input(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        param = ".".join(str(part) for part in first["loc"][1:])
        return ProviderError(400, f"Invalid '{param}': {first['msg']}.", param=param).response()
