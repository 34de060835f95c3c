"""Run an ASGI application in a thread of this process, on loopback."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"
START_SECONDS = 10.0


@dataclass(frozen=True)
class Running:
    """A double that answers at `url` until `stop` is called."""

    url: str
    stop: Callable[[], None]


def serve(app: ASGIApp, port: int = 0) -> Running:
    """Start serving on a port of loopback (0 takes a free one) and return once it answers.

    Raises OSError when the port is taken, TimeoutError when the application does not start.
    """
    listener = socket.create_server((LOOPBACK, port), backlog=128)
    # asyncio does so for sockets of its own only; without it every kept connection waits 40 ms an answer.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    _wait_for(server, thread)

    def stop() -> None:
        server.should_exit = True
        thread.join(START_SECONDS)

    return Running(f"http://{LOOPBACK}:{listener.getsockname()[1]}", stop)


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise TimeoutError(f"the application did not start within {START_SECONDS:g} s")
        time.sleep(0.01)


@contextmanager
def running(app: ASGIApp) -> Iterator[str]:
    """Serve the application for the length of a block and yield its URL."""
    served = serve(app)
    try:
        yield served.url
    finally:
        served.stop()
