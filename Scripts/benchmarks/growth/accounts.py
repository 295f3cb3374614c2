"""Accounts grow from one to ten thousand, each with a message in its INBOX."""

import random
import statistics
import time
from collections.abc import Iterator

from ..client import Client, letter
from ..load import Load
from ..servers import Server
from . import looking
from .axis import Axis, Figures

MESSAGE_BYTES = 2048
PER_ACCOUNT = "disk for each account"


def measure(server: Server, load: Load, sizes: list[int]) -> Iterator[tuple[int, Figures]]:
    """Makes accounts by logging in, restarts the server, and times logins and small commands."""
    server.start()
    made = 0
    for size in sizes:
        first_logins = [_make(server, f"user{number}") for number in range(made, size)]
        made = size
        figures = looking.restart(server)
        figures[PER_ACCOUNT] = figures[looking.DISK] / size
        figures["first login"] = statistics.median(first_logins[-101:]) * 1e6
        yield size, figures | _times(server, size)


def _make(server: Server, user: str) -> float:
    """The account's first login, in seconds; then a message, which is not counted."""
    began = time.perf_counter()
    with looking.connect(server, user) as client:
        taken = time.perf_counter() - began
        client.append("INBOX", letter(time.time_ns(), MESSAGE_BYTES))
    return taken


def _times(server: Server, size: int) -> Figures:
    """Each measured in accounts drawn at random, in as many as there are up to a hundred."""
    drawn = random.Random(size).sample(range(size), min(size, 100))
    logins: list[float] = []
    clients: list[Client] = []
    for account in drawn:
        began = time.perf_counter()
        clients.append(looking.connect(server, f"user{account}"))
        logins.append(time.perf_counter() - began)
    figures = {
        "login": statistics.median(logins) * 1e6,
        "STATUS": _median(clients, "STATUS INBOX (MESSAGES UNSEEN)"),
        "SELECT": _median(clients, "SELECT INBOX"),
        "STORE one": _median(clients, "STORE 1 +FLAGS (\\Flagged)", "STORE 1 -FLAGS (\\Flagged)"),
        "APPEND one": statistics.median(
            client.append("INBOX", letter(time.time_ns(), MESSAGE_BYTES)).seconds
            for client in clients for _ in range(_rounds(clients))) * 1e6,
    }
    for client in clients:
        client.close()
    return figures


def _median(clients: list[Client], *lines: str) -> float:
    return statistics.median(
        client.command(line).seconds
        for _ in range(_rounds(clients)) for line in lines for client in clients) * 1e6


def _rounds(clients: list[Client]) -> int:
    """As many as make about a hundred samples."""
    return max(100 // len(clients), 1)


ACCOUNTS = Axis(
    name="accounts", title="Accounts", quantity="accounts",
    sizes=(1, 10, 100, 1_000, 10_000),
    units={
        **looking.UNITS, PER_ACCOUNT: "B", "first login": "µs", "login": "µs", "STATUS": "µs",
        "SELECT": "µs", "APPEND one": "µs", "STORE one": "µs",
    },
    expected={looking.DISK: "keeps every account and its message"},
    measure=measure)
