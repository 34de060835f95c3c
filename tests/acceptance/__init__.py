"""Tests of the support library."""
