"""The exponent of growth: the slope of the figure over the size, both as logarithms."""

import math

Point = tuple[float, float]


def slope(points: list[Point]) -> float | None:
    """The least-squares slope: 0 does not grow, 1 grows linearly, 2 with the square.

    None with fewer than two points; those that are not positive have no logarithm and are left out.
    """
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread


def last_decade(points: list[Point]) -> list[Point]:
    """The points from a tenth of the greatest size on: there constant costs hide the least."""
    greatest = max((x for x, _ in points), default=0)
    return [(x, y) for x, y in points if x * 10 >= greatest]
