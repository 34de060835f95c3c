"""People: who acts, how they are seeded and signed in, and tokens that must be refused."""
