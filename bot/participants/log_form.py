"""The questions after a meeting, and what follows the answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.domain.calendar import local_day, wall
from bot.domain.fields import One, Option, Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.meetings import Next, after_log, outcome
from bot.domain.replies import Say, Text, _, button, paragraphs, stacked
from bot.forms import Flow
from bot.partners import OVER, came_of_it, which
from bot.router import Turn, too_old
from bot.store import logs, meetings, pairings, reminders, reports, roster
from bot.store.groups import Group
from bot.store.meetings import Meeting
from bot.store.networks import Member
from bot.store.pairings import Pairing


def _met(answers: Answers) -> bool:
    return answers.get("met") == "yes"


def _at_risk(answers: Answers) -> bool:
    return answers.get("risk") == "yes"


YES_OR_NO = One((Option("yes", _("Yes")), Option("no", _("No"))), 2)
RATINGS = One(
    (
        Option("5", _("5: very good")),
        Option("4", _("4: good")),
        Option("3", _("3: neither good nor bad")),
        Option("2", _("2: not so good")),
        Option("1", _("1: bad")),
    )
)
RISK = One(
    (Option("no", _("No")), Option("yes", _("Yes")), Option("unsaid", _("I would rather not say")))
)


_RISK_ASKED = _(
    "One private question: did taking part put you or anyone at risk? "
    "The answer goes only to the safeguarding contact of your own side, never to your partner."
)
REST = (
    Step(
        "note",
        _("Would you like to note something? It is kept in /history, for you alone."),
        Words(1000, paragraphs=True),
        _("Note"),
        optional=True,
        when=_met,
    ),
    Step("again", _("Would you like to meet again?"), YES_OR_NO, _("Again"), True, _met),
    Step("risk", _RISK_ASKED, RISK, _("Risk")),
    Step(
        "words",
        _("What should the safeguarding contact of your side know? You may skip this."),
        Words(2000, paragraphs=True),
        _("In your words"),
        optional=True,
        when=_at_risk,
    ),
)


def _steps(about: Text | None) -> tuple[Step, ...]:
    """The questions, beginning with whom they are `about` where there are several partners."""
    rating = paragraphs(about, _("How was it? Your partner does not see your answers."))
    return (
        Step("met", paragraphs(about, _("Did you meet?")), YES_OR_NO, _("Did you meet?")),
        Step("rating", rating, RATINGS, _("How it was"), when=_met),
        *REST,
    )


async def _form(turn: Turn, answers: Answers) -> Form:
    pairing = await pairings.of(turn.db, turn.me.id, int(answers["match"]))
    about = None if pairing is None else await which(turn, pairing)
    return Form("log", _steps(about), review=False)


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    pairing = await pairings.of(turn.db, turn.me.id, int(answers["match"]), hold=True)
    if pairing is None:
        return [too_old(turn)]
    meeting = await _meeting(turn, pairing, answers)
    if meeting is None:
        return [turn.say(_("You have told me about this meeting already. Thank you."))]
    await _store(turn, pairing, meeting, answers)
    closing = OVER if pairing.match.state != "active" else None
    text, ways = _offer(answers, pairing.match.id)
    told = paragraphs(_("Thank you."), closing or text)
    came = stacked(await came_of_it(turn.db, pairing.match.id, 1 if closing else 2))
    thanks = turn.say(told, came if closing else (*ways, *came), edit=True)
    return [thanks, *(await at_risk(turn, pairing, answers) if _at_risk(answers) else [])]


async def _meeting(turn: Turn, pairing: Pairing, answers: Answers) -> Meeting | None:
    """The meeting that is told about, made if it was not planned; None if it is told already."""
    if "meeting" in answers:
        return await _unless_told(turn, pairing, await meetings.by_id(turn.db, answers["meeting"]))
    day, zone = date.fromordinal(int(answers["day"])), pairing.me.zone
    for each in await meetings.of_match(turn.db, pairing.match.id):
        begun = each.state != "proposed" and each.starts_at <= turn.now
        if begun and local_day(each.starts_at, zone) == day:
            return await _unless_told(turn, pairing, each)
    at = min(wall(day, 12, zone), turn.now)
    length, me = pairing.policy.meeting_minutes, pairing.me.member.id
    made = await meetings.add(
        turn.db, pairing.match.id, "held", at, length, me, turn.now, planned=False
    )
    return await meetings.by_id(turn.db, made)


async def _unless_told(turn: Turn, pairing: Pairing, meeting: Meeting | None) -> Meeting | None:
    if meeting is None or await logs.of_member(turn.db, meeting.id, pairing.me.member.id):
        return None
    return meeting


async def _store(turn: Turn, pairing: Pairing, meeting: Meeting, answers: Answers) -> None:
    db, again = turn.db, answers.get("again")
    await logs.add(
        db,
        meeting.id,
        pairing.me.member.id,
        turn.now,
        met=_met(answers),
        rating=int(answers["rating"]) if _met(answers) else None,
        again=None if again is None else again == "yes",
        note=answers.get("note"),
        risk={"answer": answers["risk"], "words": answers.get("words") or ""},
    )
    said = await logs.said_to_have_met(db, meeting.id)
    await meetings.set_state(db, meeting.id, outcome(said))
    await reminders.cancel(db, meeting.id, "meeting_log", person_id=turn.me.id)
    if pairing.match.state == "active":
        await pairings.stirred(db, pairing, turn.now)


def _offer(answers: Answers, match_id: int) -> tuple[Text, Any]:
    """What to offer next, by one's own answers alone."""
    again = answers.get("again")
    follows = after_log(met=_met(answers), again=None if again is None else again == "yes")
    plan = button(_("Find the next time"), "meet.times", match_id)
    end = button(_("End this introduction"), "match.leave", match_id)
    later = button(_("Not now"), "match.show", match_id)
    if follows is Next.PART:
        return _("Would you like to end this introduction, and wait for somebody new?"), stacked(
            end, later
        )
    if follows is Next.NEW_TIME:
        return _("That can happen. Would you like to find a new time?"), stacked(plan, end, later)
    return _("It is meeting again that matters most. Shall we find a time?"), stacked(plan, later)


