"""The contract: what the OpenAPI document promises, and whether an answer keeps it."""
