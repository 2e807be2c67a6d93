"""Rooms: the Telegram groups of circles and teams, and the channels of networks."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Select, Table, delete, or_, select

from bot.domain.exchange import GROUPED
from bot.domain.replies import Priority
from bot.domain.rooms import Kind
from bot.store import queues, reminders
from bot.store.db import Db, new_id
from bot.store.matches import Match
from bot.store.networks import PRESENT, RUN, Member
from bot.store.tables import exchanges, matched, matches, members, rooms

PENDING_FOR = timedelta(hours=1)
"""How long somebody who asked for a link has to use it."""

_LEADS = (matched.c.leads, matched.c.answer == "yes")

OPEN_KIND, CLOSE_KIND = "room_open", "room_close"
"""The reminders that tell of a new room, and close one."""


@dataclass(frozen=True, slots=True)
class Room:
    """A Telegram group of a match, or a network's channel (`match_id` None).

    `state` is open, closed, or pending: asked for, not made yet. `link` has the `url` by which one
    asks to be let in; while pending `by` (the person who asked) and, of a channel that is to be
    confirmed, its `chat` and `title`.
    """

    table: ClassVar[Table] = rooms
    id: int
    chat: str
    telegram_id: int
    kind: Kind
    network_id: int
    match_id: int | None
    language: str
    link: dict[str, Any] | None
    state: str
    created_at: datetime

    @property
    def url(self) -> str:
        """Where one asks to be let in, "" while there is no such link."""
        return str((self.link or {}).get("url", ""))

    @property
    def discreet(self) -> bool:
        """In a room all see what is said."""
        return False

    @property
    def zone(self) -> str:
        """The time zone of times said in it: those in it live in several."""
        return "UTC"


async def expect(
    db: Db, network_id: int, match_id: int | None, kind: Kind, by: int, language: str, now: datetime
) -> str:
    """Awaits a room that a person is to make, in place of what was awaited; the link's token."""
    of = rooms.c.match_id.is_(None) if match_id is None else rooms.c.match_id == match_id
    same = (rooms.c.network_id == network_id) & (rooms.c.kind == kind) & of
    old = or_(same, rooms.c.created_at <= now - PENDING_FOR)
    await db.run(delete(rooms).where(rooms.c.state == "pending", old))
    token = secrets.token_urlsafe(24)
    await db.add(
        rooms,
        chat=_placeholder(token),
        telegram_id=0,
        kind=kind,
        network_id=network_id,
        match_id=match_id,
        language=language,
        link={"by": by},
        state="pending",
        created_at=now,
    )
    return token


async def expected(db: Db, token: str, person_id: int, now: datetime) -> Room | None:
    """What this person is to make by the link with this token, unless its time is past."""
    found = await db.one(Room, _pending(now).where(rooms.c.chat == _placeholder(token)))
    return found if found and (found.link or {}).get("by") == person_id else None


async def expected_channel(db: Db, person_id: int, now: datetime) -> Room | None:
    """The newest channel this person is to add the bot to."""
    found = await db.all(Room, _pending(now).where(rooms.c.kind == "channel"))
    mine = [each for each in found if (each.link or {}).get("by") == person_id]
    return mine[0] if mine else None


def _pending(now: datetime) -> Select[Any]:
    where = (rooms.c.state == "pending", rooms.c.created_at > now - PENDING_FOR)
    return select(rooms).where(*where).order_by(rooms.c.id.desc())


def _placeholder(token: str) -> str:
    return f"pending:{hashlib.sha256(token.encode()).hexdigest()[:24]}"


async def name(db: Db, pending: Room, telegram_id: int, title: str) -> None:
    """Remembers which channel may be the one, until it is confirmed."""
    named = (pending.link or {}) | {"chat": telegram_id, "title": title}
    await db.change(rooms, pending.id, link=named)


async def open_(db: Db, pending: Room, telegram_id: int, now: datetime) -> Room:
    """The room is made: this Telegram chat is it. The chat must be no other room's."""
    values: dict[str, Any] = {
        "chat": db.keys.blind(telegram_id),
        "telegram_id": telegram_id,
        "link": None,
        "state": "open",
        "created_at": now,
    }
    await db.change(rooms, pending.id, **values)
    return replace(pending, **values)


async def by_id(db: Db, room_id: int) -> Room | None:
    """The room with this row id."""
    return await db.one(Room, select(rooms).where(rooms.c.id == room_id))


async def by_ids(db: Db, room_ids: set[int]) -> dict[int, Room]:
    """Rooms that were made, by row id."""
    query = select(rooms).where(rooms.c.id.in_(room_ids), rooms.c.state != "pending")
    return {room.id: room for room in await db.all(Room, query)}


async def by_telegram_id(db: Db, telegram_id: int) -> Room | None:
    """The open room that is this Telegram chat."""
    here = rooms.c.chat.in_(db.keys.blinds(telegram_id))
    return await db.one(Room, select(rooms).where(here, rooms.c.state == "open"))


async def channel_queued(db: Db, chat: str) -> Room | None:
    """The channel, linked or no more, to which what was queued as `chat` went."""
    query = select(rooms).where(rooms.c.kind == "channel", rooms.c.state != "pending")
    found = await db.all(Room, query.order_by(rooms.c.id.desc()))
    return next((each for each in found if db.keys.queued(each.telegram_id) == chat), None)


async def of_match(db: Db, match_id: int) -> Room | None:
    """The open room of a circle or team."""
    where = (rooms.c.match_id == match_id, rooms.c.state == "open")
    return await db.one(Room, select(rooms).where(*where).order_by(rooms.c.id.desc()))


