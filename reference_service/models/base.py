"""What requests and responses have in common."""

import math
from collections.abc import Iterator
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

D = TypeVar("D")
LARGEST_INTEGER = 2**63 - 1


class RequestModel(BaseModel):
    """A request body; unknown keys are ignored unless a subclass forbids them."""

    @model_validator(mode="before")
    @classmethod
    def interoperable(cls, given: Any) -> Any:
        """Refuse values that Python's JSON parser accepts and that cannot be stored or sent back.

        RFC 8259 calls them not interoperable: unpaired surrogates (8.2), NaN, infinity and huge numbers (6).
        """
        for value in _values(given):
            if isinstance(value, str) and not _is_unicode(value):
                raise ValueError("text must not hold unpaired surrogates")
            if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
                raise ValueError("an integer must fit into 64 bits")
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError("a number must be finite")
        return given


def _values(given: Any) -> Iterator[Any]:
    # Without recursion: the parser accepts bodies that are nested deeper than a validator could follow.
    pending = [given]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            pending += value
        else:
            yield value


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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
