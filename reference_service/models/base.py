"""What requests and responses have in common."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

D = TypeVar("D")
LARGEST_INTEGER = 2**63 - 1
# Far below what JSON parsers and serialisers follow; pydantic's gives up at 255.
DEEPEST = 100


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# A moment that a caller names; without a zone it is in UTC.
Moment = Annotated[datetime, AfterValidator(_in_utc)]


class RequestModel(BaseModel):
    """A request body; unknown keys are ignored unless a subclass forbids them."""

    @model_validator(mode="before")
    @classmethod
    def interoperable(cls, given: Any) -> Any:
        """Refuse values that Python's JSON parser accepts and that cannot be stored or sent back.

        RFC 8259 calls them not interoperable: unpaired surrogates (8.2), NaN, infinity and huge numbers (6),
        and lets a receiver limit depth (9).
        """
        for value, depth in _values(given):
            if depth > DEEPEST:
                raise ValueError(f"values must not be nested more than {DEEPEST} levels deep")
            if isinstance(value, str) and not _is_unicode(value):
                raise ValueError("text must not hold unpaired surrogates")
            if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
                raise ValueError("an integer must fit into 64 bits")
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError("a number must be finite")
        return given


def _values(given: Any) -> Iterator[tuple[Any, int]]:
    # Without recursion: the parser accepts bodies that are nested deeper than a validator could follow.
    pending = [(given, 0)]
    while pending:
        value, depth = pending.pop()
        yield value, depth
        parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value
        if isinstance(parts, list):
            pending += [(part, depth + 1) for part in parts]


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
