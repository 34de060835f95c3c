"""Mutants of the reference service: its code is changed at one place, and the suite has to notice."""
