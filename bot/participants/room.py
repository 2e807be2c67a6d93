"""The room of one's circle or team: being shown the way in, and being let in."""

from __future__ import annotations

from datetime import datetime

from bot.domain.replies import Button, Say, _, button, paragraphs, stacked
from bot.domain.rights import Right
from bot.domain.rooms import News
from bot.router import Routes, Turn, go, too_old
from bot.store import matches, rooms
from bot.store.db import Db
from bot.store.groups import Group
from bot.store.people import Person
from bot.store.rooms import Room


def way_in(room: Room | None) -> Button | None:
    """The way to a room, where there is one with a link."""
    if room is None or not room.url:
        return None
    label = _("Our channel") if room.kind == "channel" else _("Our group in Telegram")
    return button(label, "room.open", room.id)


def way_to_make(group: Group, room: Room | None) -> Button | None:
    """The way to make a room for a group without one, for a facilitator who leads it."""
    if room is not None or not (group.me.leads and group.me.member.may(Right.ROOMS)):
        return None
    return button(_("Make a Telegram group"), "rooms.group", group.match.id)


async def show(turn: Turn, room_id: int) -> list[Say]:
    """Says what others see of one there, before one joins."""
    room = await rooms.by_id(turn.db, room_id)
    if room is None or not room.url or not await rooms.admits(turn.db, room, turn.me.id):
        return [too_old(turn)]
    if room.kind == "channel":
        text = paragraphs(
            _("In the channel you read what people of every side tell, each with their consent."),
            _("Only those who look after it can see who reads it."),
        )
    else:
        text = paragraphs(
            _("The others of your group talk here. I do not keep what is written there."),
            _(
                "Telegram shows your name and picture to the others there. You can change both in "
                "Telegram's settings first. Join?"
            ),
        )
    ways = stacked(Button(_("Ask to be let in"), url=room.url), go(_("Not now"), "match"))
    return [turn.say(text, ways, edit=True)]


async def asked(db: Db, news: News, person: Person | None, now: datetime) -> list[Say]:
    """Somebody asks to be let in: those who belong there are, and nobody else."""
    room = await rooms.by_telegram_id(db, news.chat)
    if room is None:
        return []
    if room.match_id is not None:
        await matches.locked(db, room.match_id)  # nobody is let in while they leave
    if person is not None and await rooms.admits(db, room, person.id):
        await rooms.call(db, room, "approveChatJoinRequest", now, user_id=news.by)
        return []
    await rooms.call(db, room, "declineChatJoinRequest", now, user_id=news.by)
    if person is None:
        return []
    text = _(
        "You asked to join a place that is only for the people of one group, so I could not let "
        "you in. /match shows where you stand."
    )
    return [Say(person.id, text)]


ROUTES = Routes(buttons={"room.open": show})
