"""The smoke test feature: says that the back end is up."""
