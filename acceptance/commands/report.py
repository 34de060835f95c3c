"""Make the HTML reports of the last run: the coverage page always, the Allure report where npm is reached."""

from argparse import Namespace
from pathlib import Path

from acceptance.errors import ConfigurationError, SuiteError
from acceptance.reports import allure_page, coverage_page

REPORTS = Path("reports")


def run(_: Namespace) -> int:
    """Write the pages and say where they are; what cannot be made is said in a sentence and fails nothing."""
    if not (REPORTS / "coverage.json").exists():
        raise ConfigurationError("there is no run to report on; `make smoke` makes one")
    print(f"coverage page: {coverage_page.write(REPORTS)}")
    try:
        print(f"Allure report: {allure_page.make(REPORTS)}")
    except (SuiteError, OSError) as error:
        print(f"no Allure report this time: {error}; the coverage page and {REPORTS}/coverage.md are whole")
    return 0
