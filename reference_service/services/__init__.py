"""Rules that more than one operation needs; services know the store and no router."""
