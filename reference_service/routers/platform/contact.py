"""The contact form."""

from uuid import uuid4

from fastapi import APIRouter, Request

from reference_service.clients.delivery import send_mail
from reference_service.limits import client_ip
from reference_service.models.base import ActionResponse
from reference_service.models.platform.contact import ContactSubmissionRequest, ContactSubmissionResponse
from reference_service.runtime import RuntimeDep

router = APIRouter(prefix="/contact", tags=["contact"])
TEAM = "support@localhost"


@router.post("", status_code=202)
async def submit_contact(
    runtime: RuntimeDep, request: Request, body: ContactSubmissionRequest
) -> ActionResponse[ContactSubmissionResponse]:
    """Pass a message on to the team; what a robot filled in is accepted and dropped."""
    runtime.limits.hit("contact_email", body.email.lower())
    runtime.limits.hit("contact_ip", client_ip(request))
    reference_id = uuid4()
    suppressed = bool((body.honeypot or "").strip())
    message_id = None
    if not suppressed:
        lines = [
            f"From: {body.name or 'Anonymous'} <{body.email}>",
            f"Company: {body.company or 'none'}",
            f"Reference: {reference_id}",
            "",
            body.message,
        ]
        subject = f"Contact: {body.topic or 'General'}"
        message_id = await send_mail(runtime, TEAM, subject, "\n".join(lines), "contact")
    data = ContactSubmissionResponse(
        reference_id=reference_id,
        delivered=message_id is not None,
        message_id=message_id,
        suppressed=suppressed,
    )
    return ActionResponse(message="Thank you for your message.", data=data)
