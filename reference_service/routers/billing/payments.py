"""How a tenant pays: portal and cards."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from pydantic import HttpUrl

from reference_service.errors import ApiError, not_found
from reference_service.models.base import SuccessNoData
from reference_service.models.billing.payments import (
    CustomerRequest,
    PaymentMethodResponse,
    PortalSessionResponse,
    SetupIntentResponse,
)
from reference_service.records.billing import PaymentMethod
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.services.billing import subscriptions
from reference_service.services.billing.access import Manager

router = APIRouter(prefix="/billing/tenants/{tenant_id}", tags=["billing"])


@router.post("/portal")
async def create_portal_session(
    runtime: RuntimeDep, caller: Manager, body: CustomerRequest
) -> PortalSessionResponse:
    """Where the tenant manages its billing."""
    subscriptions.customer(runtime, caller.tenant.id, body.billing_email)
    return PortalSessionResponse(url=HttpUrl(f"{runtime.config.public_url}/billing"))


@router.get("/payment-methods")
async def list_payment_methods(runtime: RuntimeDep, caller: Manager) -> list[PaymentMethodResponse]:
    """The tenant's cards, oldest first."""
    methods = runtime.store.payment_methods.of(caller.tenant.id)
    return [PaymentMethodResponse.model_validate(method) for method in methods]


@router.post("/payment-methods/setup-intent")
async def create_setup_intent(
    runtime: RuntimeDep, caller: Manager, body: CustomerRequest
) -> SetupIntentResponse:
    """What a browser needs to enter a card with the payment provider."""
    subscriptions.customer(runtime, caller.tenant.id, body.billing_email)
    intent = f"seti_{uuid4().hex}"
    return SetupIntentResponse(id=intent, client_secret=f"{intent}_secret_{uuid4().hex}")


@router.post("/payment-methods/{payment_method_id}/default")
async def set_default_payment_method(
    runtime: RuntimeDep, caller: Manager, payment_method_id: str
) -> SuccessNoData:
    """Pay with this card from now on."""
    chosen = _payment_method(runtime, caller.tenant.id, payment_method_id)
    for method in runtime.store.payment_methods.of(caller.tenant.id):
        method.is_default = method is chosen
    return SuccessNoData(message="Default payment method updated.")


@router.delete("/payment-methods/{payment_method_id}")
async def detach_payment_method(
    runtime: RuntimeDep, caller: Manager, payment_method_id: str
) -> SuccessNoData:
    """Forget this card."""
    method = _payment_method(runtime, caller.tenant.id, payment_method_id)
    runtime.store.payment_methods.delete(method.id)
    return SuccessNoData(message="Payment method detached.")


def _payment_method(runtime: Runtime, tenant_id: UUID, payment_method_id: str) -> PaymentMethod:
    if not runtime.store.customers.of(tenant_id):
        raise ApiError(404, "Billing customer not found.")
    methods = runtime.store.payment_methods.of(tenant_id)
    found = next((method for method in methods if method.provider_id == payment_method_id), None)
    return found or not_found("Payment method")
