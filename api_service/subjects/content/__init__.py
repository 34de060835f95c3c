"""Stored files, assets, vector stores, containers and the provider's files."""
