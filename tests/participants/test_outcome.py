"""What came of a match: asked from the second meeting on, answered anew, kept from others."""

from __future__ import annotations

from bot.store import meetings, outcomes
from bot.store.outcomes import CameOfIt
from tests.participants.acts import World

QUESTIONS = 4


async def met(world: World, match_id: int, times: int = 1) -> None:
    """So many meetings were held."""
    async with world.store.begin() as db:
        for _each in range(times):
            me = world.member_ids["eleni"]
            await meetings.add(db, match_id, "held", world.now, 60, me, world.now)


async def told(world: World, match_id: int, name: str) -> CameOfIt | None:
    async with world.store.read() as db:
        return await outcomes.of(db, match_id, world.member_ids[name])


async def logs(world: World, match_id: int) -> None:
    """Eleni tells of one more meeting, today."""
    await world.taps("eleni", "log.days", match_id)
    await world.presses("eleni", "Today")
    for answer in ("5: very good", "Skip", "Yes", "No"):
        await world.presses("eleni", answer)


async def test_it_is_offered_from_the_second_meeting_on(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await logs(world, match_id)
    assert "What came of it" not in world.labels("eleni")
    world.now = world.now.replace(day=world.now.day + 1)
    await logs(world, match_id)
    await world.presses("eleni", "What came of it")
    assert "Do you see anything differently since you met?" in world.text("eleni")


async def test_each_question_may_be_skipped_and_answered_anew(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await met(world, match_id)
    await world.taps("eleni", "outcome.ask", match_id)
    for answer in ("Yes", "Yes", "Skip", "No"):
        await world.presses("eleni", answer)
    first = await told(world, match_id, "eleni")
    assert first
    assert first.answers == {"changed": "yes", "told": "yes", "brought": "no"}
    assert first.onward == 1
    await world.taps("eleni", "outcome.ask", match_id)
    for answer in ("Skip", "Skip", "Yes", "Yes"):
        await world.presses("eleni", answer)
    again = await told(world, match_id, "eleni")
    assert again
    assert again.id == first.id
    assert again.answers == {"changed": "yes", "told": "yes", "families": "yes", "brought": "yes"}
    assert again.onward == 3
    assert await told(world, match_id, "deniz") is None


async def test_it_is_asked_of_nobody_else_and_never_too_early(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.taps("eleni", "outcome.ask", match_id)
    assert "no longer works" in world.text("eleni")
    for name in ("eleni", "deniz"):
        await world.taps(name, "match.yes", match_id)
    await world.taps("eleni", "outcome.ask", match_id)
    assert "no longer works" in world.text("eleni")
    await met(world, match_id)
    for stranger in ("olga", "omer"):
        await world.taps(stranger, "outcome.ask", match_id)
        assert "no longer works" in world.text(stranger)


async def test_both_are_asked_when_it_ends(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await met(world, match_id)
    await world.taps("eleni", "match.left", match_id)
    for name in ("eleni", "deniz"):
        assert "What came of it" in world.labels(name)
    await world.presses("deniz", "What came of it")
    for _each in range(QUESTIONS):
        await world.presses("deniz", "Yes")
    found = await told(world, match_id, "deniz")
    assert found
    assert found.onward == 3


async def test_who_has_left_meanwhile_is_told_so(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await met(world, match_id)
    await world.taps("eleni", "outcome.ask", match_id)
    await world.taps("eleni", "depart.sure", world.member_ids["eleni"])
    await world.says("eleni", "Hello")
    assert "This can no longer be answered." in world.text("eleni")
