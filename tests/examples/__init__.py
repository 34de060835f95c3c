"""Tests of the project around the suite: commands, dependencies, CI, sizes."""
