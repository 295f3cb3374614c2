"""The kernel's limits that a thousand watching processes meet, raised while servers run."""

import os
from pathlib import Path
from types import TracebackType

SETTINGS = Path("/proc/sys")

WANTED = {
    # Dovecot watches with an inotify instance in each session's process, all of one user.
    "fs/inotify/max_user_instances": 16_384,
    # Cyrus' sessions and its idled talk in datagrams; systemd sets 512, the kernel's own is 10.
    "net/unix/max_dgram_qlen": 4_096,
}


class RaisedLimits:
    """Raises the limits on entering and puts them back on leaving, where it is allowed to.

    To be entered before the servers start: sockets keep the queue length they were made with.
    """

    def __init__(self) -> None:
        self._before: dict[str, str] = {}

    def __enter__(self) -> "RaisedLimits":
        for name, wanted in WANTED.items():
            setting = SETTINGS / name
            before = setting.read_text().strip()
            if int(before) < wanted and os.access(setting, os.W_OK):
                self._before[name] = before
                setting.write_text(str(wanted))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        for name, before in self._before.items():
            (SETTINGS / name).write_text(before)
