"""The commands beside a run end in a sentence as well, whoever ends them."""

import subprocess
import sys

import pytest

from acceptance.__main__ import main
from api_service import doctor


def test_an_interrupted_command_ends_without_a_traceback(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "run", interrupted)
    assert main(["doctor"]) == 1
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.parametrize("command", [["gates"], ["steps"]])
def test_a_reader_who_wants_no_more_is_no_error(command):
    process = subprocess.Popen(
        [sys.executable, "-m", "acceptance", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == ""
    process.wait()
    process.stderr.close()
