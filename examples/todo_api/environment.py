"""Wiring only."""

from acceptance.run.hooks import after_scenario, after_step, before_scenario  # noqa: F401
