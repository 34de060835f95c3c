"""The rules of billing: how a subscription lives, what usage adds up to, what Stripe's events do."""