async def channel_of(db: Db, network_id: int) -> Room | None:
    """The network's open channel."""
    where = (rooms.c.network_id == network_id, rooms.c.kind == "channel", rooms.c.state == "open")
    return await db.one(Room, select(rooms).where(*where).order_by(rooms.c.id.desc()))


def _groups(network_id: int, after: int, leader_id: int | None) -> Select[Any]:
    """A network's active circles and teams above an id; with a leader, only those they lead."""
    query = select(matches).join(exchanges, exchanges.c.id == matches.c.exchange_id)
    here = (exchanges.c.network_id == network_id, exchanges.c.format.in_(GROUPED))
    query = query.where(*here, matches.c.state == "active", matches.c.id > after)
    if leader_id is not None:
        led = select(matched.c.match_id).where(matched.c.member_id == leader_id, *_LEADS)
        query = query.where(matches.c.id.in_(led))
    return query.order_by(matches.c.id)


async def groups(
    db: Db, network_id: int, leader_id: int | None, limit: int, after: int = 0
) -> list[tuple[Match, bool]]:
    """A network's active circles and teams above an id, and whether each has a room.

    With a leader (a member's id), only those they lead.
    """
    found = await db.all(Match, _groups(network_id, after, leader_id).limit(limit))
    ids = [each.id for each in found]
    query = select(rooms.c.match_id).where(rooms.c.match_id.in_(ids), rooms.c.state == "open")
    have = {row.match_id for row in await db.rows(query)}
    return [(each, each.id in have) for each in found]


async def leads(db: Db, match_id: int, member_id: int) -> bool:
    """Whether a member leads a circle or team."""
    where = (matched.c.match_id == match_id, matched.c.member_id == member_id, *_LEADS)
    return await db.scalar(select(matched.c.id).where(*where)) is not None


async def keepers(db: Db, room: Room) -> list[Member]:
    """Who looks after a room: those who run its network, and the facilitators of its group."""
    theirs = select(matched.c.member_id).where(matched.c.match_id == room.match_id, *_LEADS)
    facilitates = (members.c.role == "facilitator") & members.c.id.in_(theirs)
    query = select(members).where(
        members.c.network_id == room.network_id,
        members.c.state == "active",
        members.c.role.in_(RUN) | facilitates,
    )
    return await db.all(Member, query.order_by(members.c.id))


async def admits(db: Db, room: Room, person_id: int) -> bool:
    """Whether a person may be in a room: they are in its group, or network, and neither is over."""
    query = select(members.c.id).where(
        members.c.person_id == person_id,
        members.c.network_id == room.network_id,
        members.c.state.in_(PRESENT),
    )
    if room.match_id is not None:
        query = (
            query.join(matched, matched.c.member_id == members.c.id)
            .join(matches, matches.c.id == matched.c.match_id)
            .where(matches.c.id == room.match_id, matches.c.state == "active")
            .where(matched.c.answer == "yes")
        )
    return room.state == "open" and await db.scalar(query.limit(1)) is not None


async def call(
    db: Db, room: Room, method: str, now: datetime, *, last: bool = False, **params: Any
) -> None:
    """Has a method of the Bot API called for a room, in order with what is said there.

    With `last` it comes after everything that waits to be said there.
    """
    said = {
        "chat": db.keys.queued(room.telegram_id),
        "person_id": None,
        "priority": int(Priority.BROADCAST if last else Priority.ANSWER),
        "payload": {"method": method, "params": {"chat_id": room.telegram_id, **params}},
        "key": "",
        "about_id": None,
    }
    await queues.put(db, [said], now)


async def make_link(db: Db, room: Room, now: datetime) -> None:
    """Has Telegram make the link by which people ask to be let in."""
    await call(db, room, "createChatInviteLink", now, creates_join_request=True)


async def set_link(db: Db, room: Room, url: str, now: datetime) -> None:
    """The link is there: each member of the circle or team is to be told."""
    await db.change(rooms, room.id, link={"url": url})
    query = select(members.c.person_id).join(matched, matched.c.member_id == members.c.id)
    here = (matched.c.match_id == room.match_id, members.c.state == "active")
    for row in await db.rows(query.where(*here)):
        await reminders.schedule(db, OPEN_KIND, room.id, now, row.person_id)


async def note_lack(db: Db, room: Room, *, lacks: bool) -> bool:
    """Notes that the bot lacks rights in a room, or has them; whether that is news."""
    known = room.link or {}
    if bool(known.get("lacks")) is lacks:
        return False
    await db.change(rooms, room.id, link=known | {"lacks": lacks})
    return True


async def see_out(db: Db, match_id: int, telegram_id: int, now: datetime) -> None:
    """Somebody left a circle or team: they leave its room, and may be let in another time."""
    if room := await of_match(db, match_id):
        await call(db, room, "banChatMember", now, user_id=telegram_id)
        await call(db, room, "unbanChatMember", now, user_id=telegram_id, only_if_banned=True)


async def to_be_closed(db: Db, match_id: int, now: datetime) -> None:
    """A circle or team is over: its room is closed, with a last word, and none is awaited."""
    await db.run(delete(rooms).where(rooms.c.match_id == match_id, rooms.c.state == "pending"))
    if room := await of_match(db, match_id):
        await reminders.schedule(db, CLOSE_KIND, room.id, now, tag=str(new_id()))


async def close(db: Db, room: Room) -> None:
    """It is no room any more: its Telegram chat may become another one."""
    await db.change(rooms, room.id, state="closed", link=None, chat=f"closed:{room.id}")


async def move(db: Db, room: Room, telegram_id: int) -> Room:
    """Telegram made a supergroup of it, with an id of its own; the room as it is now."""
    chat = db.keys.blind(telegram_id)
    await db.change(rooms, room.id, chat=chat, telegram_id=telegram_id)
    return replace(room, chat=chat, telegram_id=telegram_id)
