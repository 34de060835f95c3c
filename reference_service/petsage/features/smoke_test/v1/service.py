"""What the smoke test finds out."""

from reference_service.petsage.features.smoke_test.v1.models import SmokeTestStatus


def current_status() -> SmokeTestStatus:
    """The status of the feature; it depends on nothing but the running process."""
    return SmokeTestStatus(status="ok", feature="smoke_test", message="PetSage Backend is up and running!")
