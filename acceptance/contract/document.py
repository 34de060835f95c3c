"""The contract: which operations there are, how each succeeds, and whether an answer keeps it.

The written form is `contract/openapi.json` (OpenAPI 3.1). A path template names an operation, so no URL
is ever matched against patterns.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema_rs import Draft202012Validator as Validator

from acceptance import redaction
from acceptance.contract import semantics_files
from acceptance.contract.semantics import Meaning, Semantics
from acceptance.errors import ConfigurationError

METHODS = ("get", "post", "put", "patch", "delete")
JSON = "application/json"
EVENT_STREAM = "text/event-stream"
BASE = "urn:contract"
# More would only repeat what is wrong, and take minutes for an answer of a million entries.
MOST_FINDINGS = 100
# Path templates whose spelling is kept: every call asks for that of its own.
MOST_PATHS = 4096
_OBJECT = {"type": "object"}
_TEXT = {"type": "string"}
_PARAMETER = {
    "type": "object",
    "properties": {"in": _TEXT, "name": _TEXT},
    "anyOf": [{"required": ["$ref"]}, {"required": ["in", "name"]}],
}
_OPERATION = {
    "type": "object",
    "properties": {
        "tags": {"type": "array", "items": _TEXT},
        "parameters": {"type": "array", "items": _PARAMETER},
        "requestBody": _OBJECT,
        "responses": {"type": "object", "additionalProperties": _OBJECT},
        "security": {"type": "array", "items": _OBJECT},
    },
}
# What is read of an OpenAPI document; the rest of it may be as it likes.
SHAPE = {
    "type": "object",
    "required": ["paths"],
    "properties": {
        "components": {"type": "object", "additionalProperties": _OBJECT},
        "paths": {
            "type": "object",
            "additionalProperties": {"type": "object", "properties": dict.fromkeys(METHODS, _OPERATION)},
        },
    },
}


@dataclass(frozen=True)
class Finding:
    """One way in which an answer breaks the contract: the rule, where in the answer, and what was found."""

    rule: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.where or 'the answer'}: {self.what}"


@dataclass(frozen=True)
class Operation:
    """One method on one path template, as the contract describes it.

    `minimum_role` is the lowest role that may call it, empty where every signed-in person may; `in_account`
    says that it acts within one account of the caller's, which a header names.
    `semantics` is what is declared about the whole API.
    """

    method: str
    path: str
    area: str
    responses: Mapping[str, Mapping[str, Any]]
    needs_token: bool = False
    minimum_role: str = ""
    in_account: bool = False
    semantics: Semantics = field(default=Semantics(), compare=False, repr=False)

    @cached_property
    def meaning(self) -> Meaning:
        """What is declared about this operation."""
        return self.semantics.operations.get(self.name, Meaning())

    @property
    def name(self) -> str:
        """Method and path template, such as `GET /health`."""
        return f"{self.method} {self.path}"

    @cached_property
    def success(self) -> tuple[int, ...]:
        """The success statuses in ascending order; the first is the one that is meant by "succeed"."""
        return tuple(sorted(int(code) for code in self.responses if code.startswith("2")))

    @property
    def parameters(self) -> list[str]:
        """The names of the path template's parameters, in their order."""
        return re.findall(r"{(\w+)}", self.path)

    @property
    def is_write(self) -> bool:
        """Whether the method may change something (RFC 9110, section 9.2.1)."""
        return self.method != "GET"

    def media_types(self, status: int) -> Mapping[str, Any]:
        """Return the media types that the contract documents for a status, each with its description."""
        response = self.responses.get(str(status), self.responses.get("default", {}))
        content: Mapping[str, Any] = response.get("content", {})
        return content


def _access(described: Mapping[str, Any], account_header: str) -> dict[str, Any]:
    security = described.get("security", [])
    headers = {parameter.get("name", "").lower() for parameter in described.get("parameters", [])}
    return {
        # An empty requirement among them makes the token optional (OpenAPI 3.1, section 4.8.10).
        "needs_token": bool(security) and {} not in security,
        "minimum_role": described.get("x-minimum-role", ""),
        "in_account": account_header.lower() in headers,
    }


@lru_cache(MOST_PATHS)
def spelling(path: str) -> str:
    """Return the path template with `-`, `_` and parameter names evened out: one operation, one spelling."""
    parts = ["{}" if part.startswith("{") else part.replace("-", "_") for part in path.split("/")]
    return "/".join(parts)


def document_in(content: bytes) -> dict[str, Any]:
    """Return the OpenAPI document in a file or an answer. Raises ValueError when it is none."""
    try:
        document: dict[str, Any] = json.loads(content)
        jsonschema_rs.validate(SHAPE, document)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except jsonschema_rs.ValidationError as error:
        place = "/".join(map(str, error.instance_path)) or "the top"
        raise ValueError(f"{error.message[:300]} at {place}") from None
    return document


