"""What happens in Telegram's groups and channels: who made a room, and what became of it."""

from __future__ import annotations

from datetime import datetime

from bot.coordinators.desk import Desk, desk, refused
from bot.domain.replies import Say, Text, Value, _, button, paragraphs, stacked
from bot.domain.rights import Reach, Right
from bot.domain.rooms import News
from bot.domain.tracks import title
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, matches, networks, people, rooms
from bot.store.db import Db
from bot.store.rooms import Room

NEEDS_GROUP = _(
    "I can only let people in as an administrator there who may invite and remove people. Please "
    "give me these two rights in the group's settings; I go on by myself then."
)
NEEDS_CHANNEL = _(
    "I can only post there as an administrator who may post and invite people. Please give me "
    "these two rights in the channel's settings; I go on by myself then."
)
LATE = _("That link can no longer be used. /rooms makes another one.")
TAKEN = _("That group is already in use here. Please make a new one.")


async def keeper(turn: Turn, network_id: int, match_id: int | None) -> Desk | Say:
    """The desk of somebody who may look after this group's room (None: the channel); else why not.

    A facilitator may of the groups they lead.
    """
    at = await desk(turn, network_id, Right.ROOMS)
    if at is None:
        return refused(turn)
    if at.reach is not Reach.OWN:
        return at
    led = match_id is not None and await rooms.leads(turn.db, match_id, at.me.id)
    return at if led else turn.say(_("You can only do that for a group that you lead."))


async def heard(turn: Turn, news: News) -> list[Say]:
    """Somebody known came with a link's token, or gave the bot a place or other rights."""
    if news.what == "token":
        return await _by_token(turn, news)
    room = await rooms.by_telegram_id(turn.db, news.chat)
    if room is not None:
        return await _rights(turn.db, room, news, turn.now)
    return await _channel(turn, news) if news.kind == "channel" else []


async def _by_token(turn: Turn, news: News) -> list[Say]:
    pending = await rooms.expected(turn.db, news.token, turn.me.id, turn.now)
    if pending is None or pending.kind != news.kind:
        return [turn.say(LATE)]
    if pending.match_id is not None:
        match = await matches.locked(turn.db, pending.match_id)
        if match is None or match.state != "active":
            return [turn.say(LATE)]
    at = await keeper(turn, pending.network_id, pending.match_id)
    return [at] if isinstance(at, Say) else await _linked(turn, at, pending, news.chat)


async def _linked(turn: Turn, at: Desk, pending: Room, chat: int) -> list[Say]:
    if await rooms.by_telegram_id(turn.db, chat):
        return [turn.say(TAKEN)]
    room = await rooms.open_(turn.db, pending, chat, turn.now)
    await rooms.make_link(turn.db, room, turn.now)
    await at.note(turn, "rooms.linked", str(pending.match_id or pending.network_id))
    if room.kind == "channel":
        return [turn.say(_("Done. I can post in the channel now."), edit=True)]
    text = paragraphs(
        _("Done: the group is linked."),
        _(
            "Everybody of it is asked now, each in their own chat with me, whether they want to "
            "join. I let in nobody else."
        ),
    )
    return [turn.say(text)]


async def _rights(db: Db, room: Room, news: News, now: datetime) -> list[Say]:
    """The bot makes the link that is missing, once it has all the rights it needs."""
    if not news.suffices:
        return await _lacks(db, room)
    await rooms.note_lack(db, room, lacks=False)
    if not room.url:
        await rooms.make_link(db, room, now)
    return []


async def _channel(turn: Turn, news: News) -> list[Say]:
    """Who asked for it has added the bot to a channel: is it the one?"""
    pending = await rooms.expected_channel(turn.db, turn.me.id, turn.now)
    at = None if pending is None else await keeper(turn, pending.network_id, None)
    if pending is None or not isinstance(at, Desk):
        return []
    if not news.suffices:
        return [turn.say(NEEDS_CHANNEL)]
    await rooms.name(turn.db, pending, news.chat, news.title)
    text = _(
        "Is <b>{title}</b> the channel of {network}?", title=news.title, network=at.network.name
    )
    ways = stacked(
        button(_("Yes"), "rooms.yes", pending.id), button(_("No"), "rooms.of", at.network.id)
    )
    return [turn.say(text, ways)]


async def yes(turn: Turn, room_id: int) -> list[Say]:
    """It is the channel."""
    pending = await rooms.by_id(turn.db, room_id)
    chat = int((pending.link or {}).get("chat", 0)) if pending else 0
    if pending is None or pending.state != "pending" or not chat:
        return [too_old(turn)]
    at = await keeper(turn, pending.network_id, None)
    return [at] if isinstance(at, Say) else await _linked(turn, at, pending, chat)


async def changed(db: Db, news: News, now: datetime) -> list[Say]:
    """A group became a supergroup, or the bot was taken out, whoever did that."""
    room = await rooms.by_telegram_id(db, news.chat)
    if room is None:
        return []
    if news.what == "moved":
        await rooms.make_link(db, await rooms.move(db, room, news.moved_to), now)
        return []
    if not news.here:
        return await _lost(db, room)
    return await _rights(db, room, news, now) if news.what == "bot" else []


async def refused_by_telegram(db: Db, chat_id: int, method: str, *, gone: bool) -> list[Say]:
    """A room did not take what it was sent: it is lost, or the bot lacks a right there."""
    room = await rooms.by_telegram_id(db, chat_id)
    if room is None:
        return []
    if gone:
        return await _lost(db, room)
    return await _lacks(db, room) if method == "createChatInviteLink" else []


async def _lacks(db: Db, room: Room) -> list[Say]:
    """Asks those who look after a room for the rights it needs, once until they are given."""
    if not await rooms.note_lack(db, room, lacks=True):
        return []
    return await _told(db, room, NEEDS_CHANNEL if room.kind == "channel" else NEEDS_GROUP)


async def _lost(db: Db, room: Room) -> list[Say]:
    """The bot is out: it is no room any more, and those who look after it are told."""
    await rooms.close(db, room)
    network = await networks.by_id(db, room.network_id)
    name = network.name if network else ""
    group = _(
        "I am no longer in a Telegram group of {network}. /rooms links another.", network=name
    )
    channel = _(
        "I can no longer reach the channel of {network}. /rooms links another.", network=name
    )
    return await _told(db, room, channel if room.kind == "channel" else group)


async def _told(db: Db, room: Room, text: Value) -> list[Say]:
    """Tells those who look after a room, and which one it is."""
    ids = {each.person_id for each in await rooms.keepers(db, room)}
    way = button(_("Show"), "rooms.channel", room.network_id)
    if room.match_id is not None:
        text = paragraphs(await _activity(db, room.match_id), text)
        way = button(_("Show"), "rooms.group", room.match_id)
    return [Say(each, text, stacked(way)) for each in await people.by_ids(db, ids)]


async def _activity(db: Db, match_id: int) -> Text | None:
    match = await matches.by_id(db, match_id)
    exchange = match and await exchanges.by_id(db, match.exchange_id)
    if not exchange:
        return None
    name = title(exchange.name, exchange.track, exchange.format)
    return _("<b>{activity}</b>", activity=name)


ROUTES = Routes(buttons={"rooms.yes": yes}, right=Right.ROOMS)
