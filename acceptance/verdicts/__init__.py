"""Verdicts: what became of a scenario, and whether its failure is a known one."""
