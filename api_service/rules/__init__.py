"""Rules that hold for every answer of the service, beyond what its contract says."""
