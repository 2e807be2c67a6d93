"""A report to the safeguarding contact of one's own side, with the messages one chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.domain.fields import Answered, One, Option, Outcome, Words, Wrong
from bot.domain.forms import Answers, Form, Step
from bot.domain.limits import REPORTS
from bot.domain.parcels import Parcel
from bot.domain.replies import (
    Command,
    Hour,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    lines,
    paragraphs,
    stacked,
)
from bot.domain.tidy import tidy
from bot.forms import Flow, start
from bot.participants import others as those
from bot.participants.log_form import told_contacts
from bot.participants.others import Others, others_of
from bot.router import Routes, Turn, too_old
from bot.store import meetings, networks, pairings, reports
from bot.store.reports import Report

MOST = 5
"""Messages that one can add to a report."""

KEPT_HOURS = 24
"""How long an unfinished one is kept: it has words of somebody who may want to be forgotten."""

NOBODY, FORGOTTEN = "0", "-1"
"""Answers to whom a report is about that name no member."""

STATES: dict[str, Text] = {
    "new": _("not read yet"),
    "taken": _("somebody looks after it"),
    "closed": _("closed"),
}


async def ask(turn: Turn, match_id: int) -> list[Say]:
    """Begins a report; the message under which it was pressed goes with it."""
    if await others_of(turn, match_id) is None:
        return [too_old(turn)]
    known: dict[str, Any] = {"match": match_id}
    if parcel := turn.event.parcel:
        known["first"] = attached(parcel)
    return await start(turn, REPORT, known)


def attached(parcel: Parcel) -> dict[str, Any]:
    """A message as a report keeps it: its words, a place, a card, and Telegram's id of its file."""
    kept = {"kind": parcel.kind, "text": tidy(parcel.text, paragraphs=True), "file": parcel.file}
    return {**kept, "place": parcel.place, "card": parcel.card}


@dataclass(frozen=True, slots=True)
class Message(Words):
    """A message copied or forwarded here, whatever is in it."""

    def typed(self, draft: Any, text: str, /) -> Outcome:
        found = Words.typed(self, draft, text)
        words = found.value if isinstance(found, Answered) else ""
        return Answered(attached(Parcel("words", 0, words)))

    def sent(self, parcel: Parcel, /) -> Outcome:
        if parcel.kind == "other":
            raise Wrong(self.unread())
        return Answered(attached(parcel))

    def shared(self, latitude: float, longitude: float, /) -> Outcome:
        return Answered(attached(Parcel("location", 0, place=(latitude, longitude))))

    def unread(self) -> Text:
        return _("I cannot keep this. Words, pictures, voice, files and places I can.")


async def _form(turn: Turn, answers: Answers) -> Form:
    others = await others_of(turn, int(answers["match"]))
    who = () if others is None else others.who
    about = Step("about", _("Whom is it about?"), One((*_named(who), *_UNNAMED)), _("About"))
    words = Step(
        "words",
        _(
            "What happened? Only the safeguarding contact of your own side reads it. While they "
            "look at it, I pass no messages on between you."
        ),
        Words(2000, paragraphs=True),
        _("In your words"),
    )
    ask = about if others is not None and others.together else None
    steps = tuple(each for each in (ask, words, *_MESSAGES) if each)
    return Form("report", steps, review=False, kept_hours=KEPT_HOURS)


def _named(who: tuple[tuple[int, Value], ...]) -> tuple[Option, ...]:
    return tuple(Option(str(member), name) for member, name in who)


_UNNAMED = (Option(FORGOTTEN, those.FORGOTTEN), Option(NOBODY, _("Nobody in particular")))


def _had(number: int) -> Any:
    return lambda answers: number == 0 or bool(answers.get(f"message{number - 1}"))


_MESSAGES = tuple(
    Step(
        f"message{number}",
        _("Should they read messages, too? Forward or copy one here. You may skip this.")
        if number == 0
        else _("Is there another message? You may skip this."),
        Message(4000, paragraphs=True),
        _("Message"),
        optional=True,
        when=_had(number),
    )
    for number in range(MOST)
)


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    match_id = int(answers["match"])
    others = await others_of(turn, match_id)
    if others is None:
        return [too_old(turn)]
    messages = [answers.get("first"), *(answers.get(f"message{n}") for n in range(MOST))]
    about, named = _about(others, answers)
    words = str(answers["words"])
    told = {"words": words, "messages": [each for each in messages if each], "named": named}
    report_id = await reports.add(
        turn.db, others.me, None, told, turn.now, match_id=match_id, about_id=about
    )
    news = _("A member of your side reports something.")
    said = await told_contacts(turn, others.me, report_id, news, words, about)
    return [*said, *await _meetings(turn, match_id)]


def _about(others: Others, answers: Answers) -> tuple[int | None, bool]:
    """Whom it is about, None where they are not known any more; and whether about anybody."""
    if not others.together:
        return (others.who[0][0] if others.who else None), True
    chosen = str(answers.get("about") or NOBODY)
    there = {str(member): member for member, _name in others.who}
    return there.get(chosen), chosen != NOBODY


async def _meetings(turn: Turn, match_id: int) -> list[Say]:
    """What is agreed goes on unless they cancel it, which they can though all else rests."""
    pairing = await pairings.of(turn.db, turn.me.id, match_id)
    agreed = [] if pairing is None else await meetings.agreed(turn.db, match_id, turn.now)
    return [
        turn.say(
            _(
                "You have agreed to meet on {when}. Would you like to cancel it? They hear only "
                "that it has to be cancelled.",
                when=When(each.starts_at),
            ),
            stacked(button(_("Cancel the meeting"), "meet.drop", each.id)),
        )
        for each in agreed
    ]


async def mine(turn: Turn) -> list[Say]:
    """/reports: what became of what one has reported."""
    members = await networks.memberships(turn.db, turn.me.id)
    found = [each for member in members for each in await reports.of_member(turn.db, member.id)]
    if not found:
        return [
            turn.say(
                _("You have reported nothing. The button “Block or report” is there for that.")
            )
        ]
    told = lines(*(_line(each) for each in found))
    care = (button(_("Write to them"), "ask.care", each.id) for each in members)
    text = paragraphs(_("<b>What you reported</b>"), told)
    return [turn.say(text, stacked(*care))]


def _line(report: Report) -> Value:
    return _("• {when}: {state}", when=Hour(report.at), state=STATES[report.state])


REPORT = Flow("report", _form, _done)
FLOWS = (REPORT,)
MENU = (Command("reports", _("See what became of your reports")),)
ROUTES = Routes({"reports": mine}, {"report.ask": ask}, limits={"report.ask": REPORTS})
