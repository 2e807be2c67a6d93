"""The programme of a visit: proposed by one group, agreed by the other, reminded of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.quiet import allowed_from
from bot.store import enrolments, programme
from bot.store.tables import enrolments as rows
from tests.participants.acts import World


async def proposed(world: World, words: str = "A walk through the old town") -> int:
    """Eleni proposes a point of the programme; its id."""
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "programme.show", match_id)
    assert "Nothing is planned yet." in world.text("eleni")
    await world.presses("eleni", "Propose something")
    await world.says("eleni", "2026-12-05")
    await world.presses("eleni", "10:00")
    await world.says("eleni", words)
    await world.presses("eleni", "Propose it")
    async with world.store.read() as db:
        (item,) = await programme.of_match(db, match_id, world.now)
    return item.id


async def test_a_point_is_proposed_agreed_and_reminded_of(world: World) -> None:
    item_id = await proposed(world)
    assert "Something is proposed for your programme." in world.text("deniz")
    assert "old town" not in world.text("deniz"), "a preview of it says nothing"
    await world.presses("deniz", "See the programme")
    assert "A walk through the old town (proposed to you)" in world.text("deniz")
    await world.presses("deniz", "Agree to point 1")
    assert "A point of your programme is agreed." in world.text("eleni")
    await world.taps("deniz", "programme.agree", item_id)
    assert world.to("eleni") == [], "a second tap does nothing"
    told = await world.passes(days=13)
    reminded = [each.to for each in told if "your programme" in str(each.text)]
    assert sorted(reminded) == sorted([world.people["eleni"], world.people["deniz"]])


async def test_nobody_agrees_to_their_own_proposal(world: World) -> None:
    item_id = await proposed(world)
    await world.taps("eleni", "programme.agree", item_id)
    async with world.store.read() as db:
        item = await programme.by_id(db, item_id)
    assert item
    assert item.state == "proposed"


async def test_a_point_is_taken_out_by_either_group(world: World) -> None:
    item_id = await proposed(world)
    await world.taps("deniz", "programme.drop", item_id)
    await world.presses("deniz", "No, go back")
    await world.taps("eleni", "programme.drop", item_id)
    await world.presses("eleni", "Yes, take it out")
    assert "Nothing is planned yet." in world.text("eleni")
    assert "A point was taken out" in world.text("deniz")
    await world.taps("deniz", "programme.agree", item_id)
    assert "Nothing is planned yet." in world.text("deniz")


async def test_holidays_of_either_and_days_gone_by_are_not_offered(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    async with world.store.begin() as db:
        enrolled = await enrolments.of(db, world.member_ids["deniz"], world.exchange_id)
        assert enrolled
        await db.change(rows, enrolled.id, answers={"kept": ["western_days"]})
    await world.taps("eleni", "programme.add", match_id)
    for day in ("2026-12-25", "2026-01-02", "2030-01-02", "soon", "2027-03-28"):
        await world.says("eleni", day)
        assert "On which day?" in world.text("eleni"), day
    await world.says("eleni", (world.now + timedelta(days=200)).date().isoformat())
    assert "At what time" in world.text("eleni")


async def test_a_stranger_sees_no_programme(world: World) -> None:
    item_id = await proposed(world)
    for action in ("programme.agree", "programme.drop", "programme.out"):
        await world.taps("olga", action, item_id)
        assert "That button is from an earlier message" in world.text("olga")


async def test_nothing_is_sent_at_times_a_person_keeps(world: World) -> None:
    await world.introduces("eleni", "deniz")
    friday = datetime(
        2026, 11, 27, 10, 0, tzinfo=UTC
    )  # noon in Famagusta, where the sun says 11:30
    async with world.store.begin() as db:
        enrolled = await enrolments.of(db, world.member_ids["deniz"], world.exchange_id)
        assert enrolled
        await db.change(rows, enrolled.id, answers={"kept": ["friday_midday"]})
        at = await allowed_from(db, world.people["deniz"], friday)
        other = await allowed_from(db, world.people["eleni"], friday)
    assert other == friday
    assert timedelta(minutes=15) <= at - friday < timedelta(hours=2)


async def test_a_programme_has_only_so_many_points_and_shows_what_is_ahead(world: World) -> None:
    item_id = await proposed(world)
    async with world.store.begin() as db:
        item = await programme.by_id(db, item_id)
        assert item
        made_by = world.member_ids["eleni"]
        for n in range(programme.MOST - 1):
            at = item.starts_at + timedelta(days=n)
            await programme.add(db, item.match_id, at, "a" * 100, made_by, world.now)
    await world.says("eleni", "/match")
    await world.taps("deniz", "programme.add", item.match_id)
    await world.says("deniz", "2026-12-07")
    await world.presses("deniz", "10:00")
    await world.says("deniz", "One too many")
    await world.presses("deniz", "Propose it")
    assert "One too many" not in world.text("deniz")
    assert len(world.text("deniz")) < 4096
    world.now += timedelta(days=60)
    await world.taps("eleni", "programme.show", item.match_id)
    assert "Nothing is planned yet." in world.text("eleni")
