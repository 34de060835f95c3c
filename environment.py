"""Wiring only: the toolkit's hooks, and the typed words of the api-service's steps."""

from behave import register_type

from acceptance.run.hooks import after_scenario, after_step, before_scenario  # noqa: F401
from api_service.vocabulary import TYPES

register_type(**TYPES)
