"""The servers that are compared: one file each, all on loopback, none as a service of the system.

Every server is given the same terms:

- plain TCP on 127.0.0.1, no TLS; LOGIN with any account `user1` ... and one password for all;
- its own folder on the same disk, its own configuration, its own free port;
- the limits raised that would otherwise refuse the load (connections, processes, open files,
  inotify instances), and nothing else that would change what a command costs;
- logging as the package does it, to a file or to a syslog that is not there.
"""

from pathlib import Path

from .cyrus import Cyrus
from .dovecot import Dovecot
from .hindsight import Hindsight
from .kernel import RaisedLimits
from .server import Server

__all__ = ["FAMILIES", "NAMES", "Cyrus", "Dovecot", "Hindsight", "RaisedLimits", "Server", "named",
           "spread"]

NAMES = ("hindsight", "dovecot-sdbox", "dovecot-maildir", "dovecot-mdbox", "cyrus")
FAMILIES = {"dovecot": ("dovecot-sdbox", "dovecot-maildir")}


def named(name: str, directory: Path, password: str, program: Path | None = None) -> Server:
    """The server of that name with its files under `directory`/NAME; not started yet.

    `program` is our own executable; the others bring theirs from Debian's packages.
    """
    folder = directory / name
    if name == "hindsight":
        return Hindsight(name, folder, password, program)
    if name.startswith("dovecot-"):
        return Dovecot(name, folder, password, mailbox_format=name.removeprefix("dovecot-"))
    if name == "cyrus":
        return Cyrus(name, folder, password)
    raise ValueError(f"there is no server {name!r}; known: {', '.join(NAMES)}")


def spread(names: list[str]) -> list[str]:
    """`dovecot` stands for its two usual formats; any other name for itself."""
    return [each for name in names for each in FAMILIES.get(name, (name,))]
