"""The questions of /newnetwork, and the network that comes of the answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot import names
from bot.domain.forms import Answers, Form, One, Option, Step, Words, Wrong
from bot.domain.replies import (
    CountryName,
    LanguageName,
    Plain,
    Text,
    Value,
    ZoneName,
    _,
    lines,
    paragraphs,
)
from bot.domain.shown_name import staff_name
from bot.i18n import LANGUAGES
from bot.store.founding import NewNetwork, NewSide

NUMBERS = {"2": _("Two"), "3": _("Three"), "4": _("Four")}
COUNTRIES = ("CY", "GR", "TR", "IL", "PS", "JO", "LB", "EG", "AM", "AZ", "GE", "ES")
LONGEST = 60
STATEMENTS, LONGEST_STATEMENT = 8, 200

Asked: TypeAlias = Callable[[Answers], bool]


def form_of(answers: Answers) -> Form:
    """The questions, given the answers so far."""
    sides = (step for position in range(4) for step in side_steps(position, answers))
    return Form(
        "newnetwork",
        (
            Step("name", _("What is the network called?"), Words(longest=LONGEST), _("Name")),
            Step("sides", _("How many sides does it have?"), _one(NUMBERS), _("Sides")),
            *sides,
            *_own_steps(answers),
            *_rule_steps(),
            _statements_step(),
        ),
        intro=_("Please check the network before it begins."),
        send=_("Create the network"),
    )


def network_of(answers: Answers) -> NewNetwork:
    """The network the answers describe."""
    return NewNetwork(
        answers["name"],
        [side_of(position, answers) for position in range(int(answers["sides"]))],
        open=answers["open"] == "yes",
        approval=answers["approval"] == "yes",
        joint_rounds=answers["joint"] == "yes",
        statements=(answers.get("statements") or "").splitlines(),
    )


def _one(options: dict[str, Text]) -> One:
    return One(tuple(Option(value, text) for value, text in options.items()))


def side_steps(position: int, answers: Answers) -> tuple[Step, ...]:
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


def _own_steps(answers: Answers) -> tuple[Step, ...]:
    mine = {str(at): answers.get(f"name{at}") or "" for at in range(int(answers.get("sides") or 0))}
    return (
        Step(
            "mine",
            _("Which side are you on yourself? You will see the people of that side only."),
            One(tuple(Option(at, name) for at, name in mine.items())),
            _("Your side"),
        ),
        staff_name("own_name", _("Your name")),
    )


def _rule_steps() -> tuple[Step, ...]:
    return (
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


def _statements_step() -> Step:
    ask = paragraphs(
        _("Which statements should people agree or disagree with when they sign up?"),
        _(
            "People who see them differently are more likely to be introduced to each other. "
            "Write one a line, up to {most}, or skip this.",
            most=STATEMENTS,
        ),
    )
    longest = STATEMENTS * (LONGEST_STATEMENT + 1)
    kind = Words(longest, _checked_statements, paragraphs=True)
    return Step("statements", ask, kind, _("Statements"), optional=True, show=_listed)


def _checked_statements(text: str) -> str:
    found = [line for line in text.splitlines() if line]
    if len(found) > STATEMENTS:
        raise Wrong(_("Those are more than {most}. Please take some out.", most=STATEMENTS))
    for line in found:
        if len(line) > LONGEST_STATEMENT:
            raise Wrong(
                _(
                    "One of them is {length} characters long. Please keep each to {longest}.",
                    length=len(line),
                    longest=LONGEST_STATEMENT,
                )
            )
    return "\n".join(found)


def _listed(text: str) -> Value:
    return lines(Plain(""), *(_("• {statement}", statement=each) for each in text.splitlines()))


def side_of(position: int, answers: Answers) -> NewSide:
    country = answers[f"country{position}"]
    return NewSide(
        answers[f"name{position}"],
        answers[f"language{position}"],
        country,
        _zone(country, answers.get(f"zone{position}")),
    )
