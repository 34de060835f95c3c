"""A tenant's invoices."""

from typing import Annotated

from fastapi import APIRouter, Query

from reference_service.errors import not_found
from reference_service.models.billing.invoices import InvoiceListResponse, InvoiceResponse
from reference_service.paging import next_offset
from reference_service.records.billing import Invoice
from reference_service.runtime import RuntimeDep
from reference_service.services.billing.access import Reader

router = APIRouter(prefix="/billing/tenants/{tenant_id}", tags=["billing"])


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
