"""Assets, stored files, vector stores and containers."""
