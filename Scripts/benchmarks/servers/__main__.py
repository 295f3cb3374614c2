"""Starts servers by hand: `python3 -m benchmarks.servers dovecot-sdbox cyrus` in Scripts/."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from . import NAMES, RaisedLimits, Server, named, spread


def main() -> None:
    arguments = _arguments()
    servers = [named(name, arguments.directory, arguments.password, arguments.program)
               for name in spread(arguments.servers)]
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with RaisedLimits():
        try:
            for server in servers:
                _start(server)
            ended.wait()
        finally:
            for server in servers:
                server.stop()


def _start(server: Server) -> None:
    server.install()
    running = server.start()
    print(f"{server.name} ({server.version()}) 127.0.0.1:{running.port} pid {running.pid}",
          flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python3 -m benchmarks.servers",
        description="Installs the servers named, starts each on a free port of 127.0.0.1 with its "
        "files under --directory, prints a line for each when it is ready (NAME (VERSION) "
        "HOST:PORT pid PID), and ends them when it is interrupted. Any account user1, user2, ... "
        "may log in with the password. The mail stays in --directory for the next time.")
    parser.add_argument("servers", nargs="+", metavar="SERVER",
                        help=f"of {', '.join(NAMES)}; `dovecot` is sdbox and maildir")
    parser.add_argument("--directory", type=Path, default=Path("/var/tmp/hindsight-bench"),
                        help="the scratch folder (default: %(default)s)")
    parser.add_argument("--password", default="pw", help="of every account (default: %(default)s)")
    parser.add_argument("--program", type=Path,
                        help="our server (default: .build/release/hindsight)")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, OSError, ValueError) as problem:
        sys.exit(f"bench: {problem}")