class Contract:
    """Every operation of a contract document, with validators for what they answer."""

    def __init__(self, document: Mapping[str, Any], declared: Semantics = Semantics()) -> None:  # noqa: B008
        self.document, self.semantics = document, declared
        self._components = document.get("components", {})
        # One registry for all validators: a copy of the components in each took most of a run's own time.
        self._registry = jsonschema_rs.Registry([(BASE, {"components": self._components})])
        self._validators: dict[tuple[str, str, str], Validator] = {}
        self.operations: dict[tuple[str, str], Operation] = {
            (method.upper(), path): Operation(
                method.upper(),
                path,
                (described.get("tags") or ["other"])[0],
                self._responses(described),
                **_access(described, declared.wire.account_header),
                semantics=declared,
            )
            for path, methods in document.get("paths", {}).items()
            for method, described in methods.items()
            if method in METHODS
        }
        self._by_spelling = {(method, spelling(path)): op for (method, path), op in self.operations.items()}

    def _responses(self, described: Mapping[str, Any]) -> dict[str, Any]:
        shared = self._components.get("responses", {})
        return {
            code: shared[response["$ref"].rpartition("/")[2]] if "$ref" in response else response
            for code, response in described.get("responses", {}).items()
        }

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.operations.values())

    def operation(self, method: str, path: str) -> Operation:
        """Return the operation of a path template; `-` and `_` in a segment are the same.

        Raises LookupError when the contract has no such operation: a mistake of the step that calls it.
        """
        try:
            return self._by_spelling[method.upper(), spelling(path)]
        except KeyError:
            raise LookupError(f"the contract has no operation {method.upper()} {path}") from None

    def findings(
        self, operation: Operation, status: int, media_type: str, body: Any, *, empty: bool
    ) -> list[Finding]:
        """Return how a response's media type and body break what the contract says for its status.

        `body` is the JSON value that was sent, if one was; `empty` says that nothing at all was sent.
        """
        documented = operation.media_types(status)
        if not documented:
            return [] if empty else [Finding("body", "", f"status {status} carries no body, this one did")]
        if media_type not in documented:
            expected = " or ".join(documented)
            return [Finding("media type", "", f'expected {expected}, got "{media_type or "none"}"')]
        if empty and media_type != EVENT_STREAM:
            return [Finding("body", "", f"nothing was sent, status {status} promises {media_type}")]
        schema = documented[media_type].get("schema")
        if not schema or media_type != JSON:
            return []
        key = (operation.name, str(status) if str(status) in operation.responses else "default", media_type)
        return list(schema_findings(self._kept(key, schema), body))

    def _kept(self, key: tuple[str, str, str], schema: Mapping[str, Any]) -> Validator:
        if key not in self._validators:
            self._validators[key] = self.validator(schema)
        return self._validators[key]

    def validator(self, schema: Mapping[str, Any]) -> Validator:
        """Return a validator (JSON Schema 2020-12, formats on) over the contract's components."""
        own, registry = _absolute(schema), self._registry
        return Validator(own, registry=registry, validate_formats=True, ignore_unknown_formats=True)

    def event_findings(self, operation: Operation, events: Sequence[Any]) -> list[Finding]:
        """Return how the data of a stream's events break their schema; nothing where they are free text."""
        schema = operation.media_types(operation.success[0]).get(EVENT_STREAM, {}).get("schema", {})
        if not schema or schema.get("type") == "string":
            return []
        found = (
            replace(finding, where=f"event {number} {finding.where}")
            for number, event in enumerate(events, 1)
            for finding in schema_findings(self._event_validator(schema, event), event)
        )
        return list(islice(found, MOST_FINDINGS))

    def _event_validator(self, schema: Mapping[str, Any], event: Any) -> Validator:
        """Return the validator of the event's own kind where a discriminator names it: it says more."""
        name = schema.get("$ref", "").rpartition("/")[2]
        told = self._components.get("schemas", {}).get(name, schema).get("discriminator", {})
        kind = event.get(told.get("propertyName")) if isinstance(event, Mapping) else None
        chosen = told.get("mapping", {}).get(kind) if isinstance(kind, str) else None
        one = {"$ref": chosen} if chosen else schema
        return self._kept(("event", EVENT_STREAM, json.dumps(one, sort_keys=True)), one)


def _absolute(schema: Any) -> Any:
    """Return a schema whose references lead into the registered components."""
    if isinstance(schema, Mapping):
        return {
            key: f"{BASE}{value}" if key == "$ref" and str(value).startswith("#") else _absolute(value)
            for key, value in schema.items()
        }
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema


def schema_findings(validator: Validator, body: Any) -> Iterator[Finding]:
    """Yield one finding for each place of a JSON value that its schema refuses, the first hundred of them."""
    for error in islice(validator.iter_errors(body), MOST_FINDINGS):
        where = "$" + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.instance_path)
        rule = str(error.kind.name) if hasattr(error.kind, "name") else "schema"
        # Masked before it is cut: the rest of a secret would not be known for one.
        yield Finding(f"schema ({rule})", where, redaction.mask_text(error.message[:10_000])[:300])


def load(path: Path = Path("contract/openapi.json")) -> Contract:
    """Return the contract in a file with the semantics beside it; raises ConfigurationError for a bad one.

    From then on the redaction knows which fields are declared secret.
    """
    declared = semantics_files.load(path.parent / "semantics")
    redaction.declare({name: one.secret for name, one in declared.fields.items() if one.secret is not None})
    try:
        return Contract(document_in(path.read_bytes()), declared)
    except (OSError, ValueError) as error:
        what = f"the contract {path} cannot be read ({error}); `make contract` writes it anew"
        raise ConfigurationError(what) from None
