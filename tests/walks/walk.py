"""Walks by seed, and a failing walk made as short as it can be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from random import Random

from tests.walks.cast import NAMES
from tests.walks.founding import Shape
from tests.walks.steps import BY_NAME, WEIGHTS, Step
from tests.walks.town import Town

SHRINK_SECONDS = 60


def drawn(seed: int, count: int) -> tuple[Shape, list[Step]]:
    """The walk of a seed: how the network is run, and the steps."""
    random = Random(seed)
    shape = Shape(*(random.random() < 0.5 for _ in range(4)))
    names, weights = list(BY_NAME), list(WEIGHTS.values())
    steps = [
        Step(does, random.choice(NAMES), *(random.randrange(10**6) for _ in range(3)))
        for does in random.choices(names, weights, k=count)
    ]
    return shape, [*_introduced(random), *steps]


def _introduced(random: Random) -> list[Step]:
    """Some walks begin with people who have met: most of what can go wrong comes after."""
    if random.random() < 0.3:
        return []
    return [Step(does, "zed", 1, 1, 1) for does in ("hold_a_round", "all_say_yes")]


async def walked(shape: Shape, steps: Sequence[Step]) -> None:
    """Takes all steps; raises whatever a step raises, and AssertionError where a rule is broken."""
    town = await Town.open(shape)
    try:
        for number, step in enumerate(steps):
            try:
                await BY_NAME[step.does](town, step)
            except Exception as error:
                error.add_note(f"at step {number}: {step}")
                raise
    finally:
        await town.close()


def walk(seed: int, count: int) -> None:
    """Takes the walk of a seed; where it fails, fails with the shortest that fails alike."""
    shape, steps = drawn(seed, count)
    if (error := _outcome(shape, steps)) is None:
        return
    short = _shrunk(shape, steps, error)
    lines = "\n".join(f"    {each!r}," for each in short)
    raise AssertionError(
        f"the walk of seed {seed} fails, {shape}:\n{lines}\n{error!r}"
    ) from _outcome(shape, short)


def _outcome(shape: Shape, steps: Sequence[Step]) -> Exception | None:
    try:
        asyncio.run(walked(shape, steps))
    except Exception as error:  # noqa: BLE001 - whatever it is, the walk has failed
        return error
    return None


def _shrunk(shape: Shape, steps: list[Step], error: Exception) -> list[Step]:
    """Leaves out what need not be there, in ever smaller pieces."""
    until, size = time.monotonic() + SHRINK_SECONDS, len(steps) // 2
    while size and time.monotonic() < until:
        at = 0
        while at < len(steps) and time.monotonic() < until:
            fewer = steps[:at] + steps[at + size :]
            found = _outcome(shape, fewer)
            if found is not None and _alike(found, error):
                steps = fewer
            else:
                at += size
        size //= 2
    return steps


def _alike(one: Exception, other: Exception) -> bool:
    def place(error: Exception) -> tuple[type, int, str]:
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        code = "" if trace is None else trace.tb_frame.f_code.co_filename
        return type(error), 0 if trace is None else trace.tb_lineno, code

    return place(one) == place(other)
