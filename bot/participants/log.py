"""What came of a meeting, told by each on their own: /log, and the question after each meeting."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.calendar import local_day
from bot.domain.replies import (
    Command,
    Say,
    Value,
    WeekdayName,
    When,
    _,
    button,
    in_rows,
    paragraphs,
    stacked,
)
from bot.forms import start
from bot.participants.log_form import LOG
from bot.partners import OVER, which
from bot.router import Routes, Turn, too_old
from bot.store import groups, logs, meetings, pairings
from bot.store.meetings import Meeting
from bot.store.pairings import Pairing
from bot.together import way_to

DAYS_BACK = 7


async def log(turn: Turn) -> list[Say]:
    """/log: the meetings one has not told about yet, or one that was not planned here."""
    mine = await pairings.active_of(turn.db, turn.me.id)
    together = await groups.active_of(turn.db, turn.me.id)
    if not mine and not together:
        text = _("There is no meeting to tell about: you have no partner at the moment.")
        return [turn.say(text)]
    others = (
        button(_("Another meeting with {name}", name=each.partner.shown), "log.days", each.match.id)
        for each in mine
    )
    known = [
        button(_meant(pairing, each, several=len(mine) > 1), "log.open", each.id)
        for pairing in mine
        for each in await _untold(turn, pairing)
    ]
    sessions = (way_to(each, "session.show") for each in together)
    ways = stacked(*known, *others, *sessions)
    return [turn.say(_("Which meeting would you like to tell about?"), ways)]


def _meant(pairing: Pairing, meeting: Meeting, *, several: bool) -> Value:
    when = When(meeting.starts_at)
    return _("{name}, {when}", name=pairing.partner.shown, when=when) if several else when


async def _untold(turn: Turn, pairing: Pairing) -> list[Meeting]:
    """Agreed meetings that have begun and that this member has not logged."""
    return [
        each
        for each in await meetings.of_match(turn.db, pairing.match.id)
        if each.state != "proposed"
        and each.starts_at <= turn.now
        and await logs.of_member(turn.db, each.id, pairing.me.member.id) is None
    ]


async def opened(turn: Turn, meeting_id: int) -> list[Say]:
    """Asks about a planned meeting."""
    return await _begin(turn, meeting_id, {})


async def met(turn: Turn, meeting_id: int, answer: str) -> list[Say]:
    """Takes the answer to "did you meet?" from a reminder, and asks the rest."""
    if answer not in {"yes", "no"}:
        return [too_old(turn)]
    return await _begin(turn, meeting_id, {"met": answer})


async def _begin(turn: Turn, meeting_id: int, known: dict[str, str]) -> list[Say]:
    meeting = await meetings.by_id(turn.db, meeting_id)
    pairing = None if meeting is None else await pairings.of(turn.db, turn.me.id, meeting.match_id)
    if meeting is None or pairing is None or meeting.state in {"proposed", "cancelled"}:
        return [too_old(turn)]
    if meeting.starts_at > turn.now:
        return [turn.say(_("That meeting is still ahead. I will ask you afterwards."))]
    if await logs.of_member(turn.db, meeting_id, pairing.me.member.id):
        return [turn.say(_("You have told me about this meeting already. Thank you."))]
    return await start(turn, LOG, {"meeting": meeting_id, "match": meeting.match_id, **known})


async def days(turn: Turn, match_id: int) -> list[Say]:
    """Asks on which day a meeting was that was not planned here."""
    pairing = await pairings.of(turn.db, turn.me.id, match_id)
    if pairing is None:
        return [too_old(turn)]
    if pairing.match.state != "active":
        return [turn.say(OVER)]
    today = local_day(turn.now, pairing.me.zone)
    named = {0: _("Today"), 1: _("Yesterday")}
    past = [today - timedelta(days=n) for n in range(DAYS_BACK)]
    buttons = (
        button(
            named.get(n)
            or _("{weekday}, {date}", weekday=WeekdayName(day.weekday(), "abbreviated"), date=day),
            "log.day",
            match_id,
            day.toordinal(),
        )
        for n, day in enumerate(past)
    )
    text = paragraphs(await which(turn, pairing), _("On which day did you meet?"))
    return [turn.say(text, in_rows(buttons, 2), edit=True)]


async def day(turn: Turn, match_id: int, ordinal: int) -> list[Say]:
    """Takes the day (its proleptic ordinal) and asks the rest; a meeting known then is meant."""
    pairing = await pairings.of(turn.db, turn.me.id, match_id)
    if pairing is None:
        return [too_old(turn)]
    ago = local_day(turn.now, pairing.me.zone).toordinal() - ordinal
    if pairing.match.state != "active" or not 0 <= ago <= DAYS_BACK:
        return [too_old(turn)]
    known = {"met": "yes", "match": match_id, "day": ordinal}
    return await start(turn, LOG, known)


FLOWS = (LOG,)
MENU = (Command("log", _("Tell how a meeting went")),)
ROUTES = Routes(
    {"log": log},
    {"log.open": opened, "log.met": met, "log.days": days, "log.day": day},
)
