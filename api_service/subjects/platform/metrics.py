"""Counters in the Prometheus text format."""

from prometheus_client.parser import text_string_to_metric_families

PATH = "/metrics"


class Counters(dict[str, float]):
    """Counters by name, without `_total`, summed over their labels; 0 for one that is merely declared."""


def counters(text: str) -> Counters:
    """Return the counters of a text; raises ValueError when it is not in the format."""
    return Counters(
        (family.name, sum(one.value for one in family.samples if one.name.endswith("_total")))
        for family in text_string_to_metric_families(text)
        if family.type == "counter"
    )
