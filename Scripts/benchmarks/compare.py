"""Measures our server, beside others if asked, and prints the table: `Scripts/bench`."""

import argparse
import json
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from . import machine, report, schedule, tables
from .contest import Contest
from .load import Load
from .servers import NAMES, RaisedLimits, Server, named, spread

TOP = Path(__file__).resolve().parents[2]
PASSWORD = "pw"

ABOUT = """\
Starts our server, and those named by --against, on free ports of 127.0.0.1, gives each the same
mail and the same load from the same client, and prints what they did: operations a second or
latency, our ratio to the better Dovecot format and to Cyrus, the floor we set ourselves and whether
it holds; then the server's CPU for each operation, and memory.

Fair means here: all speak plain TCP on loopback; all are configured as their packages are, with
only the limits raised (benchmarks/servers says which and why); their turns at a profile follow one
another and repeat, each repeat beginning with another; before each turn what was written reaches
the disk. All servers stay started, idle between their turns. The client shares the machine's cores:
its work is not in the CPU column, but in the rates it is. Compare ratios, and those of one run.

Needs root to install packages, to raise limits and to drop caches. With the defaults and both
rivals a run takes about 40 minutes, much of them for filling mailboxes; --keep saves that next
time.
"""

EXAMPLES = """\
examples:
  Scripts/bench                                      our server alone
  Scripts/bench --against dovecot,cyrus --json run.json
  Scripts/bench --against dovecot-mdbox --profiles churn,store-one --repeats 5
  Scripts/bench --host 127.0.0.1 --port 143 --user-pattern user%d --password pw
                                                     any server that runs already
"""


def main() -> int:
    arguments = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    load = Load(arguments.mailload, arguments.seconds, arguments.scale)
    profiles = _profiles(arguments.profiles, load)
    servers = [named(name, arguments.directory, PASSWORD, arguments.program)
               for name in ["hindsight", *spread(arguments.against)]]
    contest = Contest(servers, load, profiles)
    with RaisedLimits():
        try:
            for server in servers:
                server.install()
                server.start()
            versions = {server.name: server.version() for server in servers}
            surroundings = machine.describe(arguments.directory)
            contest.prepare()
            contest.run(arguments.repeats)
            if not arguments.no_disk:
                contest.measure_disk()
        finally:
            _clean_up(servers, arguments.keep)
    return _tell(arguments, {
        "version": 1, "date": machine.today(), "machine": surroundings, "servers": versions,
        "settings": {"repeats": arguments.repeats, "seconds": arguments.seconds,
                     "scale": arguments.scale},
        "records": contest.records,
    })


def _profiles(wanted: list[str], load: Load) -> list[str]:
    """Those named, or all but the longest. Raises ValueError for a name nobody knows."""
    known = load.profiles()
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ValueError(f"no profile {', '.join(unknown)}; known: {', '.join(known)}")
    return wanted or [name for name in known if name not in schedule.ONLY_WHEN_NAMED]


def _clean_up(servers: list[Server], keep: bool) -> None:
    for server in servers:
        server.stop()
        if not keep:
            shutil.rmtree(server.folder, ignore_errors=True)


def _tell(arguments: argparse.Namespace, run: dict[str, Any]) -> int:
    """Prints the tables, writes the JSON; 1 when our server failed a profile."""
    if arguments.json:
        arguments.json.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n")
    print(report.report(run, tables.text))
    ours = [each for each in run["records"] if each["server"] == "hindsight" and "error" in each]
    return 1 if ours else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="Scripts/bench", description=ABOUT, epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    release = TOP / ".build" / "release"
    parser.add_argument("--against", type=_names, default=[], metavar="SERVER,...",
                        help=f"of {', '.join(NAMES[1:])}; `dovecot` is sdbox and maildir")
    parser.add_argument("--profiles", type=_names, default=[], metavar="PROFILE,...",
                        help="default: all but " + ", ".join(schedule.ONLY_WHEN_NAMED))
    parser.add_argument("--repeats", type=int, default=3, help="default: %(default)s")
    parser.add_argument("--seconds", type=float, default=3,
                        help="of load in each turn (default: %(default)s)")
    parser.add_argument("--scale", type=float, default=1,
                        help="multiplies sizes of mailboxes and numbers of connections")
    parser.add_argument("--json", type=Path, metavar="FILE",
                        help="writes every measurement; `python3 -m benchmarks.report FILE` in "
                        "Scripts prints the tables again")
    parser.add_argument("--keep", action="store_true",
                        help="leaves the servers' mail in --directory for the next run")
    parser.add_argument("--no-disk", action="store_true",
                        help="leaves out what a message takes on disk")
    parser.add_argument("--directory", type=Path, default=Path("/var/tmp/hindsight-bench"),
                        help="where the servers' files go: the disk that is measured "
                        "(default: %(default)s)")
    parser.add_argument("--program", type=Path, default=release / "hindsight",
                        help="our server (default: .build/release/hindsight)")
    parser.add_argument("--mailload", type=Path, default=release / "mailload",
                        help="the load generator (default: .build/release/mailload)")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (RuntimeError, OSError, ValueError) as problem:
        sys.exit(f"bench: {problem}")
