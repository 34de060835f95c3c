"""A process of ours is stopped whatever becomes of its log."""

from pathlib import Path

from acceptance.processes import Process

FULL = Path("/dev/full")
PATIENCE = 20.0


def test_a_full_disk_does_not_keep_a_process_from_being_stopped():
    process = Process(["provider_doubles", "mail", "--port", "0"], FULL)
    assert process.announced("mail listening on ", PATIENCE)
    process.stop()
    assert process._process.returncode is not None
