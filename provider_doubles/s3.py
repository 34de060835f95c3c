"""An S3 double: moto's server with one bucket in it."""

import logging
import socket

import httpx

from provider_doubles.serving import LOOPBACK, Running

BUCKET, REGION = "acceptance", "us-east-1"


def start(port: int = 0) -> Running:
    """Start moto on a port of loopback (0 takes a free one) and make the bucket.

    Raises OSError when the port is taken.
    """
    # The embedded service keeps objects itself: a run of it alone goes without moto.
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    # moto would only say so in its own thread and leave us in want of its readiness.
    socket.create_server((LOOPBACK, port)).close()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address=LOOPBACK, port=port, verbose=False)
    server.start()
    host, actual = server.get_host_and_port()
    url = f"http://{host}:{actual}"
    httpx.put(f"{url}/{BUCKET}", timeout=10).raise_for_status()
    return Running(url, server.stop)
