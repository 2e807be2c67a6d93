"""Meetings with a partner: propose a time, agree, move, cancel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.disclosure import CONTACT
from bot.domain.introductions import introduction
from bot.domain.limits import CANCELS, PROPOSALS
from bot.domain.meetings import suggested, taken
from bot.domain.replies import (
    Button,
    Command,
    Rows,
    Say,
    Text,
    Value,
    When,
    ZoneName,
    _,
    button,
    paragraphs,
    stacked,
)
from bot.participants.arrangements import arranged
from bot.participants.plans import TAKEN, hour_buttons, plan_of, refusal
from bot.partners import (
    AWAY,
    RESTS_FOR_YOU,
    away,
    held,
    opening_of,
    planning,
    tell,
    told_by,
)
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, groups, meetings, pairings, reports
from bot.store.meetings import Meeting
from bot.store.pairings import Pairing
from bot.together import way_to


async def meet(turn: Turn) -> list[Say]:
    """/meet: one's partner, or a choice of partners and groups."""
    mine = await pairings.active_of(turn.db, turn.me.id)
    together = await groups.active_of(turn.db, turn.me.id)
    if not mine and not together:
        return [turn.say(_("You have no partner at the moment. /match shows where you stand."))]
    if len(mine) == 1 and not together:
        return [await screen(turn, mine[0])]
    names = [button(each.partner.shown, "match.show", each.match.id) for each in mine]
    names += [way_to(each, "session.show") for each in together]
    return [turn.say(_("Whom would you like to meet?"), stacked(*names))]


async def screen(turn: Turn, pairing: Pairing) -> Say:
    """The card of a partner: who they are, what is planned, and what can be done."""
    match = pairing.match
    card = await _card(turn, pairing)
    always = await _always(turn, pairing)
    if await away(turn.db, pairing):
        return await _while_away(turn, pairing, card, always)
    ahead = await meetings.coming(turn.db, match.id, turn.now)
    plans = [_planned(pairing, each) for each in ahead]
    if plans:
        ways = (*(_way(pairing, each) for each in ahead), _another(match.id))
        return turn.say(paragraphs(card, *plans), (*stacked(*ways), *always), edit=True)
    text, times = await choice(turn, pairing)
    return turn.say(paragraphs(card, text), (*times, *always), edit=True)


async def _while_away(turn: Turn, pairing: Pairing, card: Value, always: Rows) -> Say:
    """The card while the partner is away; who reported them may cancel what was agreed."""
    if not await reports.opened_by(turn.db, pairing.match.id, pairing.me.member.id):
        return turn.say(paragraphs(card, AWAY), always, edit=True)
    agreed = await meetings.agreed(turn.db, pairing.match.id, turn.now)
    plans = (_planned(pairing, each) for each in agreed)
    ways = stacked(*(_way(pairing, each) for each in agreed))
    return turn.say(paragraphs(card, RESTS_FOR_YOU, *plans), (*ways, *always), edit=True)


async def _card(turn: Turn, pairing: Pairing) -> Value:
    told = await told_by(turn.db, pairing, pairing.partner)
    begin = await opening_of(turn.db, pairing)
    card = introduction(pairing.partner.shown, pairing.match.reasons, told, begin)
    said = pairing.partner.said
    if said.shows < CONTACT or not said.contact:
        return card
    reach = _("To reach them: <tg-spoiler>{contact}</tg-spoiler>", contact=said.contact)
    return paragraphs(card, reach)


async def choice(turn: Turn, pairing: Pairing) -> tuple[Text, Rows]:
    """Times that suit both, as buttons, and the way to others."""
    found = suggested(await plan_of(turn, pairing), turn.now)
    match_id = pairing.match.id
    rows = (
        *hour_buttons(match_id, found),
        *stacked(button(_("Another day or hour"), "meet.days", match_id)),
    )
    city = ZoneName(turn.me.zone or "UTC")
    text = _("These times suit you both. They are in {city} time.", city=city)
    if found:
        return text, rows
    return _("I found no time that suits you both. You can choose a day yourself."), rows


def _planned(pairing: Pairing, meeting: Meeting) -> Text:
    when = When(meeting.starts_at)
    if meeting.state == "agreed":
        return _("You meet on {when}.", when=when)
    if meeting.proposed_by == pairing.me.member.id:
        return _("You proposed {when}. Your partner has not answered yet.", when=when)
    return _("Your partner proposes {when}.", when=when)


def _way(pairing: Pairing, meeting: Meeting) -> Button:
    if meeting.state == "agreed":
        return button(_("Cancel the meeting"), "meet.drop", meeting.id)
    if meeting.proposed_by == pairing.me.member.id:
        return button(_("Take my proposal back"), "meet.sure", meeting.id)
    return button(_("Agree to this time"), "meet.agree", meeting.id)


def _another(match_id: int) -> Button:
    return button(_("Propose another time"), "meet.times", match_id)


