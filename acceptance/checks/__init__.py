"""Checks: what is looked at on every answer, and assertions on an answer or a field."""
