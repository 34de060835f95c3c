"""Contact, metrics, signing keys and the status page."""
