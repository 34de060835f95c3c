"""What the caller agreed to and what they want to hear of."""

from fastapi import APIRouter

from reference_service.errors import ApiError
from reference_service.models.base import SuccessNoData
from reference_service.models.identity.consents import (
    ConsentRequest,
    ConsentView,
    NotificationPreferenceRequest,
    NotificationPreferenceView,
)
from reference_service.records.preferences import Consent, NotificationPreference
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import SignedIn, Viewer

router = APIRouter(prefix="/users", tags=["users"])


@router.post("/consents", status_code=201)
async def record_consent(runtime: RuntimeDep, caller: SignedIn, body: ConsentRequest) -> SuccessNoData:
    """Agree to a version of a policy; once more changes nothing."""
    key = (caller.user.id, body.policy_key, body.version)
    if not runtime.store.consents.find(lambda known: (known.user_id, known.policy_key, known.version) == key):
        runtime.store.consents.insert(Consent(*key, runtime.clock.now()))
    return SuccessNoData(message="The consent is recorded.")


@router.get("/consents")
async def list_consents(runtime: RuntimeDep, caller: SignedIn) -> list[ConsentView]:
    """What the caller agreed to."""
    consents = runtime.store.consents.filter(lambda known: known.user_id == caller.user.id)
    return [ConsentView.model_validate(consent) for consent in consents]


@router.put("/notification-preferences")
async def set_notification_preference(
    runtime: RuntimeDep, caller: Viewer, body: NotificationPreferenceRequest
) -> NotificationPreferenceView:
    """Set one preference of the caller in this tenant."""
    if body.tenant_id not in (None, caller.tenant.id):
        raise ApiError(403, "Tenant context mismatch for notification preferences.")
    key = (caller.tenant.id, caller.user.id, body.channel, body.category)
    preference = runtime.store.notification_preferences.find(
        lambda known: (known.tenant_id, known.user_id, known.channel, known.category) == key
    ) or runtime.store.notification_preferences.insert(NotificationPreference(*key, body.enabled))
    preference.enabled = body.enabled
    return NotificationPreferenceView.model_validate(preference)


@router.get("/notification-preferences")
async def list_notification_preferences(
    runtime: RuntimeDep, caller: Viewer
) -> list[NotificationPreferenceView]:
    """The caller's preferences in this tenant."""
    own = runtime.store.notification_preferences.of(caller.tenant.id)
    return [NotificationPreferenceView.model_validate(one) for one in own if one.user_id == caller.user.id]
