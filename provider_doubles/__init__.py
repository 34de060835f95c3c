"""Stand-ins for external providers that any target can be pointed at."""
