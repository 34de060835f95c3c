"""Limits: a suite that was told others than the service has is red."""

import pytest

from tests.api_service.test_limits import run


@pytest.mark.parametrize(("service", "red"), [(0.5, 14), (2, 12)])
def test_a_suite_that_was_told_other_limits_than_the_service_has_is_red(tmp_path, service, red):
    code, output = run(tmp_path, service=service, told=1)
    assert code == 1, output
    assert f"{red} failed" in output
