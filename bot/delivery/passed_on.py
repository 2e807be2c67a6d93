"""What people sent each other, once Telegram has taken it or has not."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.work import put
from bot.domain.replies import Say, _
from bot.participants.letters import LOST
from bot.store import people, queues, relayed
from bot.store.db import Db
from bot.store.queues import Outgoing
from bot.store.relayed import Relayed

NOT_TO_ALL = _("This message could not be passed on to everybody. The others have it.")


async def settled(db: Db, each: Outgoing, message_id: int | None, now: datetime) -> None:
    """It has arrived as this message: with everybody, its writer sees so on what they sent.

    Where it was taken back meanwhile, it goes as it came.
    """
    of = each.payload.get("relay") or each.payload.get("translates")
    if of is None:
        return
    found = await relayed.by_id(db, int(of), hold=True)
    if found is None:
        if each.person_id is not None and message_id:
            await put(db, [(Say(each.person_id, "", erase=(message_id,)), None)], now)
    elif "translates" in each.payload:
        await relayed.translated(db, found, message_id or 0, now)
    elif await relayed.arrived(db, found.id, message_id or 0):
        await _mark(db, found, now)


async def lost(db: Db, each: Outgoing, now: datetime) -> None:
    """It does not arrive: who sent it hears so. Nothing is said of a translation."""
    relay = each.payload.get("relay")
    found = await relayed.drop(db, int(relay)) if relay else None
    writer = await people.by_id(db, found.writer_id) if found else None
    if found is None or writer is None:
        return
    rest = await relayed.of_message(db, found.writer_id, found.message_id)
    others = any(each.reader_id != found.reader_id for each in rest)
    text = NOT_TO_ALL if others else LOST
    await put(db, [(Say(writer.id, text, answers=found.message_id), None)], now)
    if others and await relayed.everywhere(db, found):
        await _mark(db, found, now)


async def lost_with(db: Db, person_id: int, now: datetime) -> None:
    """Whatever else waits for somebody who can't be reached does not arrive either."""
    for each in await queues.relaying(db, person_id):
        await lost(db, each, now)


async def _mark(db: Db, found: Relayed, now: datetime) -> None:
    if writer := await people.by_id(db, found.writer_id):
        await put(db, [(Say(writer.id, "", arrived=found.message_id), None)], now)
