"""Agents, conversations, chat and workflows."""
