"""What the steps of one subject share: a module for each, named for its noun."""
