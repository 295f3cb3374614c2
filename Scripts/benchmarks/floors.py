"""The floors: how far ahead of whom we want to be in each profile. The goal is twice the floor."""

from dataclasses import dataclass

from . import measures
from .measures import Measure

DOVECOT = "dovecot"
"""The better of Dovecot's formats that were run."""

CYRUS = "cyrus"

BEST = "best"
"""The better of Dovecot (any format) and Cyrus."""


@dataclass(frozen=True)
class Floor:
    """At least `ratio` times as good as `against`; where `against` is None, at most `limit`."""

    profile: str
    measure: Measure
    against: str | None
    ratio: float = 0
    limit: float = 0


def _ahead(measure: Measure, against: str, ratio: float, *profiles: str) -> list[Floor]:
    return [Floor(profile, measure, against, ratio=ratio) for profile in profiles]


FLOORS: list[Floor] = [
    *_ahead(measures.PER_SECOND, DOVECOT, 4, "append-many-10", "append-many-64", "append-one-10"),
    *_ahead(measures.PER_SECOND, DOVECOT, 2, "append-serial"),
    *_ahead(measures.PER_SECOND, DOVECOT, 1.5, "store-one", "store-one-shared", "store-range"),
    *_ahead(measures.PER_SECOND, DOVECOT, 3, "churn"),
    *_ahead(measures.PER_SECOND, DOVECOT, 2, "mixed-day"),
    *_ahead(measures.PER_SECOND, DOVECOT, 3,
            "fetch-flags", "fetch-envelopes", "fetch-headers", "fetch-windows-50"),
    *_ahead(measures.PER_SECOND, DOVECOT, 1.5, "fetch-bodies"),
    *_ahead(measures.PER_SECOND, DOVECOT, 5, "login"),
    *_ahead(measures.PER_SECOND, CYRUS, 1.5, "login"),
    *_ahead(measures.PER_SECOND, DOVECOT, 2, "status-50"),
    *_ahead(measures.MEDIAN, BEST, 4, "fetch-flags-100k", "search-flags-100k"),
    *_ahead(measures.MEDIAN, BEST, 3, "fetch-envelopes-100k", "search-header-100k"),
    *_ahead(measures.MEDIAN, BEST, 1, "search-body-100k"),
    *_ahead(measures.SELECT, BEST, 1, "select-100k", "select-100k-cold"),
    Floor("idle-1000", measures.MEDIAN, None, limit=50_000),
    Floor("resting", measures.PER_CONNECTION, None, limit=20 * 1024),
    Floor("resting", measures.PEAK, None, limit=300 * 2**20),
    Floor("disk", measures.DISK, None, limit=2 * 1024),
]

# What a row of the table shows; every other profile shows its operations a second.
SHOWN: dict[str, tuple[Measure, ...]] = {
    **{name: (measures.MEDIAN,) for name in (
        "fetch-flags-100k", "fetch-envelopes-100k", "search-flags-100k", "search-header-100k",
        "search-body-100k", "idle-50", "idle-1000")},
    **{name: (measures.SELECT, measures.FIRST_FETCH) for name in (
        "select-1000", "select-100k", "select-1m", "select-100k-cold", "select-1m-cold")},
    "resting": (measures.PER_CONNECTION, measures.PEAK),
    "disk": (measures.DISK,),
}


def shown(profile: str) -> tuple[Measure, ...]:
    """The measures that tell the story of a profile."""
    return SHOWN.get(profile, (measures.PER_SECOND,))


def of(profile: str, measure: Measure) -> list[Floor]:
    """The floors of that figure; often one, two where both rivals have their own."""
    return [each for each in FLOORS if each.profile == profile and each.measure == measure]
