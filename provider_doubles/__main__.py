"""Start doubles: `python -m provider_doubles [openai|mail|...]... [--port P] [--exit-with-parent]`."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterable

from provider_doubles.registry import DOUBLES
from provider_doubles.serving import Running


def _arguments() -> argparse.Namespace:
    known = "\n".join(f"  {name:8}{double.port}  {double.summary}" for name, double in DOUBLES.items())
    parser = argparse.ArgumentParser(
        prog="python -m provider_doubles",
        description=f"Start doubles of providers on loopback; without a name, all of them.\n\n{known}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="name")
    parser.add_argument("--port", type=int, help="of the one named; 0 takes a free one for each")
    parser.add_argument("--exit-with-parent", action="store_true", help="stop when standard input ends")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in DOUBLES:
            parser.error(f"there is no double {name}; choose from {', '.join(DOUBLES)}")
    if arguments.port is not None and not arguments.names:
        parser.error("--port needs the name of a double")
    if arguments.port and len(arguments.names) > 1:
        parser.error("several doubles cannot share a port")
    return arguments


def _stop_at_end_of_input(stop: threading.Event) -> None:
    # Whoever started us holds the other end; it closes however that process dies.
    # Not through sys.stdin: its lock, held by a waiting thread, would break the interpreter's own end.
    while os.read(sys.stdin.fileno(), 1024):
        continue
    stop.set()


def _start(names: Iterable[str], port: int | None) -> dict[str, Running]:
    started: dict[str, Running] = {}
    try:
        for name in names:
            started[name] = DOUBLES[name].start(DOUBLES[name].port if port is None else port)
    except OSError as error:
        _stop(started)
        mend = f'"{name} --port N" takes another port'
        raise SystemExit(f"The double {name} cannot listen: {error}; {mend}") from None
    return started


def _stop(started: dict[str, Running]) -> None:
    for running in started.values():
        running.stop()


def _announce(started: dict[str, Running]) -> None:
    for name, running in started.items():
        print(f"{name} listening on {running.url}")
    settings = [DOUBLES[name].settings(running.url) for name, running in started.items()]
    for title, lines in (
        ("the service under test", [line for service, _ in settings for line in service]),
        ("the acceptance suite", [line for _, suite in settings for line in suite]),
    ):
        if lines:
            print(f"\n# Settings of {title}", *lines, sep="\n")
    sys.stdout.flush()


def main() -> int:
    """Serve until SIGTERM, SIGINT or the end of the parent; ends with 1 when a port is taken."""
    arguments = _arguments()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if arguments.exit_with_parent:
        threading.Thread(target=_stop_at_end_of_input, args=[stop], daemon=True).start()
    started = _start(arguments.names or DOUBLES, arguments.port)
    _announce(started)
    stop.wait()
    _stop(started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
