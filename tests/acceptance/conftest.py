import pytest

from tests.acceptance.behave_project import BehaveProject


@pytest.fixture
def project(tmp_path):
    return BehaveProject(tmp_path)
