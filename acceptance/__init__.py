"""The support library that the steps stand on."""
