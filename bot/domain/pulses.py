"""A pulse: how many on each side agree with a statement, beside what the others guess of them.

What another side thinks is told only where enough answered and it is kinder than what the reader
guessed (Lees & Cikara 2020; Ruggeri et al. 2021; Mernyk et al. 2022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.figures import shown

GUESSES = tuple(range(0, 101, 10))
"""Of 100 people, how many may be guessed to agree."""

Good = Literal["many", "few"]
"""What of a statement is the good news: that many agree with it, or that few do."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one side: how many gave their view, how many of them agree, and the sum of guesses."""

    told: int = 0
    agree: int = 0
    guesses: int = 0
    guessed: int = 0

    @property
    def percent(self) -> int:
        """Of 100 people, how many agree."""
        return round(100 * self.agree / self.told) if self.told else 0

    @property
    def guess(self) -> int:
        """What they guess of the others on average."""
        return round(self.guessed / self.guesses) if self.guesses else 0


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told, of 100 people each; None is not told.

    `own` and `theirs` agree, on the reader's side and the others'. `guess` is what the reader's
    side guessed of the others on average, `of_us` what those guessed of the reader's side.
    """

    own: int | None = None
    theirs: int | None = None
    guess: int | None = None
    of_us: int | None = None


def kinder(one: int, other: int, good: Good) -> bool:
    """Whether it is better news that `one` of 100 agree than that `other` do."""
    return one > other if good == "many" else one < other


def pooled(tallies: Sequence[Tally]) -> Tally:
    """Several sides as one."""
    return Tally(
        sum(each.told for each in tallies),
        sum(each.agree for each in tallies),
        sum(each.guesses for each in tallies),
        sum(each.guessed for each in tallies),
    )


def told(mine: Tally, others: Sequence[Tally], guess: int | None, good: Good, fewest: int) -> Told:
    """What somebody is told who guessed this (None: nothing) of the others."""
    own = shown(mine.percent, fewest, mine.told)
    enough = own is not None and bool(others) and all(each.told >= fewest for each in others)
    if not enough or own is None or guess is None:
        return Told(own)
    them = pooled(others)
    if not kinder(them.percent, guess, good):
        return Told(own)
    of_us = shown(them.guess, fewest, them.guesses)
    unkind = of_us is not None and kinder(own, of_us, good)
    ours = shown(mine.guess, fewest, mine.guesses)
    return Told(own, them.percent, ours, None if unkind else of_us)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """A statement as somebody reads it: in their language, else in English, else the first."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))
