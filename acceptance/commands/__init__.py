"""Commands: `python -m acceptance NAME` is the module NAME of this package."""
