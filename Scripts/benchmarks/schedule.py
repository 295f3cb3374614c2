"""In which order profiles and servers take their turns."""

from collections.abc import Iterator
from dataclasses import dataclass

ONLY_WHEN_NAMED = ("append-10m", "select-1m")
"""Profiles that take long to prepare or to run."""

ONCE = ("resting",)
"""Profiles whose figure (memory) hardly varies, and that take long: only in the first repeat."""

FRESH = ("resting",)
"""Profiles before which the server is restarted: what it kept from others is not theirs."""

COLD = {"select-100k": "select-100k-cold", "select-1m": "select-1m-cold"}
"""Profiles that are run once more after a restart without caches, under a name of its own."""

RESTING_SCALE = {"dovecot": 0.1, "cyrus": 0.1}
"""Servers with a process for each session rest with 1,000 connections: 10,000 would not fit."""


@dataclass(frozen=True)
class Turn:
    """One server measures one profile."""

    repeat: int
    profile: str
    server: str
    cold: bool = False

    @property
    def label(self) -> str:
        """The name under which the figure stands in the tables."""
        return COLD[self.profile] if self.cold else self.profile


def turns(servers: list[str], profiles: list[str], repeats: int) -> Iterator[Turn]:
    """Every repeat goes through all profiles, every profile through all servers.

    So the servers' turns at a profile are moments apart, and whatever the machine does otherwise
    falls on all of them. The server that begins changes with each repeat and each profile.
    """
    for repeat in range(repeats):
        for place, profile in enumerate(profiles):
            if profile in ONCE and repeat > 0:
                continue
            first = (repeat + place) % len(servers)
            order = servers[first:] + servers[:first]
            yield from (Turn(repeat, profile, server) for server in order)
            if profile in COLD:
                yield from (Turn(repeat, profile, server, cold=True) for server in order)


def scale(profile: str, server: str) -> float:
    """How much of the profile that server is given; 1 for all but `resting`."""
    if profile != "resting":
        return 1
    return next((each for name, each in RESTING_SCALE.items() if server.startswith(name)), 1)
