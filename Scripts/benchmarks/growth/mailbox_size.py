"""One mailbox grows from a thousand messages to a million."""

import random
import statistics
import time
from collections.abc import Iterator

from ..client import Client, letter
from ..load import Load
from ..servers import Server
from . import looking
from .axis import Axis, Figures

USER = "user1"
MAILBOX = "INBOX"
MESSAGE_BYTES = 2048
LARGEST_BODY_SEARCH = 100_000
"""Beyond it a search of all bodies meets the server's limit of ten seconds."""

BESIDE = "disk beside the bodies"
OPEN = "memory for the open view"
FIRST = "SELECT, first after a start"
AGAIN = "SELECT again"


def measure(server: Server, load: Load, sizes: list[int]) -> Iterator[tuple[int, Figures]]:
    """Fills INBOX to each size, restarts the server, and times what a mail program does."""
    server.start()
    for size in sizes:
        with looking.connect(server, USER) as client:
            missing = size - looking.number(client, MAILBOX, "MESSAGES")
        if missing > 0:
            load.fill(looking.target(server), USER, missing, MESSAGE_BYTES, seed=size)
        figures = looking.restart(server)
        figures[BESIDE] = figures[looking.DISK] - size * MESSAGE_BYTES
        before = looking.anonymous(server)
        with looking.connect(server, USER) as client:
            figures[FIRST] = client.command("SELECT INBOX").seconds * 1e6
            figures[OPEN] = max(looking.anonymous(server) - before, 0)
            figures[AGAIN] = _opening_again(client)
            figures |= _whole(client, size) | _single(client, size)
        yield size, figures


def _whole(client: Client, size: int) -> Figures:
    """Commands that touch every message."""
    repeats = 3 if size >= 1_000_000 else 7
    figures: Figures = {}
    for name, line in (("FETCH 1:* FLAGS", "UID FETCH 1:* (FLAGS)"),
                       ("FETCH 1:* ENVELOPE", "UID FETCH 1:* (ENVELOPE)")):
        answers = [client.command(line) for _ in range(repeats)]
        if any(answer.lines < size for answer in answers):
            raise RuntimeError(f"{line} told of fewer than {size} messages")
        figures[name] = statistics.median(answer.seconds for answer in answers) * 1e6
    figures["SEARCH UNSEEN"] = client.median("UID SEARCH UNSEEN", repeats)
    figures["SEARCH SUBJECT"] = client.median("UID SEARCH SUBJECT nowhere", repeats)
    if size <= LARGEST_BODY_SEARCH:
        figures["SEARCH BODY"] = client.median("UID SEARCH BODY nowhere", 1)
    return figures


def _single(client: Client, size: int) -> Figures:
    """Commands that touch one message, each at random places."""
    places = random.Random(size)

    def times(line: str, repeats: int = 31) -> float:
        return statistics.median(
            client.command(line % places.randint(1, size)).seconds for _ in range(repeats)) * 1e6

    figures = {
        "FETCH one body": times("FETCH %d BODY.PEEK[]"),
        "STORE one": times("STORE %d +FLAGS (\\Flagged)"),
        "STATUS": client.median("STATUS INBOX (MESSAGES UNSEEN UIDNEXT)", 31),
        "APPEND one": statistics.median(
            client.append(MAILBOX, letter(time.time_ns(), MESSAGE_BYTES)).seconds
            for _ in range(31)) * 1e6,
    }
    expunging: list[float] = []
    for _ in range(31):  # the mailbox shrinks back to its size
        client.command(f"STORE {size} +FLAGS.SILENT (\\Deleted)")
        expunging.append(client.command("EXPUNGE").seconds)
    return figures | {"EXPUNGE one": statistics.median(expunging) * 1e6}


def _opening_again(client: Client) -> float:
    """SELECT of a mailbox whose view is there, in microseconds."""
    taken: list[float] = []
    for _ in range(15):
        client.command("UNSELECT")
        taken.append(client.command("SELECT INBOX").seconds)
    return statistics.median(taken) * 1e6


MAILBOX_SIZE = Axis(
    name="mailbox-size", title="Mailbox size", quantity="messages in the mailbox",
    sizes=(1_000, 10_000, 100_000, 1_000_000),
    units={
        **looking.UNITS, BESIDE: "B", OPEN: "B",
        FIRST: "µs", AGAIN: "µs", "FETCH one body": "µs",
        "STORE one": "µs", "APPEND one": "µs", "EXPUNGE one": "µs", "STATUS": "µs",
        "FETCH 1:* FLAGS": "µs", "FETCH 1:* ENVELOPE": "µs", "SEARCH UNSEEN": "µs",
        "SEARCH SUBJECT": "µs", "SEARCH BODY": "µs",
    },
    expected={
        FIRST: "reads a row for each message into the view",
        "FETCH 1:* FLAGS": "answers a line for each message",
        "FETCH 1:* ENVELOPE": "answers an envelope for each message",
        "SEARCH UNSEEN": "looks at the row of each message",
        "SEARCH SUBJECT": "looks at the summary of each message",
        "SEARCH BODY": "reads every body; there is no index",
        looking.DISK: "keeps every message",
        BESIDE: "keeps events, rows, summaries and indexes of every message",
        OPEN: "a view holds a few bytes for each message",
    },
    measure=measure)
