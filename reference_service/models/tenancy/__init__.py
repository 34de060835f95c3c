"""A tenant's account, settings, members and invitations."""
