"""Plans, subscriptions, payments and Stripe's events."""
