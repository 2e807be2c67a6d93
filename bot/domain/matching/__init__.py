"""Who meets whom: pure, typed, deterministic for a seed."""

from bot.domain.matching.match import match
from bot.domain.matching.musts import may_meet, week_hours
from bot.domain.matching.types import (
    BadInput,
    Candidate,
    LeftOut,
    Pair,
    Reasons,
    Result,
    Rules,
    Why,
)

__all__ = [
    "BadInput",
    "Candidate",
    "LeftOut",
    "Pair",
    "Reasons",
    "Result",
    "Rules",
    "Why",
    "match",
    "may_meet",
    "week_hours",
]
