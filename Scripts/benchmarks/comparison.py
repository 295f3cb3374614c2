"""From the measurements of a run to medians, ranges, ratios and verdicts."""

import statistics
from dataclasses import dataclass
from typing import Any

from . import floors
from .floors import Floor
from .measures import Measure

OURS = "hindsight"


@dataclass(frozen=True)
class Spread:
    """A median with the least and the greatest of the repeats."""

    median: float
    least: float
    greatest: float

    @staticmethod
    def of(values: list[float]) -> "Spread | None":
        """None when there are no values."""
        if not values:
            return None
        return Spread(statistics.median(values), min(values), max(values))


class Comparison:
    """One run: every record is one server's measurement of one profile in one repeat."""

    def __init__(self, run: dict[str, Any]) -> None:
        self.run = run
        self.servers: list[str] = list(run["servers"])
        self.profiles: list[str] = list(dict.fromkeys(each["profile"] for each in run["records"]))

    def values(self, server: str, profile: str, measure: Measure) -> dict[int, float]:
        """The figure of each repeat that has it."""
        found: dict[int, float] = {}
        for record in self.run["records"]:
            if record["server"] == server and record["profile"] == profile:
                value = measure.of(record.get("measurement") or {})
                if value is not None:
                    found[record["repeat"]] = value
        return found

    def spread(self, server: str, profile: str, measure: Measure) -> Spread | None:
        """The figure over the repeats."""
        return Spread.of(list(self.values(server, profile, measure).values()))

    def failure(self, server: str, profile: str) -> str | None:
        """Why the profile has no figure for that server, if it was tried and failed."""
        return next((record["error"] for record in self.run["records"] if "error" in record
                     and record["server"] == server and record["profile"] == profile), None)

    def rival(self, against: str, profile: str, measure: Measure) -> str | None:
        """The server a floor means: the better Dovecot format, Cyrus, or the best of them."""
        names = [name for name in self.servers if name != OURS
                 and (against == floors.BEST or name.startswith(against))]
        medians = {name: found.median for name in names
                   if (found := self.spread(name, profile, measure))}
        if not medians:
            return None
        return (max if measure.more_is_better else min)(medians, key=lambda name: medians[name])

    def ratio(self, against: str, profile: str, measure: Measure) -> Spread | None:
        """How many times better ours is: above 1 we are ahead, whichever way the measure runs.

        Each repeat is compared with the same repeat of the rival, taken moments apart, so that what
        the machine does meanwhile falls on both.
        """
        theirs_name = self.rival(against, profile, measure)
        if theirs_name is None:
            return None
        ours = self.values(OURS, profile, measure)
        theirs = self.values(theirs_name, profile, measure)
        pairs = [(ours[each], theirs[each]) for each in sorted(ours.keys() & theirs.keys())]
        if measure.more_is_better:
            return Spread.of([mine / other for mine, other in pairs if other > 0])
        return Spread.of([other / mine for mine, other in pairs if mine > 0])

    def verdict(self, floor: Floor) -> str:
        """`goal` (twice the floor), `holds`, `even` (the floor is 1 and the ranges meet), `BEHIND`.

        A dash when one side was not measured.
        """
        if floor.against is None:
            ours = self.spread(OURS, floor.profile, floor.measure)
            if ours is None:
                return "–"
            if ours.median > floor.limit:
                return "BEHIND"
            return "goal" if ours.median * 2 <= floor.limit else "holds"
        ratio = self.ratio(floor.against, floor.profile, floor.measure)
        if ratio is None:
            return "–"
        if ratio.median >= floor.ratio:
            return "goal" if ratio.median >= 2 * floor.ratio else "holds"
        return "even" if floor.ratio == 1 and ratio.greatest >= 1 else "BEHIND"
