"""What hooks and steps find on behave's context; behave itself carries no types."""

from behave.runner import Context as BehaveContext

from api_service.session import Session
from api_service.world import World


class Context(BehaveContext):  # type: ignore[misc]  # behave is untyped
    """behave's context with the run's session and the scenario's world."""

    session: Session
    world: World
