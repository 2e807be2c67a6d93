"""A round from preview to proposals, with trouble on the way."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.people import Profile
from bot.reminders import left_out, proposal, round_due, round_eve, round_warning
from bot.store import enrolments, exchanges, matches, pairs, reminders, roster, rounds
from bot.store.networks import Member
from bot.store.reminders import Reminder
from tests.coordinators.town import Told, Town, data_of, read


async def both_sides(town: Town) -> tuple[Member, Member]:
    return await town.member(0, "coordinator"), await town.member(1, "coordinator")


async def preview(town: Town, coordinator: Member) -> tuple[str, str]:
    """The preview and the id of its round."""
    (said,) = await town.says(coordinator, "/round")
    text, (first, *_more) = read(said), data_of(said)
    if first.startswith("round.cancel"):
        assert "looking for the best pairs" in text
        (told,) = [e for e in await town.works() if e.to == coordinator.person_id]
        text, (first, *_more) = told.text, told.data
    assert first.startswith("round.approve")
    return text, first.partition(":")[2]


async def held(town: Town, coordinator: Member, round_id: str) -> list[Told]:
    """The last approval, and all that people are told then."""
    (begins,) = await town.taps(coordinator, f"round.approve:{round_id}")
    assert "The round begins" in read(begins)
    return await town.works()


def outcome(told: list[Told], coordinator: Member) -> str:
    """What a coordinator hears at the end of a round."""
    (said,) = [each.text for each in told if each.to == coordinator.person_id]
    return said


async def pending(town: Town, *kinds: str) -> list[Reminder]:
    """Reminders of these kinds within the next four weeks."""
    async with town.store.begin() as db:
        far = town.now.replace(year=town.now.year + 1)
        return [each for each in await reminders.due(db, far, 500) if each.kind in kinds]


async def test_both_coordinators_approve_and_then_people_are_asked(town: Town) -> None:
    east, west = await both_sides(town)
    ana, bo = await town.member(0, name="Ana"), await town.member(1, name="Bo")
    cy = await town.member(0, name="Cy")
    said, round_id = await preview(town, east)
    assert "Ana" in said
    assert "Cy" in said
    assert "others had waited longer" in said
    assert "Bo" not in said
    assert "No better round is possible: that is proven." in said
    assert "Nobody more could be given a partner" in said

    mine, *asked = await town.taps(east, f"round.approve:{round_id}")
    assert "You have approved" in read(mine)
    assert [(each.to, data_of(each)) for each in asked] == [
        (west.person_id, [f"round.show:{round_id}"])
    ]
    (seen,) = await town.taps(west, f"round.show:{round_id}")
    assert "Bo" in read(seen)
    assert "Ana" not in read(seen)

    told = await held(town, west, round_id)
    for each in (east, west):
        assert "1 pair is being asked" in outcome(told, each)
        assert "1 person waits on" in outcome(told, each)
    by_person = {each.to: each for each in told}
    assert by_person[ana.person_id].data[0].startswith("match.yes:")
    assert "Bo" not in by_person[ana.person_id].text
    assert "Ana" not in by_person[bo.person_id].text
    assert "number 1 in line" in by_person[cy.person_id].text
    assert "West" not in by_person[cy.person_id].text
    async with town.store.begin() as db:
        assert await pairs.of_network(db, town.network_id) == {frozenset((ana.id, bo.id))}
        (match,) = await matches.open_of(db, ana.id)
        assert match.state == "proposed"
        assert match.expires_at > town.now
        (waits,) = await enrolments.of_member(db, cy.id)
        assert (waits.state, waits.rounds_waited) == ("waiting", 1)
        exchange = await exchanges.by_id(db, waits.exchange_id)
        assert exchange is not None
        assert exchange.next_round_at is not None
        assert exchange.next_round_at > town.now
    kinds = [each.kind for each in await pending(town, "proposal_nudge", "proposal_expiry")]
    assert sorted(kinds) == ["proposal_expiry", "proposal_nudge", "proposal_nudge"]


async def test_two_taps_at_once_make_one_round(town: Town) -> None:
    east, west = await both_sides(town)
    ana, _bo = await town.member(0), await town.member(1)
    _said, round_id = await preview(town, east)
    tap = f"round.approve:{round_id}"
    await asyncio.gather(*(town.taps(each, tap) for each in (east, west, east, west)))
    (after,) = await town.taps(east, tap)
    assert "is taking place" in read(after)
    told = await town.works()
    assert "1 pair is being asked" in outcome(told, east)
    assert await town.works() == []
    (after,) = await town.taps(east, tap)
    assert "has taken place" in read(after)
    assert after.edit
    assert not after.buttons
    async with town.store.begin() as db:
        assert len(await matches.all_of(db, ana.id)) == 1


async def test_who_paused_since_the_preview_is_not_introduced(town: Town) -> None:
    east, west = await both_sides(town)
    ana, bo = await town.member(0, name="Ana"), await town.member(1)
    _said, round_id = await preview(town, east)
    await town.taps(east, f"round.approve:{round_id}")
    async with town.store.begin() as db:
        await roster.set_state(db, ana.id, "paused")
    (seen,) = await town.taps(west, f"round.show:{round_id}")
    assert "1 pair no longer fits" in read(seen)
    told = await held(town, west, round_id)
    assert "0 pairs are being asked" in outcome(told, west)
    assert "1 pair was dropped" in outcome(told, west)
    assert ana.person_id not in {each.to for each in told}
    assert bo.person_id in {each.to for each in told}


async def test_nobody_is_introduced_to_the_same_person_again(town: Town) -> None:
    east, west = await both_sides(town)
    ana, bo = await town.member(0, name="Ana"), await town.member(1)
    async with town.store.begin() as db:
        await pairs.remember(db, town.network_id, ana.id, bo.id)
    said, round_id = await preview(town, west)
    assert "0 pairs can be introduced" in said
    await town.taps(east, f"round.approve:{round_id}")
    told = await held(town, west, round_id)
    (mine,) = [each for each in told if each.to == ana.person_id]
    assert "everybody who would fit" in mine.text


async def test_at_night_people_are_asked_in_the_morning(town: Town) -> None:
    east, west = await both_sides(town)
    far = Profile(("en",), "UTC", ("online",), "", (), {}, ("0-evening",))
    ana, bo = await town.member(0, told=far), await town.member(1, told=far)
    cy = await town.member(1, told=far)
    town.later(hours=11)
    _said, round_id = await preview(town, east)
    await town.taps(east, f"round.approve:{round_id}")
    told = await held(town, west, round_id)
    assert {each.to for each in told} <= {east.person_id, west.person_id} | await owner(town)
    waiting = await pending(town, "proposal", "left_out")
    town.later(hours=12)
    async with town.store.begin() as db:
        due = {"proposal": proposal.due, "left_out": left_out.due}
        said = [s for each in waiting for s in await due[each.kind](db, town.now, each)]
    assert {each.to for each in said} == {ana.person_id, bo.person_id, cy.person_id}
    assert all(each.due_at.hour == 8 for each in waiting)


async def owner(town: Town) -> set[int]:
    async with town.store.begin() as db:
        return {each.person_id for each in await roster.coordinators(db, town.sides[0])}


async def test_a_new_preview_takes_the_place_of_the_old_and_cancelling_tells_nobody(
    town: Town,
) -> None:
    east, west = await both_sides(town)
    await town.member(0)
    await town.member(1)
    _said, first = await preview(town, east)
    again = await preview(town, west)
    assert again[1] == first
    (looks,) = await town.taps(east, f"round.again:{first}")
    assert "looking for the best pairs" in read(looks)
    second = (await preview(town, west))[1]
    assert second != first
    (old,) = await town.taps(east, f"round.approve:{first}")
    assert "no longer used" in read(old)
    (cancelled,) = await town.taps(west, f"round.cancel:{second}")
    assert "Nobody was told" in read(cancelled)
    exchange_id = await town.exchange()
    async with town.store.begin() as db:
        assert await rounds.latest(db, exchange_id, "draft") is None


async def test_with_nobody_waiting_there_is_no_round(town: Town) -> None:
    east = await town.member(0, "coordinator")
    (said,) = await town.says(east, "/round")
    assert "Nobody is waiting" in read(said)


async def test_a_side_without_coordinator_is_named_to_who_approves(town: Town) -> None:
    east = await town.member(0, "coordinator")
    await town.member(0)
    _said, round_id = await preview(town, east)
    mine, *asked = await town.taps(east, f"round.approve:{round_id}")
    assert "West has no coordinator yet" in read(mine)
    assert asked == []


async def test_an_old_preview_says_so(town: Town) -> None:
    east = await town.member(0, "coordinator")
    await town.member(0)
    await preview(town, east)
    town.later(days=2)
    said, _round_id = await preview(town, east)
    assert "This preview is from" in said


async def test_the_day_before_each_is_asked_and_may_skip(town: Town) -> None:
    ana = await town.member(0)
    exchange_id = await town.exchange()
    (eve,) = await pending(town, "round_eve")
    town.now = eve.due_at
    async with town.store.begin() as db:
        assert await round_eve.due(db, town.now, eve) == []
    (warning,) = await pending(town, "round_warning")
    async with town.store.begin() as db:
        (said,) = await round_warning.due(db, town.now, warning)
    assert said.to == ana.person_id
    stay, skip, _pause = data_of(said)
    await town.taps(ana, skip)
    async with town.store.begin() as db:
        assert await enrolments.waiting(db, exchange_id) == []
        assert await round_warning.due(db, town.now, warning) == []
    await town.taps(ana, stay)
    async with town.store.begin() as db:
        assert len(await enrolments.waiting(db, exchange_id)) == 1
    (not_mine,) = await town.taps(await town.member(0), skip)
    assert "no longer works" in read(not_mine)
    town.later(days=2)
    (late,) = await town.taps(ana, skip)
    assert "no longer works" in read(late)


async def test_when_it_is_time_every_coordinator_is_told(town: Town) -> None:
    east, west = await both_sides(town)
    (first,) = await pending(town, "round_due")
    town.now = first.due_at
    async with town.store.begin() as db:
        assert await round_due.due(db, town.now, first) == []
    told = [each for each in await pending(town, "round_due") if each.person_id is not None]
    async with town.store.begin() as db:
        said = [s for each in told for s in await round_due.due(db, town.now, each)]
    assert {east.person_id, west.person_id} <= {each.to for each in said}
    assert data_of(said[0]) == [f"round.in:{await town.exchange()}"]


async def test_who_waited_longest_goes_first_and_the_line_is_the_side_s_own(town: Town) -> None:
    exchange_id = await town.exchange()
    people = [await town.member(0, name=f"N{n}") for n in range(3)]
    other = await town.member(1)
    async with town.store.begin() as db:
        (last,) = await enrolments.of_member(db, people[2].id)
        await enrolments.waited_in_vain(db, last.id)
        line = await enrolments.waiting(db, exchange_id)
        places = {m.id: await enrolments.place_in_line(db, e) for e, m in line}
    assert places == {people[2].id: 1, people[0].id: 2, people[1].id: 3, other.id: 1}


@pytest.mark.parametrize("state", ["pending", "paused", "left", "declined"])
async def test_who_is_not_active_does_not_wait(town: Town, state: str) -> None:
    ana = await town.member(0)
    exchange_id = await town.exchange()
    async with town.store.begin() as db:
        await roster.set_state(db, ana.id, state)
        assert await enrolments.waiting(db, exchange_id) == []
