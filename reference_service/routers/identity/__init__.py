"""People, machines, sessions and proofs of identity."""

from reference_service.routers.identity import (
    access_requests,
    account,
    consents,
    email_verification,
    invitations,
    passwords,
    second_factor,
    service_accounts,
    sessions,
    sign_in,
    sign_up,
    single_sign_on,
)

ROUTERS = [
    sign_in.router,
    sessions.router,
    sign_up.router,
    access_requests.router,
    invitations.router,
    email_verification.router,
    passwords.router,
    second_factor.router,
    single_sign_on.router,
    service_accounts.router,
    account.router,
    consents.router,
]
