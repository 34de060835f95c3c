"""Guardrails and presets as they are listed and described."""

from typing import Any

from reference_service.catalog.guardrails import Engine, Stage
from reference_service.models.base import ResponseModel


class GuardrailSummary(ResponseModel):
    """A guardrail in the catalog."""

    key: str
    display_name: str
    description: str
    stage: Stage
    engine: Engine
    supports_masking: bool


class GuardrailDetail(GuardrailSummary):
    """A guardrail and how it is configured."""

    uses_conversation_history: bool
    tripwire_on_error: bool
    default_config: dict[str, Any]
    config_schema: dict[str, Any]


class PresetSummary(ResponseModel):
    """A preset in the catalog."""

    key: str
    display_name: str
    description: str
    guardrail_count: int


class GuardrailCheck(ResponseModel):
    """A guardrail in a preset."""

    guardrail_key: str
    enabled: bool
    config: dict[str, Any]


class PresetDetail(PresetSummary):
    """A preset with its guardrails."""

    guardrails: list[GuardrailCheck]
