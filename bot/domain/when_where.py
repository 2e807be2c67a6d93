"""Two kinds of question of their own: which times of a week suit, and where in the world one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.fields import (
    Answered,
    Choice,
    Draft,
    Find,
    Grid,
    Kind,
    Outcome,
    Wrong,
    in_grid,
)
from bot.domain.people import DAY_PARTS
from bot.domain.replies import (
    CountryName,
    Listed,
    Plain,
    Text,
    Value,
    WeekdayName,
    ZoneName,
    _,
    lines,
)
from bot.domain.tidy import tidy

PARTS: dict[str, Text] = {
    "morning": _("Morning"),
    "afternoon": _("Afternoon"),
    "evening": _("Evening"),
}
"""The parts of a day, named."""

SLOTS = tuple(f"{day}-{part}" for day in range(7) for part in DAY_PARTS)
"""All slots of a week, "0-morning" (0 = Monday) the first."""


def slot_named(slot: str) -> Text:
    """One slot of a week, such as "Evening: Monday"."""
    day, _dash, part = slot.partition("-")
    return _("{part}: {days}", part=PARTS[part], days=WeekdayName(int(day)))


@dataclass(frozen=True, slots=True)
class Week(Kind):
    """Slots of a week, a list in the week's order. The rows begin with `first_day` (0 = Monday).

    A tap on a day, on a part of the day or on the corner takes or gives back all of it.
    """

    first_day: int = 0

    def opened(self, answer: Any, /) -> Draft:
        return Draft(tuple(slot for slot in SLOTS if slot in (answer or ())))

    def rows(self, draft: Draft, /) -> Grid:
        heads = (_head(text, part, draft) for part, text in PARTS.items())
        return (
            (_head(_("All"), "*", draft), *heads),
            *(_day(day, draft) for day in self._days()),
            (Choice(_("Done"), "done"),),
        )

    def tapped(self, draft: Draft, what: str, /) -> Outcome:
        if what == "done":
            if not draft.picked:
                raise Wrong(_("Please choose at least one time that can suit you."))
            return Answered(list(draft.picked))
        meant = _slots(what[1:])
        if what[:1] not in {"+", "-"} or not meant:
            return None
        left = [slot for slot in draft.picked if slot not in meant]
        now = {*left, *meant} if what[0] == "+" else set(left)
        return Draft(tuple(slot for slot in SLOTS if slot in now))

    def show(self, answer: Any, /) -> Value:
        if set(answer) == set(SLOTS):
            return _("any time")
        told = (self._of_part(part, answer) for part in DAY_PARTS)
        return lines(Plain(""), *told)

    def _of_part(self, part: str, answer: Any) -> Text | None:
        days = [day for day in self._days() if f"{day}-{part}" in answer]
        if not days:
            return None
        every = _("every day") if len(days) == 7 else Listed(tuple(map(WeekdayName, days)))
        return _("{part}: {days}", part=PARTS[part], days=every)

    def _days(self) -> list[int]:
        return [(self.first_day + each) % 7 for each in range(7)]


def _slots(pattern: str) -> tuple[str, ...]:
    return tuple(
        slot for slot in SLOTS if pattern == "*" or pattern == slot or pattern in slot.split("-")
    )


def _head(text: Value, pattern: str, draft: Draft) -> Choice:
    every = all(slot in draft.picked for slot in _slots(pattern))
    return Choice(text, ("-" if every else "+") + pattern)


def _day(day: int, draft: Draft) -> tuple[Choice, ...]:
    cells = (_cell(f"{day}-{part}", draft) for part in DAY_PARTS)
    return (_head(WeekdayName(day, "abbreviated"), str(day), draft), *cells)


def _cell(slot: str, draft: Draft) -> Choice:
    return (
        Choice(Plain("✓"), "-" + slot) if slot in draft.picked else Choice(Plain("·"), "+" + slot)
    )


@dataclass(frozen=True, slots=True)
class Where(Kind):
    """A time zone (IANA name), by country and city, by typing either, or by a shared location.

    `countries` (ISO 3166) have buttons; `zones` are a country's; `find` gives the countries and
    zones somebody may mean by what they typed; `at` is the zone at a latitude and longitude in
    degrees, "" where there is none. The location itself is not kept.
    """

    countries: tuple[str, ...]
    zones: Callable[[str], tuple[str, ...]]
    find: Find
    at: Callable[[float, float], str]

    def rows(self, draft: Draft, /) -> Grid:
        if self.asks_location(draft):
            return ()
        places = self._places(draft)
        chosen = in_grid((Choice(_place(each), "=" + each) for each in places), 2)
        if draft.picked or draft.found:
            return (*chosen, (Choice(_("All countries"), "list"),))
        return (
            *chosen,
            (Choice(_("Another country"), "other"),),
            (Choice(_("Use my location"), "here"),),
        )

    def tapped(self, draft: Draft, what: str, /) -> Outcome:
        if what in {"other", "here"}:
            return Draft((what,))
        if what == "list":
            return Draft()
        place = what.removeprefix("=")
        return self._chosen(place) if place in self._places(draft) else None

    def typed(self, _draft: Draft, text: str, /) -> Outcome:
        found = self.find(tidy(text))
        if not found:
            raise Wrong(
                _("I do not know that place. Please write the name of a country or a large city.")
            )
        return self._chosen(found[0]) if len(found) == 1 else Draft(found=found)

    def shared(self, latitude: float, longitude: float, /) -> Outcome:
        if zone := self.at(latitude, longitude):
            return Answered(zone)
        raise Wrong(_("I could not find the time zone there. Please choose a country instead."))

    def unread(self) -> Text:
        return _("I cannot read that. Please choose with the buttons, or write your country.")

    def hint(self, draft: Draft, /) -> Text | None:
        if self.asks_location(draft):
            return _(
                "The button below the text field shares your location once. It is used to find "
                "your time zone and is not kept. You can also write your country or a large city."
            )
        if draft.picked == ("other",):
            return _("Please write the name of your country, or of a large city near you.")
        if draft.picked:
            return _("Which place has the same time as yours?")
        return _("Which of these do you mean?") if draft.found else None

    def asks_location(self, draft: Draft, /) -> bool:
        return draft.picked == ("here",)

    def show(self, answer: Any, /) -> Value:
        return ZoneName(str(answer))

    def _places(self, draft: Draft) -> tuple[str, ...]:
        if draft.found:
            return draft.found
        if draft.picked == ("other",):
            return ()
        return self.zones(draft.picked[0]) if draft.picked else self.countries

    def _chosen(self, place: str) -> Outcome:
        if not _is_country(place):
            return Answered(place)
        zones = self.zones(place)
        return Answered(zones[0]) if len(zones) == 1 else Draft((place,))


def _is_country(place: str) -> bool:
    return len(place) == 2


def _place(place: str) -> Value:
    return CountryName(place) if _is_country(place) else ZoneName(place)
