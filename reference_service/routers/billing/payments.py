"""How a tenant pays: portal, cards, invoices."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Query
from pydantic import HttpUrl

from reference_service.errors import ApiError, not_found
from reference_service.models.base import SuccessNoData
from reference_service.models.billing.metered_usage import InvoiceListResponse, InvoiceResponse
from reference_service.models.billing.payments import (
    CustomerRequest,
    PaymentMethodResponse,
    PortalSessionResponse,
    SetupIntentResponse,
)
from reference_service.paging import next_offset
from reference_service.records.billing import Invoice, PaymentMethod
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.services.billing import subscriptions
from reference_service.services.billing.access import Manager, Reader

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


@router.get("/invoices")
async def list_invoices(
    runtime: RuntimeDep,
    caller: Reader,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> InvoiceListResponse:
    """The tenant's invoices, the latest period first."""
    invoices = runtime.store.invoices.of(caller.tenant.id)
    invoices.sort(key=lambda invoice: invoice.period_start, reverse=True)
    page = invoices[offset : offset + limit]
    items = [InvoiceResponse.model_validate(invoice) for invoice in page]
    return InvoiceListResponse(items=items, next_offset=next_offset(page, limit, offset))


@router.get("/invoices/{invoice_id}")
async def read_invoice(runtime: RuntimeDep, caller: Reader, invoice_id: str) -> InvoiceResponse:
    """One invoice, by the payment provider's identifier."""
    invoices: list[Invoice] = runtime.store.invoices.of(caller.tenant.id)
    found = next((invoice for invoice in invoices if invoice.invoice_id == invoice_id), None)
    return InvoiceResponse.model_validate(found or not_found("Invoice"))
