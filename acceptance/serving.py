"""Serve an ASGI app as a run's own service: `python -m acceptance.serving module:app --exit-with-parent`.

It listens on a free port of loopback, prints `listening on URL`, and ends when its standard input does.
"""

import os
import socket
import sys
import threading
from importlib import import_module

import uvicorn


def _end_with_input() -> None:
    # Whoever started us holds the other end; it closes however that process dies.
    while sys.stdin.buffer.read(1024):
        continue
    os._exit(0)


def main() -> None:
    """Serve the app that the first argument names, until SIGTERM, SIGINT or the end of the parent."""
    # As with `-m` itself, modules of the current folder are found.
    module, _, name = sys.argv[1].partition(":")
    app = getattr(import_module(module), name)
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    # asyncio does so for sockets of its own only; without it every kept connection waits 40 ms an answer.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    if "--exit-with-parent" in sys.argv:
        threading.Thread(target=_end_with_input, daemon=True).start()
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
