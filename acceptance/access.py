"""Who may do what: the access rules of the contract as one table."""


def matrix() -> list[dict[str, str]]:
    """Return one row for each protected operation."""
    return []
