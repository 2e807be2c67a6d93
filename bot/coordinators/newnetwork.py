"""/newnetwork: an owner begins a network, side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot import names
from bot.domain.forms import Answers, Form, One, Option, Step, Words, Wrong
from bot.domain.replies import (
    Command,
    CountryName,
    LanguageName,
    Say,
    Text,
    ZoneName,
    _,
    button,
    paragraphs,
    stacked,
)
from bot.forms import Flow, start
from bot.i18n import LANGUAGES
from bot.router import Routes, Turn
from bot.store import founding, people
from bot.store.founding import NewNetwork, NewSide

NUMBERS = {"2": _("Two"), "3": _("Three"), "4": _("Four")}
COUNTRIES = ("CY", "GR", "TR", "IL", "PS", "JO", "LB", "EG", "AM", "AZ", "GE", "ES")
LONGEST = 60

Asked: TypeAlias = Callable[[Answers], bool]


def is_owner(turn: Turn) -> bool:
    """Whether this person owns the bot."""
    return turn.me.is_owner or turn.me.telegram_id in turn.here.owners


async def newnetwork(turn: Turn) -> list[Say]:
    """Begins the form, for owners of the bot."""
    if not is_owner(turn):
        return [_not_owner(turn)]
    return await start(turn, NEW_NETWORK)


def _not_owner(turn: Turn) -> Say:
    return turn.say(
        _("Only the owner of this bot can begin a network. /help shows what you can do.")
    )


async def _form(_turn: Turn, answers: Answers) -> Form:
    sides = (step for position in range(4) for step in _side_steps(position, answers))
    return Form(
        "newnetwork",
        (
            Step("name", _("What is the network called?"), Words(longest=LONGEST), _("Name")),
            Step("sides", _("How many sides does it have?"), _one(NUMBERS), _("Sides")),
            *sides,
            *_rule_steps(answers),
        ),
        intro=_("Please check the network before it begins."),
        send=_("Create the network"),
    )


def _one(options: dict[str, Text]) -> One:
    return One(tuple(Option(value, text) for value, text in options.items()))


def _side_steps(position: int, answers: Answers) -> tuple[Step, ...]:
    def asked(given: Answers) -> bool:
        return position < int(given.get("sides") or 0)

    return (
        _name_step(position, answers, asked),
        _language_step(position, asked),
        _country_step(position, asked),
        _zone_step(position, answers, asked),
    )


def _name_step(position: int, answers: Answers, asked: Asked) -> Step:
    return Step(
        f"name{position}",
        _("What is side {n} called?", n=position + 1),
        Words(longest=LONGEST, check=_unlike(position, answers)),
        _("Side {n}", n=position + 1),
        when=asked,
    )


def _language_step(position: int, asked: Asked) -> Step:
    return Step(
        f"language{position}",
        lambda given: _(
            "Which language do most people of {side} speak? Choose it, or write its name.",
            side=given[f"name{position}"],
        ),
        One(
            tuple(Option(each, LanguageName(each)) for each in LANGUAGES),
            width=2,
            find=names.languages,
            named=LanguageName,
        ),
        _("Language {n}", n=position + 1),
        when=asked,
    )


def _country_step(position: int, asked: Asked) -> Step:
    return Step(
        f"country{position}",
        lambda given: _(
            "Which country's calendar does {side} keep? Nothing is sent on that country's holidays "
            "and days of rest. Choose it, or write its name.",
            side=given[f"name{position}"],
        ),
        One(
            tuple(Option(each, CountryName(each)) for each in COUNTRIES),
            width=2,
            find=_countries,
            named=CountryName,
        ),
        _("Country {n}", n=position + 1),
        when=asked,
    )


def _zone_step(position: int, answers: Answers, asked: Asked) -> Step:
    country = answers.get(f"country{position}")

    def when(given: Answers) -> bool:
        return asked(given) and len(_zones(given.get(f"country{position}"))) > 1

    return Step(
        f"zone{position}",
        _("That country has several time zones. Which city has the right time?"),
        One(tuple(Option(each, ZoneName(each)) for each in _zones(country)), width=2),
        _("Time zone {n}", n=position + 1),
        when=when,
        show=lambda given: ZoneName(_zone(country, given)),
    )


def _countries(text: str) -> tuple[str, ...]:
    return tuple(place for place in names.countries_and_zones(text) if len(place) == 2)


def _zones(country: str | None) -> tuple[str, ...]:
    return names.zones_of(country) if country else ()


def _zone(country: str | None, chosen: str | None) -> str:
    """The zone chosen, or the country's first where it is another country's or none."""
    zones = _zones(country) or ("UTC",)
    return chosen if chosen in zones else zones[0]


def _unlike(position: int, answers: Answers) -> Callable[[str], str]:
    """Sees that a side's name isn't another's."""
    taken = {
        str(answers.get(f"name{other}") or "").casefold() for other in range(4) if other != position
    }

    def check(name: str) -> str:
        if name.casefold() in taken:
            raise Wrong(_("Another side is called that already. Please choose a different name."))
        return name

    return check


def _rule_steps(answers: Answers) -> tuple[Step, ...]:
    mine = {str(at): answers.get(f"name{at}") or "" for at in range(int(answers.get("sides") or 0))}
    return (
        Step(
            "mine",
            _("Which side are you on yourself? You will see the people of that side only."),
            One(tuple(Option(at, name) for at, name in mine.items())),
            _("Your side"),
        ),
        Step(
            "approval",
            _("Should a coordinator approve everybody who signs up?"),
            _one({"yes": _("Yes, coordinators approve"), "no": _("No, no approval is needed")}),
            _("Approval"),
        ),
        Step(
            "open",
            _("Who can join?"),
            _one({"no": _("Only people with an invitation"), "yes": _("Anybody who asks")}),
            _("Joining"),
        ),
        Step(
            "joint",
            _("Who approves a round of introductions?"),
            _one({"yes": _("Coordinators of every side"), "no": _("One coordinator is enough")}),
            _("Rounds"),
        ),
    )


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    if not is_owner(turn):
        return [_not_owner(turn)]
    sides = [_side(position, answers) for position in range(int(answers["sides"]))]
    if int(answers["mine"]) >= len(sides):
        kept = {key: value for key, value in answers.items() if key != "mine"}
        return await start(turn, NEW_NETWORK, kept)
    new = NewNetwork(
        answers["name"],
        sides,
        open=answers["open"] == "yes",
        approval=answers["approval"] == "yes",
        joint_rounds=answers["joint"] == "yes",
    )
    mine = int(answers["mine"])
    network_id = await founding.found(turn.db, new, turn.me.id, mine, turn.now)
    if turn.me.zone is None:
        await people.set_zone(turn.db, turn.me.id, sides[mine].zone)
    text = paragraphs(
        _("The network {network} is ready.", network=new.name),
        _(
            "Next, invite a coordinator for each side. They invite the people of their side, "
            "and together you start the first round when enough have signed up."
        ),
    )
    ways = stacked(button(_("Invite a coordinator"), "invite.side", network_id, "coordinator"))
    return [turn.say(text, ways)]


def _side(position: int, answers: Answers) -> NewSide:
    country = answers[f"country{position}"]
    return NewSide(
        answers[f"name{position}"],
        answers[f"language{position}"],
        country,
        _zone(country, answers.get(f"zone{position}")),
    )


NEW_NETWORK = Flow("newnetwork", _form, _done)
FLOWS = (NEW_NETWORK,)
MENU = (Command("newnetwork", _("Begin a network"), for_coordinators=True),)
ROUTES = Routes({"newnetwork": newnetwork})
