"""What the smoke test answers."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class SmokeTestStatus(BaseModel):
    """The feature is up; nothing else is said."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["ok"]
    feature: Literal["smoke_test"]
    message: str
