"""The contract and its deviations: what is noticed, and what a target may declare."""

import pytest

from acceptance.calls.exchange import Call, Exchange
from acceptance.checks.answer_check import AnswerCheck
from acceptance.checks.deviations import WITHOUT_ZONES, Deviation, Deviations, declared_in
from acceptance.contract.document import Contract
from acceptance.errors import ConfigurationError
from acceptance.reports import coverage
from acceptance.reports.exchange_log import Tally

THING = {
    "type": "object",
    "required": ["id", "made_at"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "made_at": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
    },
}
CONTRACT = Contract(
    {
        "components": {"schemas": {"Thing": THING}},
        "paths": {
            "/vector-stores/{id}": {
                "get": {
                    "tags": ["stores"],
                    "responses": {
                        "200": {
                            "content": {
                                "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                            }
                        }
                    },
                },
                "delete": {"responses": {"204": {}}},
            }
        },
    }
)
GOOD = {"id": "6f1c2f9e-7d0e-4c0e-9a55-0a4a4f0b7a11", "made_at": "2026-11-20T05:00:00Z"}


def answered(
    status: int = 200, body: object = None, media_type: str = "application/json", method: str = "GET"
) -> Exchange:
    operation = CONTRACT.operation(method, "/vector-stores/{id}")
    exchange = Exchange(operation, Call("Alice", method, operation.path), "http://localhost", "r-1")
    exchange.status, exchange.body, exchange.headers = status, body, {"content-type": media_type}
    exchange.content = b"" if body is None else b"something"
    return exchange


def rules(exchange: Exchange, declared: Deviations | None = None) -> list[str]:
    AnswerCheck(CONTRACT, declared or Deviations())(exchange)
    return [finding.rule for finding in exchange.findings]


def test_a_shared_response_is_looked_up():
    shared = {"content": {"application/json": {"schema": THING}}}
    contract = Contract(
        {
            "components": {"responses": {"Error": shared}},
            "paths": {
                "/things": {"get": {"responses": {"default": {"$ref": "#/components/responses/Error"}}}}
            },
        }
    )
    assert contract.operation("GET", "/things").media_types(404) == shared["content"]


def test_hyphen_and_underscore_name_the_same_operation():
    assert CONTRACT.operation("get", "/vector_stores/{store}").path == "/vector-stores/{id}"
    with pytest.raises(LookupError, match="no operation GET /vectors"):
        CONTRACT.operation("GET", "/vectors")


@pytest.mark.parametrize(
    ("exchange", "expected"),
    [
        (answered(body=GOOD), []),
        (answered(body={**GOOD, "made_at": None, "more": 1}), []),
        (answered(status=201, body=GOOD), ["status"]),
        (answered(body=GOOD, media_type="text/html"), ["media type"]),
        (answered(body={"id": GOOD["id"]}), ["schema (required)"]),
        (answered(body={**GOOD, "id": "seven"}), ["schema (format)"]),
        (answered(body={**GOOD, "made_at": "2026-11-20T05:00:00"}), ["schema (anyOf)"]),
        (answered(status=204, method="DELETE"), []),
        (answered(status=204, body={}, method="DELETE"), ["body"]),
    ],
)
def test_each_break_of_the_contract_is_one_finding(exchange, expected):
    assert rules(exchange) == expected


def test_a_declared_deviation_is_counted_instead_of_failing():
    declared = Deviations([Deviation("schema (format)", "ids are free text there", where="$.id")])
    assert rules(answered(body={**GOOD, "id": "seven"}), declared) == []
    assert rules(answered(body={**GOOD, "made_at": 7}), declared) == ["schema (anyOf)"]
    assert declared.lines() == ["deviation: ids are free text there (schema (format), 1 times)"]


def test_zoneless_timestamps_pass_only_where_that_is_declared():
    declared = Deviations()
    declared.adopt(WITHOUT_ZONES)
    assert rules(answered(body={**GOOD, "made_at": "2026-11-20T05:00:00.123"}), declared) == []
    assert rules(answered(body={**GOOD, "made_at": "yesterday"}), declared) == ["schema (anyOf)"]


def test_zoneless_timestamps_of_one_operation_and_one_backend_pass_there_only(tmp_path):
    place = tmp_path / "known.toml"

    def found(operation: str, backend: str) -> list[str]:
        entry = f'rule = "timestamp zone"\noperation = "{operation}"\nbackend = "postgres"\nreason = "so"'
        place.write_text(f"[[deviation]]\n{entry}\n")
        _, declared = declared_in(str(place), backend)
        if backend == "postgres":
            declared.adopt(WITHOUT_ZONES)
        return rules(answered(body={**GOOD, "made_at": "2026-11-20T05:00:00.123"}), declared)

    assert found("GET /vector-stores/*", "postgres") == []
    assert found("GET /health", "postgres") == ["schema (anyOf)"]
    assert found("GET /vector-stores/*", "sqlite") == ["schema (anyOf)"]


def test_a_deviation_without_a_reason_is_refused(tmp_path):
    (place := tmp_path / "known.toml").write_text('[[deviation]]\nrule = "status"\n')
    with pytest.raises(ConfigurationError, match="has no reason"):
        declared_in(str(place))


@pytest.mark.parametrize(
    ("statuses", "kept", "proven", "depth"),
    [
        ([], 0, False, "none"),
        ([404], 0, False, "called"),
        ([200], 0, False, "status"),
        ([200, 404], 1, False, "schema"),
        ([200], 1, True, "effect"),
    ],
)
def test_depth_says_how_far_an_operation_was_followed(statuses, kept, proven, depth):
    tally = Tally(CONTRACT.operation("GET", "/vector-stores/{id}"), kept=kept)
    tally.statuses.update(statuses)
    tally.succeeded = statuses.count(200)
    assert coverage.depth(tally, proven) == depth


def test_the_summary_counts_every_operation_of_the_contract_and_only_success_covers():
    tally = Tally(
        CONTRACT.operation("GET", "/vector-stores/{id}"),
        scenarios={"A store is open -- @1.1 Open", "A store is open -- @1.2 Open"},
        succeeded_in={"A store is open -- @1.1 Open"},
        succeeded=1,
        kept=1,
    )
    tally.statuses[200] = 1
    tags = {
        "A store is open -- @1.1 Open": frozenset({"vector", "smoke"}),
        "A store is open -- @1.2 Open": frozenset({"vector"}),
    }
    report = coverage.summary("embedded", CONTRACT, {"GET /vector-stores/{id}": tally}, tags=tags)
    report["gates"] = [{"tag": "vector"}]
    assert (report["total"], report["covered"]) == (2, 1)
    row = "`GET /vector-stores/{id}` | @vector | schema | 2 | 200 application/json by its schema | yes |"
    assert row in coverage.markdown(report)
    assert ["A store is open"] in [one["scenarios"] for one in report["operations"]]


def test_what_smoke_only_fails_to_reach_is_not_smoke():
    tally = Tally(CONTRACT.operation("GET", "/vector-stores/{id}"), scenarios={"A store is closed"})
    tally.statuses[404] = 1
    tags = {"A store is closed": frozenset({"smoke"})}
    report = coverage.summary("embedded", CONTRACT, {"GET /vector-stores/{id}": tally}, tags=tags)
    assert not any(one["smoke"] for one in report["operations"])
