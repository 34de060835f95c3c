"""Reading JSON Schemas side by side: references followed, alternatives folded, types and fields named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
DEEPEST = 12


@dataclass(frozen=True)
class Document:
    """An OpenAPI document whose schemas can be looked into."""

    content: Schema

    def resolve(self, schema: Any) -> Schema:
        """Return a schema with its reference followed and `allOf` of one folded; {} for none."""
        for _ in range(DEEPEST):
            if not isinstance(schema, Mapping):
                return {}
            if "$ref" in schema:
                schema = self._at(str(schema["$ref"]))
            elif len(schema.get("allOf", ())) == 1:
                schema = {**schema["allOf"][0], **{k: v for k, v in schema.items() if k != "allOf"}}
            else:
                return schema
        return {}

    def _at(self, reference: str) -> Any:
        node: Any = self.content
        for part in reference.removeprefix("#/").split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            node = node.get(key, {}) if isinstance(node, Mapping) else {}
        return node

    def alternatives(self, schema: Any) -> list[Schema]:
        """Return what a value may be, each resolved; the schema itself when it has no alternatives."""
        resolved = self.resolve(schema)
        options = [*resolved.get("anyOf", ()), *resolved.get("oneOf", ())]
        return [inner for option in options for inner in self.alternatives(option)] or [resolved]

    def types(self, schema: Any) -> frozenset[str]:
        """Return the JSON types that a value may have, null left out; empty means any."""
        found: set[str] = set()
        for option in self.alternatives(schema):
            declared = option.get("type")
            names = [declared] if isinstance(declared, str) else list(declared or ())
            if not names and "properties" in option:
                names = ["object"]
            if not names and ("const" in option or "enum" in option):
                names = [_type_of(value) for value in option.get("enum", [option.get("const")])]
            if not names:
                return frozenset()
            found.update("number" if name == "integer" else name for name in names)
        return frozenset(found - {"null"})

    def fields(self, schema: Any) -> dict[str, Any]:
        """Return the properties of an object schema, those of all its alternatives together."""
        every = [option.get("properties", {}) for option in self.alternatives(schema)]
        return {name: inner for properties in every for name, inner in properties.items()}

    def required(self, schema: Any) -> frozenset[str]:
        """Return the properties that every alternative requires."""
        options = [option for option in self.alternatives(schema) if option.get("type") != "null"]
        sets = [frozenset(option.get("required", ())) for option in options]
        return frozenset.intersection(*sets) if sets else frozenset()

    def items(self, schema: Any) -> Any:
        """Return the schema of an array's items, or None when it is no array."""
        return next((option["items"] for option in self.alternatives(schema) if "items" in option), None)


def _type_of(value: object) -> str:
    names = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")
