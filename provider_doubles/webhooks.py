"""A relay that takes webhooks instead of their targets and shows a test suite what was delivered.

The service posts to `/deliveries` and names the target in `X-Webhook-Target`. `GET /deliveries?target=...`
answers with what that target would have got, oldest first; with `&wait=5` it waits for the first delivery.
"""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request

from provider_doubles.faults import install_faults
from provider_doubles.received import Received

router = APIRouter(prefix="/deliveries")


@dataclass(frozen=True)
class Delivery:
    """One webhook: its target, its signature and its body as it was sent."""

    target: str
    signature: str
    body: str


async def deliveries_of(request: Request) -> Received[Delivery]:
    """The deliveries of the relay that answers this request."""
    deliveries: Received[Delivery] = request.app.state.deliveries
    return deliveries


DeliveriesDep = Annotated[Received[Delivery], Depends(deliveries_of)]


@router.post("", status_code=204)
async def deliver(
    deliveries: DeliveriesDep,
    request: Request,
    x_webhook_target: Annotated[str, Header()],
    x_status_signature: Annotated[str, Header()] = "",
) -> None:
    """Accept a webhook."""
    body = (await request.body()).decode()
    await deliveries.add(Delivery(x_webhook_target, x_status_signature, body))


@router.get("")
async def read(
    deliveries: DeliveriesDep, target: str, wait: Annotated[float, Query(ge=0)] = 0.0
) -> dict[str, Any]:
    """What was delivered to one target, oldest first."""
    found = await deliveries.matching(lambda one: one.target == target, wait)
    return {"deliveries": [asdict(delivery) for delivery in found]}


def create_app() -> FastAPI:
    """A relay that has delivered nothing yet."""
    app = FastAPI(title="Webhook relay")
    app.state.deliveries = Received()
    install_faults(app)
    app.include_router(router)
    return app
