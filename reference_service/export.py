"""Write the contract: `python -m reference_service.export contract/openapi.json`."""

import argparse
import json
from pathlib import Path

from reference_service.app import create_app


def contract_text() -> str:
    """The contract as deterministic JSON text with sorted keys."""
    return json.dumps(create_app().openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the contract to the path given on the command line."""
    parser = argparse.ArgumentParser(prog="python -m reference_service.export", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.parse_args().path.write_text(contract_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
