"""Subscriptions, payments, metered usage and Stripe's events."""

from reference_service.routers.billing import (
    history,
    invoices,
    metered_usage,
    payments,
    stripe_events,
    subscriptions,
)

ROOT_ROUTERS = [stripe_events.router]
ROUTERS = [subscriptions.router, payments.router, metered_usage.router, invoices.router, history.router]
