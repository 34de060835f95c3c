"""Runs of workflows: find them, read them, stop them, remove them."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, get_args
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from reference_service.errors import ApiError, not_found
from reference_service.models.assistants.workflows import (
    WorkflowRunCancelResponse,
    WorkflowRunDetail,
    WorkflowRunListItem,
    WorkflowRunListResponse,
)
from reference_service.paging import cursor_page
from reference_service.records.workflows import RunStatus, WorkflowRun
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, tenant_caller
from reference_service.services.assistants import conversations, workflow_runs
from reference_service.services.assistants.conversations import Reader, Writer

router = APIRouter(prefix="/workflows/runs", tags=["workflows"])

Deleter = Annotated[Caller, Depends(tenant_caller("admin", scope="workflows:delete"))]


class RunFilter:
    """Which runs are wanted; a 400 for a status or a moment that is none."""

    def __init__(
        self,
        workflow_key: str | None = None,
        run_status: str | None = None,
        started_before: str | None = None,
        started_after: str | None = None,
        conversation_id: str | None = None,
    ) -> None:
        if run_status not in (None, *get_args(RunStatus)):
            raise ApiError(400, "Invalid run status.")
        self._status, self._workflow_key = run_status, workflow_key
        self._before, self._after = _moment(started_before), _moment(started_after)
        self.conversation = conversation_id

    def matches(self, run: WorkflowRun) -> bool:
        """Whether the run is wanted; its conversation is compared by key."""
        return (
            run.deleted_at is None
            and self._workflow_key in (None, run.workflow_key)
            and self._status in (None, run.status)
            and self.conversation in (None, run.conversation_id)
            and (self._before is None or run.started_at < self._before)
            and (self._after is None or run.started_at > self._after)
        )


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise ApiError(400, "Invalid date.") from None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


@router.get("")
async def list_runs(
    runtime: RuntimeDep,
    caller: Reader,
    wanted: Annotated[RunFilter, Depends()],
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> WorkflowRunListResponse:
    """The tenant's runs, newest first."""
    _by_key(runtime, caller, wanted)
    page, next_cursor = cursor_page(
        [run for run in runtime.store.workflow_runs.of(caller.tenant.id) if wanted.matches(run)],
        key=lambda run: (run.started_at.timestamp(), str(run.id)),
        limit=limit,
        cursor=cursor,
        bound_to=f"runs-{caller.tenant.id}",
        descending=True,
    )
    items = [WorkflowRunListItem.model_validate(run) for run in page]
    return WorkflowRunListResponse(items=items, next_cursor=next_cursor)


def _by_key(runtime: Runtime, caller: Caller, wanted: RunFilter) -> None:
    if wanted.conversation is not None:
        conversation = conversations.find(runtime, caller.tenant.id, wanted.conversation)
        wanted.conversation = conversation.key if conversation else wanted.conversation


@router.get("/{run_id}")
async def read_run(runtime: RuntimeDep, caller: Reader, run_id: UUID) -> WorkflowRunDetail:
    """A run with its steps."""
    run = workflow_runs.require_run(runtime, caller.tenant.id, run_id)
    return WorkflowRunDetail.model_validate(run)


@router.post("/{run_id}/cancel", status_code=202)
async def cancel_run(
    runtime: RuntimeDep, request: Request, caller: Writer, run_id: UUID
) -> WorkflowRunCancelResponse:
    """Stop a run that is still going on."""
    run = workflow_runs.require_run(runtime, caller.tenant.id, run_id)
    if run.status != "running":
        raise ApiError(409, "Workflow run is not active")
    workflow_runs.end(runtime, request, caller, run, "cancelled")
    return WorkflowRunCancelResponse(workflow_run_id=run.id, success=True)


@router.delete("/{run_id}", status_code=204)
async def delete_run(
    runtime: RuntimeDep,
    request: Request,
    caller: Deleter,
    run_id: UUID,
    hard: bool = False,
    reason: str | None = None,
) -> Response:
    """Hide a run, or (`hard`) remove it for good, also after it was hidden."""
    run = runtime.store.workflow_runs.owned(caller.tenant.id, run_id)
    if run is None or (run.deleted_at and not hard):
        not_found("Workflow run")
    least_age = timedelta(hours=runtime.config.limit_purge_age_hours)
    if hard and runtime.clock.now() - run.started_at < least_age:
        raise ApiError(409, "Workflow run is too young to be purged.")
    run.deleted_at = runtime.clock.now()
    if hard:
        runtime.store.workflow_runs.delete(run.id)
    runtime.metrics.count("workflow_run_deletes_total", mode="hard" if hard else "soft")
    workflow_runs.record(runtime, request, caller, run, "workflow.run.deleted", metadata={"reason": reason})
    return Response(status_code=204)
