"""What grows, and what is looked at while it does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..load import Load
from ..servers import Server

Figures = dict[str, float]
"""Figures by name, in the unit that the axis gives for them; what was not measured is left out."""

Measuring = Callable[[Server, Load, list[int]], Iterator[tuple[int, Figures]]]
"""Fills the store to each size in turn, and yields the size reached with its figures."""


@dataclass(frozen=True)
class Axis:
    """One dimension of growth: its sizes, in rising order, and how to measure at each."""

    name: str
    title: str
    quantity: str  # what the sizes count
    sizes: tuple[int, ...]
    units: dict[str, str]  # figure → "µs" or "B"
    expected: dict[str, str]  # figure → why it grows as it does, if it may grow linearly or worse
    measure: Measuring
