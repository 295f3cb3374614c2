"""What a server under test can do: be installed, started, stopped, restarted cold, looked at."""

import copy
import os
import pwd
import subprocess
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from . import processes

START_SECONDS = 30
STOP_SECONDS = 20

MAIL_OWNER = "mail"
"""Owns the mail of servers that insist on an unprivileged user; every Debian machine has it."""


@dataclass(frozen=True)
class Running:
    """Where a started server listens, and the process at the root of its tree."""

    port: int
    pid: int


class Server(ABC):
    """One server with its own folder. Start and stop it in turn; `stop` is safe at any time."""

    def __init__(self, name: str, folder: Path, password: str) -> None:
        self.name = name
        self.folder = folder.absolute()
        self.password = password
        self.running: Running | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def elsewhere(self, name: str) -> "Server":
        """The same server, not running, with nothing in its store, in a folder of another name."""
        other = copy.copy(self)
        other.folder = self.folder.with_name(name)
        other.running, other._process = None, None
        return other

    @abstractmethod
    def install(self) -> None:
        """Gets the programs onto this machine, if they are not there; starts nothing."""

    @abstractmethod
    def version(self) -> str:
        """As the program tells it, without the server's name."""

    @abstractmethod
    def store(self) -> Path:
        """The folder that holds the mail and all that belongs to it: whose disk use counts."""

    @abstractmethod
    def command(self, port: int) -> list[str]:
        """Writes the configuration for that port, and gives the line that starts the server."""

    def environment(self) -> dict[str, str]:
        """The environment of the server's processes."""
        return dict(os.environ)

    def start(self) -> Running:
        """Starts the server in the foreground of a session of its own, and waits for its greeting.

        Raises RuntimeError with the end of its output when it does not come up.
        """
        if self.running:
            return self.running
        self.folder.mkdir(parents=True, exist_ok=True)
        port = processes.free_port()
        output = self.folder / "output.log"
        line = self.command(port)
        with output.open("wb") as stream:
            self._process = subprocess.Popen(
                line, stdout=stream, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                env=self.environment(), start_new_session=True,
                preexec_fn=processes.raise_limits)
        if not processes.greets(port, self._process, START_SECONDS):
            self.stop()
            end = output.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{self.name} did not start ({' '.join(line)}):\n{end}")
        self.running = Running(port, self._process.pid)
        return self.running

    def stop(self) -> None:
        """Asks the server to end, waits, and ends by their numbers what is left of its tree."""
        process, self._process, self.running = self._process, None, None
        if process:
            processes.end(process, STOP_SECONDS)

    def cold(self) -> tuple[Running, bool]:
        """Restarts the server with nothing in memory.

        Returns where it is now, and whether the kernel's page cache could be dropped as well (only
        root may); when not, a "cold" figure is that of a new process on warm files.
        """
        self.stop()
        dropped = processes.drop_page_cache()
        return self.start(), dropped

    def memory_bytes(self) -> int:
        """The proportional share (PSS) of the whole tree, in bytes; 0 when it is not running."""
        return processes.memory_bytes(self.running.pid) if self.running else 0

    def disk_bytes(self) -> int:
        """Blocks the store takes on disk, in bytes, after what is still in memory was written."""
        os.sync()
        return processes.disk_bytes(self.store())

    def settle(self) -> None:
        """Lets written pages reach the disk, so that no server pays for the one before it."""
        os.sync()
        time.sleep(0.2)


def owned_folder(path: Path) -> Path:
    """Makes `path`, if it is missing, as `MAIL_OWNER`'s."""
    path.mkdir(parents=True, exist_ok=True)
    owner = pwd.getpwnam(MAIL_OWNER)
    os.chown(path, owner.pw_uid, owner.pw_gid)
    return path
