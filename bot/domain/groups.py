"""Circles and teams: whether those who said yes make one, and what is told of a place in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from bot.domain.exchange import Settled
from bot.domain.matching import Candidate, Rules
from bot.domain.matching.circles import Shape
from bot.domain.matching.circles.people import people
from bot.domain.matching.crowd import in_line
from bot.domain.matching.types import Reasons
from bot.domain.replies import (
    LanguageName,
    Listed,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    lines,
    ngettext,
    paragraphs,
    stacked,
)

OUT = ("no", "left", "late")
"""What somebody said who is not in it any more; `late` where the others began without them."""

Verdict: TypeAlias = Literal["waits", "begins", "ends"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a group as the rules see it: of which side, what was said to it, who leads."""

    side: int
    said: str
    leads: bool = False

    @property
    def taken(self) -> bool:
        """They said yes."""
        return self.said == "yes"

    @property
    def open(self) -> bool:
        """They have not said anything yet."""
        return not self.said


def shape_of(settled: Settled) -> Shape:
    """The shape of an exchange's groups."""
    return Shape(size=settled.size, leads=settled.leads)


def enough(places: Sequence[Place], sides: Collection[int], shape: Shape) -> bool:
    """Whether these are a group: enough of each side, as even as can be, led where it must be."""
    many = Counter(each.side for each in places)
    counts = [many[side] for side in sides]
    if len(counts) < 2 or min(counts) < shape.fewest:
        return False
    led = {each.side for each in places if each.leads}
    even = max(counts) <= min(*counts, shape.size) + 1
    return even and (not shape.leads or led >= set(sides))


def fit_together(
    some: Sequence[Candidate],
    sides: Collection[int],
    shape: Shape,
    rules: Rules,
    forbidden: Collection[frozenset[int]],
) -> bool:
    """Whether all that must hold in a group of these, with somebody of all `sides`, does."""
    who = people(in_line(some), shape, rules, frozenset(), set(forbidden))
    return set(who.sides) == set(sides) and len(sides) > 1 and who.may_sit(who.everybody)


def leading(some: Sequence[Candidate], named: Collection[int], shape: Shape) -> dict[int, int]:
    """Who leads, by side: who was `named` for it, or else the first who would."""
    if not shape.leads:
        return {}
    willing = sorted((each for each in some if each.leads), key=lambda each: each.id not in named)
    return {each.side: each.id for each in reversed(willing)}


def still_together(places: Sequence[Place]) -> bool:
    """Whether an active group still has people of more than one side."""
    return len({each.side for each in places if each.taken}) > 1


def verdict(
    places: Sequence[Place], sides: Collection[int], shape: Shape, *, over: bool
) -> Verdict:
    """What becomes of a proposal: it waits for answers, a group begins, or it comes to nothing.

    `places` are those of who said yes or nothing yet, `sides` all that are to be in it; `over` once
    its time is. It ends early where not even a yes of all who are silent would do.
    """
    taken = [each for each in places if each.taken]
    silent = [each for each in places if each.open]
    if not over and silent and _possible(taken, silent, sides, shape):
        return "waits"
    ready = (over or not silent) and enough(taken, sides, shape)
    return "begins" if ready else "ends"


def _possible(
    taken: Sequence[Place], silent: Sequence[Place], sides: Collection[int], shape: Shape
) -> bool:
    """Whether some of those who are silent could make it a group with those who said yes."""
    sure = Counter(each.side for each in taken)
    most = sure + Counter(each.side for each in silent)
    low = max(shape.fewest, max(sure.values(), default=0) - 1)
    led = {each.side for each in (*taken, *silent) if each.leads}
    return (
        len(sides) > 1
        and all(most[side] >= low for side in sides)
        and (not shape.leads or led >= set(sides))
    )


def place(
    shape: str,
    settled: Settled,
    reasons: Mapping[str, Any],
    answer_by: datetime | None = None,
    *,
    leads: bool = False,
) -> Value:
    """What a place in a circle or team is, from a match's reasons; it names nobody."""
    head = _("There is a place in a circle for you.")
    if shape == "team":
        head = _("There is a place in a team for you.")
    return paragraphs(
        head,
        lines(*shared(settled, reasons, together=shape == "circle")),
        _("You would facilitate it, together with one from every other side.") if leads else None,
        _("Names are shown only to those who take their place, once all have answered."),
        _("Would you like to take the place?"),
        None if answer_by is None else _("Please answer by {when}.", when=When(answer_by)),
    )


def shared(settled: Settled, reasons: Mapping[str, Any], *, together: bool) -> list[Text]:
    """What the people of a group share, and how long they meet, a line each."""
    found = Reasons.of(reasons)
    many = [int(each) for each in reasons.get("of_each", ())]
    told = [
        many and _size(many),
        found.languages and _("• All of you speak {languages}.", languages=_named(found.languages)),
        "online" in found.formats and _("• You can all meet online."),
        "in_person" in found.formats and _("• You can all meet in person, in the same place."),
        found.hours
        and ngettext(
            "• {n} hour a week suits everybody.", "• {n} hours a week suit everybody.", found.hours
        ),
        together and ngettext("• You meet {n} time.", "• You meet {n} times.", settled.sessions),
    ]
    return [each for each in told if isinstance(each, Text)]


def _named(languages: Sequence[str]) -> Listed:
    return Listed(tuple(map(LanguageName, languages)))


def _size(many: Sequence[int]) -> Text:
    if len(set(many)) == 1:
        return ngettext("• {n} person of each side.", "• {n} people of each side.", many[0])
    return ngettext(
        "• {n} person, about as many of each side.",
        "• {n} people, about as many of each side.",
        sum(many),
    )


def place_say(
    person_id: int,
    match_id: int,
    shape: str,
    settled: Settled,
    reasons: Mapping[str, Any],
    answer_by: datetime | None = None,
    *,
    leads: bool = False,
) -> Say:
    """A place in a group proposed to one person, with the buttons to answer it."""
    return Say(
        person_id,
        place(shape, settled, reasons, answer_by, leads=leads),
        stacked(
            button(_("Yes, I take the place"), "group.yes", match_id),
            button(_("No, thank you"), "group.no", match_id),
            button(_("Ask the coordinator"), "group.ask", match_id),
        ),
    )


def named(side: str, names: Sequence[Value]) -> Text:
    """The people of a side in a group, unreadable at a glance."""
    return _("<tg-spoiler>{side}: {names}</tg-spoiler>", side=side, names=Listed(tuple(names)))
