"""Members of a tenant and invitations to become one."""
