"""Those in a circle or team: may one act now, what they meet about, and how the others hear."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.replies import Button, Rows, Say, Text, Value, _, button, paragraphs, stacked
from bot.domain.sessions import Arrangement, all_held, number_of_next
from bot.partners import came_of_it, resting
from bot.router import Turn, too_old
from bot.store import groups, sessions
from bot.store.db import Db
from bot.store.groups import Group, Seat
from bot.store.meetings import Meeting
from bot.store.tasks import Task

OVER = _("That group is over. /match shows where you stand.")


async def in_group(turn: Turn, match_id: int) -> Group | list[Say]:
    """The active group, locked, of somebody who may act in it; else what to say instead."""
    group = await groups.of(turn.db, turn.me.id, match_id, hold=True)
    if group is None:
        return [too_old(turn)]
    if group.match.state != "active":
        return [turn.say(OVER)]
    if group.me.member.state != "active":
        return [turn.say(resting(group.me.member))]
    return group


def leads(group: Group) -> bool:
    """Whether `me` plans the group's sessions."""
    return any(each.id == group.me.id for each in sessions.leaders(group))


def tell(seats: Iterable[Seat], news: Value, *ways: Button | None) -> list[Say]:
    """A word to those who may be told something; it names nobody, for others may see it."""
    return [Say(each.person.id, news, stacked(*ways)) for each in seats if each.present]


def to_sessions(match_id: int) -> Button:
    """The way to the sessions of a group."""
    return button(_("Show"), "session.show", match_id)


def way_to(group: Group, action: str = "group.show") -> Button:
    """The way to a group, named by what it is."""
    label = _("Your team") if group.exchange.format == "team" else _("Your circle")
    return button(label, action, group.match.id)


def to_group(match_id: int) -> Button:
    """The way back to a group."""
    return button(_("Back"), "group.show", match_id)


def numbers(found: Iterable[Meeting], now: datetime) -> list[tuple[int, str]]:
    """Number and state of sessions; one that has begun counts as held, unless it was missed."""
    return [
        (
            each.number or 0,
            "held" if each.state == "agreed" and each.starts_at <= now else each.state,
        )
        for each in found
    ]


def about(group: Group, number: int, session: Meeting | None) -> tuple[Value, ...]:
    """What a session is about, line by line: as its leads wrote it, or as its track has it."""
    if session is not None and (own := Arrangement.of(session.agenda).lines) is not None:
        return own
    template = group.exchange.template
    return template.agenda[number - 1] if 0 < number <= len(template.agenda) else ()


def suggestions(group: Group) -> tuple[Text, ...]:
    """Tasks that such groups often have."""
    return group.exchange.template.tasks


def words_of(group: Group, task: Task) -> Value:
    """What a task is: in the words of who made it, or as a suggestion of its track."""
    if isinstance(task.words, str):
        return task.words
    return dict[int, Value](enumerate(suggestions(group))).get(task.words, "—")


def bullets(points: Iterable[Value]) -> tuple[Text, ...]:
    """Points of a list."""
    return tuple(_("• {point}", point=each) for each in points)


async def next_number(db: Db, group: Group, now: datetime) -> int:
    """Which session of a group comes next."""
    return number_of_next(numbers(await sessions.of_match(db, group.match.id), now))


async def finished(db: Db, group: Group, now: datetime) -> list[Say] | None:
    """Ends a group that has had all its sessions, with thanks to everybody; None for others."""
    found = numbers(await sessions.of_match(db, group.match.id), now)
    if group.match.state != "active" or not all_held(found, group.exchange.settled.sessions):
        return None
    seats = group.seats
    await groups.end(db, group, "closed", now, "done")
    text = paragraphs(
        _("Your group has had all its sessions. Thank you for being part of it."),
        _("If you have a moment, tell what came of it: it helps those who come after you."),
    )
    return tell(seats, text, await came_of_it(db, group.match.id))


def with_back(match_id: int, *ways: Button | None) -> Rows:
    """Buttons, with the way back to the sessions under them."""
    return stacked(*ways, button(_("Back"), "session.show", match_id))
