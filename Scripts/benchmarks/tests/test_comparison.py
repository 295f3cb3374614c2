"""Ratios, verdicts and tables of a run that is made up."""

import unittest
from typing import Any

from benchmarks import floors, measures, report, tables
from benchmarks.comparison import Comparison
from benchmarks.floors import Floor


def run(**rates: list[float]) -> dict[str, Any]:
    """A run of one profile, `status-50`, with these operations a second in each repeat."""
    names = {name: name.replace("_", "-") for name in rates}
    return {
        "date": "2026-01-01", "servers": {name: "1" for name in names.values()},
        "machine": {"processor": "p", "cores": 2, "memoryBytes": 2**30, "kernel": "k",
                    "system": "s", "fileSystem": "f", "flushMicroseconds": 1.0},
        "settings": {"repeats": 3, "seconds": 1, "scale": 1},
        "records": [{"repeat": repeat, "server": names[name], "profile": "status-50",
                     "measurement": {"perSecond": rate,
                                     "serverCPUMicrosecondsPerOperation": 1e6 / rate}}
                    for name, values in rates.items() for repeat, rate in enumerate(values)],
    }


class ComparisonTests(unittest.TestCase):
    """What is said of two servers."""

    def test_the_better_dovecot_format_is_the_rival(self) -> None:
        comparison = Comparison(run(hindsight=[9.0], dovecot_sdbox=[2.0], dovecot_maildir=[3.0]))
        rival = comparison.rival(floors.DOVECOT, "status-50", measures.PER_SECOND)
        self.assertEqual(rival, "dovecot-maildir")

    def test_less_is_better_for_cpu(self) -> None:
        comparison = Comparison(run(hindsight=[9.0], dovecot_sdbox=[2.0], dovecot_maildir=[3.0]))
        self.assertEqual(comparison.rival(floors.DOVECOT, "status-50", measures.CPU),
                         "dovecot-maildir")
        ratio = comparison.ratio(floors.DOVECOT, "status-50", measures.CPU)
        self.assertAlmostEqual(ratio.median if ratio else 0, 3)

    def test_ratios_are_taken_repeat_by_repeat(self) -> None:
        comparison = Comparison(run(hindsight=[10, 20, 30], cyrus=[5, 5, 30]))
        ratio = comparison.ratio(floors.CYRUS, "status-50", measures.PER_SECOND)
        assert ratio is not None
        self.assertEqual((ratio.least, ratio.median, ratio.greatest), (1, 2, 4))

    def test_verdicts(self) -> None:
        for rates, ratio, verdict in (
            ([40.0], 2, "goal"), ([30.0], 2, "holds"), ([10.0], 2, "BEHIND"),
            ([9.0, 11.0, 9.0], 1, "even"), ([9.0, 9.0, 9.0], 1, "BEHIND"),
        ):
            with self.subTest(rates=rates, ratio=ratio):
                theirs = [10.0] * len(rates)
                comparison = Comparison(run(hindsight=rates, dovecot_sdbox=theirs))
                floor = Floor("status-50", measures.PER_SECOND, floors.DOVECOT, ratio=ratio)
                self.assertEqual(comparison.verdict(floor), verdict)

    def test_without_a_rival_there_is_no_verdict(self) -> None:
        comparison = Comparison(run(hindsight=[1.0]))
        floor = Floor("status-50", measures.PER_SECOND, floors.DOVECOT, ratio=2)
        self.assertEqual(comparison.verdict(floor), "–")

    def test_the_report_tells_of_failures(self) -> None:
        made = run(hindsight=[4.0], dovecot_sdbox=[1.0])
        made["records"].append({"repeat": 0, "server": "dovecot-sdbox", "profile": "login",
                                "error": "refused\n  after 7"})
        text = report.report(made, tables.markdown)
        self.assertIn("| status-50 | 4.00/s | 1.00/s | 4.00 | – | 2× Dovecot | goal |", text)
        self.assertIn("- dovecot-sdbox, login: refused after 7", text)


class MeasureTests(unittest.TestCase):
    """How figures read."""

    def test_figures_read_well(self) -> None:
        for text, expected in (
            (measures.digits(12_345), "12,300"), (measures.digits(4.567), "4.57"),
            (measures.digits(999), "999"), (measures.duration(1234), "1.23 ms"),
            (measures.duration(9_700_000), "9.70 s"), (measures.size(2048), "2.00 KB"),
            (measures.size(-10), "-10.0 B"), (measures.PER_SECOND.text(None), "–"),
        ):
            self.assertEqual(text, expected)

    def test_a_figure_that_is_missing_is_none(self) -> None:
        self.assertIsNone(measures.PEAK.of({"memory": None}))
        self.assertEqual(measures.PEAK.of({"memory": {"peakBytes": 5}}), 5)
