"""Figures of a network: sums of rows, and none of them of too few people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

WEEKS = 12
"""How many weeks a look back has."""

BINS = (7, 14, 28, 56)
"""Where the classes of waiting times end, in days; the last has no end."""


class Step(IntEnum):
    """How far somebody has come; who took one step has taken all before it."""

    INVITED = 0
    SIGNED_UP = 1
    APPROVED = 2
    ASKED = 3
    INTRODUCED = 4
    MET = 5
    TWICE = 6
    THRICE = 7


def shown(many: int, fewest: int, people: int | None = None) -> int | None:
    """A figure, or None where it is of fewer people than may be shown.

    `people` is how many it is about where it does not count them itself.
    """
    return many if (many if people is None else people) >= fewest else None


def funnel(rows: Iterable[tuple[int, int, int]]) -> dict[int, Counter[Step]]:
    """By side, how many came at least as far as each step; rows are (side, furthest step, many)."""
    found: dict[int, Counter[Step]] = defaultdict(Counter)
    for side_id, reached, many in rows:
        for step in Step:
            if Step.INVITED < step <= reached:
                found[side_id][step] += many
    return dict(found)


def monday(at: datetime | date) -> date:
    """The first day of a week."""
    day = at.date() if isinstance(at, datetime) else at
    return day - timedelta(days=day.weekday())


def weeks_until(now: datetime, many: int = WEEKS) -> list[date]:
    """The last weeks by their Mondays, this one last."""
    last = monday(now)
    return [last - timedelta(weeks=back) for back in reversed(range(many))]


def by_week(
    rows: Iterable[tuple[datetime, int]], weeks: Sequence[date]
) -> dict[date, Counter[Step]]:
    """How far those got who began in each week; rows are (when they began, furthest step)."""
    found: dict[date, Counter[Step]] = {week: Counter() for week in weeks}
    for began, reached in rows:
        if (week := monday(began)) in found:
            found[week].update(step for step in Step if Step.INVITED < step <= reached)
    return found


@dataclass(frozen=True, slots=True)
class Week:
    """The meetings of a week that were held and missed, and how many people each is about."""

    held: int
    missed: int
    who_met: int
    who_missed: int


def meetings_by_week(
    rows: Iterable[tuple[int, datetime, str, int]], weeks: Sequence[date]
) -> dict[date, Week]:
    """Rows are (meeting, when, held or missed, one of its members)."""
    events: dict[tuple[date, str], set[int]] = defaultdict(set)
    people: dict[tuple[date, str], set[int]] = defaultdict(set)
    for meeting_id, at, state, member_id in rows:
        key = monday(at), state
        events[key].add(meeting_id)
        people[key].add(member_id)
    return {
        week: Week(
            len(events[week, "held"]),
            len(events[week, "missed"]),
            len(people[week, "held"]),
            len(people[week, "missed"]),
        )
        for week in weeks
    }


def waits(rows: Iterable[tuple[int, datetime, datetime]]) -> dict[int, list[int]]:
    """By side, how many waited up to each of BINS; rows are (side, from, until)."""
    found: dict[int, list[int]] = defaultdict(lambda: [0] * (len(BINS) + 1))
    for side_id, since, until in rows:
        days = (until - since).total_seconds() / 86400
        found[side_id][sum(days > end for end in BINS)] += 1
    return dict(found)


@dataclass(frozen=True, slots=True)
class Beside:
    """What people said on average who met, beside those who were introduced and never did."""

    met: float
    who_met: int
    never: float
    who_never: int


def beside(
    answers: Iterable[tuple[str, int, float]], reached: Mapping[int, int], fewest: int
) -> dict[str, Beside]:
    """By kind of question; answers are (kind, member, value), and a member's last one counts.

    A kind is left out where too few of either answered.
    """
    last = {(kind, member_id): value for kind, member_id, value in answers}
    said: dict[tuple[str, bool], list[float]] = defaultdict(list)
    for (kind, member_id), value in last.items():
        if (step := reached.get(member_id, 0)) >= Step.INTRODUCED:
            said[kind, step >= Step.MET].append(value)
    found = {}
    for kind in dict.fromkeys(kind for kind, _member in last):
        met, never = said[kind, True], said[kind, False]
        if min(len(met), len(never)) >= max(1, fewest):
            means = sum(met) / len(met), sum(never) / len(never)
            found[kind] = Beside(means[0], len(met), means[1], len(never))
    return found


def hardly_meet(
    tracks: Sequence[int], overlaps: Mapping[tuple[int, int], int], fewest: int
) -> list[tuple[int, int]]:
    """The pairs of tracks that have fewer people in common than may be shown, none included."""
    pairs = [(one, other) for one in tracks for other in tracks if one < other]
    return [pair for pair in pairs if overlaps.get(pair, 0) < max(1, fewest)]
