"""Runs workflows with the deterministic assistant, and finds their runs again."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from starlette.requests import Request

from reference_service.catalog import agents
from reference_service.catalog.workflows import WORKFLOWS, Workflow
from reference_service.errors import ApiError, not_found
from reference_service.models.assistants.chat import AgentInput
from reference_service.records.conversations import Conversation
from reference_service.records.workflows import RunStatus, StepResult, WorkflowRun
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller
from reference_service.services.activity.feed import record_deed
from reference_service.services.assistants import assistant, conversations, overrides
from reference_service.services.assistants.assistant import Reply


def require_workflow(key: str) -> Workflow:
    """The workflow of this key; 404 if there is none."""
    workflow = WORKFLOWS.get(key)
    if workflow is None:
        raise ApiError(404, f"Workflow '{key}' not found.")
    return workflow


def require_run(runtime: Runtime, tenant_id: UUID, run_id: UUID) -> WorkflowRun:
    """The tenant's run that has not been deleted; 404 if there is none."""
    run = runtime.store.workflow_runs.owned(tenant_id, run_id)
    if run is None or run.deleted_at is not None:
        not_found("Workflow run")
    return run


def begin(
    runtime: Runtime, request: Request, caller: Caller, workflow: Workflow, body: AgentInput
) -> tuple[WorkflowRun, Conversation]:
    """A run that is now going on; the person's message is in its conversation."""
    attachments = assistant.resolve_attachments(runtime, caller.tenant.id, body.attachments)
    overrides.require_usable(runtime, caller.tenant.id, body, workflow.agents)
    entrypoint = workflow.stages[0].steps[0].agent_key
    conversation = conversations.find_or_create(runtime, request, caller, body.conversation_id, entrypoint)
    run = runtime.store.workflow_runs.insert(
        WorkflowRun(
            tenant_id=caller.tenant.id,
            user_id=caller.user.id,
            workflow_key=workflow.key,
            request_message=body.message,
            conversation_id=conversation.key,
            started_at=runtime.clock.now(),
        )
    )
    assistant.hear(runtime, conversation, body.message, attachments, run.id)
    return run, conversation


def play(
    runtime: Runtime, conversation: Conversation, run: WorkflowRun, workflow: Workflow
) -> Iterator[tuple[StepResult, Reply]]:
    """Have the steps answer in turn; each reply goes to the conversation. Sets the run's final text."""
    text = run.request_message
    for stage in workflow.stages:
        texts: list[str] = []
        parallel = stage.mode == "parallel"
        for index, step in enumerate(stage.steps):
            reply = assistant.answer(
                agents.resolve(step.agent_key), text if parallel or not texts else texts[-1]
            )
            assistant.say(runtime, conversation, reply, run.id)
            result = StepResult(step.name, step.agent_key, stage.name, reply.text, reply.response_id)
            if parallel:
                result.parallel_group, result.branch_index = stage.name, index
            run.steps.append(result)
            texts.append(reply.text)
            yield result, reply
        text = "\n".join(texts) if parallel else texts[-1]
    run.final_output_text = text


def end(runtime: Runtime, request: Request, caller: Caller, run: WorkflowRun, status: RunStatus) -> None:
    """Close a run that is still going on; a closed one stays as it is."""
    if run.status != "running":
        return
    run.status, run.ended_at = status, runtime.clock.now()
    action = "completed" if status == "succeeded" else status
    record(runtime, request, caller, run, f"workflow.run.{action}")


def record(
    runtime: Runtime,
    request: Request,
    caller: Caller,
    run: WorkflowRun,
    action: str,
    metadata: dict[str, Any] | None = None,
) -> None:
    """Record in the activity feed what happened to the run."""
    record_deed(
        runtime,
        request,
        caller,
        action,
        object_type="workflow_run",
        object_id=str(run.id),
        object_name=run.workflow_key,
        metadata=metadata,
    )
