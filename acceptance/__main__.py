"""`python -m acceptance <command>`: what can be asked of the suite besides running it."""

import importlib
import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from acceptance.errors import SuiteError
from acceptance.reports.masked_output import masked_output
from acceptance.run import project

COMMANDS = {
    "bench": "measure the suite's own time against the service's",
    "coverage": "write COVERAGE.md from the last run, or check it",
    "drift": "compare the target's own OpenAPI document with the contract",
    "gates": "print the table of gates and the table of settings",
    "known": "draft known issues from what failed in the last run",
    "lint": "check the style of features and steps",
    "prove": "break the service in many ways and count what the suite notices",
    "report": "make the HTML reports of the last run",
    "rerun": "run what failed last time, on the same target",
    "steps": "print or write the catalogue of steps",
    "sweep": "undo what a killed run left behind",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what ends it early becomes a sentence and an exit code.

    Each command is a module with `run(options) -> int`, and `add_arguments(parser)` where it takes any.
    """
    with masked_output():
        try:
            return _run(list(sys.argv[1:] if arguments is None else arguments))
        except SuiteError as error:
            print(error, file=sys.stderr)
            return error.exit_code
        except KeyboardInterrupt:
            print("interrupted", file=sys.stderr)
            return 1


def _run(words: Sequence[str]) -> int:
    parser = ArgumentParser(prog="python -m acceptance", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    further = project.current().commands
    modules = {name: (f"acceptance.commands.{name}", text) for name, text in COMMANDS.items()} | dict(further)
    for name, (module_name, help_text) in sorted(modules.items()):
        command = commands.add_parser(name, help=help_text, description=help_text)
        if words[:1] == [name]:
            # Only the command that is asked for is imported: most need what others do not.
            module = importlib.import_module(module_name)
            getattr(module, "add_arguments", lambda _: None)(command)
    options = parser.parse_args(words)
    return int(module.run(options))


if __name__ == "__main__":
    sys.exit(main())
