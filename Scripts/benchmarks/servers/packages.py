"""Debian's packages: installed, or unpacked into a folder beside those that are installed."""

import os
import re
import shutil
import subprocess
from pathlib import Path


def installed(package: str) -> bool:
    """Whether dpkg has the package, configured."""
    query = ["dpkg-query", "-W", "-f", "${Status}", package]
    done = subprocess.run(query, capture_output=True, text=True, check=False)
    return done.stdout == "install ok installed"


def install(packages: list[str]) -> None:
    """Installs what is missing and says so; services that the packages bring are not started.

    Raises PermissionError without root's rights, with the command that root should run.
    """
    missing = [package for package in packages if not installed(package)]
    if not missing:
        return
    if os.geteuid() != 0:
        raise PermissionError("as root: apt-get install " + " ".join(missing))
    print(f"bench: installing {' '.join(missing)}", flush=True)
    with _ServicesDenied():
        _apt("update")
        _apt("install", "--no-install-recommends", *missing)


def unpack(packages: list[str], into: Path) -> None:
    """Downloads packages and unpacks their files below `into`, running none of their scripts."""
    if into.exists():
        return
    print(f"bench: unpacking {' '.join(packages)}", flush=True)
    making = into.with_name(into.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    _apt("update")
    subprocess.run(["apt-get", "-qq", "download", *packages], cwd=making, check=True,
                   stderr=subprocess.DEVNULL)
    for archive in making.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, making], check=True)
        archive.unlink()
    making.rename(into)


def libraries_of(package: str, leaving_out: tuple[str, ...] = ()) -> list[str]:
    """The packages `lib...` that `package` depends on, of those alternatives named first."""
    query = ["apt-cache", "show", "--no-all-versions", package]
    shown = subprocess.run(query, capture_output=True, text=True, check=True).stdout
    depends = re.search(r"^Depends: (.*)$", shown, re.MULTILINE)
    names = (each.split()[0] for each in depends[1].split(", ")) if depends else ()
    return [name for name in names if name.startswith("lib") and name not in leaving_out]


def version(package: str) -> str:
    """The version that apt would take."""
    query = ["apt-cache", "show", "--no-all-versions", package]
    shown = subprocess.run(query, capture_output=True, text=True, check=True).stdout
    found = re.search(r"^Version: (.*)$", shown, re.MULTILINE)
    return found[1] if found else "unknown"


def _apt(*arguments: str) -> None:
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    command = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=300", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")


class _ServicesDenied:
    """While packages are installed: Debian's own hook that forbids them to start services."""

    path = Path("/usr/sbin/policy-rc.d")

    def __enter__(self) -> None:
        self._ours = not self.path.exists()
        if self._ours:
            self.path.write_text("#!/bin/sh\nexit 101\n")
            self.path.chmod(0o755)

    def __exit__(self, *_: object) -> None:
        if self._ours:
            self.path.unlink()
