"""The figures that are compared: where each stands in a measurement, and which way is better."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Measure:
    """One figure of a measurement."""

    name: str
    path: tuple[str, ...]
    unit: str  # "/s", "µs" or "B"
    more_is_better: bool = False

    def of(self, measurement: dict[str, Any]) -> float | None:
        """The figure; None when it was not, or could not be, measured."""
        value: Any = measurement
        for key in self.path:
            value = value.get(key) if isinstance(value, dict) else None
        return float(value) if isinstance(value, (int, float)) else None

    def text(self, value: float | None) -> str:
        """The figure with its unit, three digits worth reading."""
        if value is None:
            return "–"
        if self.unit == "/s":
            return f"{digits(value)}/s"
        if self.unit == "B":
            return size(value)
        return duration(value)


PER_SECOND = Measure("operations", ("perSecond",), "/s", more_is_better=True)
MEDIAN = Measure("median", ("latencyMicroseconds", "p50"), "µs")
SELECT = Measure("SELECT", ("extra", "selectP50Microseconds"), "µs")
FIRST_FETCH = Measure("FETCH FLAGS", ("extra", "fetchP50Microseconds"), "µs")
CPU = Measure("CPU", ("serverCPUMicrosecondsPerOperation",), "µs")
PEAK = Measure("peak memory", ("memory", "peakBytes"), "B")
PER_CONNECTION = Measure("memory a connection", ("memory", "perConnectionBytes"), "B")
DISK = Measure("disk beside the body", ("besideBytes",), "B")


def digits(value: float) -> str:
    """A number with three significant digits and separators: 12,300; 4.56."""
    if value >= 1000:
        rounding = 10 ** (len(str(int(value))) - 3)
        return f"{round(value / rounding) * rounding:,}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def duration(microseconds: float) -> str:
    """Microseconds, milliseconds or seconds, whichever reads best."""
    if microseconds < 1000:
        return f"{digits(microseconds)} µs"
    if microseconds < 1_000_000:
        return f"{digits(microseconds / 1000)} ms"
    return f"{digits(microseconds / 1_000_000)} s"


def size(count: float) -> str:
    """Bytes in the unit that reads best; a unit is 1024 of the one before."""
    for unit in ("B", "KB", "MB"):
        if abs(count) < 1024:
            return f"{digits(count) if count >= 0 else f'-{digits(-count)}'} {unit}"
        count /= 1024
    return f"{digits(count)} GB"
