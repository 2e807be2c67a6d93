"""/rooms: the Telegram groups of circles and teams, and the network's channel."""

from __future__ import annotations

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.room_news import keeper
from bot.domain.exchange import GROUPED
from bot.domain.replies import (
    Button,
    Command,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Reach, Right
from bot.domain.rooms import adding_link
from bot.domain.tracks import title
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, matches, networks, reminders, rooms
from bot.store.exchanges import Exchange
from bot.store.matches import Match
from bot.store.rooms import Room

PAGE = 8


async def rooms_(turn: Turn) -> list[Say]:
    """/rooms: of which network, then its groups and its channel."""
    return await choose(turn, _("Which network?"), "rooms.of", _first, Right.ROOMS)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The groups and the channel of this network."""
    return await page(turn, network_id, 0)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return await _page(turn, at, 0)


async def page(turn: Turn, network_id: int, after: int) -> list[Say]:
    """Groups, those after one."""
    at = await desk(turn, network_id, Right.ROOMS)
    return [refused(turn)] if at is None else await _page(turn, at, after)


async def _page(turn: Turn, at: Desk, after: int) -> list[Say]:
    own = at.reach is Reach.OWN
    leader = at.me.id if own else None
    found = await rooms.groups(turn.db, at.network.id, leader, PAGE + 1, after)
    known = {each.id: each for each in await exchanges.open_in(turn.db, at.network.id)}
    text = paragraphs(
        _("<b>{network}</b>: rooms in Telegram", network=at.network.name),
        _("Each circle and team can have a Telegram group that lets in its people only.")
        if found
        else _("There is no circle or team at the moment."),
    )
    ways = (_way(each, has, known.get(each.exchange_id)) for each, has in found[:PAGE])
    last = found[PAGE - 1][0].id if len(found) > PAGE else 0
    more: tuple[Button | None, ...] = (
        button(_("First page"), "rooms.page", at.network.id, 0) if after else None,
        button(_("Next page"), "rooms.page", at.network.id, last) if last else None,
        None if own else button(_("The network's channel"), "rooms.channel", at.network.id),
    )
    return [turn.say(text, stacked(*ways, *more), edit=True)]


def _way(match: Match, has: bool, exchange: Exchange | None) -> Button:
    values: dict[str, Value] = {
        "activity": _activity(exchange),
        "when": (match.active_at or match.proposed_at).date(),
    }
    label = (
        _("✓ {activity}, since {when}", **values)
        if has
        else _("{activity}, since {when}", **values)
    )
    return button(label, "rooms.group", match.id)


def _activity(exchange: Exchange | None) -> Value:
    if exchange is None:
        return _("Closed activity")
    return title(exchange.name, exchange.track, exchange.format)


async def _led(turn: Turn, match_id: int) -> tuple[Desk, Match, Exchange] | Say:
    """A circle or team whose room this person may look after; else what to say instead."""
    match = await matches.locked(turn.db, match_id)
    exchange = None if match is None else await exchanges.by_id(turn.db, match.exchange_id)
    if match is None or exchange is None:
        return refused(turn)
    at = await keeper(turn, exchange.network_id, match.id)
    if isinstance(at, Say):
        return at
    if match.state != "active" or exchange.format not in GROUPED:
        return turn.say(_("That group is over. /rooms shows the others."), edit=True)
    return at, match, exchange


async def group(turn: Turn, match_id: int) -> list[Say]:
    """A circle or team: its room, or the way to make one."""
    led = await _led(turn, match_id)
    if isinstance(led, Say):
        return [led]
    at, match, exchange = led
    heading = lines(
        _("<b>{activity}</b>", activity=_activity(exchange)), await _who(turn, at, match)
    )
    if room := await rooms.of_match(turn.db, match_id):
        return [_card(turn, room, heading)]
    token = await rooms.expect(
        turn.db, at.network.id, match_id, "group", turn.me.id, turn.me.language, turn.now
    )
    steps = paragraphs(
        heading,
        _("Its people have no Telegram group yet. Make an empty one, then press the button below."),
        _("Choose that group, and keep the rights I ask for: I use them to let people in and out."),
        _("The button works once, for an hour, and only for you. Your name will be seen there."),
    )
    url = adding_link(turn.here.username, "group", token)
    ways = stacked(Button(_("Add me to the group"), url=url), _back(at.network.id))
    return [turn.say(steps, ways, edit=True)]


async def _who(turn: Turn, at: Desk, match: Match) -> Text:
    """Those of one's own side by name, the others by number."""
    found = [
        await networks.member(turn.db, each.member_id)
        for each in await matches.parties(turn.db, match.id)
    ]
    own = sum(1 for each in found if each is not None and at.sees(each))
    return _(
        "{own} of your side, {others}",
        own=own,
        others=ngettext("{n} of another side", "{n} of other sides", len(found) - own),
    )


def _card(turn: Turn, room: Room, heading: Value) -> Say:
    state = (
        _("People can ask to be let in, and I let in those who belong there.")
        if room.url
        else _("I wait for the right to invite people there.")
    )
    text = paragraphs(heading, _("In use since {when}.", when=When(room.created_at)), state)
    ways = stacked(button(_("Close the room"), "rooms.close", room.id), _back(room.network_id))
    return turn.say(text, ways, edit=True)


def _back(network_id: int) -> Button:
    return button(_("Back"), "rooms.of", network_id)


async def channel(turn: Turn, network_id: int) -> list[Say]:
    """The network's channel, or the way to add the bot to one."""
    at = await keeper(turn, network_id, None)
    if isinstance(at, Say):
        return [at]
    heading = _("<b>{network}</b>: the channel", network=at.network.name)
    if room := await rooms.channel_of(turn.db, network_id):
        return [_card(turn, room, heading)]
    await rooms.expect(turn.db, network_id, None, "channel", turn.me.id, turn.me.language, turn.now)
    steps = paragraphs(
        heading,
        _("What people agreed to publish can be posted in a Telegram channel."),
        _("Make a channel, press the button below within an hour, and choose it."),
        _("I will then ask you here whether it is the one."),
    )
    url = adding_link(turn.here.username, "channel")
    ways = stacked(Button(_("Add me to the channel"), url=url), _back(network_id))
    return [turn.say(steps, ways, edit=True)]


async def _kept(turn: Turn, room_id: int) -> tuple[Desk, Room] | Say:
    room = await rooms.by_id(turn.db, room_id)
    if room is None:
        return refused(turn)
    at = await keeper(turn, room.network_id, room.match_id)
    if isinstance(at, Say):
        return at
    return (at, room) if room.state == "open" else too_old(turn)


async def close(turn: Turn, room_id: int) -> list[Say]:
    """Asks whether to close a room."""
    kept = await _kept(turn, room_id)
    if isinstance(kept, Say):
        return [kept]
    at, room = kept
    text = _(
        "Close it? I say a short goodbye there and leave. What people wrote stays in Telegram."
    )
    if room.kind == "channel":
        text = _("Close it? I leave it. Stories stay there, and I can't take them out any more.")
    ways = stacked(
        button(_("Yes, close it"), "rooms.closed", room.id),
        button(_("No, go back"), "rooms.of", at.network.id),
    )
    return [turn.say(text, ways, edit=True)]


async def closed(turn: Turn, room_id: int) -> list[Say]:
    """Has the room closed."""
    kept = await _kept(turn, room_id)
    if isinstance(kept, Say):
        return [kept]
    at, room = kept
    await reminders.schedule(turn.db, rooms.CLOSE_KIND, room.id, turn.now)
    await at.note(turn, "rooms.closed", str(room.match_id or room.network_id))
    return [turn.say(_("Done. I am leaving it."), stacked(_back(at.network.id)), edit=True)]


MENU = (Command("rooms", _("Telegram groups and the channel"), for_coordinators=True),)
ROUTES = Routes(
    {"rooms": rooms_},
    {
        "rooms.of": of,
        "rooms.page": page,
        "rooms.group": group,
        "rooms.channel": channel,
        "rooms.close": close,
        "rooms.closed": closed,
    },
    right=Right.ROOMS,
)
