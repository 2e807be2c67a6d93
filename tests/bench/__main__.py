"""`make bench`: each figure beside its goal, and whether it was met. The goals are never bent.

The sandbox runs in a process of its own, and so does each round of the matching. What is compared
takes turns in the same run, three times each, and the medians are shown.
"""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
import uvloop

from tests.bench import members, rounds, screens, sends, turns
from tests.bench.matching_meanwhile import answers_while_matching
from tests.bench.shown import told

TIMES = 3
UPDATES, MESSAGES, LIMITED = 3000, 3000, 900
ROWS, SECONDS = 100_000, 40
A_SIDE = 20_000
FEW, MANY, TURNS = 1_000, 100_000, 300

Measure = Callable[[], Awaitable[float]]


async def in_turn(*measures: Measure) -> list[float]:
    """The median of each, measured in turn, so that a busy machine is busy for all of them."""
    found: list[list[float]] = [[] for _ in measures]
    for _ in range(TIMES):
        for figures, measure in zip(found, measures, strict=True):
            figures.append(await measure())
    return [statistics.median(figures) for figures in found]


async def turns_a_second() -> None:
    """Every turn committed, against an echo bot that stores nothing."""
    ours, theirs, at_once = await in_turn(
        lambda: turns.ours(UPDATES),
        lambda: turns.theirs(UPDATES, at_once=False),
        lambda: turns.theirs(UPDATES, at_once=True),
    )
    told("Turns a second, each committed (SQLite)", f"{ours:.0f}", "", met=None)
    told("  telegram.ext.Application, no database", f"{theirs:.0f}", "", met=None)
    told("  the same with concurrent_updates(True)", f"{at_once:.0f}", "", met=None)
    best = ours / max(theirs, at_once)
    told("  ours against the faster of them", f"{best:.2f} x", ">= 1.00 x", met=best >= 1)


async def messages_a_second() -> None:
    """With Telegram's limit and without."""
    rate, refused = await sends.at_the_limit(LIMITED)
    share = rate / sends.LIMIT
    told("Messages a second under the limit of 30", f"{rate:.2f}", ">= 98 %", met=share >= 0.98)
    told("  answered with 429", f"{refused}", "none", met=refused == 0)
    ours, theirs = await in_turn(lambda: sends.ours(MESSAGES), lambda: sends.theirs(MESSAGES))
    told("Messages a second without a limit, from the outbox", f"{ours:.0f}", "", met=None)
    told("  telegram.Bot over httpx, as many at a time", f"{theirs:.0f}", "", met=None)
    told("  ours against it", f"{ours / theirs:.2f} x", ">= 2.00 x", met=ours >= 2 * theirs)


async def answers_during_a_broadcast() -> None:
    """A shortened run: all rows are queued, and people talk while the first of them go out."""
    median, p99, count = await sends.answers_meanwhile(ROWS, SECONDS)
    what = f"An answer during a broadcast of {ROWS:,}: p99 of {count}"
    told(what, f"{p99:.3f} s", "< 1 s", met=p99 < 1)
    told("  median", f"{median:.3f} s", "", met=None)


async def answers_during_a_round() -> None:
    """People talk while a round of a large network is matched, and while it is held."""
    for phase, waits in zip(("matched", "held"), await answers_while_matching(A_SIDE), strict=True):
        what = f"An answer while {A_SIDE:,} a side are {phase}: p99 of {waits.count}"
        told(what, f"{waits.p99:.3f} s", "< 1 s", met=waits.p99 < 1)
        told("  median", f"{waits.median:.3f} s", "", met=None)
        told("  seconds of it", f"{waits.took:.0f} s", "", met=None)


async def turns_in_a_large_network() -> None:
    """The commands of a member, in turn."""
    with TemporaryDirectory(prefix="proxeny-bench-") as folder:
        few = await members.peopled(Path(folder), FEW)
        many = await members.peopled(Path(folder), MANY)
        await members.milliseconds(few, FEW, 0, TURNS)
        await members.milliseconds(many, MANY, 0, TURNS)
        found: dict[int, list[float]] = {FEW: [], MANY: []}
        for each in range(1, 2 * TIMES):
            for count, store in ((FEW, few), (MANY, many)):
                figure = await members.milliseconds(store, count, each * TURNS, TURNS)
                found[count].append(figure)
        await few.close()
        await many.close()
    small, large = (statistics.median(found[count]) for count in (FEW, MANY))
    ratio = large / small
    told(f"A member's turn among {FEW:,}", f"{small:.2f} ms", "", met=None)
    told(f"  among {MANY:,}", f"{large:.2f} ms", "", met=None)
    told("  against each other", f"{ratio:.2f} x", "<= 1.20 x", met=ratio <= 1.2)


async def main() -> None:
    """All of it."""
    told("what", "figure", "goal", met=None)
    await turns_a_second()
    await messages_a_second()
    await answers_during_a_broadcast()
    await answers_during_a_round()
    await turns_in_a_large_network()
    await screens.shown()
    rounds.shown()


if __name__ == "__main__":
    import logging

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    uvloop.run(main())