async def at_risk(turn: Turn, pairing: Pairing | Group, answers: Answers) -> list[Say]:
    """Hands a "yes" to the safeguarding contacts of the member's own side, and to nobody else."""
    me, meeting = pairing.me.member, answers.get("meeting")
    words = str(answers.get("words") or "")
    about = meeting and int(meeting), {"words": words}
    report_id = await reports.add(turn.db, me, *about, turn.now)
    text = _("A member of your side says that taking part put somebody at risk.")
    return await told_contacts(turn, me, report_id, text, words)


async def told_contacts(
    turn: Turn, me: Member, report_id: int, news: Text, words: str, about: int | None = None
) -> list[Say]:
    """Tells those who are to read a report of it, and who made it that they do.

    A contact it is `about` never hears of it.
    """
    there = await pairings.contacts(turn.db, me.side_id)
    contacts = [each for each in there if each.id != about]
    if not contacts:
        return [await _only_about(turn, me) if there else _unread(turn, me)]
    said = words or _("nothing more was said")
    name = me.name or "—"
    text_to = paragraphs(news, _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=name, words=said))
    ways = stacked(
        button(_("Answer"), "ask.answer", me.id),
        button(_("Open the report"), "safeguard.show", report_id),
    )
    mine = _(
        "The safeguarding contact of your side has what you told me now, and can write to you "
        "here. /reports shows what becomes of it."
    )
    write = button(_("Write to them"), "ask.care", me.id)
    return [
        turn.say(mine, stacked(write)),
        *(Say(each.person_id, text_to, ways) for each in contacts),
    ]


async def _only_about(turn: Turn, me: Member) -> Say:
    """There is nobody to read it but whom it is about; an owner of one's own side may help."""
    text = _(
        "What you told me is stored, but nobody reads it yet: your side has no safeguarding "
        "contact but the one it is about, and they do not hear of it. If you need help now, call "
        "the emergency services where you are, or somebody you trust."
    )
    owners = await roster.owners_beside(turn.db, me)
    ask = button(_("Write to the owner of the network"), "ask.owner", me.id) if owners else None
    return turn.say(text, stacked(ask))


def _unread(turn: Turn, me: Member) -> Say:
    text = _(
        "Your side has not named a safeguarding contact yet, so what you told me is stored but "
        "nobody has read it. If you need help now, write to your coordinator, or call the "
        "emergency services where you are."
    )
    ask = button(_("Write to your coordinator"), "ask.side", me.id)
    return turn.say(text, stacked(ask))


LOG = Flow("log", _form, _done)
