"""Process trees and ports, as Linux tells of them in /proc."""

import os
import resource
import signal
import socket
import subprocess
import time
from pathlib import Path

OPEN_FILES = 65_536
"""Enough for 10,000 connections in one process, with a socket and some files each."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def raise_limits() -> None:
    """Raises open files and processes of the calling process, as far as it may."""
    for limit, wanted in ((resource.RLIMIT_NOFILE, OPEN_FILES), (resource.RLIMIT_NPROC, 65_536)):
        soft, hard = resource.getrlimit(limit)
        try:
            if hard != resource.RLIM_INFINITY and hard < wanted:
                hard = wanted
            resource.setrlimit(limit, (max(wanted, soft), hard))
        except (ValueError, OSError):
            pass  # not root: the server then refuses what is too much, and says so


def greets(port: int, process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether an IMAP greeting comes on that port in time, from a process that stays alive."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
                return connection.recv(4) == b"* OK"
        except OSError:
            time.sleep(0.002)
    return False


def tree(root: int) -> list[int]:
    """`root` and all that descend from it, parents before children."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit() and (parent := _parent(int(entry))) is not None:
            children.setdefault(parent, []).append(int(entry))
    found = [root]
    for process in found:
        found.extend(children.get(process, []))
    return found


def end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """SIGTERM to the root; after `seconds`, SIGKILL to those that are left of its tree."""
    members = {member: _started(member) for member in tree(process.pid)}
    if process.poll() is None:
        process.terminate()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        process.poll()
        if not any(_is_same(*member) for member in members.items()):
            return
        time.sleep(0.05)
    for member, started in members.items():
        if _is_same(member, started):
            os.kill(member, signal.SIGKILL)
    process.wait()


def memory_bytes(root: int) -> int:
    """The sum of PSS over the tree: a page that n processes share counts 1/n for each."""
    return _rollup_bytes(root, "Pss:")


def anonymous_bytes(root: int) -> int:
    """As `memory_bytes`, but only what was allocated: no pages of files."""
    return _rollup_bytes(root, "Pss_Anon:")


def cpu_seconds(root: int) -> float:
    """User and system time of the tree, and of those that ended and were waited for."""
    ticks = 0
    for process in tree(root):
        fields = _stat(process)
        ticks += sum(int(field) for field in fields[11:15]) if fields else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def disk_bytes(folder: Path) -> int:
    """Allocated blocks of all files below `folder`; hard links count once."""
    seen: set[tuple[int, int]] = set()
    total = 0
    for parent, folders, files in os.walk(folder):
        for name in folders + files:
            try:
                status = os.lstat(os.path.join(parent, name))
            except FileNotFoundError:
                continue
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                total += status.st_blocks * 512
    return total


def drop_page_cache() -> bool:
    """Writes dirty pages and drops clean ones, entries and inodes; False when not allowed."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3\n")
    except OSError:
        return False
    return True


def _rollup_bytes(root: int, field: str) -> int:
    """A field of /proc/PID/smaps_rollup, summed over the tree."""
    total = 0
    for process in tree(root):
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue  # it ended in the meantime
        lines = (line.split() for line in rollup.splitlines())
        total += sum(int(line[1]) * 1024 for line in lines if line[0] == field)
    return total


def _stat(process: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: state, parent, ...; empty when it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _parent(process: int) -> int | None:
    fields = _stat(process)
    return int(fields[1]) if fields else None


def _started(process: int) -> str:
    """When it started, in ticks: with the number it names one process for ever."""
    fields = _stat(process)
    return fields[19] if fields else ""


def _is_same(process: int, started: str) -> bool:
    fields = _stat(process)
    return bool(fields) and fields[19] == started and fields[0] != "Z"
