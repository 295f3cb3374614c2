"""Carries out the turns of a comparison, and keeps what came of them."""

import shutil
import sys
import time
from typing import Any

from . import disk, schedule
from .load import Load, LoadFailed, Target
from .schedule import Turn
from .servers import Server

USER_PATTERN = "user%d"
DISK_USER = "user1"


class Contest:
    """Servers that were all started and stay so, idle while it is not their turn.

    All of them fit in memory, and an idle mail server takes no processor time; stopping the others
    would instead give each turn a server with cold caches.
    """

    def __init__(self, servers: list[Server], load: Load, profiles: list[str]) -> None:
        self.servers = {server.name: server for server in servers}
        self.load = load
        self.profiles = profiles
        self.records: list[dict[str, Any]] = []
        self._failing: set[tuple[str, str]] = set()
        self._began = time.monotonic()

    def prepare(self) -> None:
        """Every server gets the mail of every profile before the first is measured."""
        for profile in self.profiles:
            for server in self.servers.values():
                began = time.monotonic()
                try:
                    self.load.prepare(profile, _target(server), *self._scale(profile, server.name))
                except LoadFailed as problem:
                    self._fail(Turn(0, profile, server.name), problem)
                if time.monotonic() - began > 2:
                    _say(f"prepared {profile} on {server.name}, {time.monotonic() - began:.0f} s")

    def run(self, repeats: int) -> None:
        """Takes every turn; a profile that fails on a server is not tried there again."""
        for turn in schedule.turns(list(self.servers), self.profiles, repeats):
            if (turn.server, turn.profile) in self._failing:
                continue
            try:
                self._take(turn)
            except (LoadFailed, RuntimeError) as problem:
                self._fail(turn, problem)

    def measure_disk(self) -> None:
        """What a message takes beside its body, as a profile named `disk`.

        In new stores: one that was used has room inside its files, and would not grow.
        """
        for name, server in self.servers.items():
            turn, fresh = Turn(0, "disk", name), server.elsewhere(f"{name}-disk")
            try:
                fresh.start()
                self._keep(turn, disk.measure(fresh, self.load, _target(fresh), DISK_USER))
            except (LoadFailed, RuntimeError, OSError) as problem:
                self._fail(turn, problem)
            finally:
                fresh.stop()
                shutil.rmtree(fresh.folder, ignore_errors=True)

    def _take(self, turn: Turn) -> None:
        server = self.servers[turn.server]
        options = self._scale(turn.profile, turn.server)
        if turn.cold:
            _, dropped = server.cold()
            if not dropped:
                _say("the page cache cannot be dropped without root: only the process is cold")
            options.append("--cold")
        else:
            if turn.profile in schedule.FRESH:
                server.stop()
                server.start()
            server.settle()
        self._keep(turn, self.load.measure(turn.profile, _target(server), *options))

    def _keep(self, turn: Turn, measurement: dict[str, Any]) -> None:
        self.records.append({"repeat": turn.repeat, "server": turn.server, "profile": turn.label,
                             "measurement": measurement})
        rate = measurement.get("perSecond")
        self._tell(turn, f"{rate:,.1f}/s" if isinstance(rate, (int, float)) else "")

    def _fail(self, turn: Turn, problem: Exception) -> None:
        self._failing.add((turn.server, turn.profile))
        self.records.append({"repeat": turn.repeat, "server": turn.server, "profile": turn.label,
                             "error": str(problem)})
        self._tell(turn, f"failed: {problem}")

    def _tell(self, turn: Turn, what: str) -> None:
        """A line of progress, with the minutes and seconds since the beginning."""
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        when = f"{minutes:3}:{seconds:02}  {turn.repeat + 1}"
        _say(f"{when}  {turn.label:21} {turn.server:16} {what}")

    def _scale(self, profile: str, server: str) -> list[str]:
        scale = schedule.scale(profile, server) * self.load.scale
        return [] if scale == 1 else ["--scale", f"{scale:g}"]


def _target(server: Server) -> Target:
    if server.running is None:
        raise RuntimeError(f"{server.name} is not running")
    return Target("127.0.0.1", server.running.port, USER_PATTERN, server.password,
                  server.running.pid)


def _say(line: str) -> None:
    """Progress goes to stderr, so that stdout is the table alone."""
    print(line, file=sys.stderr, flush=True)
