"""A new question to one's own side: what, to whom, when, and how often."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.coordinators import checkins as card
from bot.coordinators.desk import desk, refused
from bot.domain.calendar import local_day, wall
from bot.domain.checkins import INSTRUMENTS, OWN
from bot.domain.fields import One, Option, Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import LanguageName, Plain, Say, _, ngettext, paragraphs
from bot.domain.rights import Right
from bot.domain.tracks import title
from bot.forms import Flow, start
from bot.router import Routes, Turn
from bot.store import broadcasts, checkins, exchanges
from bot.store.broadcasts import To

MINE = "own"
SIDE = "side"
DAYS = (0, 1, 7, 30)
HOURS = tuple(range(9, 21))
EVERY = (0, 7, 14, 30, 90)
LONGEST = 500


async def new(turn: Turn, network_id: int) -> list[Say]:
    """Begins a question."""
    at = await desk(turn, network_id, Right.CHECKINS)
    return [refused(turn)] if at is None else await start(turn, ASK, {"network": network_id})


async def _form(turn: Turn, answers: Answers) -> Form:
    at = await desk(turn, int(answers["network"]), Right.CHECKINS)
    side_id = None if at is None else at.side.id
    spoken = await broadcasts.languages(turn.db, To(int(answers["network"]), side_id))
    others = [each for each in spoken if each != turn.me.language]
    found = await exchanges.open_in(turn.db, int(answers["network"]))
    named = [Option(str(each.id), title(each.name, each.track, each.format)) for each in found]
    steps = (
        *_what(),
        *(_words(each, optional=each != turn.me.language) for each in [turn.me.language, *others]),
        Step(
            "to",
            _("To whom on your side?"),
            One((Option(SIDE, _("Everybody on my side")), *named)),
            _("To"),
        ),
        *_when(),
    )
    return Form("checkin", steps, send=_("Plan it"))


def _is_own(answers: Answers) -> bool:
    return answers.get("what") == MINE


def _what() -> tuple[Step, ...]:
    known = tuple(Option(name, each.name) for name, each in INSTRUMENTS.items())
    kinds = tuple(Option(name, each.name) for name, each in OWN.items())
    own = Option(MINE, _("A question of my own"))
    return (
        Step("what", _("What would you like to ask?"), One((*known, own)), _("Question")),
        Step("kind", _("How is it answered?"), One(kinds), _("Answered"), when=_is_own),
    )


def _words(language: str, *, optional: bool) -> Step:
    named = LanguageName(language)
    ask = _("What is the question, in this language: <b>{language}</b>?", language=named)
    if optional:
        skip = _("If you skip it, those who speak it read the first one you wrote.")
        kind = Words(LONGEST)
        return Step(
            f"in_{language}", paragraphs(ask, skip), kind, named, optional=True, when=_is_own
        )
    return Step(f"in_{language}", ask, Words(LONGEST), named, when=_is_own)


def _when() -> tuple[Step, ...]:
    days = (_("Today"), _("Tomorrow"), _("In a week"), _("In a month"))
    hours = (Option(str(each), Plain(f"{each:02}:00")) for each in HOURS)
    again = (
        Option(str(each), ngettext("Every {n} day", "Every {n} days", each) if each else _("Once"))
        for each in EVERY
    )
    named = tuple(Option(str(each), text) for each, text in zip(DAYS, days, strict=True))
    hour = One(tuple(hours), 4)
    return (
        Step("day", _("On which day?"), One(named, 2), _("Day")),
        Step("hour", _("At what time, by your own clock?"), hour, _("Time")),
        Step("every", _("How often?"), One(tuple(again), 2), _("How often")),
    )


async def _planned(turn: Turn, answers: Answers) -> list[Say]:
    at = await desk(turn, int(answers["network"]), Right.CHECKINS)
    if at is None:
        return [refused(turn)]
    words = {
        key.removeprefix("in_"): str(text)
        for key, text in answers.items()
        if key.startswith("in_") and text
    }
    kind = answers["kind"] if _is_own(answers) else answers["what"]
    exchange_id = None if answers["to"] == SIDE else int(answers["to"])
    every = int(answers["every"])
    due_at = _due_at(turn, int(answers["day"]), int(answers["hour"]))
    made = await checkins.plan(turn.db, at.me, exchange_id, kind, words, due_at, every, turn.now)
    await at.note(turn, "checkin.planned", str(made))
    return await card.show(turn, made)


def _due_at(turn: Turn, days: int, hour: int) -> datetime:
    zone = turn.me.zone or "UTC"
    return max(turn.now, wall(local_day(turn.now, zone) + timedelta(days=days), hour, zone))


ASK = Flow("checkin", _form, _planned)
FLOWS = (ASK,)
ROUTES = Routes(buttons={"checks.new": new}, right=Right.CHECKINS)
