"""What a message costs on disk beside its body: events, rows, summaries, indexes."""

import imaplib
import time

from .load import Load, Target
from .servers import Server

MESSAGES = 10_000
BODY_BYTES = 4096


def measure(server: Server, load: Load, target: Target, user: str) -> dict[str, float]:
    """Fills a mailbox of `user` and compares the disk before and after.

    Two messages are there before, so that what an account costs once does not count. Sizes are
    allocated blocks, `du`'s idea: a server with a file a message pays for the rest of its last
    block, one that stores LF for CRLF gains.
    """
    load.fill(target, user, 2, BODY_BYTES, seed=time.time_ns())
    blocks_before, bodies_before = server.disk_bytes(), _bodies(target, user)
    load.fill(target, user, MESSAGES, BODY_BYTES, seed=time.time_ns())
    blocks = server.disk_bytes() - blocks_before
    count, size = (now - before for now, before in zip(_bodies(target, user), bodies_before))
    return {
        "messages": count,
        "bodyBytes": size,
        "grownBytes": blocks,
        "besideBytes": round((blocks - size) / count, 1),
    }


def _bodies(target: Target, user: str) -> tuple[int, int]:
    """How many messages INBOX has, and the sum of their RFC822.SIZE."""
    with imaplib.IMAP4(target.host, target.port) as client:
        client.login(user, target.password)
        client.select("INBOX", readonly=True)
        lines = client.fetch("1:*", "(RFC822.SIZE)")[1]
    sizes = [int(line.rpartition(b"RFC822.SIZE ")[2].rstrip(b")")) for line in lines
             if isinstance(line, bytes)]
    return len(sizes), sum(sizes)
