"""Tests of what knows the api-service."""
