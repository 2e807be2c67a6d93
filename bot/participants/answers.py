"""The questions of a sign-up, used again by /profile: one definition of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot import names
from bot.domain.forms import Answers, Many, One, Option, Step, Week, Words, Wrong
from bot.domain.interests import OPTIONS, interest
from bot.domain.people import FIRST, LITTLE, WELL, Profile
from bot.domain.replies import LanguageName, Text, Value, _, paragraphs
from bot.domain.shown_name import has_link, participants_name, staff_name
from bot.domain.tidy import tidy
from bot.store.networks import Member, Network, Side

COMMON = (
    "en", "ar", "es", "fr", "ru", "de", "tr", "el", "he", "fa",
    "ku", "uk", "pt", "it", "zh", "hi", "ur", "am", "hy", "ro",
)  # fmt: skip
"""Languages with a button of their own, behind those of the network's sides."""

AGREEMENT: Mapping[str, Text] = {
    "2": _("I agree"),
    "1": _("I rather agree"),
    "0": _("I am undecided"),
    "-1": _("I rather disagree"),
    "-2": _("I disagree"),
}

FORMATS: Mapping[str, Text] = {
    "online": _("Online"),
    "in_person": _("In person"),
    "both": _("Both suit me"),
}


PARTNERS: Mapping[str, Text] = {"1": _("One"), "2": _("Two"), "3": _("Three")}
"""How many people somebody could meet at a time."""


def steps(network: Network, sides: list[Side], own: Side | None, role: str) -> tuple[Step, ...]:
    """What a member of a side is asked; who is matched with nobody only the first three."""
    if role == "facilitator":
        named, spoken, zone = staff_name("name", _("Name")), _languages(sides), _zone(sides)
        return (named, spoken, _little(), zone, _formats(), _place(), _availability(own))
    if role != "participant":
        return (staff_name("name", _("Name")), _languages(sides), _zone(sides))
    # An empty one was taken out: the others keep their place, by which opinions are kept.
    statements = [each for each in enumerate(network.statements or []) if each[1]]
    return (
        participants_name("name"),
        _languages(sides),
        _little(),
        _zone(sides),
        _formats(),
        _place(),
        _interests(),
        *(_statement(at, words, n, len(statements)) for n, (at, words) in enumerate(statements)),
        _availability(own),
        _capacity(),
    )


def profile_of(answers: Answers, language: str) -> Profile:
    """The answers, given to a bot that speaks this language, as a profile."""
    formats = answers.get("formats")
    opinions = {key[1:]: value for key, value in answers.items() if re.fullmatch(r"o\d+", key)}
    return Profile(
        languages=tuple(answers["languages"]),
        zone=str(answers["zone"]),
        formats=("online", "in_person") if formats == "both" else (formats,) if formats else (),
        place=str(answers.get("place") or ""),
        interests=tuple(answers.get("interests") or ()),
        opinions={at: int(value) for at, value in opinions.items() if value is not None},
        availability=tuple(answers.get("availability") or ()),
        levels=_levels(answers, language),
        capacity=int(answers.get("capacity") or 1),
    )


def _levels(answers: Answers, language: str) -> dict[str, int]:
    """How well each language is spoken, the bot's as a first one; less where nobody asked."""
    spoken, little = answers["languages"], answers.get("little")
    first = {language: FIRST} if language in spoken else {}
    if little is None:
        return first
    return dict.fromkeys(spoken, WELL) | first | {each: LITTLE for each in little if each in spoken}


def answers_of(member: Member) -> dict[str, Any]:
    """A member's profile as the answers it came from."""
    told = member.told
    formats = "both" if len(told.formats) > 1 else "".join(told.formats)
    rated = set(told.languages) <= told.levels.keys()
    known = {
        "name": member.name,
        "languages": list(told.languages),
        "zone": told.zone,
        "formats": formats,
        "place": told.place,
        "interests": list(told.interests),
        "availability": list(told.availability),
        "capacity": str(told.capacity),
    }
    opinions = {f"o{at}": str(value) for at, value in told.opinions.items()}
    little = [each for each in told.languages if told.levels.get(each) == LITTLE]
    rest: dict[str, Any] = {**opinions, **({"little": little} if rated else {})}
    return {key: value for key, value in known.items() if value} | rest


