"""New people and new tenants, however they come about."""

import re
import secrets

from reference_service.records.identity import Membership, User
from reference_service.records.tenancy import Tenant
from reference_service.runtime import Runtime
from reference_service.security.roles import TenantRole
from reference_service.services.identity import passwords


def create_user(
    runtime: Runtime, email: str, password: str, *, verified: bool = False, display_name: str | None = None
) -> User:
    """A new person, whose e-mail address nobody has."""
    user = User(email.lower(), runtime.clock.now(), email_verified=verified, display_name=display_name)
    passwords.set_password(user, password)
    return runtime.store.users.insert(user)


def join(runtime: Runtime, user: User, tenant: Tenant, role: TenantRole) -> Membership:
    """Make the person a member of the tenant."""
    return runtime.store.memberships.insert(Membership(tenant.id, user.id, role, runtime.clock.now()))


def create_tenant(runtime: Runtime, name: str) -> Tenant:
    """A new active tenant under a free slug made from its name."""
    now = runtime.clock.now()
    return runtime.store.tenants.insert(Tenant(free_slug(runtime, name), name, now, now))


def free_slug(runtime: Runtime, name: str) -> str:
    """The name as a slug, with a random suffix if another tenant has it already."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "tenant"
    taken = {tenant.slug for tenant in runtime.store.tenants}
    return slug if slug not in taken else f"{slug[:55]}-{secrets.token_hex(2)}"
