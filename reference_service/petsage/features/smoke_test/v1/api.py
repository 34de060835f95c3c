"""`GET /v1/smoke_test/`."""

from fastapi import APIRouter

from reference_service.petsage.features.smoke_test.v1 import service
from reference_service.petsage.features.smoke_test.v1.models import SmokeTestStatus

router = APIRouter(prefix="/v1/smoke_test", tags=["Health & Smoke Tests"])


@router.get(
    "/",
    operation_id="petsage-smoke_test",
    summary="Smoke test",
    description="Answers 200 with a fixed body when the PetSage back end is up; it needs no sign-in.",
)
async def smoke_test() -> SmokeTestStatus:
    """The status of the PetSage back end."""
    return service.current_status()
