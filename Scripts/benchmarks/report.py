"""Prints a run of the comparison: speed, CPU and memory, as text or as Markdown for the README."""

import argparse
import json
from pathlib import Path
from typing import Any, Callable

from . import floors, machine, measures, schedule, tables
from .comparison import OURS, Comparison, Spread
from .floors import Floor
from .measures import Measure

Table = Callable[[list[str], list[list[str]]], str]

MEMORY_PROFILES = ("resting", "idle-1000", "idle-50", "mixed-day", "append-10m", "select-1m")


def report(run: dict[str, Any], table: Table) -> str:
    """Everything a run has to tell."""
    comparison = Comparison(run)
    parts = [head(run), speed(comparison, table), cpu(comparison, table),
             memory(comparison, table)]
    failures = failed(comparison)
    if failures:
        parts.append("Without a figure:\n" + "\n".join(failures))
    return "\n\n".join(part for part in parts if part)


def head(run: dict[str, Any]) -> str:
    """Date, machine, versions and how the run was made."""
    versions = ", ".join(f"{name} {version}" for name, version in run["servers"].items())
    settings = run["settings"]
    scaled = ("" if settings["scale"] == 1 else
              f"\nSizes are multiplied by {settings['scale']:g}: the floors do not apply.")
    return (f"{run['date']}; {machine.sentence(run['machine'])}.\n"
            f"{versions}.\n"
            f"Medians of {settings['repeats']} interleaved runs of {settings['seconds']:g} s, the "
            f"client on the same cores. A ratio above 1 says that {OURS} is better; in brackets "
            "the least and greatest of the repeats." + scaled)


def speed(comparison: Comparison, table: Table) -> str:
    """A row for each figure: every server's, our ratio to the rivals', floor and verdict."""
    header = ["profile", *comparison.servers, "÷ Dovecot", "÷ Cyrus", "floor", "holds?"]
    rows: list[list[str]] = []
    for profile in comparison.profiles:
        for measure in floors.shown(profile):
            if any(comparison.spread(name, profile, measure) for name in comparison.servers):
                rows.append(_row(comparison, profile, measure))
    return table(header, rows)


def cpu(comparison: Comparison, table: Table) -> str:
    """The server's CPU for each operation; the floor is to need less than Dovecot, everywhere."""
    header = ["CPU an operation", *comparison.servers, "÷ Dovecot", "÷ Cyrus", "less?"]
    rows: list[list[str]] = []
    for profile in comparison.profiles:
        ours = comparison.spread(OURS, profile, measures.CPU)
        if not ours or profile in schedule.COLD.values():
            continue  # the kernel counts ticks of 10 ms: one cold command is too little
        ratio = comparison.ratio(floors.DOVECOT, profile, measures.CPU)
        rows.append([
            profile, *_figures(comparison, profile, measures.CPU),
            _ratio(ratio), _ratio(comparison.ratio(floors.CYRUS, profile, measures.CPU)),
            "–" if ratio is None else "less" if ratio.median > 1 else "MORE"])
    return table(header, rows) if rows else ""


def memory(comparison: Comparison, table: Table) -> str:
    """Memory (PSS of all processes) where it matters: peak, and growth for each connection."""
    header = ["memory", *comparison.servers]
    rows: list[list[str]] = []
    for profile in comparison.profiles:
        if profile in MEMORY_PROFILES:
            for measure in (measures.PEAK, measures.PER_CONNECTION):
                figures = _figures(comparison, profile, measure)
                if any(figure != "–" for figure in figures):
                    rows.append([f"{profile}, {measure.name}", *figures])
    return table(header, rows) if rows else ""


def failed(comparison: Comparison) -> list[str]:
    """A line for each profile that a server could not run, with the reason."""
    return [f"- {name}, {profile}: {' '.join(reason.split())[:300]}"
            for profile in comparison.profiles for name in comparison.servers
            if (reason := comparison.failure(name, profile))]


def behind(comparison: Comparison) -> list[Floor]:
    """The floors that do not hold."""
    return [floor for floor in floors.FLOORS if comparison.verdict(floor) == "BEHIND"]


def _row(comparison: Comparison, profile: str, measure: Measure) -> list[str]:
    label = profile if measure == measures.PER_SECOND else f"{profile}, {measure.name}"
    ratios = [_ratio(comparison.ratio(against, profile, measure))
              for against in (floors.DOVECOT, floors.CYRUS)]
    wanted = floors.of(profile, measure)
    return [label, *_figures(comparison, profile, measure), *ratios,
            ", ".join(_floor(floor) for floor in wanted) or "–",
            ", ".join(comparison.verdict(floor) for floor in wanted) or "–"]


def _figures(comparison: Comparison, profile: str, measure: Measure) -> list[str]:
    spreads = (comparison.spread(name, profile, measure) for name in comparison.servers)
    return [measure.text(each.median) if each else "–" for each in spreads]


def _ratio(spread: Spread | None) -> str:
    if spread is None:
        return "–"
    if spread.least == spread.greatest:
        return measures.digits(spread.median)
    least, greatest = measures.digits(spread.least), measures.digits(spread.greatest)
    return f"{measures.digits(spread.median)} ({least}–{greatest})"


def _floor(floor: Floor) -> str:
    if floor.against is None:
        return f"≤ {floor.measure.text(floor.limit)}"
    return f"{floor.ratio:g}× {floor.against.capitalize()}"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python3 -m benchmarks.report",
        description="Prints the tables of a comparison from the JSON that `Scripts/bench` wrote: "
        "as text, or with --markdown as README.md has them.")
    parser.add_argument("run", type=Path, help="the JSON file")
    parser.add_argument("--markdown", action="store_true", help="as Markdown")
    arguments = parser.parse_args()
    table = tables.markdown if arguments.markdown else tables.text
    print(report(json.loads(arguments.run.read_text()), table))


if __name__ == "__main__":
    main()
