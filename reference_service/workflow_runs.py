"""Runs workflows with the deterministic assistant, and finds their runs again."""

from typing import Any
from uuid import UUID

from starlette.requests import Request

from reference_service import assistant, conversations
from reference_service.activity import record_activity
from reference_service.catalog import agents
from reference_service.catalog.workflows import WORKFLOWS, Stage, Workflow
from reference_service.errors import ApiError, not_found
from reference_service.models.chat import AgentInput
from reference_service.records.conversations import Conversation
from reference_service.records.workflows import StepResult, WorkflowRun
from reference_service.runtime import Runtime
from reference_service.security import Caller


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


def execute(
    runtime: Runtime, request: Request, caller: Caller, workflow: Workflow, body: AgentInput
) -> tuple[WorkflowRun, Conversation]:
    """Run the workflow to its end; the person's message and every step's reply go to the conversation."""
    attachments = assistant.resolve_attachments(runtime, caller.tenant.id, body.attachments)
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
    text = body.message
    for stage in workflow.stages:
        text = _run_stage(runtime, conversation, run, stage, text)
    run.status, run.ended_at, run.final_output_text = "succeeded", runtime.clock.now(), text
    record(runtime, request, caller, run, "workflow.run.completed")
    return run, conversation


def _run_stage(
    runtime: Runtime, conversation: Conversation, run: WorkflowRun, stage: Stage, text: str
) -> str:
    results: list[StepResult] = []
    parallel = stage.mode == "parallel"
    for index, step in enumerate(stage.steps):
        given = text if parallel or not results else results[-1].response_text
        reply = assistant.answer(agents.resolve(step.agent_key), given)
        assistant.say(runtime, conversation, reply, run.id)
        result = StepResult(step.name, step.agent_key, stage.name, reply.text, reply.response_id)
        if parallel:
            result.parallel_group, result.branch_index = stage.name, index
        results.append(result)
    run.steps += results
    return "\n".join(result.response_text for result in results) if parallel else results[-1].response_text


def record(
    runtime: Runtime,
    request: Request,
    caller: Caller,
    run: WorkflowRun,
    action: str,
    metadata: dict[str, Any] | None = None,
) -> None:
    """Record in the activity feed what happened to the run."""
    record_activity(
        runtime,
        request,
        tenant_id=caller.tenant.id,
        action=action,
        actor_id=caller.user.id,
        actor_role=caller.role,
        object_type="workflow_run",
        object_id=str(run.id),
        object_name=run.workflow_key,
        metadata=metadata,
    )
