"""A form with every kind of question in it, for the tests of forms and of fields."""

from __future__ import annotations

from bot.domain.fields import Many, One, Option, Words, Wrong
from bot.domain.forms import (
    Form,
    Given,
    Move,
    State,
    Step,
    Tap,
    Week,
    Where,
    take,
)
from bot.domain.replies import _

ZONES = {"CY": ("Asia/Famagusta", "Asia/Nicosia"), "TR": ("Europe/Istanbul",)}
KNOWN = {"cyprus": ("CY",), "istanbul": ("Europe/Istanbul",), "land": ("CY", "TR")}


def zones(country: str) -> tuple[str, ...]:
    return ZONES.get(country, ())


def places(text: str) -> tuple[str, ...]:
    return KNOWN.get(text.lower(), ())


def zone_at(latitude: float, _longitude: float) -> str:
    return "" if latitude > 80 else "Asia/Nicosia"


def short(words: str) -> str:
    if "@" in words:
        raise Wrong(_("No addresses, please."))
    return words.title()


def own(text: str) -> tuple[str, ...]:
    return tuple(text.split("+")) if text != "?" else ()


COLOURS = (Option("red", _("Red")), Option("blue", _("Blue")))
WHERE = Where(("CY", "TR"), zones, places, zone_at)

FORM = Form(
    "test",
    (
        Step("name", _("Name?"), Words(12, short), _("Name")),
        Step("colour", lambda told: _("Colour, {name}?", name=told["name"]), One(COLOURS), _("C")),
        Step(
            "why", _("Why red?"), Words(40), _("Why"), when=lambda told: told.get("colour") == "red"
        ),
        Step("likes", _("Likes?"), Many(COLOURS, 2, own, at_most=4), _("Likes"), optional=True),
        Step("zone", _("Where?"), WHERE, _("Zone"), show=lambda zone: _("at {z}", z=zone)),
        Step("week", _("When?"), Week(6), _("Times"), optional=True),
    ),
)
RATED = Form(
    "rated",
    (
        Step("likes", _("Likes?"), Many(COLOURS, 2, own, at_most=4), _("Likes"), renews=("worst",)),
        Step(
            "worst",
            _("Which of these the least?"),
            lambda told: Many(
                tuple(Option(each, each) for each in told["likes"]), none=_("None of them")
            ),
            _("Least"),
            when=lambda told: len(told.get("likes") or ()) > 1,
        ),
    ),
)
PLAIN = Form("plain", (*FORM.steps[:2], FORM.steps[3]), review=False, stoppable=False)


def tap(state: State, what: str) -> Tap:
    return Tap(state.visit, what)


def after(form: Form, state: State, *inputs: Given | str) -> Move:
    """The last move of a series; a str is a tap."""
    move = Move(state)
    for each in inputs:
        given_ = tap(move.state, each) if isinstance(each, str) else each
        move = take(form, move.state, given_)
    return move
