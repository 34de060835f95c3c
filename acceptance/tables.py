"""The README's tables of gates and settings, printed from where they are defined."""

from argparse import ArgumentParser, Namespace

from acceptance.gates import GATES, markdown_table
from acceptance.settings import declared


def add_arguments(parser: ArgumentParser) -> None:
    """This command takes no arguments."""


def settings_table() -> str:
    """Return the README's table of settings, the gates left out."""
    lines = ["| Setting | Default | Meaning |", "|---|---|---|"]
    for name, default, meaning in declared():
        lines.append(f"| `{name}` | {f'`{default}`' if default else 'empty'} | {meaning} |")
    return "\n".join(lines) + "\n"


def env_example() -> str:
    """Return the text of `.env.example`: every setting with its default and meaning."""
    parts = ["# Copy to .env; the process environment wins over it. Times are in seconds.\n"]
    for name, default, meaning in declared():
        parts.append(f"# {meaning}\n#{name}={default}\n")
    parts.append("# Gates: 1 opens, 0 closes. With the embedded service every gate is open.\n")
    for gate in GATES.values():
        if gate.setting.startswith("SMOKE_ENABLE_"):
            parts.append(f"# @{gate.tag}: {gate.needs}\n#{gate.setting}={int(gate.open_by_default)}\n")
    return "\n".join(parts)


def run(_: Namespace) -> int:
    """Print both tables."""
    print(settings_table())
    print(markdown_table(), end="")
    return 0
