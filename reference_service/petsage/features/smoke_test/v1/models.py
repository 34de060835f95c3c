"""What the smoke test answers."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class SmokeTestStatus(BaseModel):
    """The feature is up; nothing else is said."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["ok"] = Field(description="`ok` whenever the back end answers.", examples=["ok"])
    feature: Literal["smoke_test"] = Field(description="The feature that answers.", examples=["smoke_test"])
    message: str = Field(
        description="A sentence for people.", examples=["PetSage Backend is up and running!"]
    )
