"""The guardrails that agents can be given, and ready-made sets of them."""

from dataclasses import dataclass, field
from typing import Any, Literal

Stage = Literal["pre_flight", "input", "output", "tool_input", "tool_output"]
Engine = Literal["regex", "llm", "api", "hybrid"]


@dataclass(frozen=True)
class Guardrail:
    """A check of what goes into an agent or comes out of it."""

    key: str
    display_name: str
    description: str
    stage: Stage
    engine: Engine
    supports_masking: bool = False
    uses_conversation_history: bool = False
    tripwire_on_error: bool = False
    default_config: dict[str, Any] = field(default_factory=dict)

    @property
    def config_schema(self) -> dict[str, Any]:
        """The JSON Schema of the configuration: its keys, each of the type of its default."""
        types = {bool: "boolean", int: "integer", list: "array"}
        properties = {key: {"type": types[type(value)]} for key, value in self.default_config.items()}
        return {"type": "object", "properties": properties}


@dataclass(frozen=True)
class Check:
    """A guardrail in a preset, with its configuration there."""

    guardrail_key: str
    enabled: bool = True
    config: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Preset:
    """A ready-made set of guardrails."""

    key: str
    display_name: str
    description: str
    guardrails: tuple[Check, ...]

    @property
    def guardrail_count(self) -> int:
        """How many guardrails the set has."""
        return len(self.guardrails)


GUARDRAILS = {
    guardrail.key: guardrail
    for guardrail in (
        Guardrail(
            "personal_data",
            "Personal data",
            "Masks names, addresses and numbers of people.",
            "pre_flight",
            "regex",
            supports_masking=True,
            default_config={"block": False},
        ),
        Guardrail(
            "prompt_injection",
            "Prompt injection",
            "Notices attempts to change the agent's task.",
            "input",
            "llm",
            uses_conversation_history=True,
            tripwire_on_error=True,
            default_config={"threshold_percent": 70},
        ),
        Guardrail(
            "link_filter",
            "Link filter",
            "Lets only known sites be named.",
            "output",
            "hybrid",
            default_config={"allowed_hosts": []},
        ),
    )
}

PRESETS = {
    preset.key: preset
    for preset in (
        Preset("minimal", "Minimal", "The least that is sensible.", (Check("personal_data"),)),
        Preset(
            "strict",
            "Strict",
            "Everything there is.",
            (
                Check("personal_data", config={"block": True}),
                Check("prompt_injection", config={"threshold_percent": 50}),
                Check("link_filter"),
            ),
        ),
    )
}
