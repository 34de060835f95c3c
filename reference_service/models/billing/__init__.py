"""Subscriptions, payments, usage, and what Stripe sends."""
