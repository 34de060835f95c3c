"""What requests and responses have in common."""

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

D = TypeVar("D")


class RequestModel(BaseModel):
    """A request body; unknown keys are ignored unless a subclass forbids them."""


class ResponseModel(BaseModel):
    """A response body; it can be read off a record with `model_validate(record)`."""

    # A field with a default is sent all the same, so the contract calls it required.
    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class ActionResponse(ResponseModel, Generic[D]):
    """The answer of an operation that does something: what was done and optionally its result."""

    success: Literal[True] = True
    message: str
    data: D


class SuccessNoData(ResponseModel):
    """The answer of an operation that does something and has no result."""

    success: Literal[True] = True
    message: str
    data: None = None


class ErrorResponse(BaseModel):
    """The envelope of every refusal."""

    success: Literal[False]
    error: str = Field(description="Short machine-readable name.")
    message: str
    details: Any
