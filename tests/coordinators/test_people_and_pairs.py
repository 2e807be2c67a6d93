"""Looking after the people of one's side, their introductions, and the figures."""

from __future__ import annotations

import pytest

from bot.domain.replies import _
from bot.store import enrolments, matches, networks
from bot.store.networks import Member
from tests.coordinators.town import Town, data_of, found, read


async def state_of(town: Town, member: Member) -> str:
    async with town.store.begin() as db:
        found = await networks.member(db, member.id)
        assert found is not None
        return found.state


async def test_who_signed_up_is_approved_told_and_waits(town: Town) -> None:
    mine = await town.member(0, "coordinator")
    ana = await town.member(0, name="Ana", state="pending")
    (listed,) = await town.says(mine, "/people")
    assert f"people.show:{ana.id}" in data_of(listed)
    (card,) = await town.taps(mine, f"people.show:{ana.id}")
    assert "Ana" in read(card)
    assert "English" in read(card)
    _card, told = await town.taps(mine, f"people.approve:{ana.id}")
    assert told.to == ana.person_id
    assert "approved" in read(told)
    exchange_id = await town.exchange()
    async with town.store.begin() as db:
        assert [member.id for _e, member in await enrolments.waiting(db, exchange_id)] == [ana.id]
    (again,) = await town.taps(mine, f"people.approve:{ana.id}")
    assert "changed meanwhile" in read(again)


async def test_declining_is_asked_again_and_told_kindly(town: Town) -> None:
    mine = await town.member(0, "coordinator")
    ana = await town.member(0, name="Ana", state="pending")
    (sure,) = await town.taps(mine, f"people.decline:{ana.id}")
    assert await state_of(town, ana) == "pending"
    _card, told = await town.taps(mine, data_of(sure)[0])
    assert told.to == ana.person_id
    assert await state_of(town, ana) == "declined"


async def test_pausing_and_resuming(town: Town) -> None:
    mine, ana = await town.member(0, "coordinator"), await town.member(0, name="Ana")
    _card, told = await town.taps(mine, f"people.pause:{ana.id}")
    assert (told.to, await state_of(town, ana)) == (ana.person_id, "held")
    _card, told = await town.taps(mine, f"people.resume:{ana.id}")
    assert (told.to, await state_of(town, ana)) == (ana.person_id, "active")


@pytest.mark.parametrize("role", ["safeguarding", "coordinator", "owner"])
async def test_a_coordinator_does_not_pause_who_watches_over_them(town: Town, role: str) -> None:
    mine, watcher = await town.member(0, "coordinator"), await town.member(0, role)
    (said,) = await town.taps(mine, f"people.pause:{watcher.id}")
    assert read(said).startswith("Only ")
    assert await state_of(town, watcher) == "active"


async def test_pages_show_everybody_once_in_a_stable_order(town: Town) -> None:
    mine = await town.member(0, "coordinator", name="Mine")
    everybody = {(await town.member(0, name=f"N{n}")).id for n in range(23)}
    await town.member(1, name="Other")
    seen: list[str] = []
    data = f"people.page:{town.network_id}:active:0"
    while data:
        (said,) = await town.taps(mine, data)
        assert "Other" not in read(said)
        seen += [each for each in data_of(said) if each.startswith("people.show")]
        turns = [b for row in said.buttons for b in row if b.text == _("Next page")]
        data = turns[0].data if turns else ""
    shown = {int(each.partition(":")[2]) for each in seen}
    assert len(seen) == len(shown) == 25
    assert everybody < shown


async def introduced(town: Town, *, active: bool) -> tuple[Member, Member, int]:
    ana, bo = await town.member(0, name="Ana"), await town.member(1, name="Bo")
    exchange_id = await town.exchange()
    async with town.store.begin() as db:
        who = [(each.id, each.side_id) for each in (ana, bo)]
        far = town.now.replace(year=2027)
        match_id = await matches.propose(db, exchange_id, None, who, {}, town.now, far)
        for each in (ana, bo):
            (enrolled,) = await enrolments.of_member(db, each.id)
            await enrolments.set_matched(db, enrolled.id)
        if active:
            await matches.activate(db, match_id, town.now)
    return ana, bo, match_id


async def test_pairs_show_one_s_own_people_only_and_who_went_quiet(town: Town) -> None:
    mine = await town.member(0, "coordinator")
    ana, bo, match_id = await introduced(town, active=True)
    (listed,) = await town.says(mine, "/pairs")
    assert "Ana: introduced" in read(listed)
    assert "Bo" not in read(listed)
    town.later(days=15)
    (listed,) = await town.says(mine, "/pairs")
    assert "Ana: gone quiet" in read(listed)
    (card,) = await town.taps(mine, f"pairs.show:{match_id}")
    assert "partner on the other side" in read(card)
    assert "Bo" not in read(card)
    (_sure,) = await town.taps(mine, f"pairs.end:{match_id}")
    _done, *told = await town.taps(mine, f"pairs.ended:{match_id}")
    assert {each.to for each in told} == {ana.person_id, bo.person_id}
    async with town.store.begin() as db:
        for each in (ana, bo):
            (enrolled,) = await enrolments.of_member(db, each.id)
            assert (enrolled.state, enrolled.first) == ("waiting", True)
    (over,) = await town.taps(mine, f"pairs.ended:{match_id}")
    assert "is over" in read(over)
    (empty,) = await town.says(mine, "/pairs")
    assert "Nobody" in read(empty)


async def test_what_the_other_one_answered_stays_on_their_side(town: Town) -> None:
    mine = await town.member(0, "coordinator")
    _ana, bo, match_id = await introduced(town, active=False)
    async with town.store.begin() as db:
        party = await matches.party(db, match_id, bo.id)
        assert party is not None
        await matches.set_answer(db, party.id, "yes", town.now)
    (listed,) = await town.says(mine, "/pairs")
    assert "Ana: asked, no answer yet" in read(listed)


async def test_figures_of_fewer_than_five_people_are_not_shown(town: Town) -> None:
    mine = await town.member(0, "coordinator")
    for _each in range(6):
        await town.member(0)
    await town.member(1)
    (said,) = await town.says(mine, "/stats")
    east, west = read(said).split("West")
    assert "Signed up: 6" in east
    assert "Signed up: fewer than 5" in west
    assert "Met: fewer than 5" in east


async def test_who_runs_two_networks_chooses(town: Town) -> None:
    mine = await town.member(0, "coordinator")
    async with town.store.begin() as db:
        other = await found(db, mine.person_id, town.now)
    (said,) = await town.says(mine, "/stats")
    assert set(data_of(said)) == {f"stats.of:{town.network_id}", f"stats.of:{other}"}
