"""Files and functions stay small enough to be read in one go."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 30
MOST_LINES_OF_THE_WIRING = 40


def sources() -> dict[str, str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = {name: ROOT / name for name in listed.stdout.split("\0") if name}
    return {name: path.read_text(encoding="utf-8") for name, path in paths.items() if path.exists()}


def length(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


def test_files_are_short():
    found = sources()
    assert "acceptance/lint/suite.py" in found
    assert [name for name, text in found.items() if len(text.splitlines()) > MOST_LINES_OF_A_FILE] == []


def test_functions_are_short():
    long = [
        f"{name}:{node.lineno} {node.name} has {length(node)} lines"
        for name, text in sources().items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and length(node) > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_the_wiring_is_short():
    assert len((ROOT / "environment.py").read_text().splitlines()) <= MOST_LINES_OF_THE_WIRING
