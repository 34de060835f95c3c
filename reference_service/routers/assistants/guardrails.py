"""The catalog of guardrails and presets."""

from fastapi import APIRouter

from reference_service.catalog.guardrails import GUARDRAILS, PRESETS
from reference_service.errors import not_found
from reference_service.models.assistants.guardrails import (
    GuardrailDetail,
    GuardrailSummary,
    PresetDetail,
    PresetSummary,
)
from reference_service.routers.assistants.agents import ToolReader

router = APIRouter(prefix="/guardrails", tags=["guardrails"])


@router.get("")
async def list_guardrails(_caller: ToolReader) -> list[GuardrailSummary]:
    """Every guardrail."""
    return [GuardrailSummary.model_validate(guardrail) for guardrail in GUARDRAILS.values()]


@router.get("/presets")
async def list_presets(_caller: ToolReader) -> list[PresetSummary]:
    """Every preset."""
    return [PresetSummary.model_validate(preset) for preset in PRESETS.values()]


@router.get("/presets/{preset_key}")
async def read_preset(_caller: ToolReader, preset_key: str) -> PresetDetail:
    """A preset with its guardrails."""
    preset = PRESETS.get(preset_key) or not_found(f"Preset '{preset_key}'")
    return PresetDetail.model_validate(preset)


@router.get("/{guardrail_key}")
async def read_guardrail(_caller: ToolReader, guardrail_key: str) -> GuardrailDetail:
    """A guardrail and how it is configured."""
    guardrail = GUARDRAILS.get(guardrail_key) or not_found(f"Guardrail '{guardrail_key}'")
    return GuardrailDetail.model_validate(guardrail)
