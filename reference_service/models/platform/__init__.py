"""Health, status, contact and entitlements."""
