"""The run: behave made safe, with its runner, hooks, signals and tags."""
