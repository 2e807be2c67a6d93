"""A report to the safeguarding contact of one's own side, with the messages one chooses."""

from __future__ import annotations

from typing import Any

from bot.domain.fields import One, Option, Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.parcels import Parcel
from bot.domain.replies import (
    Command,
    Hour,
    Say,
    Text,
    Value,
    _,
    button,
    lines,
    paragraphs,
    stacked,
)
from bot.domain.tidy import tidy
from bot.forms import Flow, start
from bot.participants.log_form import told_contacts
from bot.participants.others import others_of
from bot.router import Routes, Turn, too_old
from bot.store import networks, reports
from bot.store.reports import Report

MOST = 5
"""Messages that one can add to a report."""

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


def attached(parcel: Parcel) -> dict[str, str]:
    """A message as a report keeps it: its words, and Telegram's id of its file."""
    return {"kind": parcel.kind, "text": tidy(parcel.text, paragraphs=True), "file": parcel.file}


async def _form(turn: Turn, answers: Answers) -> Form:
    others = await others_of(turn, int(answers["match"]))
    who = () if others is None else others.who
    names = tuple(Option(str(member), name) for member, name in who)
    nobody = Option("0", _("Nobody in particular"))
    about = Step("about", _("Whom is it about?"), One((*names, nobody)), _("About"))
    words = Step(
        "words",
        _(
            "What happened? Only the safeguarding contact of your own side reads it. While they "
            "look at it, I pass no messages on between you."
        ),
        Words(2000, paragraphs=True),
        _("In your words"),
    )
    ask = about if len(who) > 1 else None
    return Form("report", tuple(each for each in (ask, words, *_MESSAGES) if each), review=False)


def _had(number: int) -> Any:
    return lambda answers: number == 0 or bool(answers.get(f"message{number - 1}"))


_MESSAGES = tuple(
    Step(
        f"message{number}",
        _("Should they read messages, too? Forward or copy one here. You may skip this.")
        if number == 0
        else _("Is there another message? You may skip this."),
        Words(4000, paragraphs=True),
        _("Message"),
        optional=True,
        when=_had(number),
    )
    for number in range(MOST)
)


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    others = await others_of(turn, int(answers["match"]))
    if others is None:
        return [too_old(turn)]
    messages = [answers["first"]] if answers.get("first") else []
    added = (answers.get(f"message{number}") for number in range(MOST))
    messages += [{"kind": "words", "text": str(each), "file": ""} for each in added if each]
    about = int(answers.get("about") or 0) if len(others.who) > 1 else others.who[0][0]
    report_id = await reports.add(
        turn.db,
        others.me,
        None,
        {"words": str(answers["words"]), "messages": messages},
        turn.now,
        match_id=int(answers["match"]),
        about_id=about or None,
    )
    text = _("A member of your side reports something.")
    return await told_contacts(turn, others.me, report_id, text, str(answers["words"]))


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
ROUTES = Routes({"reports": mine}, {"report.ask": ask})
