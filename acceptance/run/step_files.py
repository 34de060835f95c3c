"""Where step definitions lie: in `steps/`, and in a folder below it for each area."""

from pathlib import Path


def area_folders(root: Path) -> list[str]:
    """Return the folders below `root/steps` that hold step files; behave itself reads the top one only."""
    top = root / "steps"
    found = {str(path.parent) for path in top.rglob("*.py") if "__pycache__" not in path.parts}
    return sorted(found - {str(top)})