def _languages(sides: list[Side]) -> Step:
    first = dict.fromkeys([*(side.language for side in sides), *COMMON])
    options = tuple(Option(code, LanguageName(code)) for code in first)
    kind = Many(options, 2, names.languages, LanguageName, at_most=12)
    ask = paragraphs(
        _("Which languages do you speak well enough for a conversation?"),
        _("Choose as many as you like. You can also write the name of another one."),
    )
    return Step("languages", ask, kind, _("Languages"), renews=("little",))


def _little() -> Step:
    ask = paragraphs(
        _("Which of these do you speak only a little?"),
        _("That is welcome too. It helps me to find somebody you can talk with easily."),
    )
    return Step("little", ask, _spoken, _("Only a little"), optional=True, when=_several)


def _spoken(answers: Answers) -> Many:
    options = tuple(Option(code, LanguageName(code)) for code in answers["languages"])
    return Many(options, 2, none=_("None of them"))


def _several(answers: Answers) -> bool:
    return len(answers.get("languages") or ()) > 1


def _zone(sides: list[Side]) -> Step:
    ask = paragraphs(
        _("Where do you live?"),
        _("This is only for your time zone, so that times are right for you."),
    )
    return Step("zone", ask, names.where(*(side.country for side in sides)), _("Time zone"))


def _formats() -> Step:
    options = tuple(Option(value, text) for value, text in FORMATS.items())
    return Step("formats", _("How would you like to meet?"), One(options), _("How to meet"))


def _place() -> Step:
    ask = _("In which town or area could you meet? Its name is enough, please no address.")
    return Step("place", ask, Words(60), _("Place"), when=_in_person)


def _in_person(answers: Answers) -> bool:
    return answers.get("formats") in {"in_person", "both"}


def _interests() -> Step:
    kind = Many(OPTIONS, 2, _own_interest, interest, at_most=12)
    ask = paragraphs(
        _("What are you interested in?"),
        _("Choose as many as you like. You can also write one of your own."),
    )
    return Step("interests", ask, kind, _("Interests"), optional=True)


def _own_interest(text: str) -> tuple[str, ...]:
    words = tidy(text)
    if len(words) > 30:
        raise Wrong(_("Please keep it to 30 characters, and write one interest at a time."))
    if has_link(words):
        raise Wrong(_("Please write an interest without links, addresses or @names."))
    return (words,) if words else ()


def _statement(at: int, words: str, n: int, count: int) -> Step:
    ask = paragraphs(
        _(
            "Question {n} of {count}: what do you think of this? Your answer is not shown to "
            "other participants, but somebody you could meet learns on how many you differ.",
            n=n + 1,
            count=count,
        ),
        _("<i>{statement}</i>", statement=words),
    )
    options = tuple(Option(value, text) for value, text in AGREEMENT.items())
    return Step(f"o{at}", ask, One(options), _("Question {n}", n=n + 1), optional=True)


def _availability(own: Side | None) -> Step:
    first = names.first_weekday(own.country) if own else 0
    ask: Value = paragraphs(
        _("When could you usually talk or meet?"),
        _("Mornings are from 9 to 12, afternoons from 13 to 17, evenings from 18 to 21."),
        _("Tap each time that suits you. A tap on a day takes the whole day."),
    )
    return Step("availability", ask, Week(first), _("Times"))


def _capacity() -> Step:
    ask = _(
        "There may be more people on another side than on yours. "
        "How many could you meet in the same weeks, each separately?"
    )
    options = tuple(Option(value, text) for value, text in PARTNERS.items())
    return Step("capacity", ask, One(options, 3), _("People at a time"), optional=True)
