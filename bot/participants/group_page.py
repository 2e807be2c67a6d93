"""The page of a circle or team: who is in it, what comes next; and leaving it."""

from __future__ import annotations

from bot.domain.replies import Button, Say, Text, Value, _, button, paragraphs, stacked
from bot.participants import sessions, tasks
from bot.participants.room import way_in, way_to_make
from bot.partners import came_of_it
from bot.router import Routes, Turn, too_old
from bot.seats import left, people
from bot.store import groups, rooms
from bot.store.groups import Group
from bot.together import OVER


async def screen(turn: Turn, group: Group) -> Say:
    """Who is in it, and each part of what it does with the way there."""
    parts, ways = await _parts(turn, group)
    match_id = group.match.id
    always = (
        button(_("Write to your group"), "relay.write", match_id),
        button(_("Ask the coordinator"), "group.ask", match_id),
        button(_("Leave this group"), "group.leave", match_id),
        button(_("Block or report"), "safety.ask", match_id),
    )
    text = paragraphs(head(group), people(group), *parts)
    return turn.say(text, stacked(*ways, *always), edit=True)


async def _parts(turn: Turn, group: Group) -> tuple[list[Value], list[Button | None]]:
    found = [await sessions.section(turn.db, group, turn.now)]
    if group.exchange.format == "team":
        found.append(await tasks.section(turn.db, group))
    room = await rooms.of_match(turn.db, group.match.id)
    ways: list[Button | None] = [way for _text, some in found for way in some]
    ways += [way_in(room), way_to_make(group, room)]
    ways.append(await came_of_it(turn.db, group.match.id, 2))
    return [text for text, _ways in found], ways


def head(group: Group) -> Text:
    """What it is."""
    return _("<b>Your team</b>") if group.exchange.format == "team" else _("<b>Your circle</b>")


async def _active(turn: Turn, match_id: int, *, hold: bool = False) -> Group | list[Say]:
    group = await groups.of(turn.db, turn.me.id, match_id, hold=hold)
    if group is None:
        return [too_old(turn)]
    return group if group.match.state == "active" else [turn.say(OVER, edit=True)]


async def leave(turn: Turn, match_id: int) -> list[Say]:
    """Asks once."""
    group = await _active(turn, match_id)
    if isinstance(group, list):
        return group
    text = _(
        "Leave this group? The others are told only that somebody has left. "
        "You wait for another place."
    )
    ways = stacked(
        button(_("Yes, leave"), "group.left", match_id),
        button(_("No, go back"), "group.show", match_id),
    )
    return [turn.say(text, ways, edit=True)]


async def leaves(turn: Turn, match_id: int) -> list[Say]:
    """Leaves. The others go on, if they still can."""
    group = await _active(turn, match_id, hold=True)
    if isinstance(group, list):
        return group
    told = await left(turn.db, group, turn.now)
    ways = stacked(
        button(_("Pause for a while"), "pause.menu"), await came_of_it(turn.db, match_id)
    )
    text = _("You have left the group. You are in line for another place.")
    return [turn.say(text, ways, edit=True), *told]


ROUTES = Routes(buttons={"group.leave": leave, "group.left": leaves})
