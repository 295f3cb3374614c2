"""A bare IMAP client that times commands; it reads answers in bulk and keeps none of them."""

import socket
import statistics
import time
from dataclasses import dataclass

RECEIVE_BYTES = 1 << 20
TIMEOUT_SECONDS = 600


class WrongAnswer(RuntimeError):
    """The server answered other than OK."""


@dataclass(frozen=True)
class Answer:
    """What came back for one command."""

    seconds: float
    lines: int
    text: str  # the end of it, with the tagged line


class Client:
    """One connection, logged in."""

    def __init__(self, port: int, user: str, password: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._tags = 0
        self._read_until(b"*")
        self.command(f"LOGIN {user} {password}")

    def command(self, line: str | bytes) -> Answer:
        """Sends a command without its tag, waits for the tagged OK. Raises WrongAnswer."""
        self._tags += 1
        tag = b"t%d" % self._tags
        octets = line.encode() if isinstance(line, str) else line
        began = time.perf_counter()
        self.socket.sendall(tag + b" " + octets + b"\r\n")
        lines, end = self._read_until(tag)
        seconds = time.perf_counter() - began
        if not end.rpartition(b"\r\n" + tag)[2].removeprefix(tag).startswith(b" OK"):
            raise WrongAnswer(f"{octets[:80]!r} was answered {end[-200:]!r}")
        return Answer(seconds, lines, end.decode("utf-8", "replace"))

    def append(self, mailbox: str, message: bytes) -> Answer:
        """APPEND with a literal that needs no permission (RFC 7888)."""
        return self.command(b"APPEND %s {%d+}\r\n%s" % (mailbox.encode(), len(message), message))

    def median(self, line: str, repeats: int) -> float:
        """The median time of a command in microseconds."""
        return statistics.median(self.command(line).seconds for _ in range(repeats)) * 1e6

    def idle(self) -> None:
        """Enters IDLE, and returns when the server waits."""
        self.socket.sendall(b"idle IDLE\r\n")
        self._read_until(b"+")

    def close(self) -> None:
        """Ends the connection without ceremony."""
        self.socket.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read_until(self, tag: bytes) -> tuple[int, bytes]:
        """Reads to the line that begins with `tag`: how many lines came, and the last bytes."""
        lines, end = 0, b""
        while True:
            chunk = self.socket.recv(RECEIVE_BYTES)
            if not chunk:
                raise WrongAnswer(f"the server closed the connection after {end[-200:]!r}")
            lines += chunk.count(b"\n")
            end = (end + chunk)[-2048:]
            if end.endswith(b"\r\n") and end.rsplit(b"\r\n", 2)[-2].startswith(tag):
                return lines, end


def letter(number: int, size: int) -> bytes:
    """A message of exactly `size` bytes (at least 300), different for each number."""
    head = (f"Date: Tue, 24 Nov 2026 10:{number % 60:02}:00 +0000\r\n"
            f"From: Ada <ada@example.org>\r\nTo: Grace <grace@example.org>\r\n"
            f"Subject: letter {number}\r\nMessage-ID: <{number}@example.org>\r\n\r\n").encode()
    line = b"The quick brown fox jumps over the lazy dog, again and again.\r\n"
    body = line * (size // len(line) + 1)
    return (head + body)[:size - 2] + b"\r\n"
