"""Counters in the Prometheus text format."""

from collections import defaultdict
from collections.abc import Mapping

from prometheus_client.parser import text_string_to_metric_families

from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Exchange

PATH = "/metrics"


def totals(exchange: Exchange) -> Mapping[str, float]:
    """Return every counter by name, without `_total`, summed over its labels; 0 for a merely declared one.

    Raises AssertionError when the text is not in the format.
    """
    found: defaultdict[str, float] = defaultdict(float)
    try:
        for family in text_string_to_metric_families(exchange.content.decode()):
            if family.type == "counter":
                values = (one.value for one in family.samples if one.name.endswith("_total"))
                found[family.name] += sum(values)
    except ValueError as error:
        raise AssertionError(explain(exchange, f"metrics in the Prometheus text format ({error})")) from None
    return dict(found)
