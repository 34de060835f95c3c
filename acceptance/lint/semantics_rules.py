"""The declared semantics and the contract speak of the same operations, fields and parameters."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from acceptance.contract.document import JSON, Contract, Operation
from acceptance.contract.schemas import Document
from acceptance.contract.semantics import EFFECTS, Semantics
from acceptance.lint.finding import Finding, Rules
from acceptance.lint.suite import Suite

FOLDER = Path("contract/semantics")
MEND = "correct the name, or remove it"
PAGING = frozenset({"total", "next_cursor", "next_offset"})
# The keys of entries that name fields of the API.
NAMING_FIELDS = (
    *("precedes", "milliseconds_between", "hours_between", "answered_as", "put_off"),
    *("field", "prefix_of", "not_before", "not_after", "names", "thing"),
    *("named_by", "fields", "unfinished_fields", "merged", "renamed", "counted"),
    *("envelopes", "parts", "told_apart_by", "known_as_id"),
)
RULES = Rules()


@RULES.of_suites
def operations_are_declared(suite: Suite) -> Iterator[Finding]:
    """Every operation of the contract has an entry, with a phrase of its own for what people do with it."""
    phrases = Counter(operation.meaning.phrase for operation in suite.contract or ())
    for operation in suite.contract or ():
        if phrases[operation.meaning.phrase] > 1 or not operation.meaning.phrase:
            what = f'{operation.name} has no phrase of its own: "{operation.meaning.phrase}"'
            mend = f'say under ["{operation.name}"] what people do with it'
            yield Finding(_file(operation.semantics, operation.name), 0, what, mend)


@RULES.of_suites
def declared_operations_exist(suite: Suite) -> Iterator[Finding]:
    """An entry is for an operation of the contract, and names what that operation has."""
    if suite.contract is None:
        return
    known = {operation.name: operation for operation in suite.contract}
    for name in suite.contract.semantics.operations:
        wrong = _unknown(suite.contract, known[name]) if name in known else ["no operation of the contract"]
        for what in wrong:
            yield Finding(_file(suite.contract.semantics, name), 0, f"{name}: {what}", MEND)


@RULES.of_suites
def lists_name_their_items(suite: Suite) -> Iterator[Finding]:
    """An answer in pages says which of its fields holds the items: what is not found is not judged."""
    document = Document(suite.contract.document if suite.contract else {})
    for operation in suite.contract or ():
        schema = operation.media_types(200).get(JSON, {}).get("schema") if not operation.is_write else None
        fields = document.fields(schema) if schema else {}
        if PAGING & fields.keys() and document.items(fields.get(operation.meaning.items)) is None:
            what = f"{operation.name} answers in pages, without a list {operation.meaning.items}"
            yield Finding(_file(operation.semantics, operation.name), 0, what, "name the list with `items`")


@RULES.of_suites
def declared_names_exist(suite: Suite) -> Iterator[Finding]:
    """Every field, parameter and area that is declared is one of the contract's."""
    if suite.contract is None:
        return
    declared = suite.contract.semantics
    areas = (*declared.areas.catalogues, *declared.areas.unsettled, *declared.areas.groups.values())
    for names, known, kind in (
        (_fields(declared), _properties(suite.contract, suite.contract.document), "field"),
        (declared.parameters, _parameters(suite.contract), "parameter"),
        (_words(areas), {declared.areas.of(operation.path) for operation in suite.contract}, "area"),
    ):
        for name in sorted({*names} - known):
            yield Finding(FOLDER, 0, f"{name} is no {kind} of the contract", MEND)


def _unknown(contract: Contract, operation: Operation) -> Iterator[str]:
    described = contract.document["paths"][operation.path][operation.method.lower()]
    meaning = operation.meaning
    items = "" if meaning.items == "items" else meaning.items
    shown = [items, meaning.newest_first, meaning.sorted_by, meaning.now, *meaning.counts, *meaning.fixed]
    shown += [each["of"] for each in meaning.counts.values()]
    sent = [[*meaning.shown_as], meaning.continues]
    for names, known, kind in (
        (shown, _properties(contract, described["responses"]), "field of the answer"),
        (sent, _properties(contract, described.get("requestBody")), "field of the request"),
        (meaning.shows, {*operation.parameters}, "parameter of the path"),
        (meaning.listed_at, {*contract.document["paths"]}, "path of the contract"),
        (meaning.effect, {*EFFECTS}, "effect"),
    ):
        yield from (f"{name} is no {kind}" for name in _words(names) if name not in known)


def _fields(declared: Semantics) -> Iterator[str]:
    yield from declared.fields
    for one in (*declared.fields.values(), *declared.parameters.values(), *declared.things, declared.answers):
        yield from _words([getattr(one, key, "") for key in NAMING_FIELDS])
    yield from _words([*declared.areas.unsettled.values()])


def _words(value: Any) -> Iterator[str]:
    """Yield every text in a value, the keys of tables included."""
    if isinstance(value, str):
        yield from (value,) if value else ()
    elif isinstance(value, Mapping | list | tuple):
        for one in (*value.items(),) if isinstance(value, Mapping) else value:
            yield from _words(one)


def _properties(contract: Contract, node: Any, seen: set[str] | None = None) -> set[str]:
    """Return the names of all properties in a part of the document, references followed."""
    seen = set() if seen is None else seen
    if isinstance(node, list):
        return set().union(*(_properties(contract, one, seen) for one in node))
    if not isinstance(node, dict):
        return set()
    reference = node.get("$ref")
    if isinstance(reference, str):
        if reference in seen:
            return set()
        seen.add(reference)
        return _properties(contract, Document(contract.document).resolve(node), seen)
    found = set(node["properties"]) if isinstance(node.get("properties"), dict) else set()
    return found.union(*(_properties(contract, one, seen) for one in node.values()))


def _parameters(contract: Contract) -> set[str]:
    methods = [one for path in contract.document["paths"].values() for one in path.values()]
    named = [each for one in methods if isinstance(one, dict) for each in one.get("parameters", ())]
    in_paths = {name for operation in contract for name in operation.parameters}
    return in_paths | {each["name"] for each in named if "name" in each}


def _file(declared: Semantics, name: str) -> Path:
    return FOLDER / Path(declared.source.get(name, "")).name
