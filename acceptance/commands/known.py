"""Draft known issues from what failed in the last run; whoever knows them fills in kind and reason."""

import json
import tomllib
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from acceptance.errors import ConfigurationError

RESULTS = Path("reports") / "allure-results"
FAILED = ("failed", "broken")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where the drafts go."""
    parser.add_argument(
        "--write", default="", metavar="FILE", help="append them to this file of known issues"
    )


def run(options: Namespace) -> int:
    """Print drafts, or append those of scenarios that the file does not list; return 0.

    A run refuses an entry without kind or reason. Raises ConfigurationError when there is no run, and for a
    file that cannot be used.
    """
    results = [json.loads(path.read_text("utf-8")) for path in RESULTS.glob("*-result.json")]
    if not results:
        raise ConfigurationError("there is no run to take known issues from; `make smoke` makes one")
    red = {one["name"]: one for one in results if one["status"] in FAILED}
    path = Path(options.write)
    try:
        text = path.read_text("utf-8") if path.is_file() else ""
        listed = {entry["scenario"] for entry in tomllib.loads(text).get("known", [])}
        drafts = list(filter(None, (_draft(red[title]) for title in sorted(red.keys() - listed))))
        if options.write and drafts:
            with path.open("a", encoding="utf-8", errors="replace") as file:
                file.write("\n" * bool(text) + "\n".join(drafts))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ConfigurationError(f"{path} is no file of known issues to add to: {error}") from None
    print(f"{len(drafts)} drafts in {path}; fill in kind and reason" if options.write else "\n".join(drafts))
    return 0


def _draft(result: dict[str, Any]) -> str:
    """Return the entry about a scenario, empty when it failed outside of its steps."""
    failed = [step for step in result["steps"] if step["status"] in FAILED]
    if not failed:
        return ""
    step, *also = (step["name"].partition(" ")[2] for step in failed)
    shows = failed[0].get("statusDetails", {}).get("message", "").partition("\n")[0]
    texts = {"scenario": result["name"], "step": step, "shows": shows, "also": "\n".join(also)}
    # JSON's escapes are those of TOML, which forbids one character more.
    lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in texts.items() if text]
    return "[[known]]\n" + "".join(lines).replace("\x7f", "\\u007f") + 'kind = ""\nreason = ""\n'
