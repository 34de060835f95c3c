"""The README's tables of settings, limits and gates, printed from where they are defined."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from acceptance.run import project
from acceptance.settings import gates, limits

README = Path("README.md")
EXAMPLE = Path(".env.example")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where the tables go."""
    parser.add_argument("--write", action="store_true", help=f"write {README} and {EXAMPLE} anew")


def settings_table() -> str:
    """Return the README's table of settings, gates and limits left out."""
    lines = ["| Setting | Default | Meaning |", "|---|---|---|"]
    for name, default, meaning in project.current().settings.declared():
        lines.append(f"| `{name}` | {f'`{default}`' if default else 'empty'} | {meaning} |")
    return "\n".join(lines) + "\n"


def gates_table() -> str:
    """Return the README's table of gates."""
    return gates.markdown_table(project.current().gates)


def limits_table() -> str:
    """Return the README's table of limits."""
    return limits.markdown_table(project.current().settings().limits)


def env_example() -> str:
    """Return the text of `.env.example`: every setting with its default and meaning."""
    parts = ["# Copy to .env; the process environment wins over it. Times are in seconds.\n"]
    for name, default, meaning in project.current().settings.declared():
        parts.append(f"# {meaning}\n#{name}={default}\n")
    parts.append("# Limits of the deployment, where they are not the published ones.\n")
    for setting, limit in project.current().settings().limits.rows():
        off = "; 0 for no limit" if limit.can_be_off else ""
        parts.append(f"# {limit.meaning}{off}\n#{setting}={limit.default}\n")
    parts.append("# Gates: 1 opens, 0 closes. With the embedded service every gate is open.\n")
    for gate in project.current().gates.values():
        if not gate.opened_by_any_value:
            parts.append(f"# @{gate.tag}: {gate.needs}\n#{gate.setting}={int(gate.open_by_default)}\n")
    return "\n".join(parts)


def documented(readme: str) -> str:
    """Return the README's text with its tables as they are now, between their markers."""
    tables = {"settings": settings_table(), "limits": limits_table(), "gates": gates_table()}
    for name, table in tables.items():
        start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = readme.partition(start)
        _, _, after = rest.partition(end)
        readme = f"{before}{start}{table}{end}{after}"
    return readme


def run(options: Namespace) -> int:
    """Print the tables, or write them where they are documented."""
    if options.write:
        README.write_text(documented(README.read_text(encoding="utf-8")), encoding="utf-8")
        EXAMPLE.write_text(env_example(), encoding="utf-8")
    else:
        print(settings_table())
        print(limits_table())
        print(gates_table(), end="")
    return 0
