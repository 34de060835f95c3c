"""How the service is laid out: areas, names, and the direction of imports."""

import ast
from pathlib import Path

import reference_service

ROOT = Path(reference_service.__file__).parent
FEATURES = ROOT.parent / "features"
LAYERS = ["records", "store", "services", "routers"]
AREAS = {"activity", "assistants", "billing", "content", "identity", "observability", "platform", "tenancy"}


def imported(path: Path) -> set[str]:
    """The modules of the service that a module names in its imports."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    modules = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {
        name.removeprefix("reference_service.") for name in modules if name.startswith("reference_service.")
    }


def layer(module: str) -> int:
    """How far up a module stands; other modules than those of the layers are not judged."""
    top = module.split(".", maxsplit=1)[0]
    return LAYERS.index(top) if top in LAYERS else -1


def test_imports_go_from_routers_through_services_to_the_store() -> None:
    wrong = []
    for path in ROOT.rglob("*.py"):
        own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        wrong += [f"{own} imports {other}" for other in imported(path) if -1 < layer(own) < layer(other)]
    assert wrong == []


def test_no_package_holds_more_than_fifteen_modules() -> None:
    packages = {path.parent for path in ROOT.rglob("*.py")}
    sizes = {str(one.relative_to(ROOT)): len(list(one.glob("[!_]*.py"))) for one in packages}
    assert {package: size for package, size in sizes.items() if size > 15} == {}


def test_areas_are_those_of_the_features() -> None:
    for layer_name in ("routers", "models", "services"):
        packages = {path.name for path in (ROOT / layer_name).iterdir() if (path / "__init__.py").exists()}
        assert packages <= AREAS | {"fixtures"}
    assert {path.name for path in FEATURES.iterdir() if path.is_dir()} >= AREAS
