"""Log records of front ends."""
