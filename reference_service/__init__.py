"""A small, independent, in-memory implementation of the contract: the suite's embedded target."""
