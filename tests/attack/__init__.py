"""Attacks that take too long for `make test`; `make attack` runs them, one module for each section."""
