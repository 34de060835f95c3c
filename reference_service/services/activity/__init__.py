"""The entrance of the activity feed."""
