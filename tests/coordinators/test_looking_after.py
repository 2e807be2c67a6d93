"""Lists and searches, roles, removal, pairs that are never to be, and why nobody was found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.coordinators import forbid, removal, roles, why_not
from bot.coordinators.people import looked_up
from bot.store import audit, drafts, enrolments, forbidden, matches, networks, roster, rounds
from bot.store.networks import Member
from bot.store.roster import Named
from tests.coordinators.town import Town, data_of, read


@pytest.fixture
async def able(town: Town) -> Town:
    town.able(forbid, removal, roles, why_not)
    return town


async def now(town: Town, member: Member) -> Member:
    async with town.store.begin() as db:
        found = await networks.member(db, member.id)
        assert found is not None
        return found


async def done(town: Town) -> list[str]:
    """What the log says was done, the newest first."""
    async with town.store.begin() as db:
        return [each.what for each in await audit.page(db, town.network_id)]


async def test_lists_keep_to_a_role_and_to_an_activity(able: Town) -> None:
    mine, ana = await able.member(0, "coordinator"), await able.member(0, name="Ana")
    observer = await able.member(0, "observer", name="Obi")
    await able.member(1, name="Bo")
    (listed,) = await able.taps(mine, f"people.page:{able.network_id}:observer:0")
    assert [each for each in data_of(listed) if "show" in each] == [f"people.show:{observer.id}"]
    (listed,) = await able.taps(mine, f"people.in:{await able.exchange()}:0")
    assert [each for each in data_of(listed) if "show" in each] == [f"people.show:{ana.id}"]
    (all_lists,) = await able.taps(mine, f"people.lists:{able.network_id}")
    assert f"people.in:{await able.exchange()}:0" in data_of(all_lists)


async def test_people_are_found_by_name_whatever_its_accents_and_by_code(able: Town) -> None:
    mine, ines = await able.member(0, "coordinator"), await able.member(0, name="Inés Ångström")
    await able.member(1, name="Ines")
    for words in ("ines", "ANGSTRÖM", f"{ines.code}", f"{ines.code}".lower()):
        await able.taps(mine, f"people.search:{able.network_id}")
        (found,) = await able.says(mine, words)
        assert [each for each in data_of(found) if "show" in each] == [f"people.show:{ines.id}"]
    await able.taps(mine, f"people.search:{able.network_id}")
    (nobody,) = await able.says(mine, "zzz")
    assert not [each for each in data_of(nobody) if "show" in each]


def test_a_search_for_signs_alone_finds_nobody() -> None:
    assert looked_up([Named(1, "Ana", "ABCDEF"), Named(2, "", "")], "--") == []


async def test_an_owner_changes_a_role_and_the_member_is_told(able: Town) -> None:
    owner, ana = await able.member(0, "owner"), await able.member(0, name="Ana")
    mine = await able.member(0, "coordinator")
    (card,) = await able.taps(mine, f"people.show:{ana.id}")
    assert f"roles.of:{ana.id}" not in data_of(card)
    (refused,) = await able.taps(mine, f"roles.set:{ana.id}:coordinator")
    assert read(refused).startswith("Only coordinators")
    (which,) = await able.taps(owner, f"roles.of:{ana.id}")
    assert f"roles.ask:{ana.id}:observer" in data_of(which)
    assert f"roles.ask:{ana.id}:owner" not in data_of(which)
    (sure,) = await able.taps(owner, f"roles.ask:{ana.id}:coordinator")
    _card, told, menu = await able.taps(owner, data_of(sure)[0])
    assert (told.to, menu.to) == (ana.person_id, ana.person_id)
    assert (await now(able, ana)).role == "coordinator"
    assert await done(able) == ["people.role_changed"]
    (again,) = await able.taps(owner, data_of(sure)[0])
    assert "changed meanwhile" in read(again)


async def test_a_network_keeps_an_owner(able: Town) -> None:
    owner, second = await able.member(0, "owner"), await able.member(0, "owner", name="Olga")
    for data in (f"roles.set:{owner.id}:observer", f"people.removed:{owner.id}"):
        (refused,) = await able.taps(owner, data)
        assert read(refused).startswith("Only coordinators")
    await able.taps(owner, f"roles.set:{second.id}:participant")
    (refused,) = await able.taps(second, f"roles.set:{owner.id}:participant")
    assert read(refused).startswith("Only coordinators")
    async with able.store.begin() as db:
        assert owner.id in [each.id for each in await roster.owners(db, able.network_id)]


async def together(town: Town) -> tuple[Member, Member, int]:
    ana, bo = await town.member(0, name="Ana"), await town.member(1, name="Bo")
    exchange_id = await town.exchange()
    async with town.store.begin() as db:
        who = [(each.id, each.side_id) for each in (ana, bo)]
        until = town.now + timedelta(days=3)
        match_id = await matches.propose(db, exchange_id, None, who, {}, town.now, until)
        for each in (ana, bo):
            (enrolled,) = await enrolments.of_member(db, each.id)
            await enrolments.set_matched(db, enrolled.id)
        await matches.activate(db, match_id, town.now)
    return ana, bo, match_id


async def test_who_is_removed_is_told_and_their_partner_goes_first(able: Town) -> None:
    mine = await able.member(0, "coordinator")
    ana, bo, match_id = await together(able)
    (sure,) = await able.taps(mine, f"people.remove:{ana.id}")
    said, told, partner = await able.taps(mine, data_of(sure)[0])
    assert "Done" in read(said)
    assert (told.to, partner.to) == (ana.person_id, bo.person_id)
    assert "Ana" not in read(partner)
    gone = await now(able, ana)
    assert (gone.state, gone.name, gone.profile) == ("declined", None, None)
    async with able.store.begin() as db:
        match = await matches.by_id(db, match_id)
        (waits,) = await enrolments.of_member(db, bo.id)
        assert match is not None
        assert (match.state, waits.state, waits.first) == ("closed", "waiting", True)
        assert await enrolments.of_member(db, ana.id) == []
    (twice,) = await able.taps(mine, data_of(sure)[0])
    assert "changed meanwhile" in read(twice)
    await able.taps(mine, f"people.allow:{ana.id}")
    assert (await now(able, ana)).state == "left"
    assert await done(able) == ["people.allowed", "people.removed"]


async def test_two_are_forbidden_by_code_and_allowed_again_by_one_s_own_side_only(
    able: Town,
) -> None:
    mine, theirs = await able.member(0, "coordinator"), await able.member(1, "coordinator")
    ana, bo = await able.member(0, name="Ana"), await able.member(1, name="Bo")
    await able.taps(mine, f"forbid.code:{ana.id}")
    (unknown,) = await able.says(mine, "AAAAAA")
    assert "Nobody else" in read(unknown)
    await able.taps(mine, f"forbid.code:{ana.id}")
    (sure,) = await able.says(mine, f"{bo.code}".lower())
    assert "Bo" not in read(sure)
    assert f"{bo.code}" in read(sure)
    for _twice in range(2):
        (listed,) = await able.taps(mine, data_of(sure)[0])
    assert f"Ana and {bo.code}" in read(listed)
    async with able.store.begin() as db:
        assert await forbidden.of_member(db, bo.id) == [ana.id]
    (elsewhere,) = await able.taps(theirs, f"forbid.list:{able.network_id}:0")
    assert "no such pair" in read(elsewhere)
    undo = data_of(listed)[0]
    (refused,) = await able.taps(theirs, undo)
    assert read(refused).startswith("Only coordinators")
    (empty,) = await able.taps(mine, undo)
    assert "no such pair" in read(empty)
    async with able.store.begin() as db:
        assert await forbidden.of_member(db, bo.id) == []


async def test_who_were_together_are_offered_by_their_code(able: Town) -> None:
    mine = await able.member(0, "coordinator")
    ana, bo, _match = await together(able)
    (offered,) = await able.taps(mine, f"forbid.whom:{ana.id}")
    assert data_of(offered)[0] == f"forbid.ask:{ana.id}:{bo.id}"
    assert "Bo" not in read(offered)


async def test_why_somebody_was_not_introduced_is_told_in_words(able: Town) -> None:
    mine, ana = await able.member(0, "coordinator"), await able.member(0, name="Ana")
    (said,) = await able.taps(mine, f"why.show:{ana.id}")
    assert "No round has taken place" in read(said)
    exchange_id = await able.exchange()
    async with able.store.begin() as db:
        round_id = await rounds.ask(db, exchange_id, able.now, mine.id)
        left = {"member": ana.id, "why": "language", "help": None}
        await drafts.add_left(db, round_id, 0, [left])
        found = await rounds.by_id(db, round_id)
        assert found is not None
        await rounds.begin(db, found, able.now)
    (said,) = await able.taps(mine, f"why.show:{ana.id}")
    assert "nobody there speaks a language they speak" in read(said)
    async with able.store.begin() as db:
        (enrolled,) = await enrolments.of_member(db, ana.id)
        await enrolments.set_state(db, enrolled.id, "skipping")
    (said,) = await able.taps(mine, f"why.show:{ana.id}")
    assert "skip the next round" in read(said)
    await able.taps(mine, f"people.pause:{ana.id}")
    (said,) = await able.taps(mine, f"why.show:{ana.id}")
    assert "on a pause, by a coordinator" in read(said)


async def test_a_card_has_code_activities_and_place(able: Town) -> None:
    mine, ana = await able.member(0, "coordinator"), await able.member(0, name="Ana")
    (card,) = await able.taps(mine, f"people.show:{ana.id}")
    assert f"Code: {ana.code}" in read(card)
    assert "number 1 in line" in read(card)
    other = await able.member(1, name="Bo")
    (refused,) = await able.taps(mine, f"people.show:{other.id}")
    assert "Bo" not in read(refused)
