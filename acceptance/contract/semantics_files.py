"""Reading the files in which an API's semantics are declared: `contract/semantics/*.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_origin, get_type_hints

from acceptance.contract.semantics import Answers, Areas, Errors, Field, Meaning, Parameter, Semantics, Thing
from acceptance.contract.wire import Wire
from acceptance.errors import ConfigurationError

Kind = TypeVar("Kind")


def load(folder: Path) -> Semantics:
    """Return what the TOML files of a folder declare; nothing where there is no folder.

    Raises ConfigurationError for a file, key or value that does not fit.
    """
    tables: dict[str, Any] = {}
    source: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, table in _tables(path).items():
            if name in tables:
                raise ConfigurationError(f"{path}: {name} is declared in {source[name]} already")
            tables[name], source[name] = table, str(path)

    def one(kind: type[Kind], name: str) -> Kind:
        return _made(kind, tables.pop(name, {}), f"{source.get(name)}: {name}")

    def named(kind: type[Kind], name: str) -> dict[str, Kind]:
        entries = tables.pop(name, {})
        _check(entries, dict, f"{source.get(name)}: [{name}]")
        return {key: _made(kind, entry, f"{source[name]}: {key}") for key, entry in entries.items()}

    declared, parameters = named(Field, "fields"), named(Parameter, "parameters")
    things = tables.pop("things", [])
    _check(things, list, f"{source.get('things')}: things")
    kinds = tuple(_made(Thing, thing, f"{source['things']}: things") for thing in things)
    answers, areas, errors = one(Answers, "answers"), one(Areas, "areas"), one(Errors, "errors")
    wire = one(Wire, "wire")
    operations = {name: _made(Meaning, table, f"{source[name]}: {name}") for name, table in tables.items()}
    return Semantics(operations, declared, parameters, kinds, answers, areas, errors, wire, source)


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from None


def _made(kind: type[Kind], table: Any, where: str) -> Kind:
    _check(table, dict, where)
    hints = get_type_hints(kind)
    values = {}
    for key, value in table.items():
        if key not in hints:
            raise ConfigurationError(f"{where}: there is no key {key}; known are {', '.join(hints)}")
        expected = get_origin(hints[key]) or hints[key]
        kinds = {tuple: list, Mapping: dict, str: str, int: int}
        _check(value, kinds.get(expected, bool), f"{where}: {key}")
        values[key] = _frozen(value)
    return kind(**values)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _check(value: Any, kind: type, where: str) -> None:
    if not isinstance(value, kind):
        raise ConfigurationError(f"{where} is a {type(value).__name__}, not a {kind.__name__}")
