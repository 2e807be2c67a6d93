"""What makes no sense is said before anything is matched."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.matching.types import HOURS_A_WEEK, BadInput, Candidate


def checked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates who aren't paused; raises BadInput where one of them makes no sense."""
    if len({each.id for each in candidates}) < len(candidates):
        raise BadInput("id", "somebody is there twice")
    for each in candidates:
        for field, problem in _problems(each):
            raise BadInput(field, f"candidate {each.id} {problem}")
    return [each for each in candidates if not each.paused]


def _problems(one: Candidate) -> list[tuple[str, str]]:
    sound = {
        "languages": all(map(_is_language, one.languages)),
        "level": all(level in (1, 2, 3) for level in one.languages.values()),
        "hours": all(0 <= hour < HOURS_A_WEEK for hour in one.hours),
        "spare": all(0 <= hour < HOURS_A_WEEK for more in one.spare.values() for hour in more),
        "formats": one.formats <= {"online", "in_person"},
        "opinions": all(opinion in range(-2, 3) for opinion in one.opinions.values()),
        "waited": one.waited >= 0,
        "capacity": one.capacity >= 1,
    }
    return [(field, "has an unknown value") for field, is_sound in sound.items() if not is_sound]


def _is_language(code: str) -> bool:
    """An ISO 639 code: two or three small letters."""
    return 2 <= len(code) <= 3 and code.isascii() and code.isalpha() and code.islower()
