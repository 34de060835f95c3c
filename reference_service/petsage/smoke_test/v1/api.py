"""`GET /v1/smoke_test/`."""

from fastapi import APIRouter

from reference_service.petsage.smoke_test import service
from reference_service.petsage.smoke_test.models import SmokeTestStatus

router = APIRouter(prefix="/v1/smoke_test", tags=["petsage"])


@router.get("/")
async def smoke_test() -> SmokeTestStatus:
    """The PetSage back end is up."""
    return service.current_status()
