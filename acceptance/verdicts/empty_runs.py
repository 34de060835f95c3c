"""Whether a run in which nothing failed proves anything."""

from collections.abc import Sequence

from acceptance.verdicts.verdict import Verdict


def hollow_reason(verdicts: Sequence[Verdict], open_gates: frozenset[str], filtered: bool) -> str | None:
    """Return why the run proves nothing, or None. A filtered run may leave open gates alone."""
    ran = [verdict for verdict in verdicts if verdict.ran]
    if not ran:
        return f"no scenario ran: all {len(verdicts)} selected were skipped"
    idle = open_gates - {tag for verdict in ran for tag in verdict.tags}
    if filtered or not idle:
        return None
    names = ", ".join(f"@{tag}" for tag in sorted(idle))
    return f"no scenario ran for the open gates {names}; close them or add scenarios"
