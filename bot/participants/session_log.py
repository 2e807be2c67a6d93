"""How a session was, told by each on their own, with the private question after it."""

from __future__ import annotations

from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.meetings import outcome
from bot.domain.replies import Say, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.participants.attendance import NOT_YET
from bot.participants.log_form import RATINGS, RISK, YES_OR_NO, at_risk
from bot.router import Routes, Turn, too_old
from bot.store import groups, logs, meetings, reminders
from bot.store.groups import Group
from bot.store.meetings import Meeting

KNOWN = _("You have told me about this session already. Thank you.")


def _was_there(answers: Answers) -> bool:
    return answers.get("met") == "yes"


def _risked(answers: Answers) -> bool:
    return answers.get("risk") == "yes"


STEPS = (
    Step("met", _("Were you at the session?"), YES_OR_NO, _("There")),
    Step(
        "rating",
        _("How was it? Nobody in your group sees your answers."),
        RATINGS,
        _("How it was"),
        when=_was_there,
    ),
    Step(
        "risk",
        _(
            "A question in private: did taking part put you or anyone at risk? The answer goes "
            "only to the safeguarding contact of your own side, never to your group."
        ),
        RISK,
        _("Risk"),
    ),
    Step(
        "words",
        _("What should the safeguarding contact of your side know? You may skip this."),
        Words(2000, paragraphs=True),
        _("In your words"),
        optional=True,
        when=_risked,
    ),
)


async def _begun(turn: Turn, meeting_id: int, *, hold: bool) -> tuple[Group, Meeting] | list[Say]:
    """A session that has begun and that this member has not told about; else what to say."""
    known = await meetings.by_id(turn.db, meeting_id)
    group = None
    if known is not None and known.number is not None:
        group = await groups.of(turn.db, turn.me.id, known.match_id, hold=hold)
    session = await meetings.by_id(turn.db, meeting_id)  # read again, now that the group is held
    if group is None or session is None or session.state in ("proposed", "cancelled"):
        return [too_old(turn)]
    if session.starts_at > turn.now:
        return [turn.say(NOT_YET)]
    told = await logs.of_member(turn.db, session.id, group.me.member.id)
    return [turn.say(KNOWN)] if told else (group, session)


async def opened(turn: Turn, meeting_id: int) -> list[Say]:
    """Asks about a session."""
    found = await _begun(turn, meeting_id, hold=False)
    return found if isinstance(found, list) else await start(turn, LOG, {"meeting": meeting_id})


async def answered(turn: Turn, meeting_id: int, there: str) -> list[Say]:
    """Takes whether they were there from a reminder, and asks the rest."""
    found = await _begun(turn, meeting_id, hold=False)
    if isinstance(found, list):
        return found
    if there not in ("yes", "no"):
        return [too_old(turn)]
    return await start(turn, LOG, {"meeting": meeting_id, "met": there})


async def _form(_turn: Turn, _answers: Answers) -> Form:
    return Form("session_log", STEPS, review=False)


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    found = await _begun(turn, int(answers["meeting"]), hold=True)
    if isinstance(found, list):
        return found
    group, session = found
    there = _was_there(answers)
    await logs.add(
        turn.db,
        session.id,
        group.me.member.id,
        turn.now,
        met=there,
        rating=int(answers["rating"]) if there else None,
        again=None,
        note=None,
        risk={"answer": answers["risk"], "words": answers.get("words") or ""},
    )
    if session.state == "agreed" and there:  # unless those who lead have said what became of it
        await meetings.set_state(turn.db, session.id, outcome([there]))
    await reminders.cancel(turn.db, session.id, "session_log", person_id=turn.me.id)
    active = group.match.state == "active"
    show = button(_("Show"), "session.show", group.match.id) if active else None
    thanks = paragraphs(
        _("Thank you."), None if there else _("I hope that you can come next time.")
    )
    told = turn.say(thanks, stacked(show), edit=True)
    return [told, *(await at_risk(turn, group, answers) if _risked(answers) else [])]


LOG = Flow("session_log", _form, _done)
FLOWS = (LOG,)
ROUTES = Routes(buttons={"session.log": opened, "session.met": answered})
