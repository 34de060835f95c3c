"""Version 1 of the smoke test's HTTP interface."""
