"""Makes RESULTS.md and its plots of the JSON files in results/: `Scripts/bench --results`."""

import argparse
import json
from pathlib import Path
from typing import Any

from . import machine, measures, plot, report, tables
from .growth import exponent
from .growth.exponent import Point

FOLDER = Path(__file__).resolve().parent
COMPARISON = "comparison.json"
AXES = ("mailbox-size", "log-length", "accounts", "sessions")
KINDS = (("time", "µs"), ("size", "B"))

HEAD = """\
# Results

Made by `Scripts/bench --results` from the measurements in `results/`; do not edit. How the servers
are set up: `servers/`. What a profile does: `mailload profiles`. Measure again with

    Scripts/bench --against dovecot,cyrus --json Scripts/benchmarks/results/comparison.json
    Scripts/bench --growth
    Scripts/bench --results
"""

GROWTH = """\
## Growth

Our server alone, one client that waits for each answer, medians. The exponent is the slope of the
figure over the size, both as logarithms: 0 does not grow, 1 grows in proportion. The first is over
all sizes; the second over the last decade, where constant costs hide the least. Memory is what the
server allocated; pages of its files that the kernel keeps mapped are not counted.
"""

WORSE_THAN_LINEAR = 1.15
"""Exponents above it are marked: what is beyond proportion by more than the noise."""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="Scripts/bench --results",
        description="Writes RESULTS.md and plots/*.svg from the JSON files that `Scripts/bench "
        f"--json results/{COMPARISON}` and `Scripts/bench --growth` left. What is missing is left "
        "out.")
    parser.add_argument("--results", type=Path, default=FOLDER / "results", metavar="FOLDER",
                        help="where the JSON is (default: Scripts/benchmarks/results)")
    parser.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER",
                        help="where RESULTS.md and plots/ go (default: Scripts/benchmarks)")
    arguments = parser.parse_args()
    parts = [HEAD]
    comparison = arguments.results / COMPARISON
    if comparison.exists():
        run = json.loads(comparison.read_text())
        parts.append("## Side by side\n\n" + report.report(run, tables.markdown) + "\n")
    axes = [json.loads(file.read_text()) for name in AXES
            if (file := arguments.results / f"growth-{name}.json").exists()]
    if axes:
        plots = arguments.into / "plots"
        plots.mkdir(parents=True, exist_ok=True)
        parts += [GROWTH, *(_axis(axis, plots) for axis in axes)]
    (arguments.into / "RESULTS.md").write_text("\n".join(parts))
    print(f"bench: wrote {arguments.into / 'RESULTS.md'}")


def _axis(axis: dict[str, Any], plots: Path) -> str:
    """One axis: where it was measured, a plot of times and one of sizes, the table."""
    parts = [f"### {axis['title']}\n",
             f"{axis['date']}, {axis['server']}; {machine.sentence(axis['machine'])}.\n"]
    for kind, unit in KINDS:
        lines = {name: _points(axis, name) for name, each in axis["units"].items() if each == unit}
        lines = {name: line for name, line in lines.items() if any(y > 0 for _, y in line)}
        if lines:
            name = f"{axis['axis']}-{kind}.svg"
            what = "Time" if unit == "µs" else "Memory and disk"
            title = f"{what} over {axis['quantity']}"
            (plots / name).write_text(plot.draw(title, axis["quantity"], unit, lines))
            parts.append(f"![{title}](plots/{name})\n")
    return "\n".join([*parts, _table(axis), ""])


def _table(axis: dict[str, Any]) -> str:
    header = [axis["quantity"], *(f"{point['size']:,}" for point in axis["points"]),
              "exponent", "last decade", "why it grows"]
    rows: list[list[str]] = []
    for name, unit in axis["units"].items():
        figures = [point["figures"].get(name) for point in axis["points"]]
        points = _points(axis, name)
        rows.append([
            name, *(_figure(figure, unit) for figure in figures),
            _exponent(exponent.slope(points)),
            _exponent(exponent.slope(exponent.last_decade(points))),
            axis["expected"].get(name, "")])
    return tables.markdown(header, rows)


def _points(axis: dict[str, Any], name: str) -> list[Point]:
    return [(point["size"], point["figures"][name]) for point in axis["points"]
            if name in point["figures"]]


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return measures.duration(value) if unit == "µs" else measures.size(value)


def _exponent(value: float | None) -> str:
    if value is None:
        return "–"
    text = f"{value + 0:.2f}".replace("-0.00", "0.00")
    return f"**{text}**" if value > WORSE_THAN_LINEAR else text


if __name__ == "__main__":
    main()
