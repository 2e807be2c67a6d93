"""Reminders whose reason is gone say nothing; those a person can't receive now wait or are left."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_hex

import pytest

from bot.store import meetings, pauses, people, reminders
from bot.store.networks import member
from tests.participants.acts import KINDS, World

OF_A_MATCH = (
    "proposal_nudge",
    "proposal_expiry",
    "proposal_over",
    "next_meeting",
    "partner_quiet",
)
OF_A_MEETING = ("meeting_day", "meeting_hour", "meeting_log")


async def said(world: World, kind: str, subject_id: int, name: str = "eleni") -> int:
    """How many messages a reminder of this kind would bring now."""
    async with world.store.begin() as db:
        await reminders.schedule(db, kind, subject_id, world.now, world.people[name], token_hex(4))
        (row,) = [each for each in await reminders.due(db, world.now, 50) if each.kind == kind]
        told = await KINDS[kind].due(db, world.now, row)
        await reminders.finish(db, row.id, "done")
    return len(told)


async def meeting(world: World, match_id: int, state: str) -> int:
    at = datetime(2026, 11, 26, 10, tzinfo=UTC)
    async with world.store.begin() as db:
        me = world.member_ids["eleni"]
        return await meetings.add(db, match_id, state, at, 60, me, world.now)


@pytest.mark.parametrize("kind", [*OF_A_MATCH, *OF_A_MEETING, "pause_over"])
async def test_about_nothing(world: World, kind: str) -> None:
    assert await said(world, kind, 99) == 0


@pytest.mark.parametrize("kind", OF_A_MATCH)
async def test_about_a_match_that_is_over(world: World, kind: str) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "match.left", match_id)
    assert await said(world, kind, match_id) == 0


async def test_about_an_answer_given(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    assert await said(world, "proposal_nudge", match_id) == 1
    await world.taps("eleni", "match.yes", match_id)
    assert await said(world, "proposal_nudge", match_id) == 0
    assert await said(world, "proposal_nudge", match_id, "deniz") == 1


@pytest.mark.parametrize("kind", OF_A_MEETING)
async def test_about_a_meeting(world: World, kind: str) -> None:
    match_id = await world.introduces("eleni", "deniz")
    agreed = await meeting(world, match_id, "agreed")
    assert await said(world, kind, agreed) == 1
    assert await said(world, kind, agreed, "olga") == 0
    for state in ("proposed", "cancelled"):
        assert await said(world, kind, await meeting(world, match_id, state)) == 0


async def test_a_partner_is_not_quiet_with_a_meeting_agreed(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    for kind in ("next_meeting", "partner_quiet"):
        assert await said(world, kind, match_id) == 1
    await meeting(world, match_id, "agreed")
    for kind in ("next_meeting", "partner_quiet"):
        assert await said(world, kind, match_id) == 0


async def test_nothing_is_sent_to_who_is_paused_or_has_blocked_the_bot(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    agreed = await meeting(world, match_id, "agreed")
    async with world.store.begin() as db:
        await people.set_reachable(db, world.people["eleni"], reachable=False)
    for kind in OF_A_MATCH:
        assert await said(world, kind, match_id) == 0
    for kind in OF_A_MEETING:
        assert await said(world, kind, agreed) == 0
    assert await said(world, "next_meeting", match_id, "deniz") == 0


async def test_a_pause_made_longer_does_not_end_early(world: World) -> None:
    subject = world.member_ids["eleni"]
    assert await said(world, "pause_over", subject) == 0
    async with world.store.begin() as db:
        eleni = await member(db, subject)
        assert eleni is not None
        await pauses.begin(db, eleni, datetime(2026, 12, 24, tzinfo=UTC), "paused")
    assert await said(world, "pause_over", subject) == 0


def test_an_hour_before_is_said_in_the_night_and_the_day_before_is_not() -> None:
    assert KINDS["meeting_hour"].at_night
    assert not any(KINDS[kind].at_night for kind in ("meeting_day", "meeting_log", "pause_over"))
