"""Log records and their export."""
