"""Serve: `python -m reference_service [--host H] [--port P] [--announce] [--exit-with-parent]`."""

import argparse
import os
import socket
import sys
import threading

import uvicorn

from reference_service.app import create_app
from reference_service.config import Config, ConfigError


class _Server(uvicorn.Server):
    """Says where it listens, once it does."""

    announce = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.announce and sockets:
            host, port = sockets[0].getsockname()[:2]
            print(f"listening on http://{host}:{port}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m reference_service", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--announce", action="store_true", help="print one line when ready")
    parser.add_argument("--exit-with-parent", action="store_true", help="stop when standard input ends")
    return parser.parse_args()


def _stop_at_end_of_input(server: uvicorn.Server) -> None:
    # Whoever started us holds the other end; it closes however that process dies.
    while sys.stdin.buffer.read(1024):
        continue
    server.should_exit = True


def main() -> int:
    """Serve until SIGTERM, SIGINT or the end of the parent; 2 if a setting or the address cannot be used."""
    arguments = _arguments()
    try:
        app = create_app(Config.from_environment(os.environ))
        listener = socket.create_server((arguments.host, arguments.port), backlog=128)
        # asyncio does so for sockets of its own only; without it every kept connection waits 40 ms an answer.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (ConfigError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    server = _Server(config)
    server.announce = arguments.announce
    if arguments.exit_with_parent:
        threading.Thread(target=_stop_at_end_of_input, args=[server], daemon=True).start()
    server.run(sockets=[listener])
    return 0


if __name__ == "__main__":
    sys.exit(main())
