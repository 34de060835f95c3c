"""Tenants that scenarios borrow, and how it is seen that they come back as they were."""
