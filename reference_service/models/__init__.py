"""Requests and responses of the contract, one module per area."""
