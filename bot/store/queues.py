"""The inbox and the outbox: the tables are the queues."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    ColumnElement,
    Table,
    Update,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from bot.domain.replies import Priority
from bot.store.db import Db, Query, new_id
from bot.store.tables import inbox, outbox


@dataclass(frozen=True, slots=True)
class Received:
    """A raw update that waits. `id` is Telegram's update_id, or below 0 for one of our own."""

    table: ClassVar[Table] = inbox
    id: int
    chat: str
    payload: dict[str, Any]
    tries: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A Bot API call that waits: `payload` has its `method`, `params` and `files` (base64)."""

    table: ClassVar[Table] = outbox
    id: int
    chat: str
    person_id: int | None
    priority: int
    payload: dict[str, Any]
    key: str | None
    created_at: datetime
    about_id: int | None = None

    @property
    def chat_id(self) -> int:
        """Telegram's id of the chat it goes to (or whose menu it is), 0 where it is for none."""
        params = self.payload["params"]
        return int(params.get("chat_id") or params.get("scope", {}).get("chat_id", 0))


@dataclass(frozen=True, slots=True)
class Worked:
    """An update that had its effect, and whose message it brought, if it did."""

    id: int
    person_id: int | None = None
    message_id: int | None = None


def _first_waiting() -> Query:
    """Built once: this is asked at every turn."""
    earlier = inbox.alias()
    before = exists().where(
        earlier.c.chat == inbox.c.chat, earlier.c.state == "waiting", earlier.c.seq < inbox.c.seq
    )
    ready = or_(inbox.c.not_before.is_(None), inbox.c.not_before <= bindparam("now"))
    query = select(inbox).where(inbox.c.state == "waiting", ready, ~before).order_by(inbox.c.seq)
    return query.limit(bindparam("at_most")).with_for_update(skip_locked=True)


_FIRST_WAITING = _first_waiting()
_WORKED = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(
        state="done",
        payload=None,
        chat="",
        person_id=bindparam("person"),
        message_id=bindparam("message"),
    )
)
_CHAT = case((outbox.c.person_id.is_(None), outbox.c.chat), else_="")
"""What the chat of a message that waits no longer is kept as: a person's is not."""

_DELIVERED = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state="sent",
        payload=None,
        chat=_CHAT,
        sent_at=bindparam("at"),
        message_id=bindparam("message"),
    )
)


async def take_in(
    db: Db, updates: Sequence[tuple[int, int, dict[str, Any]]], now: datetime
) -> None:
    """Stores raw updates (update_id, chat, payload) in their order; repeats change nothing."""
    queued = db.keys.queued
    rows = [
        db.sealed(inbox, id_, {"id": id_, "seq": new_id(), "payload": payload})
        | {"chat": queued(chat), "received_at": now}
        for id_, chat, payload in updates
    ]
    await db.add_new(inbox, rows)


async def first_waiting(db: Db, now: datetime, at_most: int) -> list[Received]:
    """Locks the oldest waiting updates, of each chat only the first, that may be worked now."""
    return await db.all(Received, _FIRST_WAITING, {"now": now, "at_most": at_most})


async def worked(db: Db, done: Sequence[Worked]) -> None:
    """The updates had their effect: their content is blanked, their ids stay against repeats."""
    await db.each(
        _WORKED,
        [{"row": one.id, "person": one.person_id, "message": one.message_id} for one in done],
    )


async def try_later(db: Db, failed: Received, not_before: datetime) -> bool:
    """The update is tried again from `not_before` on; False where another process had it since."""
    query = _untouched_since(failed).values(tries=failed.tries + 1, not_before=not_before)
    return await db.run(query) == 1


async def park(
    db: Db, failed: Received, person_id: int | None = None, message_id: int | None = None
) -> bool:
    """The update is put aside for the operator and blocks nothing; False as in `try_later`.

    Whose message it brought is noted as with what is worked.
    """
    whose = {"person_id": person_id, "message_id": message_id}
    query = _untouched_since(failed).values(tries=failed.tries + 1, state="parked", **whose)
    return await db.run(query) == 1


async def note_missed(
    db: Db, person_id: int, messages: Sequence[tuple[int, int, datetime]]
) -> None:
    """Messages (update_id, message id, when) that were dropped; what was let in since stays."""
    known = {"person_id": person_id, "chat": "", "state": "done"}
    rows = [
        known | {"id": id_, "seq": new_id(), "message_id": message, "received_at": at}
        for id_, message, at in messages
    ]
    await db.add_new(inbox, rows)


def _untouched_since(failed: Received) -> Update:
    still = (inbox.c.state == "waiting", inbox.c.tries == failed.tries)
    return update(inbox).where(inbox.c.id == failed.id, *still)


