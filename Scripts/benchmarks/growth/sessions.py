"""Sessions that watch one mailbox grow from one to a thousand."""

import select
import socket
import statistics
import time
from collections.abc import Iterator

from ..client import Client, letter
from ..load import Load
from ..servers import Server
from . import looking
from .axis import Axis, Figures

USER = "user1"
MESSAGES = 10_000
MESSAGE_BYTES = 2048
ROUNDS = 22
REST_SECONDS = 0.25
"""Between changes: each is news to sessions at rest, which servers tell at once."""

PATIENCE_SECONDS = 60
PER_SESSION = "memory for each session"


def measure(server: Server, load: Load, sizes: list[int]) -> Iterator[tuple[int, Figures]]:
    """Opens watchers in IDLE up to each size, then changes the mailbox while they watch."""
    server.start()
    load.fill(looking.target(server), USER, MESSAGES, MESSAGE_BYTES, seed=1)
    disk = float(server.disk_bytes())
    looking.restart(server)
    watchers: list[Client] = []
    with looking.connect(server, USER) as client:
        client.command("SELECT INBOX")
        alone = looking.anonymous(server)
        for size in sizes:
            while len(watchers) < size:
                watchers.append(_watch(server))
            memory = looking.anonymous(server)
            yield size, {
                looking.ANONYMOUS: memory,
                PER_SESSION: max(memory - alone, 0) / size,
                looking.DISK: disk,
                **_times(server, client, watchers),
            }
    for watcher in watchers:
        watcher.close()


def _watch(server: Server) -> Client:
    client = looking.connect(server, USER)
    client.command("SELECT INBOX")
    client.idle()
    return client


def _times(server: Server, client: Client, watchers: list[Client]) -> Figures:
    poll = select.epoll()
    sockets = {watcher.socket.fileno(): watcher.socket for watcher in watchers}
    for number in sockets:
        poll.register(number, select.EPOLLIN)
    appending = b"APPEND INBOX {%d+}\r\n" % MESSAGE_BYTES
    letters = (letter(len(watchers) * ROUNDS + each, MESSAGE_BYTES) for each in range(ROUNDS))
    appended = [_round(client, poll, sockets, appending + each, b"EXISTS") for each in letters]
    stored = [_round(client, poll, sockets, b"STORE 5 %sFLAGS (\\Flagged)" % sign, b"FETCH")
              for sign in (b"+", b"-") * (ROUNDS // 2)]
    poll.close()
    with looking.connect(server, USER) as other:
        opening = other.median("SELECT INBOX", ROUNDS)
    return {
        "APPEND, answered": _median(answered for answered, _ in appended),
        "APPEND, last told": _median(told for _, told in appended),
        "STORE, answered": _median(answered for answered, _ in stored),
        "STORE, last told": _median(told for _, told in stored),
        "SELECT by one more": opening,
    }


def _round(client: Client, poll: select.epoll, sockets: dict[int, socket.socket], command: bytes,
           news: bytes) -> tuple[float, float]:
    """Changes the mailbox: seconds to the answer, and to the last watcher's news of it."""
    time.sleep(REST_SECONDS)
    began = time.perf_counter()
    answered = client.command(command).seconds
    waiting = set(sockets)
    while waiting:
        ready = poll.poll(PATIENCE_SECONDS)
        if not ready:
            raise RuntimeError(f"{len(waiting)} of {len(sockets)} sessions were not told of "
                               f"{command[:40]!r} within {PATIENCE_SECONDS} s")
        for number, _ in ready:
            if news in sockets[number].recv(65_536):
                waiting.discard(number)
    return answered, time.perf_counter() - began


def _median(seconds: Iterator[float]) -> float:
    return statistics.median(seconds) * 1e6


SESSIONS = Axis(
    name="sessions", title="Sessions in one mailbox", quantity="sessions watching the mailbox",
    sizes=(1, 10, 100, 1_000),
    units={
        looking.ANONYMOUS: "B", PER_SESSION: "B", looking.DISK: "B", "APPEND, answered": "µs",
        "APPEND, last told": "µs", "STORE, answered": "µs", "STORE, last told": "µs",
        "SELECT by one more": "µs",
    },
    expected={
        looking.ANONYMOUS: "a session has its own connection and view",
        "APPEND, last told": "writes to every session, and the client reads from every one",
        "STORE, last told": "writes to every session, and the client reads from every one",
    },
    measure=measure)
