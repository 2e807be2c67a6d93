"""Who meets whom: pure, typed, deterministic for a seed."""

from bot.domain.matching.match import Progress, match
from bot.domain.matching.pair import may_meet
from bot.domain.matching.rules import Rules
from bot.domain.matching.types import (
    BadInput,
    Candidate,
    Certificate,
    Help,
    LeftOut,
    Pair,
    Reasons,
    Result,
    Why,
)
from bot.domain.matching.week import week_hours
from bot.domain.matching.what_if import Gain, GainKind, what_if

__all__ = [
    "BadInput",
    "Candidate",
    "Certificate",
    "Gain",
    "GainKind",
    "Help",
    "LeftOut",
    "Pair",
    "Progress",
    "Reasons",
    "Result",
    "Rules",
    "Why",
    "match",
    "may_meet",
    "week_hours",
    "what_if",
]
