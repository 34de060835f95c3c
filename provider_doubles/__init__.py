"""Stand-ins for the providers that a service needs: deterministic, stateful, on loopback only."""
