"""A peer that answers as badly as it is told to, byte by byte, on a free loopback port."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
EMPTY_OBJECT = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class Peer:
    """One connection at a time; `requests` holds what was received."""

    def __init__(self, answer: Callable[[socket.socket, threading.Event], None]) -> None:
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self.requests: list[bytes] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            try:
                self.requests.append(connection.recv(65536))
                self._answer(connection, self._over)
            except OSError:
                # The client hung up: what these tests are about.
                self.requests.append(b"hung up")

    def close(self) -> None:
        self._over.set()
        self._listener.close()


@contextmanager
def peer(answer: Callable[[socket.socket, threading.Event], None]) -> Iterator[Peer]:
    running = Peer(answer)
    try:
        yield running
    finally:
        running.close()


def silent(connection: socket.socket, over: threading.Event) -> None:
    over.wait(20)


def dripping_head(connection: socket.socket, over: threading.Event) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1000:
        connection.sendall(bytes([byte]))
        if over.wait(0.05):
            return


def dripping(body: bytes, *headers: str):
    """Sends a body of twenty bytes a second."""

    def answer(connection: socket.socket, over: threading.Event) -> None:
        head = ("HTTP/1.1 200 OK", "Content-Type: application/json", *headers)
        connection.sendall("".join(f"{line}\r\n" for line in head).encode() + b"\r\n")
        for byte in body:
            connection.sendall(bytes([byte]))
            if over.wait(0.05):
                return

    return answer


def heartbeats(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(HEAD)
    while not over.wait(0.05):
        connection.sendall(b": heartbeat\n\n")


def beating(beat: bytes):
    """Sends a heartbeat twenty times a second, and one event after the fifth."""

    def answer(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(HEAD + beat * 5 + b'\ndata: {"n": 1}\n\n')
        while not over.wait(0.05):
            connection.sendall(beat)

    return answer


def hang_up(connection: socket.socket, over: threading.Event) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def stream_of(*frames: str, then: Callable[[socket.socket, threading.Event], None] = hang_up):
    def answer(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(HEAD)
        for frame in frames:
            connection.sendall(frame.encode())
        then(connection, over)

    return answer


def json_answer(body: bytes, status: str = "200 OK", media_type: str = "application/json", *headers: str):
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers)
    return in_turn("".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + body)


def in_turn(first: bytes, *others: bytes):
    """Answers the requests of a connection one after the other, then closes it."""

    def answer(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(first)
        for other in others:
            connection.recv(65536)
            connection.sendall(other)

    return answer


def server_error_and_no_more(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")
    # A second request on this connection is taken and never answered.
    connection.recv(65536)


def endless(head: bytes, piece: bytes):
    """Sends the same piece for as long as the other side reads."""

    def answer(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head)
        while not over.is_set():
            connection.sendall(piece)

    return answer
