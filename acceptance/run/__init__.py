"""The run: behave made safe, with its runner, hooks, signals, gates and tags."""
