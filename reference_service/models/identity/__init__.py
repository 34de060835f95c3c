"""People, machines, sessions and proofs of identity."""
