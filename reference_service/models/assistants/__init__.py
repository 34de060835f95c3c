"""Agents, chat, conversations, streams and workflows."""
