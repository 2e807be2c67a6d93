"""Somebody who blocks the bot, and is back before the bot has understood that."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.send import Settled, _give_up
from bot.delivery.work import put
from bot.domain.replies import Plain, Say
from bot.store import people
from bot.store.db import new_id
from bot.store.queues import Outgoing
from tests.delivery.counter import Counting


async def test_an_answer_is_not_given_up_with_what_was_refused_before(bot: Counting) -> None:
    """A reminder was refused; they unblock and write; only then is the refusal stored."""
    ana = await bot.person("Ana")
    await ana.says("hello")
    await ana.sees("hello")
    now = bot.sandbox.clock.now()
    async with bot.app.store.begin() as db:
        person = await people.met(db, ana.id, "en", now)
        chat = db.keys.queued(ana.id)
        before = now - timedelta(seconds=1)
        refused = Outgoing(new_id(), chat, person.id, 1, {}, None, before)
        await put(db, [(Say(person.id, Plain("Welcome back.")), None)], now)
        await _give_up(db, Settled(refused, ok=False, unreachable=True), now)
    await ana.sees("Welcome back.")
    async with bot.app.store.read() as db:
        known = await people.by_id(db, person.id)
        assert known is not None
        assert known.state == "here"
