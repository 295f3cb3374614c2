"""Measures growth, writes a JSON file for each axis: `Scripts/bench --growth`."""

import argparse
import json
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from .. import machine, measures
from ..load import Load, LoadFailed
from ..servers import Hindsight
from . import exponent, looking
from .accounts import ACCOUNTS
from .axis import Axis
from .log_length import LOG_LENGTH
from .mailbox_size import MAILBOX_SIZE
from .sessions import SESSIONS

AXES = (MAILBOX_SIZE, LOG_LENGTH, ACCOUNTS, SESSIONS)
TOP = Path(__file__).resolve().parents[3]
RESULTS = TOP / "Scripts" / "benchmarks" / "results"

ABOUT = """\
Fills a store of our server to each size of an axis, restarts the server, and times single commands
of one waiting client; looks at memory and disk. Writes growth-AXIS.json with every figure. Then
`Scripts/bench --results` makes tables, plots and exponents of them: Scripts/benchmarks/RESULTS.md.

The axes:
"""


def main() -> None:
    arguments = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    arguments.results.mkdir(parents=True, exist_ok=True)
    load = Load(arguments.mailload, seconds=1)
    for axis in AXES:
        if not arguments.axes or axis.name in arguments.axes:
            _measure(axis, load, arguments)


def _measure(axis: Axis, load: Load, arguments: argparse.Namespace) -> None:
    """One axis in a store of its own, which is removed afterwards."""
    server = Hindsight(f"growth-{axis.name}", arguments.directory / f"growth-{axis.name}",
                       looking.PASSWORD, arguments.program)
    server.install()
    shutil.rmtree(server.folder, ignore_errors=True)
    sizes = [size for size in axis.sizes if size <= arguments.largest]
    points: list[dict[str, Any]] = []
    try:
        for size, figures in axis.measure(server, load, sizes):
            points.append({"size": size, "figures": figures})
            print(f"{axis.name} {size:,}", file=sys.stderr, flush=True)
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
    _print(axis, points)
    file = arguments.results / f"growth-{axis.name}.json"
    file.write_text(json.dumps({
        "version": 1, "date": machine.today(), "machine": machine.describe(arguments.directory),
        "server": f"hindsight {server.version()}", "axis": axis.name, "title": axis.title,
        "quantity": axis.quantity, "units": axis.units, "expected": axis.expected,
        "points": points}, indent=1, ensure_ascii=False) + "\n")


def _print(axis: Axis, points: list[dict[str, Any]]) -> None:
    """The figures of an axis, with the exponent over all sizes and over the last decade."""
    for name, unit in axis.units.items():
        line = [(point["size"], point["figures"][name]) for point in points
                if name in point["figures"]]
        texts = (measures.duration(y) if unit == "µs" else measures.size(y) for _, y in line)
        slopes = (exponent.slope(line), exponent.slope(exponent.last_decade(line)))
        print(f"{name:26}", "".join(f"{text:>11}" for text in texts), "  ^",
              " ".join("–" if each is None else f"{each:.2f}" for each in slopes))


def _arguments() -> argparse.Namespace:
    axes = "".join(f"  {axis.name:14} {axis.quantity}: {axis.sizes[0]:,} … {axis.sizes[-1]:,}\n"
                   for axis in AXES)
    parser = argparse.ArgumentParser(
        prog="Scripts/bench --growth", description=ABOUT + axes,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    release = TOP / ".build" / "release"
    parser.add_argument("--axes", type=lambda text: text.split(","), default=[],
                        metavar="AXIS,...", help="default: all of them")
    parser.add_argument("--largest", type=int, default=10**9, metavar="N",
                        help="leaves out sizes beyond N, for a quick look")
    parser.add_argument("--directory", type=Path, default=Path("/var/tmp/hindsight-bench"),
                        help="where the stores are made (default: %(default)s)")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FOLDER",
                        help="where the JSON goes (default: Scripts/benchmarks/results)")
    parser.add_argument("--program", type=Path, default=release / "hindsight",
                        help="our server (default: .build/release/hindsight)")
    parser.add_argument("--mailload", type=Path, default=release / "mailload",
                        help="the load generator (default: .build/release/mailload)")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, OSError, ValueError, LoadFailed) as problem:
        sys.exit(f"bench: {problem}")
