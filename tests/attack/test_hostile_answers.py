"""Answers that are too large, too deep or no JSON: the run is judged, says why, and stays small."""

import gzip
import json
from itertools import cycle

import pytest

from acceptance.calls.bounds import MOST_BYTES
from acceptance.calls.strict_json import MOST_VALUES
from tests.acceptance.raw_proxy import Answer, raw_proxy
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import PATIENCE, SuiteCopy

CONVERSATIONS = "features/assistants/conversations.feature"
JSON, PACKED = ("Content-Type", "application/json"), ("Content-Encoding", "gzip")
MOST_MEGABYTES = 300
PYTHON_WORDS = ("Traceback", "UnicodeEncodeError", "RecursionError", "OverflowError", "MemoryError")
MEASURED = (
    "import resource, subprocess, sys\n"
    "code = subprocess.call([sys.executable, '-m', 'behave', *sys.argv[1:]])\n"
    "print('PEAK', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\n"
    "sys.exit(code)\n"
)
BYTES = MOST_BYTES - 100


def json_of(body: bytes, *headers: tuple[str, str]) -> Answer:
    return Answer(200, [JSON, *headers], body)


def secrets(number: int) -> bytes:
    return json.dumps({"tokens": [f"aB3dE5gH7jK9{one:012d}xYz" for one in range(number)]}).encode()


LARGE = {
    "a bomb": json_of(gzip.compress(bytes(100_000_000)), PACKED),
    "one string": json_of(b'"' + b"a" * BYTES + b'"'),
    "one string of wide characters": json_of(('"' + "\U0001f600" * (BYTES // 4) + '"').encode()),
    "one string of escapes": json_of(b'"' + b"\\u00e9" * (BYTES // 6) + b'"'),
    "objects": json_of(b"[" + b"{}," * (MOST_VALUES // 2 - 2) + b"{}]"),
    "objects with a member": json_of(b"[" + b'{"a":1.5},' * (MOST_VALUES // 2 - 2) + b"{}]"),
    "names": json_of(("{" + ",".join(f'"{one:x}":{one}' for one in range(MOST_VALUES // 2)) + "}").encode()),
    "one secret": json_of(b'{"token": "' + b"aB3" * (BYTES // 3 - 10) + b'"}'),
    "many secrets": json_of(secrets(MOST_VALUES - 10)),
    "text": Answer(200, [("Content-Type", "text/plain")], b"eyJhbGciOi " * (BYTES // 11)),
    "text of brackets": Answer(200, [("Content-Type", "text/plain")], b'{"token":' * (BYTES // 9)),
    "text of links": Answer(200, [("Content-Type", "text/plain")], b"?code=aB3dE5gH7jK9xYz " * (BYTES // 22)),
    "bytes": Answer(200, [("Content-Type", "application/octet-stream")], bytes(BYTES)),
    "headers": Answer(200, [JSON, *(("X-Token", f"aB3dE5gH7jK9{one:012d}") for one in range(800))], b"{}"),
}


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        yield url


def test_the_suite_stays_small_whatever_is_answered(tmp_path, service):
    kinds, seen = cycle(LARGE), set()

    def large(asked, forward):
        if asked.method != "GET" or "/conversations" not in asked.path:
            return forward(asked).raw()
        seen.add(kind := next(kinds))
        return LARGE[kind].raw()

    with raw_proxy(service, large) as url:
        suite = SuiteCopy(tmp_path / "suite", url, SMOKE_RUN_TIMEOUT="100")
        process = suite._python("-c", MEASURED, CONVERSATIONS)
        out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, out
    assert seen == LARGE.keys()
    assert not [word for word in PYTHON_WORDS if word in out]
    assert int(out.rpartition("PEAK ")[2]) < MOST_MEGABYTES
