"""What a member tells of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DAY_PARTS = {"morning": (9, 12), "afternoon": (13, 17), "evening": (18, 21)}
"""The parts of a day people tick, as local hours [from, until)."""

LITTLE, WELL, FIRST = 1, 2, 3
"""The levels of a language. One nobody asked about is spoken well."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A member's answers at sign-up.

    `languages` are ISO 639 codes, `formats` are "online" and "in_person", `opinions` map a
    statement's position to -2 (disagree) … 2 (agree), `availability` holds slots such as
    "0-morning" (0 = Monday) in the member's own `zone` (IANA). `levels` map some of the languages
    to 1 (a little), 2 (well) or 3 (as a first language). `capacity` is how many partners, 1 to 3,
    somebody takes at a time where another side has more people.
    """

    languages: tuple[str, ...] = ()
    zone: str = "UTC"
    formats: tuple[str, ...] = ()
    place: str = ""
    interests: tuple[str, ...] = ()
    opinions: Mapping[str, int] = field(default_factory=dict)
    availability: tuple[str, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    capacity: int = 1

    @property
    def spoken(self) -> dict[str, int]:
        """Each language with its level; one without a level is spoken well."""
        return {each: self.levels.get(each, WELL) for each in self.languages}

    def as_json(self) -> dict[str, Any]:
        """The profile as it is stored."""
        return {
            "languages": list(self.languages),
            "zone": self.zone,
            "formats": list(self.formats),
            "place": self.place,
            "interests": list(self.interests),
            "opinions": dict(self.opinions),
            "availability": list(self.availability),
            "levels": dict(self.levels),
            "capacity": self.capacity,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> Profile:
        """The stored profile; what is missing is empty."""
        told = dict(stored or {})
        return cls(
            languages=tuple(told.get("languages", ())),
            zone=str(told.get("zone", "UTC")),
            formats=tuple(told.get("formats", ())),
            place=str(told.get("place", "")),
            interests=tuple(told.get("interests", ())),
            opinions=dict(told.get("opinions", {})),
            availability=tuple(told.get("availability", ())),
            levels=dict(told.get("levels", {})),
            capacity=int(told.get("capacity", 1)),
        )