async def put(db: Db, calls: Sequence[dict[str, Any]], now: datetime) -> None:
    """Queues calls: dicts of chat, person_id, priority, payload, about_id and key ("" for none).

    A key that was ever queued before is left out.
    """
    rows = []
    for call in calls:
        id_ = new_id()
        values = call | {"id": id_, "key": call["key"] or None, "created_at": now}
        rows.append(db.sealed(outbox, id_, values))
    await db.add_new(outbox, rows)


async def next_outgoing(db: Db, limit: int, without: Collection[str] = ()) -> list[Outgoing]:
    """What goes out next, first things first, but nothing to the chats in `without`."""
    query = select(outbox).where(outbox.c.state == "waiting")
    if without:
        query = query.where(outbox.c.chat.not_in(without))
    return await db.all(Outgoing, query.order_by(outbox.c.priority, outbox.c.id).limit(limit))


async def delivered(db: Db, done: Sequence[tuple[int, int | None]], now: datetime) -> None:
    """Marks messages as sent (outbox id, Telegram's message id) and blanks them."""
    rows = [{"row": id_, "message": message, "at": now} for id_, message in done]
    await db.each(_DELIVERED, rows)


async def undeliverable(db: Db, id_: int, *, blocked: bool = False) -> None:
    """Telegram refused this message for good, or its reader blocked the bot; it is blanked."""
    await db.change(outbox, id_, state="blocked" if blocked else "failed", payload=None, chat=_CHAT)


async def redirect(db: Db, chat: str, telegram_id: int) -> None:
    """What is queued as a chat goes to another one: Telegram moved it."""
    query = select(outbox).where(outbox.c.chat == chat, outbox.c.state == "waiting")
    for each in await db.all(Outgoing, query):
        params = each.payload["params"] | {"chat_id": telegram_id}
        moved = {"chat": db.keys.queued(telegram_id), "payload": each.payload | {"params": params}}
        await db.change(outbox, each.id, **moved)


async def arrived(db: Db, keys: Collection[str]) -> dict[str, int]:
    """Telegram's message id of each of these keyed messages that was delivered."""
    query = select(outbox.c.key, outbox.c.message_id).where(outbox.c.key.in_(keys))
    found = await db.rows(query.where(outbox.c.message_id.is_not(None)))
    return {row.key: row.message_id for row in found}


def _waits_for(person_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.person_id == person_id, outbox.c.state == "waiting"


async def waits_for(db: Db, person_id: int) -> bool:
    """Whether anything waits to be delivered to this person."""
    return await db.scalar(select(outbox.c.id).where(*_waits_for(person_id)).limit(1)) is not None


async def answered_since(db: Db, earlier: Outgoing) -> bool:
    """Whether an answer to a later turn waits for the same person: they may be back."""
    of = _waits_for(earlier.person_id)
    later = (outbox.c.created_at > earlier.created_at, outbox.c.priority == Priority.ANSWER)
    return bool(await db.scalar(select(func.count()).select_from(outbox).where(*of, *later)))


async def relaying(db: Db, person_id: int) -> list[Outgoing]:
    """What waits for this person and somebody sent them, or is a translation of that."""
    found = await db.all(
        Outgoing, select(outbox).where(*_waits_for(person_id)).order_by(outbox.c.id)
    )
    return [each for each in found if each.payload.keys() & {"relay", "translates"}]


async def undeliverable_to(db: Db, person_id: int) -> None:
    """Nothing that waits for this person, who blocked the bot, can be delivered any more."""
    await db.run(
        update(outbox).where(*_waits_for(person_id)).values(state="blocked", payload=None, chat="")
    )


async def forget_before(db: Db, moment: datetime, parked: datetime) -> None:
    """Drops traces of what was worked and sent before `moment`, and what was `parked` before it."""
    for state, before in (("done", moment), ("parked", parked)):
        await db.run(delete(inbox).where(inbox.c.state == state, inbox.c.received_at < before))
    unkeyed = (outbox.c.state.in_(["sent", "failed", "blocked"]), outbox.c.key.is_(None))
    await db.run(delete(outbox).where(*unkeyed, outbox.c.created_at < moment))


async def depths(db: Db) -> dict[str, tuple[int, datetime | None]]:
    """How many wait (and are parked), and since when the oldest has."""
    found: dict[str, tuple[int, datetime | None]] = {}
    for name, table, since in (
        ("inbox", inbox, inbox.c.received_at),
        ("outbox", outbox, outbox.c.created_at),
    ):
        for state in ("waiting", "parked"):
            query = select(func.count(table.c.id), func.min(since)).where(table.c.state == state)
            for count, oldest in await db.rows(query):
                found[f"{name} {state}"] = (count, oldest)
    return found
