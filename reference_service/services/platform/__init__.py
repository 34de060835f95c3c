"""The status page and its subscribers."""
