"""The README's tables of gates and settings, printed from where they are defined."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from acceptance.run import project
from acceptance.run.gates import markdown_table

README = Path("README.md")
EXAMPLE = Path(".env.example")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where the tables go."""
    parser.add_argument("--write", action="store_true", help=f"write {README} and {EXAMPLE} anew")


def settings_table() -> str:
    """Return the README's table of settings, the gates left out."""
    lines = ["| Setting | Default | Meaning |", "|---|---|---|"]
    for name, default, meaning in project.current().settings.declared():
        lines.append(f"| `{name}` | {f'`{default}`' if default else 'empty'} | {meaning} |")
    return "\n".join(lines) + "\n"


def gates_table() -> str:
    """Return the README's table of gates."""
    return markdown_table(project.current().gates)


def env_example() -> str:
    """Return the text of `.env.example`: every setting with its default and meaning."""
    parts = ["# Copy to .env; the process environment wins over it. Times are in seconds.\n"]
    for name, default, meaning in project.current().settings.declared():
        parts.append(f"# {meaning}\n#{name}={default}\n")
    parts.append("# Gates: 1 opens, 0 closes. With the embedded service every gate is open.\n")
    for gate in project.current().gates.values():
        if not gate.opened_by_any_value:
            parts.append(f"# @{gate.tag}: {gate.needs}\n#{gate.setting}={int(gate.open_by_default)}\n")
    return "\n".join(parts)


def documented(readme: str) -> str:
    """Return the README's text with both tables as they are now, between their markers."""
    for name, table in (("settings", settings_table()), ("gates", gates_table())):
        start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = readme.partition(start)
        _, _, after = rest.partition(end)
        readme = f"{before}{start}{table}{end}{after}"
    return readme


def run(options: Namespace) -> int:
    """Print both tables, or write them where they are documented."""
    if options.write:
        README.write_text(documented(README.read_text(encoding="utf-8")), encoding="utf-8")
        EXAMPLE.write_text(env_example(), encoding="utf-8")
    else:
        print(settings_table())
        print(gates_table(), end="")
    return 0