async def _always(turn: Turn, pairing: Pairing) -> Rows:
    present = not await away(turn.db, pairing)
    exchange = await exchanges.by_id(turn.db, pairing.match.exchange_id)
    visits = exchange and exchange.template.visits
    write = button(_("Write to your partner"), "relay.write", pairing.match.id)
    programme = button(_("The programme"), "programme.show", pairing.match.id)
    return stacked(
        write if present else None,
        programme if present and visits else None,
        button(_("What you show each other"), "disclose.ask", pairing.match.id)
        if present
        else None,
        button(_("Ask the coordinator"), "match.ask", pairing.match.id),
        button(_("End this introduction"), "match.leave", pairing.match.id),
        button(_("Block or report"), "safety.ask", pairing.match.id),
    )


async def at(turn: Turn, match_id: int, minute: int) -> list[Say]:
    """Proposes the time on a button: minutes since 1970 in UTC."""
    if minute * 60 > (turn.now + timedelta(days=366)).timestamp():
        return [too_old(turn)]
    return await propose(turn, match_id, datetime.fromtimestamp(minute * 60, UTC))


async def propose(turn: Turn, match_id: int, start: datetime) -> list[Say]:
    """Proposes a time; where the partner proposed the very same, they are agreed."""
    pairing = await planning(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    for each in await meetings.coming(turn.db, match_id, turn.now):
        if each.starts_at == start:
            return await _again(turn, pairing, each)
    if why := refusal(await plan_of(turn, pairing), start, turn.now):
        return [turn.say(why, stacked(_another(match_id)))]
    await meetings.cancel_proposed(turn.db, match_id)
    length, me = pairing.policy.meeting_minutes, pairing.me.member.id
    await meetings.add(turn.db, match_id, "proposed", start, length, me, turn.now)
    await pairings.stirred(turn.db, pairing, turn.now)
    mine = _("You proposed {when}. I will tell you what your partner says.", when=When(start))
    ways = stacked(button(_("Show"), "match.show", match_id))
    news = _("A time to meet is proposed: {when}.", when=When(start))
    return [turn.say(mine, ways, edit=True), *tell(pairing, news)]


async def _again(turn: Turn, pairing: Pairing, meeting: Meeting) -> list[Say]:
    if meeting.state == "agreed" or meeting.proposed_by == pairing.me.member.id:
        return [await screen(turn, pairing)]
    if taken(await plan_of(turn, pairing), meeting.starts_at):
        return [turn.say(TAKEN, stacked(_another(pairing.match.id)))]
    return await arranged(turn, pairing, meeting)


async def _held(
    turn: Turn, meeting_id: int, *, cancelling: bool = False
) -> tuple[Pairing, Meeting] | list[Say]:
    """A meeting still ahead and its match, locked; else what to say instead."""
    found = await meetings.by_id(turn.db, meeting_id)
    if found is None:
        return [too_old(turn)]
    pairing = await held(turn, found.match_id, cancelling=cancelling)
    if isinstance(pairing, list):
        return pairing
    meeting = await meetings.by_id(turn.db, meeting_id)
    if meeting is None or meeting.state not in meetings.OPEN or meeting.starts_at <= turn.now:
        sorry = _("That time is past or no longer proposed. This is where you stand:")
        return [turn.say(sorry), replace(await screen(turn, pairing), edit=False)]
    return pairing, meeting


async def agree(turn: Turn, meeting_id: int) -> list[Say]:
    """Agrees to the time the partner proposed."""
    found = await _held(turn, meeting_id)
    return found if isinstance(found, list) else await _again(turn, *found)


async def drop(turn: Turn, meeting_id: int) -> list[Say]:
    """Asks whether to cancel."""
    found = await _held(turn, meeting_id, cancelling=True)
    if isinstance(found, list):
        return found
    pairing, meeting = found
    text = _("Cancel the meeting on {when}?", when=When(meeting.starts_at))
    ways = stacked(
        button(_("Yes, cancel it"), "meet.sure", meeting.id),
        button(_("No, keep it"), "match.show", pairing.match.id),
    )
    return [turn.say(text, ways, edit=True)]


async def sure(turn: Turn, meeting_id: int) -> list[Say]:
    """Cancels an agreed meeting, or takes one's own proposal back."""
    found = await _held(turn, meeting_id, cancelling=True)
    if isinstance(found, list):
        return found
    pairing, meeting = found
    if meeting.state == "proposed" and meeting.proposed_by != pairing.me.member.id:
        return [await screen(turn, pairing)]
    await pairings.forget_meetings(turn.db, [meeting])
    await pairings.stirred(turn.db, pairing, turn.now)
    ways = stacked(_another(pairing.match.id))
    when = When(meeting.starts_at)
    if meeting.state == "proposed":
        return [turn.say(_("Your proposal is taken back."), ways, edit=True)]
    mine = _("The meeting is cancelled, and your partner knows. Would another time suit you?")
    if await away(turn.db, pairing):
        mine, ways = _("The meeting is cancelled, and your partner knows."), ()
    news = _("The meeting on {when} has to be cancelled. You can find another time.", when=when)
    return [turn.say(mine, ways, edit=True), *tell(pairing, news)]


MENU = (Command("meet", _("Plan a meeting with your partner")),)
ROUTES = Routes(
    {"meet": meet},
    {"meet.at": at, "meet.agree": agree, "meet.drop": drop, "meet.sure": sure},
    limits={"meet.at": PROPOSALS, "meet.sure": CANCELS},
)
