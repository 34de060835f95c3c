"""Tenants, their members, invitations and operators."""
