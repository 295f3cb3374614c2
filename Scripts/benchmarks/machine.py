"""What the figures were measured on: they mean nothing without it."""

import os
import platform
import statistics
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

FLUSHES = 200


def describe(directory: Path) -> dict[str, Any]:
    """Processor, memory, kernel, and how long the disk under `directory` takes for a flush."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memoryBytes": pages,
        "kernel": platform.release(),
        "system": _system(),
        "fileSystem": _file_system(directory),
        "flushMicroseconds": flush_microseconds(directory),
    }


def today() -> str:
    """Date and time in UTC, to the minute."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def sentence(machine: dict[str, Any]) -> str:
    """The machine in one line, for the head of a table."""
    gigabytes = machine["memoryBytes"] / 2**30
    return (f"{machine['processor']}, {machine['cores']} cores, {gigabytes:.0f} GB, "
            f"{machine['system']}, Linux {machine['kernel']}, {machine['fileSystem']}, "
            f"a flush takes {machine['flushMicroseconds']:.0f} µs")


def flush_microseconds(directory: Path) -> float:
    """The median time to append 4 KB to a file and have it on the disk (fdatasync)."""
    directory.mkdir(parents=True, exist_ok=True)
    taken: list[float] = []
    with tempfile.TemporaryFile(dir=directory) as file:
        for _ in range(FLUSHES):
            began = time.perf_counter()
            os.write(file.fileno(), bytes(4096))
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - began) * 1e6)
    return round(statistics.median(taken), 1)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].replace("(R)", "").split())
    return platform.machine()


def _system() -> str:
    for line in Path("/etc/os-release").read_text().splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.partition("=")[2].strip('"')
    return platform.system()


def _file_system(directory: Path) -> str:
    """The type of the file system that holds `directory`."""
    best, kind = "", "unknown"
    path = str(directory.absolute())
    for line in Path("/proc/mounts").read_text().splitlines():
        _, point, each, *_ = line.split()
        if (path + "/").startswith(point.rstrip("/") + "/") and len(point) >= len(best):
            best, kind = point, each
    return kind
