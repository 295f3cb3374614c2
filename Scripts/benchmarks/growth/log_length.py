"""The log grows from ten thousand events to ten million, while the mail stays the same."""

import select
import statistics
import subprocess
import time
from collections.abc import Iterator

from ..client import Client, letter
from ..load import Load
from ..servers import Hindsight, Server
from . import looking
from .axis import Axis, Figures

USER = "user0"
MESSAGES = 1_000
MESSAGE_BYTES = 2048
CHANGERS = 256
PIPELINED = 16
"""How many changes each of the changing sessions has under way."""

VERIFY = "verify"
PER_EVENT = "disk for each event"


def measure(server: Server, load: Load, sizes: list[int]) -> Iterator[tuple[int, Figures]]:
    """Changes flags until the log is long enough, restarts the server, and times it."""
    server.start()
    load.fill(looking.target(server), USER, MESSAGES, MESSAGE_BYTES, seed=1)
    with looking.connect(server, USER) as client:
        at_first = looking.number(client, "INBOX", "HIGHESTMODSEQ")
    server.stop()
    disk_at_first = server.disk_bytes()
    server.start()
    for size in sizes:
        reached = _lengthen(server, size)
        figures = looking.restart(server)
        figures[PER_EVENT] = (figures[looking.DISK] - disk_at_first) / max(reached - at_first, 1)
        with looking.connect(server, USER) as client:
            figures |= _times(client)
        server.stop()
        figures[VERIFY] = _verify(server)
        server.start()
        yield reached, figures


def _times(client: Client) -> Figures:
    client.command("SELECT INBOX")
    return {
        "FETCH 1:* FLAGS": client.median("UID FETCH 1:* (FLAGS)", 15),
        "STORE one": statistics.median(
            client.command(f"STORE 500 {sign}FLAGS (\\Flagged)").seconds
            for sign in "+-" * 15) * 1e6,
        "APPEND one": statistics.median(
            client.append("INBOX", letter(time.time_ns(), MESSAGE_BYTES)).seconds
            for _ in range(31)) * 1e6,
        "SELECT": client.median("SELECT INBOX", 31),
    }


def _verify(server: Server) -> float:
    """`hindsight verify`: reads the whole log and checks its digests."""
    if not isinstance(server, Hindsight):
        raise TypeError("only our server has a log to verify")
    began = time.perf_counter()
    subprocess.run([server.program, "verify", "--store", server.store()], check=True,
                   capture_output=True)
    return (time.perf_counter() - began) * 1e6


def _lengthen(server: Server, size: int) -> int:
    """Changes flags in many accounts at once until the log has `size` events; gives its length."""
    changers = [looking.connect(server, f"user{1 + each}") for each in range(CHANGERS)]
    for client in changers:
        if looking.number(client, "INBOX", "MESSAGES") == 0:
            client.append("INBOX", letter(0, 512))
        client.command("SELECT INBOX")
    reached = _position(changers[0])
    while reached < size:
        rounds = max(min((size - reached) // (CHANGERS * PIPELINED), 100), 1)
        _change(changers, rounds)
        reached = _position(changers[0])
    for client in changers:
        client.close()
    return reached


def _position(client: Client) -> int:
    """The position of a change made just now: the length of the log."""
    client.command("STORE 1 +FLAGS.SILENT (\\Answered)")
    client.command("STORE 1 -FLAGS.SILENT (\\Answered)")
    return looking.number(client, "INBOX", "HIGHESTMODSEQ")


def _change(changers: list[Client], rounds: int) -> None:
    """Every changer sends its changes in one piece, and again when all were answered."""
    batch = b"".join(b"c STORE 1 %sFLAGS.SILENT (\\Seen)\r\n" % (b"+" if each % 2 == 0 else b"-")
                     for each in range(PIPELINED))
    poll = select.epoll()
    sockets = {client.socket.fileno(): client.socket for client in changers}
    unanswered = dict.fromkeys(sockets, PIPELINED * rounds)
    for number, socket in sockets.items():
        poll.register(number, select.EPOLLIN)
        socket.sendall(batch)
    while unanswered:
        for number, _ in poll.poll():
            unanswered[number] -= sockets[number].recv(65_536).count(b"\n")
            if unanswered[number] == 0:
                poll.unregister(number)
                del unanswered[number]
            elif unanswered[number] % PIPELINED == 0:
                sockets[number].sendall(batch)
    poll.close()


LOG_LENGTH = Axis(
    name="log-length", title="Log length", quantity="events in the log",
    sizes=(10_000, 100_000, 1_000_000, 10_000_000),
    units={
        **looking.UNITS, PER_EVENT: "B", VERIFY: "µs", "SELECT": "µs", "FETCH 1:* FLAGS": "µs",
        "STORE one": "µs", "APPEND one": "µs",
    },
    expected={
        VERIFY: "reads every event",
        looking.DISK: "keeps every event",
    },
    measure=measure)
