"""What came of a match: the questions of its track, each of which may be skipped."""

from __future__ import annotations

from bot.domain.fields import One, Option
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import Say, Text, _, paragraphs
from bot.domain.tracks import TRACKS, Track
from bot.domain.tracks.answers import onward
from bot.domain.tracks.schema import YES_OR_NO, Outcome
from bot.forms import Flow, start
from bot.partners import which
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, matches, meetings, networks, outcomes, pairings

_YES_OR_NO = One(tuple(Option(value, text) for value, text in YES_OR_NO.items()), 2)


async def ask(turn: Turn, match_id: int) -> list[Say]:
    """Asks; who was asked before may answer anew."""
    if await _found(turn, match_id) is None:
        return [too_old(turn)]
    return await start(turn, OUTCOME, {"match": match_id})


async def _found(turn: Turn, match_id: int) -> tuple[Track, int] | None:
    """The track of a match that has met, and the row id of one's own member in it."""
    match = await matches.by_id(turn.db, match_id)
    if match is None or match.state not in ("active", "closed"):
        return None
    if not await meetings.held_count(turn.db, match_id):
        return None
    mine = [each.id for each in await networks.memberships(turn.db, turn.me.id)]
    parties = await matches.parties(turn.db, match_id)
    member_id = next((each.member_id for each in parties if each.member_id in mine), None)
    exchange = await exchanges.by_id(turn.db, match.exchange_id)
    if exchange is None or member_id is None:
        return None
    return TRACKS[exchange.track], member_id


async def _form(turn: Turn, answers: Answers) -> Form:
    found = await _found(turn, int(answers["match"]))
    if found is None:
        gone = _("This can no longer be answered.")
        return Form("outcome", (Step("gone", gone, One(()), _("What came of it")),))
    pairing = await pairings.of(turn.db, turn.me.id, int(answers["match"]))
    about = None if pairing is None else await which(turn, pairing)
    steps = tuple(_step(each, about) for each in found[0].outcomes)
    return Form("outcome", steps, review=False)


def _step(asked: Outcome, about: Text | None) -> Step:
    text = paragraphs(about, asked.ask)
    return Step(asked.key, text, _YES_OR_NO, asked.label, optional=True)


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    match_id = int(answers["match"])
    found = await _found(turn, match_id)
    if found is None:
        return [too_old(turn)]
    track, member_id = found
    known = await outcomes.of(turn.db, match_id, member_id)
    told = dict(known.answers) if known else {}
    told |= {
        each.key: answers[each.key] for each in track.outcomes if answers.get(each.key) is not None
    }
    count = onward(track.outcomes, told)
    await outcomes.keep(turn.db, match_id, member_id, told, count, turn.now)
    text = _("Thank you. Others see this only in sums over many people, never your answers.")
    return [turn.say(text, edit=True)]


OUTCOME = Flow("outcome", _form, _done)
FLOWS = (OUTCOME,)
ROUTES = Routes(buttons={"outcome.ask": ask})
