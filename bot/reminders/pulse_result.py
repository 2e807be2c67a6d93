"""What came of a question to all sides, told by day to somebody who answered it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.pulses import Tally, Told, in_language, told
from bot.domain.replies import Listed, Say, Value, _, paragraphs
from bot.reminders.kinds import Kind
from bot.store import exchanges, networks, people, pulses
from bot.store.db import Db
from bot.store.networks import Member, Network
from bot.store.pulses import Pulse
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Thanks them, with what they may be told."""
    found = await pulses.by_id(db, reminder.subject_id)
    person = await people.by_id(db, reminder.person_id or 0)
    exchange = None if found is None else await exchanges.by_id(db, found.exchange_id)
    if found is None or person is None or exchange is None:
        return []
    member = await networks.membership(db, person.id, exchange.network_id)
    network = await networks.by_id(db, exchange.network_id)
    if member is None or network is None or member.state != "active":
        return []
    text = paragraphs(
        _("Thank you for answering our question. This is what came of it:"),
        _(
            "<tg-spoiler>{statement}</tg-spoiler>",
            statement=in_language(found.texts, person.language),
        ),
        *await _figures(db, found, network, member),
    )
    return [Say(person.id, text)]


async def _figures(db: Db, pulse: Pulse, network: Network, member: Member) -> list[Value]:
    tallies = pulse.tallies or {}
    sides = await networks.sides_of(db, network.id)
    others = [each for each in sides if each.id != member.side_id]
    said = await pulses.answer_of(db, pulse.id, member.id)
    guess = None if said is None else said.guess
    theirs = [tallies.get(each.id, Tally()) for each in others]
    mine = tallies.get(member.side_id, Tally())
    found = told(mine, theirs, guess, pulse.good, network.settled.fewest)
    return _said(found, guess, Listed(tuple(each.name for each in others)))


def _said(found: Told, guess: int | None, others: Value) -> list[Value]:
    if found.own is None:
        return [_("Too few people have answered for figures to be shown.")]
    said: list[Value] = [_("Of 100 people on your side, {n} agree.", n=found.own)]
    if found.theirs is None or guess is None:
        return said
    said.append(
        _(
            "<tg-spoiler>Of 100 people of {sides}, {n} agree. You guessed {guess}.</tg-spoiler>",
            sides=others,
            n=found.theirs,
            guess=guess,
        )
    )
    if found.guess is not None:
        said.append(_("On average, people on your side guessed {n}.", n=found.guess))
    if found.of_us is not None:
        said.append(_("Of your side, the others guessed {n} on average.", n=found.of_us))
    return said


KIND = Kind(pulses.RESULT, due, useful_for=timedelta(days=14))
