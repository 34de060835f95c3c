"""Who may found a tenant, and how often somebody may try."""

from fastapi import Request

from reference_service.limits import client_ip
from reference_service.models.identity.sign_up import SignupAccessPolicyResponse
from reference_service.runtime import Runtime


def access_policy(runtime: Runtime) -> SignupAccessPolicyResponse:
    """Whether an invitation is needed, and whether one can be asked for."""
    policy = runtime.config.sign_up_policy
    restricted = policy != "public"
    return SignupAccessPolicyResponse(
        policy=policy, invite_required=restricted, request_access_enabled=restricted
    )


def count_attempt(runtime: Runtime, request: Request, what: str, email: str) -> None:
    """Count one use of `register` or `request_access` by network, address and domain; 429 beyond a quota."""
    network, domain = client_ip(request), email.rpartition("@")[2].lower()
    runtime.limits.hit(f"{what}_ip_hour", network)
    runtime.limits.hit(f"{what}_ip_day", network)
    runtime.limits.hit(f"{what}_email_day", email.lower())
    runtime.limits.hit(f"{what}_domain_day", domain)
