"""Workflows: the catalog, and running one."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Query, Request

from reference_service.catalog.workflows import WORKFLOWS, Workflow
from reference_service.errors import ApiError
from reference_service.events import EventStream
from reference_service.models.assistants.stream_events import PublicSseEvent
from reference_service.models.assistants.streams import WorkflowContext
from reference_service.models.assistants.workflows import (
    WorkflowDescriptorResponse,
    WorkflowListResponse,
    WorkflowRunRequestBody,
    WorkflowRunResponse,
    WorkflowStepResult,
    WorkflowSummary,
)
from reference_service.paging import cursor_page
from reference_service.records.workflows import StepResult, WorkflowRun
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller
from reference_service.services.assistants import workflow_runs
from reference_service.services.assistants.conversations import Reader, Writer
from reference_service.services.assistants.streams import StreamWriter

router = APIRouter(prefix="/workflows", tags=["workflows"])


@router.get("")
async def list_workflows(
    _caller: Reader,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    cursor: str | None = None,
    search: Annotated[str | None, Query(min_length=1, max_length=256)] = None,
) -> WorkflowListResponse:
    """The workflows whose key, title or description contains the text."""
    matching = [workflow for workflow in WORKFLOWS.values() if _contains(workflow, search or "")]
    page, next_cursor = cursor_page(
        matching, key=lambda w: (w.key,), limit=limit, cursor=cursor, bound_to=f"workflows-{search}"
    )
    items = [WorkflowSummary.model_validate(workflow) for workflow in page]
    return WorkflowListResponse(items=items, next_cursor=next_cursor, total=len(matching))


@router.get("/{workflow_key}")
async def read_workflow(_caller: Reader, workflow_key: str) -> WorkflowDescriptorResponse:
    """A workflow with its stages."""
    return WorkflowDescriptorResponse.model_validate(workflow_runs.require_workflow(workflow_key))


@router.post("/{workflow_key}/run")
async def run_workflow(
    runtime: RuntimeDep, request: Request, caller: Writer, workflow_key: str, body: WorkflowRunRequestBody
) -> WorkflowRunResponse:
    """Run a workflow and get everything that its steps answered."""
    workflow = workflow_runs.require_workflow(workflow_key)
    run, conversation = workflow_runs.begin(runtime, request, caller, workflow, body)
    for _, reply in workflow_runs.play(runtime, conversation, run, workflow):
        if reply.draft.failure is not None:
            workflow_runs.end(runtime, request, caller, run, "failed")
            raise ApiError(502, reply.draft.failure.message)
    workflow_runs.end(runtime, request, caller, run, "succeeded")
    return WorkflowRunResponse(
        workflow_key=run.workflow_key,
        workflow_run_id=run.id,
        conversation_id=run.conversation_id,
        steps=[WorkflowStepResult.model_validate(step) for step in run.steps],
        final_output=run.final_output_text,
    )


@router.post(
    "/{workflow_key}/run-stream",
    response_class=EventStream,
    responses={200: {"model": PublicSseEvent}},
    response_model=None,
)
async def stream_workflow(
    runtime: RuntimeDep, request: Request, caller: Writer, workflow_key: str, body: WorkflowRunRequestBody
) -> EventStream:
    """Run a workflow and follow it; what goes wrong later arrives as the last event."""
    workflow = workflow_runs.require_workflow(workflow_key)
    return EventStream(_frames(runtime, request, caller, workflow, body))


async def _frames(
    runtime: Runtime, request: Request, caller: Caller, workflow: Workflow, body: WorkflowRunRequestBody
) -> AsyncGenerator[str]:
    writer = StreamWriter(runtime, "workflow")
    try:
        run, conversation = workflow_runs.begin(runtime, request, caller, workflow, body)
    except ApiError as refusal:
        yield writer.failure(refusal.message)
        return
    writer.belong_to(conversation, run.frames)
    try:
        for result, reply in workflow_runs.play(runtime, conversation, run, workflow):
            writer.workflow = _context(run, result)
            async for frame in writer.perform(reply):
                yield frame
                if run.status != "running":
                    yield writer.last_word(reply, status=run.status, response_text=None)
                    return
            if reply.draft.failure is not None:
                break
        workflow_runs.end(runtime, request, caller, run, "failed" if reply.draft.failure else "succeeded")
        usage = reply.usage.model_copy(update={"requests": run.step_count})
        yield writer.last_word(reply, response_text=run.final_output_text, usage=usage)
    finally:
        # Somebody who leaves in the middle also stops the run.
        workflow_runs.end(runtime, request, caller, run, "cancelled")


def _context(run: WorkflowRun, result: StepResult) -> WorkflowContext:
    return WorkflowContext(
        workflow_key=run.workflow_key,
        workflow_run_id=str(run.id),
        stage_name=result.stage_name,
        step_name=result.name,
        step_agent=result.agent_key,
        parallel_group=result.parallel_group,
        branch_index=result.branch_index,
    )


def _contains(workflow: Workflow, text: str) -> bool:
    return text.casefold() in f"{workflow.key} {workflow.display_name} {workflow.description}".casefold()
