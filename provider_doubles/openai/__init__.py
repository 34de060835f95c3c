"""A double of the OpenAI API: files, vector stores with a keyword search, containers and their files."""

from provider_doubles.openai.app import create_app

__all__ = ["create_app"]
