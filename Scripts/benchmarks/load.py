"""Calls the load generator, `mailload`, and reads what it measured."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Measurement = dict[str, Any]
"""One profile's figures, as `mailload --json` writes them."""


class LoadFailed(Exception):
    """The generator met a wrong answer or a refusal; the message has its last lines."""


@dataclass(frozen=True)
class Target:
    """The server that is loaded: any IMAP server; `pid` is None when it runs elsewhere."""

    host: str
    port: int
    user_pattern: str
    password: str
    pid: int | None = None


@dataclass(frozen=True)
class Load:
    """How `mailload` is called: where it is, how long each profile runs, when we give up (seconds).

    A server that takes minutes to tell its watchers would hold up the whole run.
    """

    program: Path
    seconds: float
    scale: float = 1.0
    preparing_limit: float = 7200
    measuring_limit: float = 240

    def profiles(self) -> list[str]:
        """All profiles that the generator knows."""
        line = [str(self.program), "profiles"]
        done = subprocess.run(line, capture_output=True, text=True, check=True)
        return [line.split()[0] for line in done.stdout.splitlines() if line.strip()]

    def prepare(self, profile: str, target: Target, *more: str) -> None:
        """Puts the mail of a profile there, unless it is."""
        self._call("prepare", profile, target, self.preparing_limit, *more)

    def measure(self, profile: str, target: Target, *more: str) -> Measurement:
        """Runs one profile once. Raises LoadFailed."""
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            self._call("run", profile, target, self.measuring_limit, "--json", file.name, *more)
            written = json.loads(Path(file.name).read_text())
            measurement: Measurement = written["measurements"][0]
            return measurement

    def fill(self, target: Target, user: str, count: int, size: int, seed: int) -> None:
        """Appends `count` messages of `size` bytes to INBOX; a seed not used before gives new ones.

        (The same letters again would share their bodies with those that are there.)
        """
        line = [str(self.program), "fill", *_where(target), "--user", user, "--mailbox", "INBOX",
                "--count", str(count), "--bytes", str(size), "--seed", str(seed)]
        self._run(line, self.preparing_limit)

    def _call(self, action: str, profile: str, target: Target, limit: float, *more: str) -> None:
        line = [str(self.program), action, profile, *_where(target),
                "--user-pattern", target.user_pattern,
                "--seconds", f"{self.seconds:g}"]
        if target.pid is not None:
            line += ["--server-pid", str(target.pid)]
        self._run([*line, *more], limit)

    def _run(self, line: list[str], limit: float) -> None:
        try:
            done = subprocess.run(line, capture_output=True, text=True, check=False,
                                  errors="replace", timeout=limit)
        except subprocess.TimeoutExpired as late:
            raise LoadFailed(f"no end after {limit:g} s: {' '.join(line)}") from late
        if done.returncode != 0:
            end = (done.stderr.strip() or done.stdout.strip())[-600:]
            raise LoadFailed(f"exit {done.returncode}: {end}")


def _where(target: Target) -> list[str]:
    return ["--host", target.host, "--port", str(target.port), "--password", target.password]
