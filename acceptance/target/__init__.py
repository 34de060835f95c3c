"""The service under test: its start, what it says of itself and serves, what a run leaves there."""
