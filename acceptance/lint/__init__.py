"""The style rules of features and steps, as checks: `python -m acceptance lint`.

Each rule is a function from a `Suite` to its `Finding`s; its name, with hyphens, is what a finding shows.
To add one, write the function in the module of its idea and name it in that module's `RULES`.
"""
