"""The bench: ratios of one run, from what the run wrote."""

from acceptance.commands.bench import report


def test_the_report_divides_by_what_the_service_took():
    exchanges = [{"seconds": 2.0, "service_seconds": 1.0}, {"seconds": 2.0, "service_seconds": 1.5}]
    labels = [{"name": "epic", "value": "Billing"}]
    results = [
        {"status": "passed", "start": 101_000, "stop": 104_000, "labels": labels},
        {"status": "skipped", "start": 100_500, "stop": 100_500, "labels": labels},
    ]
    lines = report(5.0, 100.0, exchanges, results)
    numbers = [line.split()[-1] for line in lines[2:5]]
    assert lines[1] == "1 scenarios, 2 calls"
    assert numbers == ["1.25", "2.00", "0.20"]
    assert lines[-1].split() == ["Billing", "1.00"]
