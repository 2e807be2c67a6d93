"""What a time to meet has to suit, from what both told and from both sides' calendars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from bot.almanac import holiday, rest_day
from bot.domain.meetings import Obstacle, Party, Plan, obstacle
from bot.domain.replies import Hour, Rows, Text, _, button, in_rows
from bot.kept_times import is_kept
from bot.router import Turn
from bot.store import kept as kept_by
from bot.store import meetings
from bot.store.groups import Seat
from bot.store.pairings import Half, Pairing

TAKEN = _("One of you already has a meeting then. Please choose another time.")


async def plan_of(turn: Turn, pairing: Pairing) -> Plan:
    """What a meeting of these two has to suit."""
    agreed = await meetings.agreed_by(turn.db, pairing.member_ids, turn.now)
    taken = tuple(
        (each.starts_at, each.starts_at + timedelta(minutes=each.minutes))
        for each in agreed
        if each.match_id != pairing.match.id
    )
    kept = await kept_by.of_members(turn.db, pairing.member_ids)
    me, them = (party(half, kept.get(half.member.id, frozenset())) for half in pairing.halves)
    return Plan(me, them, pairing.policy, taken)


def party(half: Half | Seat, kept: frozenset[str]) -> Party:
    """One of those who meet, who keeps these times free (names of bot.kept_times)."""
    country = half.side.country
    free = frozenset(half.member.told.availability)
    keeps = partial(is_kept, kept, half.zone)
    return Party(half.zone, free, partial(rest_day, country), partial(holiday, country), keeps)


def refusal(plan: Plan, start: datetime, now: datetime) -> Text | None:
    """Why the two can't meet then, as one of them is told; None where they can."""
    return {
        None: None,
        Obstacle.PAST: _("That time is past. Please choose one that is still ahead."),
        Obstacle.SOON: _("That is very soon. Please leave at least 12 hours to get ready."),
        Obstacle.FAR: _("That is far ahead. Please choose a time in the next 14 days."),
        Obstacle.REST: _(
            "That is a holiday or a day of rest for one of you. Please choose another."
        ),
        Obstacle.KEPT: _("One of you keeps that time free. Please choose another."),
        Obstacle.NIGHT: _("That is at night where you are. Please choose a time by day."),
        Obstacle.THEIR_NIGHT: _("That is at night for your partner. Please choose another hour."),
        Obstacle.TAKEN: TAKEN,
    }[obstacle(plan, start, now)]


def hour_buttons(
    match_id: int, times: Iterable[datetime], width: int = 1, action: str = "meet.at"
) -> Rows:
    """A button for each time, which proposes it."""
    return in_rows(
        (button(Hour(at), action, match_id, int(at.timestamp()) // 60) for at in times), width
    )
