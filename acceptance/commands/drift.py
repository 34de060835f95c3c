"""Drift: where a target's own OpenAPI document says something else than the contract.

What breaks clients is reported: an operation that is gone, another success status or media type, a response
field that is gone or of another type, a new required field or parameter of a request, another limit of one.
Additions are quiet.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from acceptance import declared
from acceptance.calls.client import Connection
from acceptance.contract.document import Contract, Operation, document_in, load, spelling
from acceptance.contract.schemas import DEEPEST, Document
from acceptance.errors import ConfigurationError, TargetError
from acceptance.reports.masked_output import obeyed
from acceptance.run import project
from acceptance.target.published_document import published_document
from acceptance.visible import shown

CONTRACT = Path("contract/openapi.json")
DECLARED = Path("contract/drift.toml")
# What a document says of the values that a request may hold (JSON Schema, validation 6.2 to 6.4 and 9.2).
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
LIMITS = (*BOUNDS, "minLength", "maxLength", "minItems", "maxItems", "pattern", "default")
# Kind, where and what of each; see Drift.
Differences = Iterator[tuple[str, str, str]]


@dataclass(frozen=True)
class Known:
    """Differences (patterns) that are known, and why."""

    reason: str
    operation: str = "*"
    kind: str = "*"
    where: str = "*"


@dataclass(frozen=True)
class Drift:
    """One difference: on which operation, of which kind, where in it, and what is different."""

    operation: str
    kind: str
    where: str
    what: str


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what can be compared and how it is shown."""
    parser.add_argument("--document", type=Path, help="an OpenAPI file in place of the target's own")
    parser.add_argument("--json", action="store_true", help="print JSON in place of a table")


def run(options: Namespace) -> int:
    """Compare, print what is different, and return 1 when something undeclared breaks clients."""
    document = _read(options.document) if options.document else _fetch()
    known = declared.read(DECLARED if DECLARED.exists() else "", drift=Known)["drift"]
    found, counts = sort_out(compare(_read(CONTRACT), document), known)
    if options.json:
        print(json.dumps({"drift": [asdict(one) for one in found], "declared": counts}, indent=1))
        return 1 if found else 0
    table = Table("operation", "kind", "where", "what")
    for one in found:
        table.add_row(*map(shown, (one.operation, one.kind, one.where, one.what)))
    if found:
        Console(file=obeyed(sys.stdout), markup=False).print(table)
    for reason, count in counts.items():
        print(f"declared ({count}): {reason}")
    print(f"{len(found)} difference(s) that break clients")
    return 1 if found else 0


def compare(contract: Mapping[str, Any], other: Mapping[str, Any]) -> list[Drift]:
    """Return what breaks clients of the contract when they meet a service with the other document."""
    theirs = {(one.method, spelling(one.path)): one for one in Contract(other)}
    here, there = Document(contract), Document(other)
    found: list[Drift] = []
    for ours in Contract(contract):
        match = theirs.get((ours.method, spelling(ours.path)))
        if match is None:
            found.append(Drift(ours.name, "operation gone", "", "not in the document"))
        else:
            found += [Drift(ours.name, *rest) for rest in _operation(here, there, ours, match)]
    return found


def sort_out(found: Iterable[Drift], known: Sequence[Known]) -> tuple[list[Drift], Counter[str]]:
    """Return the undeclared differences, and for each declared reason how many it covers."""
    left: list[Drift] = []
    counts = Counter[str]()
    for one in found:
        rule = declared.first(known, operation=one.operation, kind=one.kind, where=one.where)
        if rule is None:
            left.append(one)
        else:
            counts[rule.reason] += 1
    return left, counts


def _operation(here: Document, there: Document, ours: Operation, theirs: Operation) -> Differences:
    if not set(theirs.success) >= set(ours.success[:1]):
        yield "success status", "", f"{ours.success[:1]} in the contract, {theirs.success} there"
        return
    status = ours.success[0]
    types, other_types = ours.media_types(status), theirs.media_types(status)
    for media_type in set(types) - set(other_types):
        yield "media type", "", f"{media_type} in the contract, {', '.join(other_types) or 'nothing'} there"
    for media_type in set(types) & set(other_types):
        mine, other = types[media_type].get("schema"), other_types[media_type].get("schema")
        yield from _response(here, there, mine, other, "$", DEEPEST)
    yield from _request(here, there, ours, theirs)


