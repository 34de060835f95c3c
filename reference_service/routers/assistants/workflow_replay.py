"""What was streamed in a workflow run."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from reference_service.events import EventStream
from reference_service.models.assistants.replay import WorkflowRunReplayEventsResponse
from reference_service.runtime import RuntimeDep
from reference_service.services.assistants import workflow_runs
from reference_service.services.assistants.conversations import Reader
from reference_service.services.assistants.replay import event_page, event_stream

router = APIRouter(prefix="/workflows/runs/{run_id}/replay", tags=["workflows"])


@router.get("/events")
async def list_replay_events(
    runtime: RuntimeDep,
    caller: Reader,
    run_id: UUID,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
    cursor: str | None = None,
) -> WorkflowRunReplayEventsResponse:
    """The run's events, as they were sent; a run that nobody followed has none."""
    run = workflow_runs.require_run(runtime, caller.tenant.id, run_id)
    page = event_page(run.frames, f"replay-{run.id}", limit, cursor)
    return WorkflowRunReplayEventsResponse(
        workflow_run_id=run.id,
        conversation_id=run.conversation_id,
        items=page.items,
        next_cursor=page.next_cursor,
    )


@router.get("/stream", response_class=EventStream, response_model=None)
async def stream_replay(
    runtime: RuntimeDep, caller: Reader, run_id: UUID, cursor: str | None = None
) -> EventStream:
    """The same events as a stream."""
    run = workflow_runs.require_run(runtime, caller.tenant.id, run_id)
    return event_stream(run.frames, f"replay-{run.id}", cursor)
