"""Exponents, and where things stand in a plot."""

import unittest
from xml.etree import ElementTree

from benchmarks import plot
from benchmarks.growth import exponent


class ExponentTests(unittest.TestCase):
    """The slope of powers is their exponent."""

    def test_powers(self) -> None:
        for power in (0, 0.5, 1, 2):
            points = [(float(x), 7.0 * x**power) for x in (10, 100, 1000)]
            slope = exponent.slope(points)
            self.assertAlmostEqual(slope if slope is not None else -1, power)

    def test_one_point_has_none(self) -> None:
        self.assertIsNone(exponent.slope([(10, 1)]))
        self.assertIsNone(exponent.slope([(10, 1), (100, 0)]))

    def test_the_last_decade(self) -> None:
        points = [(1.0, 1.0), (100.0, 1.0), (1000.0, 10.0)]
        self.assertEqual(exponent.last_decade(points), points[1:])


class PlotTests(unittest.TestCase):
    """Scales and labels."""

    def test_a_scale_covers_whole_decades(self) -> None:
        scale = plot.Scale.over([2, 300], 0, 300)
        self.assertEqual(scale.ticks(), [1, 10, 100, 1000])
        self.assertAlmostEqual(scale.place(10), 100)

    def test_a_picture_is_well_formed_and_leaves_out_zeros(self) -> None:
        svg = plot.draw("a < b", "sizes", "µs", {"one": [(1, 5), (10, 50)], "none": [(1, 0)]})
        root = ElementTree.fromstring(svg)
        self.assertEqual(len(root.findall("{*}polyline")), 1)
        self.assertIn("1 µs", svg)

    def test_labels_never_meet(self) -> None:
        lines = {str(each): [(1.0, 5.0), (10.0, 5.0)] for each in range(9)}
        root = ElementTree.fromstring(plot.draw("t", "q", "B", lines))
        heights = sorted(float(text.get("y", 0)) for text in root.findall("{*}text")
                         if text.text in lines)
        gaps = [after - before for before, after in zip(heights, heights[1:])]
        self.assertGreaterEqual(min(gaps), plot.LABEL_GAP - 0.2)
