"""What every axis looks at: how long the server takes to start, its memory, its disk."""

import time

from ..client import Client
from ..load import Target
from ..servers import Server, processes
from .axis import Figures

PASSWORD = "pw"
START = "start"
ANONYMOUS = "memory of the server"
DISK = "disk of the store"

UNITS = {START: "µs", ANONYMOUS: "B", DISK: "B"}


def restart(server: Server) -> Figures:
    """Starts the server anew: how long until it greets, what memory it takes then, what disk.

    Memory is what the server allocated (anonymous PSS); pages of its files that the kernel keeps
    mapped can be dropped at any time and are not counted.
    """
    server.stop()
    disk = float(server.disk_bytes())
    began = time.perf_counter()
    running = server.start()
    taken = (time.perf_counter() - began) * 1e6
    return {START: taken, ANONYMOUS: anonymous(server), DISK: disk} if running else {}


def anonymous(server: Server) -> float:
    """Memory the server allocated, in bytes."""
    return float(processes.anonymous_bytes(server.running.pid)) if server.running else 0


def connect(server: Server, user: str) -> Client:
    """A client of that user."""
    if server.running is None:
        raise RuntimeError("the server is not running")
    return Client(server.running.port, user, PASSWORD)


def target(server: Server) -> Target:
    """The server as the load generator wants it named."""
    if server.running is None:
        raise RuntimeError("the server is not running")
    return Target("127.0.0.1", server.running.port, "user%d", PASSWORD, server.running.pid)


def number(client: Client, mailbox: str, item: str) -> int:
    """One number of STATUS (RFC 9051 §6.3.11)."""
    text = client.command(f"STATUS {mailbox} ({item})").text
    return int(text.partition(f"({item} ")[2].partition(")")[0])
