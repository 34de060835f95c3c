"""Calls: how a request is made, with which deadline, what its answer was, and what must be undone."""