def _response(here: Document, there: Document, ours: Any, theirs: Any, where: str, depth: int) -> Differences:
    types, other_types = here.types(ours), there.types(theirs)
    if types and other_types and not other_types <= types:
        yield "type", where, f"{_words(types)} in the contract, {_words(other_types)} there"
        return
    fields, other_fields = here.fields(ours), there.fields(theirs)
    for name in sorted(here.required(ours) - set(other_fields)) if other_fields else ():
        yield "response field gone", f"{where}.{name}", "required in the contract, not there"
    items, other_items = here.items(ours), there.items(theirs)
    if depth and items is not None and other_items is not None:
        yield from _response(here, there, items, other_items, f"{where}[*]", depth - 1)
    for name in sorted(set(fields) & set(other_fields)) if depth else ():
        yield from _response(here, there, fields[name], other_fields[name], f"{where}.{name}", depth - 1)


def _request(here: Document, there: Document, ours: Operation, theirs: Operation) -> Differences:
    mine, other = _body(here, ours), _body(there, theirs)
    known = here.required(mine)
    for name in sorted(there.required(other) - known):
        yield "request field required", f"body.{name}", "required there, not in the contract"
    yield from _limits(here, there, mine, other, "body", DEEPEST)
    wanted, asked = _parameters(here, ours), _parameters(there, theirs)
    for place, name in sorted(asked.keys() - {key for key, one in wanted.items() if one.get("required")}):
        if place != "path" and asked[place, name].get("required"):
            yield "parameter required", f"{place}.{name}", "required there, not in the contract"
    for key in sorted(wanted.keys() & asked.keys()):
        schemas = wanted[key].get("schema"), asked[key].get("schema")
        yield from _limits(here, there, *schemas, ".".join(key), DEEPEST)


def _limits(here: Document, there: Document, ours: Any, theirs: Any, where: str, depth: int) -> Differences:
    """Yield the limits that both documents have and that are not the same."""
    mine, other = _limits_of(here, ours), _limits_of(there, theirs)
    for name in sorted(mine.keys() & other.keys()):
        if mine[name] != other[name]:
            yield "limit", where, f"{name} is {mine[name]} in the contract, {other[name]} there"
    inner = {f".{name}": (one, there.fields(theirs).get(name)) for name, one in here.fields(ours).items()}
    for place, (one, another) in {**inner, "[*]": (here.items(ours), there.items(theirs))}.items():
        if depth and one is not None and another is not None:
            yield from _limits(here, there, one, another, where + place, depth - 1)


def _limits_of(document: Document, schema: Any) -> dict[str, Any]:
    every = [*document.alternatives(schema), document.resolve(schema)]
    return {name: one[name] for one in every for name in LIMITS if name in one}


def _body(document: Document, operation: Operation) -> Any:
    content = document.resolve(_described(document, operation).get("requestBody", {})).get("content", {})
    return next((media.get("schema") for media in content.values()), {})


def _parameters(document: Document, operation: Operation) -> dict[tuple[str, str], Any]:
    """Return the parameters by where they stand and their name."""
    listed = [document.resolve(one) for one in _described(document, operation).get("parameters", ())]
    return {(one["in"], one["name"].lower()): one for one in listed}


def _described(document: Document, operation: Operation) -> Mapping[str, Any]:
    described: Mapping[str, Any] = document.content["paths"][operation.path][operation.method.lower()]
    return described


def _words(types: Iterable[str]) -> str:
    return " or ".join(sorted(types))


def _read(path: Path) -> dict[str, Any]:
    try:
        return document_in(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path} is no OpenAPI document: {error}") from None


def _fetch() -> dict[str, Any]:
    config = project.current().settings.load()
    setting = config.name_of("base_url")
    if config.embedded:
        raise ConfigurationError(f"drift needs a deployment: set {setting}, or name a file with --document")
    connection = Connection(config.base_url, load(CONTRACT), config.http_timeout, config.stream_timeout)
    try:
        document = published_document(connection)
    finally:
        connection.close()
    if document is None:
        raise TargetError(f"{config.base_url} publishes no OpenAPI document; is {setting} right?")
    return document
