"""A small, independent implementation of the contract: the embedded target."""
