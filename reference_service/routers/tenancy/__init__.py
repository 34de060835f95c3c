"""A tenant's account, settings, members and invitations, and tenants as operators see them."""

from reference_service.routers.tenancy import account, members, operators, settings, team_invites

ROUTERS = [operators.router, account.router, settings.router, members.router, team_invites.router]
