"""The operations of the contract, one module per area."""
