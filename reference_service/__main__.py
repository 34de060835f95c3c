"""Serve: `python -m reference_service [--host H] [--port P] [--announce] [--exit-with-parent]`.

`--doubles` and `--beside` serve more applications from the same process, each on a free port of its own.
"""

import argparse
import os
import socket
import sys
import threading
from collections.abc import Mapping

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from provider_doubles import mail, oidc, otlp, webhooks
from reference_service.app import create_app
from reference_service.config import Config, ConfigError

BESIDE = "beside"
# Each with the setting that says where it is.
DOUBLES = {
    "mail": (mail.create_app, "REFERENCE_MAIL_URL", "{url}"),
    "oidc": (oidc.create_app, "REFERENCE_SSO_ISSUER_URL", "{url}"),
    "otlp": (otlp.create_app, "REFERENCE_OTLP_URL", "{url}"),
    "webhooks": (webhooks.create_app, "REFERENCE_WEBHOOK_RELAY_URL", "{url}/deliveries"),
}


class _Server(uvicorn.Server):
    """Says where it listens, once it does."""

    announced: Mapping[str, str] = {}

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for name, url in self.announced.items():
            print(f"{name} listening on {url}".lstrip(), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m reference_service", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--announce", action="store_true", help="print a line for each when ready")
    parser.add_argument("--exit-with-parent", action="store_true", help="stop when standard input ends")
    parser.add_argument("--doubles", nargs="+", choices=DOUBLES, default=[], help="whom it sends to")
    parser.add_argument(
        f"--{BESIDE}", metavar="NAME=VALUE", default="", help="a second service, one setting of which differs"
    )
    return parser.parse_args()


def _stop_at_end_of_input(server: uvicorn.Server) -> None:
    # Whoever started us holds the other end; it closes however that process dies.
    while sys.stdin.buffer.read(1024):
        continue
    server.should_exit = True


def _listener(host: str, port: int) -> socket.socket:
    listener = socket.create_server((host, port), backlog=128)
    # asyncio does so for sockets of its own only; without it every kept connection waits 40 ms an answer.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _applications(urls: Mapping[str, str], beside: str) -> dict[str, ASGIApp]:
    """The application of each name; the service itself has none."""
    doubles = {name: DOUBLES[name] for name in urls.keys() & DOUBLES}
    settings = {setting: text.format(url=urls[name]) for name, (_, setting, text) in doubles.items()}
    environment = {**os.environ, **settings}
    apps: dict[str, ASGIApp] = {name: create() for name, (create, _, _) in doubles.items()}
    apps[""] = create_app(Config.from_environment(environment))
    if beside:
        name, _, value = beside.partition("=")
        apps[BESIDE] = create_app(Config.from_environment({**environment, name: value}))
    return apps


def _by_port(apps: Mapping[int, ASGIApp]) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await apps[scope["server"][1]](scope, receive, send)

    return app


def main() -> int:
    """Serve until SIGTERM, SIGINT or the end of the parent; 2 if a setting or the address cannot be used."""
    arguments = _arguments()
    more = [*arguments.doubles, *([BESIDE] if arguments.beside else [])]
    try:
        listeners = {"": _listener(arguments.host, arguments.port)}
        listeners |= {name: _listener(arguments.host, 0) for name in more}
        addresses = {name: listener.getsockname()[:2] for name, listener in listeners.items()}
        urls = {name: f"http://{host}:{port}" for name, (host, port) in addresses.items()}
        apps = _applications(urls, arguments.beside)
    except (ConfigError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    app = _by_port({addresses[name][1]: app for name, app in apps.items()})
    config = uvicorn.Config(
        app, lifespan="off", log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    server = _Server(config)
    if arguments.announce:
        server.announced = urls
    if arguments.exit_with_parent:
        threading.Thread(target=_stop_at_end_of_input, args=[server], daemon=True).start()
    server.run(sockets=list(listeners.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
