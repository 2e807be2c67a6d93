"""A broadcast at a coordinator's desk: its preview, how far it is, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coordinators.desk import Desk, desk
from bot.coordinators.draft import bar
from bot.domain.broadcasts import Counts, letter
from bot.domain.replies import (
    LanguageName,
    Rows,
    Say,
    Text,
    Value,
    _,
    button,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Reach, Right
from bot.domain.tracks import title
from bot.router import Turn
from bot.store import broadcasts, exchanges, freezes
from bot.store.broadcasts import Broadcast, To
from bot.store.db import new_id

AUDIENCES: dict[str, Text] = {
    "everybody": _("everybody"),
    "waiting": _("those who wait for an introduction"),
    "introduced": _("those who are introduced"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A broadcast, and the desk it is at."""

    at: Desk
    broadcast: Broadcast


async def opened(turn: Turn, broadcast_id: int, *, hold: bool = False) -> Opened | None:
    """The broadcast, if the person whose turn it is may send to those it is for."""
    found = await (broadcasts.held if hold else broadcasts.by_id)(turn.db, broadcast_id)
    at = None if found is None else await desk(turn, found.network_id, Right.BROADCAST)
    if found is None or at is None:
        return None
    whole = at.reach is Reach.NETWORK
    return Opened(at, found) if whole or found.side_id == at.side.id else None


async def for_whom(turn: Turn, at: Desk, to: To) -> Value:
    """Whom a broadcast is for."""
    exchange = await exchanges.by_id(turn.db, to.exchange_id) if to.exchange_id else None
    whom: Value = AUDIENCES.get(to.audience, AUDIENCES["everybody"])
    if exchange is not None:
        whom = title(exchange.name, exchange.track, exchange.format)
    if to.side_id is None:
        return _("To: {whom}, on all sides", whom=whom)
    return _("To: {whom}, on your side", whom=whom) if to.side_id == at.side.id else whom


def people(at: Desk, many: int) -> Value:
    """How many people, if they are enough to be counted."""
    if 0 < many < at.network.settled.fewest:
        return _("a few people")
    return ngettext("{n} person", "{n} people", many)


async def preview(turn: Turn, found: Opened) -> list[Say]:
    """The words in each language, then what can be done with them."""
    at, draft = found.at, found.broadcast
    spoken = await broadcasts.languages(turn.db, draft.to)
    shown = [
        turn.say(
            paragraphs(
                _("<b>{language}</b> is read like this:", language=LanguageName(each)),
                letter(draft.words, each),
            )
        )
        for each in draft.words
    ]
    first = next(iter(draft.words))
    others = [each for each in spoken if each not in draft.words]
    rest = _(
        "Those who speak another language read it in this one: {language}.",
        language=LanguageName(first),
    )
    text = paragraphs(
        await for_whom(turn, at, draft.to),
        lines(
            *(
                _("{language}: {people}", language=LanguageName(each), people=people(at, many))
                for each, many in spoken.items()
            )
        ),
        rest if others else None,
        _("It is sent by day, wherever they are. Nothing has been sent yet."),
    )
    return [*shown, turn.say(text, _ways(draft))]


def _ways(draft: Broadcast) -> Rows:
    return stacked(
        button(_("Send it to me first"), "cast.me", draft.id),
        button(_("Send it now"), "cast.send", draft.id),
        button(_("Write it anew"), "cast.anew", draft.id),
        button(_("Throw it away"), "cast.drop", draft.id),
    )


async def progress(turn: Turn, found: Opened) -> Say:
    """How far it is, or what became of it."""
    at, sent = found.at, found.broadcast
    counts = await broadcasts.counts(turn.db, sent)
    going = sent.state == "sending"
    text = paragraphs(
        await for_whom(turn, at, sent.to),
        bar(counts.percent(sent.total)) if going else _ENDS.get(sent.state),
        _counted(at, sent, counts),
        await _why_it_waits(turn, sent) if going else None,
    )
    stop = button(_("Stop it"), "cast.stop", sent.id) if going else None
    back = button(_("Back"), "cast.of", at.network.id)
    return turn.say(text, stacked(stop, back), edit=True)


_ENDS: dict[str, Value] = {
    "stopped": _("It was stopped."),
    "done": _("It is done."),
}


def _counted(at: Desk, sent: Broadcast, counts: Counts) -> Value:
    """The counts; where they are few, those whom it did not reach might be known by them."""
    few = 0 < sent.total < at.network.settled.fewest
    if few:
        return _("Only a few people get it, so no numbers are shown.")
    return lines(
        _("Delivered: {n}", n=counts.sent),
        _("Blocked the bot: {n}", n=counts.blocked),
        _("Could not be delivered: {n}", n=counts.failed),
        _("Stopped before it was sent: {n}", n=counts.never_sent(sent.total))
        if sent.state == "stopped"
        else None,
        _("To go: {n}", n=counts.never_sent(sent.total)) if sent.state == "sending" else None,
    )


async def _why_it_waits(turn: Turn, sent: Broadcast) -> Text | None:
    if await freezes.frozen(turn.db, sent.network_id):
        return _("Everything rests at the moment. It goes on after that.")
    begin = sent.moment("not_before")
    if begin is not None and begin > turn.now:
        return _("It is night or a day of rest for the others. They get it in their morning.")
    return None


async def looked_at(turn: Turn, found: Broadcast, say: Say) -> Say:
    """The message, and the broadcast knows that this person looks at it there."""
    key = f"cast:{found.id}:{new_id()}"
    await broadcasts.show(turn.db, found, turn.me.id, key)
    return say.with_key(key)
