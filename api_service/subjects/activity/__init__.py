"""The activity feed and usage counters."""
