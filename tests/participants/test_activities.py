"""Choosing what to take part in: the questions of a track, stopping, coming back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.exchange import Settled
from bot.participants.answers import steps
from bot.reminders import exchange_opened
from bot.store import enrolments, exchanges, networks, reminders
from bot.store.enrolments import Enrolment
from bot.store.tables import exchanges as exchange_rows
from bot.store.tables import members
from tests.participants.acts import World


async def opens(world: World, track: int, shape: str, *, leads: bool = False) -> int:
    """Another exchange; its id."""
    async with world.store.begin() as db:
        made = await exchanges.create(db, world.network_id, track, shape, None)
        await db.change(exchange_rows, made, settings=Settled(leads=leads).as_json())
    return made


async def enrolment(world: World, name: str, exchange_id: int) -> Enrolment | None:
    async with world.store.read() as db:
        return await enrolments.of(db, world.member_ids[name], exchange_id)


async def waits(world: World, exchange_id: int) -> list[str]:
    """Who may be matched, by name."""
    names = {id_: name for name, id_ in world.member_ids.items()}
    async with world.store.begin() as db:
        return [names[member.id] for _at, member in await enrolments.waiting(db, exchange_id)]


async def test_the_questions_of_a_track_are_asked_and_can_be_changed(world: World) -> None:
    business = await opens(world, 3, "pair")
    await world.says("eleni", "/activities")
    assert world.labels("eleni") == ["✓ Conversations of two", "Business contacts"]
    await world.presses("eleni", "Business contacts")
    assert "You do not take part here." in world.text("eleni")
    await world.presses("eleni", "Take part")
    await world.presses("eleni", "Food and farming")
    for choice in ("Food and farm produce", "Done", "Transport and storage", "Done"):
        await world.presses("eleni", choice)
    await world.says("eleni", "We grow lemons")
    assert "These are your answers." in world.text("eleni")
    await world.presses("eleni", "Take part")
    assert "You take part in Business contacts." in world.text("eleni").replace("<b>", "").replace(
        "</b>", ""
    )
    found = await enrolment(world, "eleni", business)
    assert found
    assert (found.state, found.answers) == (
        "waiting",
        {
            "sector": "food",
            "offers": ["produce"],
            "needs": ["transport"],
            "line": "We grow lemons",
        },
    )
    await world.presses("eleni", "Show")
    assert "Sector: Food and farming" in world.text("eleni")
    await world.presses("eleni", "Change my answers")
    await world.presses("eleni", "Sector")
    await world.presses("eleni", "Tourism and restaurants")
    await world.presses("eleni", "Take part")
    changed = await enrolment(world, "eleni", business)
    assert changed
    assert changed.answers == {**(found.answers or {}), "sector": "tourism"}
    assert changed.waiting_since == found.waiting_since


async def test_one_stops_and_comes_back_behind_the_others(world: World) -> None:
    await world.taps("eleni", "activities.stop", world.exchange_id)
    assert await waits(world, world.exchange_id) == ["deniz"]
    await world.says("eleni", "/match")
    assert "You have asked not to be introduced to anybody here." in world.text("eleni")
    world.now += timedelta(days=1)
    await world.taps("eleni", "activities.join", world.exchange_id)
    await world.taps("eleni", "activities.join", world.exchange_id)
    assert await waits(world, world.exchange_id) == ["deniz", "eleni"]


async def test_who_stops_with_a_partner_keeps_them_and_is_in_no_line(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "activities.stop", world.exchange_id)
    await world.taps("eleni", "match.show", match_id)
    assert "Your partner is" in world.text("eleni")
    await world.taps("eleni", "activities.join", world.exchange_id)
    found = await enrolment(world, "eleni", world.exchange_id)
    assert found
    assert found.state == "matched"


async def test_numbers_are_tapped_or_typed_within_reason(world: World) -> None:
    visits = await opens(world, 4, "delegation")
    await world.taps("eleni", "activities.join", visits)
    await world.presses("eleni", "A sports team")
    await world.presses("eleni", "Either, or both in turn")
    for wrong in ("many", "0", "61", "99999999999999999999"):
        await world.says("eleni", wrong)
        assert "Please write a number from 1 to 60." in world.text("eleni")
    await world.says("eleni", "٢٢")
    await world.presses("eleni", "30")
    await world.presses("eleni", "Skip")
    await world.presses("eleni", "Take part")
    found = await enrolment(world, "eleni", visits)
    assert found
    assert found.answers == {
        "kind": "sport",
        "role": "both",
        "size": "22",
        "room": "30",
        "care": None,
    }


async def test_times_kept_free_may_be_none(world: World) -> None:
    faith = await opens(world, 7, "pair")
    await world.taps("eleni", "activities.join", faith)
    await world.presses("eleni", "I belong to one, or am close to one")
    await world.presses("eleni", "None of these")
    await world.presses("eleni", "Take part")
    found = await enrolment(world, "eleni", faith)
    assert found
    assert found.answers == {"role": "member", "kept": []}


async def test_a_facilitator_takes_part_only_where_somebody_leads(world: World) -> None:
    await world.member("fatma", 1, role="facilitator")
    await world.says("fatma", "/activities")
    assert "There is nothing here" in world.text("fatma")
    circle = await opens(world, 2, "circle", leads=True)
    await world.says("fatma", "/match")
    assert world.labels("fatma")[0] == "Choose what to take part in"
    await world.taps("fatma", "activities.join", world.exchange_id)
    assert "no longer works" in world.text("fatma")
    await world.taps("fatma", "activities.join", circle)
    assert "guided conversations" in world.text("fatma")
    await world.presses("fatma", "Yes, often")
    await world.presses("fatma", "Take part")
    assert await waits(world, circle) == ["fatma"]
    async with world.store.begin() as db:  # a change of settings takes them out again
        await db.change(exchange_rows, circle, settings=Settled().as_json())
    assert await waits(world, circle) == []


async def test_a_facilitator_is_asked_what_the_matching_needs(world: World) -> None:
    async with world.store.read() as db:
        network = await networks.by_id(db, world.network_id)
        sides = await networks.sides_of(db, world.network_id)
    assert network
    asked = [each.key for each in steps(network, sides, sides[0], "facilitator")]
    assert asked == ["name", "languages", "little", "zone", "formats", "place", "availability"]


async def test_who_must_choose_is_told_where(world: World) -> None:
    await opens(world, 9, "campaign")
    await world.member("maria", 0, role="observer")
    async with world.store.begin() as db:
        await db.change(members, world.member_ids["maria"], role="participant")
        maria = await networks.member(db, world.member_ids["maria"])
        assert maria
        assert await enrolments.enrol_in_open(db, maria, world.now) == []
    await world.says("maria", "/match")
    assert "There is something here that you could take part in." in world.text("maria")
    await world.presses("maria", "Choose what to take part in")
    await world.presses("maria", "Questions and stories")
    await world.presses("maria", "Take part")
    await world.says("maria", "/match")
    assert "I will write to you when there is something to do." in world.text("maria")


async def test_what_is_closed_or_of_another_network_is_not_open(world: World) -> None:
    closed = await opens(world, 3, "pair")
    async with world.store.begin() as db:
        await db.change(exchange_rows, closed, state="closed")
    for action in ("show", "join", "stop"):
        await world.taps("eleni", f"activities.{action}", closed)
        assert "no longer works" in world.text("eleni")
    await world.says("olga", "/activities")
    assert "There is nothing here that you could take part in." in world.text("olga")


async def test_many_are_shown_page_by_page(world: World) -> None:
    for _each in range(9):
        await opens(world, 9, "campaign")
    await world.says("eleni", "/activities")
    assert len(world.labels("eleni")) == 9
    await world.presses("eleni", "More")
    assert world.labels("eleni") == ["Questions and stories"] * 2 + ["Back"]


async def test_who_could_take_part_is_told_once_that_something_opened(world: World) -> None:
    await world.member("maria", 0)
    business = await opens(world, 3, "pair")
    async with world.store.begin() as db:
        await enrolments.enrol(db, world.member_ids["maria"], business, world.now)
        await enrolments.opened(db, business, world.now)
        await enrolments.opened(db, business, world.now)
    told = await world.passes(hours=2)
    assert {each.to for each in told} == {world.people["eleni"], world.people["deniz"]}
    assert len(told) == 2
    assert "Business" not in world.text("eleni"), "a preview does not say of what kind it is"
    await world.presses("eleni", "Show")
    assert "Business contacts" in world.text("eleni")


async def test_people_are_told_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_opened, "PAGE", 1)
    await world.member("maria", 0)
    business = await opens(world, 3, "pair")
    async with world.store.begin() as db:
        await enrolments.opened(db, business, world.now)
    told = await world.passes(hours=2)
    assert sorted(each.to for each in told) == sorted(
        world.people[name] for name in ("eleni", "deniz", "maria")
    )


async def test_who_enrolled_or_went_meanwhile_is_not_told(world: World) -> None:
    business, closed = await opens(world, 3, "pair"), await opens(world, 3, "pair")
    async with world.store.begin() as db:
        await reminders.schedule(db, "new_activity", business, world.now, world.people["eleni"])
        await reminders.schedule(db, "new_activity", business, world.now, world.people["olga"])
        await reminders.schedule(db, "new_activity", closed, world.now, world.people["deniz"])
        await enrolments.opened(db, closed, world.now)
        await enrolments.enrol(db, world.member_ids["eleni"], business, world.now)
        await db.change(exchange_rows, closed, state="closed")
    assert await world.passes(hours=2) == []
