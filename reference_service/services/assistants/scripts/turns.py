"""Turns that a reply may take: thinking, handing over, forgetting, hesitating, refusing, failing."""

from reference_service.catalog.agents import AGENTS
from reference_service.models.assistants.stream_ends import ErrorPayload
from reference_service.models.assistants.stream_items import (
    AgentUpdatedEvent,
    LifecycleEvent,
    MemoryCheckpointEvent,
    MemoryCheckpointPayload,
    ReasoningSummaryDeltaEvent,
    ReasoningSummaryPartAddedEvent,
    ReasoningSummaryPartDoneEvent,
    RefusalDeltaEvent,
    RefusalDoneEvent,
)
from reference_service.services.assistants.scripts.draft import Draft, pieces

SLOW_WORDS = 60
SLOW_SECONDS = 0.1


def think(draft: Draft) -> None:
    """Show a summary of the reasoning, in two parts."""
    parts = ("Find out what is asked.", "Choose the simplest answer.")
    with draft.item("rs", "reasoning") as item:
        for index, text in enumerate(parts):
            item.add(ReasoningSummaryPartAddedEvent, summary_index=index, text="")
            for piece in pieces(text):
                item.add(ReasoningSummaryDeltaEvent, summary_index=index, delta=piece)
            item.add(ReasoningSummaryPartDoneEvent, summary_index=index, text=text)
    draft.reasoning = "\n\n".join(parts)


def hand_over(draft: Draft) -> None:
    """Let the code assistant go on."""
    successor = AGENTS["code_assistant"]
    draft.add(AgentUpdatedEvent, from_agent=draft.agent.name, to_agent=successor.name, handoff_index=1)
    draft.agent = successor


def forget(draft: Draft) -> None:
    """Say that older turns are no longer remembered."""
    checkpoint = MemoryCheckpointPayload(
        strategy="compact",
        trigger_reason="turns",
        tokens_before=12000,
        tokens_after=8000,
        compacted_count=4,
        keep_turns=2,
        turns_before=6,
        turns_after=2,
    )
    draft.add(MemoryCheckpointEvent, checkpoint=checkpoint)


def slow_down(draft: Draft) -> None:
    """Answer at length and slowly, so that somebody can leave or cancel while the reply is coming."""
    draft.text += "".join(f" {number}" for number in range(SLOW_WORDS))
    draft.pause = SLOW_SECONDS


def refuse(draft: Draft) -> None:
    """Refuse, piece by piece."""
    draft.refusal = "I cannot help with that."
    with draft.item("msg", "message", role="assistant") as item:
        for piece in pieces(draft.refusal):
            item.add(RefusalDeltaEvent, content_index=0, delta=piece)
        item.add(RefusalDoneEvent, content_index=0, refusal_text=draft.refusal)


def fail(draft: Draft) -> None:
    """Have the provider fail in the middle of the run."""
    draft.add(LifecycleEvent, status="failed", reason="provider_error")
    message = "The provider could not go on."
    draft.failure = ErrorPayload(code="provider_error", message=message, source="provider", is_retryable=True)
