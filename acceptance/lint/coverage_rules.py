"""What the suite as a whole offers: declared tags, and a smoke path through every area."""

from collections.abc import Iterator

from acceptance.lint.finding import Finding, Rules
from acceptance.lint.suite import FeatureFile, Suite
from acceptance.run.tags import undeclared

RULES = Rules()


@RULES.of_suites
def tags_are_declared(suite: Suite) -> Iterator[Finding]:
    """The list of tags is closed: a misspelt gate would open for everybody."""
    for file in suite.features:
        for line, what, mend in undeclared(file.feature, suite.project.gates):
            yield Finding(file.path, line, what, mend)


@RULES.of_suites
def smoke_stays_small(suite: Suite) -> Iterator[Finding]:
    """Under a third of the scenarios, as written, carry @smoke."""
    smoke = sum("smoke" in scenario.effective_tags for scenario in suite.scenarios)
    if smoke * 3 >= len(suite.scenarios) > 0:
        what = f"{smoke} of {len(suite.scenarios)} scenarios are @smoke"
        mend = "keep it under a third: one representative path of each subject"
        yield Finding(suite.features[0].path.parents[-2], 0, what, mend)


@RULES.of_suites
def every_area_has_smoke(suite: Suite) -> Iterator[Finding]:
    """Each folder has at least one representative happy path."""
    areas: dict[str, list[FeatureFile]] = {}
    for file in suite.features:
        areas.setdefault(file.area, []).append(file)
    for files in areas.values():
        runs = (scenario for file in files for scenario in file.feature.walk_scenarios())
        if not any("smoke" in scenario.effective_tags for scenario in runs):
            what = "no scenario of this folder is @smoke"
            yield Finding(files[0].path.parent, 0, what, "tag its most telling happy path")


@RULES.of_suites
def features_lie_in_an_area(suite: Suite) -> Iterator[Finding]:
    """The folder is the area; a feature beside the folders has none."""
    for file in suite.features:
        if not file.area:
            mend = "move it into a folder below features/"
            yield Finding(file.path, 1, "the feature lies in no area", mend)
