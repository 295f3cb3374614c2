"""Draws lines over logarithmic axes as SVG, by hand: equal slopes are equal exponents."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from .growth.exponent import Point

WIDTH, HEIGHT = 860, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 230, 44, 52
LABEL_GAP = 14

# Okabe and Ito's colours, which the colour-blind tell apart; the second round is dashed.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#444444")
INK, FAINT, PAPER = "#333333", "#dddddd", "#ffffff"


@dataclass(frozen=True)
class Scale:
    """From values to places along one axis, over whole decades."""

    low: int  # the exponent of ten at `start`
    high: int
    start: float
    end: float

    @staticmethod
    def over(values: list[float], start: float, end: float) -> "Scale":
        """The decades that hold all of the values."""
        low = math.floor(math.log10(min(values)) + 1e-9)
        high = math.ceil(math.log10(max(values)) - 1e-9)
        return Scale(low, max(high, low + 1), start, end)

    def place(self, value: float) -> float:
        """Where the value stands."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Every power of ten."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def draw(title: str, quantity: str, unit: str, lines: dict[str, list[Point]]) -> str:
    """The picture: a line for each name, labelled at its end; `unit` is "µs" or "B"."""
    lines = {name: shown for name, points in lines.items()
             if (shown := [point for point in points if point[1] > 0])}
    across = Scale.over([x for points in lines.values() for x, _ in points],
                        LEFT, WIDTH - RIGHT)
    up = Scale.over([y for points in lines.values() for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12" '
        f'fill="{INK}">',
        f'<title>{escape(title)}</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        f'<text x="{LEFT}" y="24" font-size="15">{escape(title)}</text>',
        *_grid(across, up, quantity, time_tick if unit == "µs" else size_tick),
        _linear(across, up),
        *_lines(across, up, lines),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def time_tick(microseconds: float) -> str:
    """A power of ten of microseconds: 10 µs, 1 ms, 100 s."""
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if microseconds >= size:
            return f"{microseconds / size:,.0f} {unit}"
    return f"{microseconds:g} µs"


def size_tick(count: float) -> str:
    """A power of ten of bytes, in thousands: 100 B, 1 kB, 10 MB."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= size:
            return f"{count / size:,.0f} {unit}"
    return f"{count:g} B"


def _grid(across: Scale, up: Scale, quantity: str, text: Callable[[float], str]) -> list[str]:
    parts: list[str] = []
    for tick in across.ticks():
        x = across.place(tick)
        parts.append(_line(x, up.start, x, up.end, FAINT))
        parts.append(_text(x, up.start + 18, f"{tick:,.0f}", "middle"))
    for tick in up.ticks():
        y = up.place(tick)
        parts.append(_line(across.start, y, across.end, y, FAINT))
        parts.append(_text(across.start - 8, y + 4, text(tick), "end"))
    middle = (across.start + across.end) / 2
    return [*parts, _text(middle, HEIGHT - 12, quantity, "middle")]


def _linear(across: Scale, up: Scale) -> str:
    """A dotted line of slope 1 from the lower left corner, to compare slopes with."""
    decades = min(across.high - across.low, up.high - up.low)
    x, y = across.place(10.0**(across.low + decades)), up.place(10.0**(up.low + decades))
    dotted = _line(across.start, up.start, x, y, "#999999", 'stroke-dasharray="2 4"')
    label_x, label_y = across.start + (x - across.start) / 4, up.start + (y - up.start) / 4
    return dotted + "\n" + _text(label_x + 6, label_y + 12, "linear", "start", "#999999")


def _lines(across: Scale, up: Scale, lines: dict[str, list[Point]]) -> list[str]:
    parts: list[str] = []
    ends: list[tuple[float, float, str, str]] = []
    for number, (name, points) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        dash = 'stroke-dasharray="6 4"' if number // len(COLOURS) % 2 else ""
        places = [(across.place(x), up.place(y)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" '
                     f'stroke-width="2" {dash}/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        ends.append((*places[-1], name, colour))
    return parts + _labels(across, ends)


def _labels(across: Scale, ends: list[tuple[float, float, str, str]]) -> list[str]:
    """The names, beside the ends of their lines, moved apart where they would meet."""
    parts: list[str] = []
    ends = sorted(ends, key=lambda end: end[1])
    places: list[float] = []
    for _, y, _, _ in ends:
        places.append(max(y, places[-1] + LABEL_GAP if places else TOP))
    for index in reversed(range(len(places))):
        below = places[index + 1] - LABEL_GAP if index + 1 < len(places) else HEIGHT - BOTTOM
        places[index] = min(places[index], below)
    for (x, y, name, colour), place in zip(ends, places):
        label_x = across.end + 22
        parts.append(_line(x + 5, y, label_x - 4, place, colour, 'stroke-width="0.7"'))
        parts.append(_text(label_x, place + 4, name, "start", colour))
    return parts


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, more: str = "") -> str:
    return (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="{colour}" {more}/>')


def _text(x: float, y: float, text: str, anchor: str, colour: str = INK) -> str:
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">'
            f'{escape(text)}</text>')
