"""What outlasts a coordinator, what each side decides for itself, and what no side sees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.coordinators import (
    audit,
    exchange_changes,
    exchanges,
    forbid,
    network_statements,
    removal,
    roles,
    schedule,
    why_not,
    wording,
)
from bot.domain.policy import Policy
from bot.participants import profile
from bot.store import audit as log
from bot.store import drafts, forbidden, invites, network_settings, networks, rounds, wordings
from bot.store.networks import Member
from bot.store.tables import networks as network_rows
from bot.store.tables import reminders
from tests.coordinators.town import Town, data_of, read


@pytest.fixture
async def able(town: Town) -> Town:
    town.able(
        *(audit, exchange_changes, exchanges, forbid, network_statements, profile),
        *(removal, roles, schedule, why_not, wording),
    )
    return town


async def link_of(town: Town, by: Member, uses: int = 10) -> int:
    """A link somebody made; its row id."""
    async with town.store.begin() as db:
        until = town.now + timedelta(days=30)
        made = (town.network_id, by.side_id, "participant", uses, until, by.person_id)
        token = await invites.create(db, *made)
        found = await invites.by_token(db, token)
    assert found
    return found.id


async def good(town: Town, invite_id: int) -> bool:
    async with town.store.read() as db:
        found = await invites.by_id(db, invite_id)
    assert found
    return found.good(town.now)


async def test_each_side_takes_back_only_what_it_forbade(able: Town) -> None:
    mine, theirs = await able.member(0, "coordinator"), await able.member(1, "coordinator")
    ana, bo = await able.member(0, name="Ana"), await able.member(1, name="Bo")
    await able.taps(mine, f"forbid.yes:{ana.id}:{bo.id}")
    (listed,) = await able.taps(theirs, f"forbid.yes:{bo.id}:{ana.id}")
    assert "There is no such pair" not in read(listed)
    async with able.store.read() as db:
        (first,) = await forbidden.of_side(db, mine.side_id, 0, 9)
        (second,) = await forbidden.of_side(db, theirs.side_id, 0, 9)
    (refused,) = await able.taps(mine, f"forbid.undo:{second.id}")
    assert "Only coordinators" in read(refused)
    await able.taps(mine, f"forbid.undo:{first.id}")
    async with able.store.read() as db:
        assert await forbidden.among(db, [ana.id, bo.id]) == {frozenset((ana.id, bo.id))}


async def test_links_end_with_who_made_them(able: Town) -> None:
    owner = await able.member(0, "owner")
    gone, demoted = await able.member(0, "coordinator"), await able.member(0, "coordinator")
    links = [await link_of(able, each) for each in (gone, demoted, owner)]
    await able.taps(owner, f"people.removed:{gone.id}")
    await able.taps(owner, f"roles.set:{demoted.id}:participant")
    assert [await good(able, each) for each in links] == [False, False, True]


async def test_a_link_that_is_taken_back_lets_in_nobody_who_has_opened_it(able: Town) -> None:
    owner = await able.member(0, "owner")
    link = await link_of(able, owner)
    async with able.store.begin() as db:
        await invites.use_one(db, link, able.now)
        found = await invites.by_id(db, link)
        assert found
        assert not found.revoked
    await able.taps(owner, f"invite.revoke:{link}")
    async with able.store.read() as db:
        found = await invites.by_id(db, link)
    assert found
    assert found.revoked


async def test_more_links_than_a_page_can_all_be_taken_back(able: Town) -> None:
    owner = await able.member(0, "owner")
    links = {await link_of(able, owner) for _ in range(invites.PAGE + 3)}
    (listed,) = await able.taps(owner, f"invite.list:{able.network_id}")
    seen = set(data_of(listed))
    (more,) = [each for each in seen if each.startswith("invite.more")]
    (rest,) = await able.taps(owner, more)
    seen |= set(data_of(rest))
    assert {f"invite.revoke:{each}" for each in links} <= seen


async def test_why_nobody_was_found_is_told_of_groups_too(able: Town) -> None:
    mine, ana = await able.member(0, "coordinator"), await able.member(0, name="Ana")
    exchange_id = await able.exchange()
    async with able.store.begin() as db:
        made = await rounds.ask(db, exchange_id, able.now, mine.id)
        told = {"why": "few", "grouped": True}
        await drafts.add_left(db, made, 0, [{"member": ana.id, **told}])
        found = await rounds.by_id(db, made)
        assert found
        await rounds.begin(db, found, able.now + timedelta(minutes=1))
    (said,) = await able.taps(mine, f"why.show:{ana.id}")
    assert "Why Ana has no introduction" in read(said)


async def test_who_was_removed_keeps_no_profile(able: Town) -> None:
    owner, ana = await able.member(0, "owner"), await able.member(0, name="Ana")
    await able.taps(owner, f"people.removed:{ana.id}")
    (said,) = await able.says(ana, "/profile")
    assert "You have not signed up anywhere yet." in read(said)
    (said,) = await able.taps(ana, f"profile.of:{ana.id}")
    assert "That button is from an earlier message" in read(said)


async def test_an_activity_tells_the_number_of_ones_own_side_only(able: Town) -> None:
    mine = await able.member(0, "coordinator")
    for side in (0, 0, 0, 0, 0, 1):
        await able.member(side)
    (said,) = await able.taps(mine, f"exchanges.show:{await able.exchange()}")
    assert "5 people of your side" in read(said)


async def test_people_are_told_again_of_an_activity(able: Town) -> None:
    mine, exchange_id = await able.member(0, "owner"), await able.exchange()
    for _twice in range(2):
        await able.taps(mine, f"exchanges.tell:{exchange_id}")
        able.later(days=1)
    async with able.store.read() as db:
        query = select(reminders.c.id).where(reminders.c.kind == "exchange_opened")
        assert len(await db.rows(query)) >= 2


async def test_opinions_stay_out_where_the_owner_wants_it(able: Town) -> None:
    owner, exchange_id = await able.member(0, "owner"), await able.exchange()
    async with able.store.begin() as db:
        policy = Policy(opinions=False).as_json()
        await db.change(network_rows, able.network_id, policy=policy)
    said = [
        read((await able.taps(owner, f"exchanges.weigh:{exchange_id}:{place}:much"))[0])
        for place in range(8)
    ]
    assert any("In this network opinions do not count." in each for each in said)


async def test_no_round_is_planned_on_the_network_s_own_days(able: Town) -> None:
    mourning = Policy(own_days=("2026-12-02",))
    async with able.store.read() as db:
        sides = await networks.sides_of(db, able.network_id)
    offered = schedule.days_for(date(2026, 12, 1), sides, mourning)
    assert date(2026, 12, 2) in schedule.days_for(date(2026, 12, 1), sides, Policy())
    assert date(2026, 12, 2) not in offered


async def test_the_other_side_reads_no_code_in_the_log(able: Town) -> None:
    mine, theirs = await able.member(0, "coordinator"), await able.member(1, "coordinator")
    async with able.store.begin() as db:
        what = ("people.paused", able.now)
        await log.note(db, able.network_id, *what, side_id=mine.side_id, subject="K7QX2A")
    assert "K7QX2A" in read((await able.says(mine, "/audit"))[0])
    assert "K7QX2A" not in read((await able.says(theirs, "/audit"))[0])


async def test_an_old_undo_undoes_nothing(able: Town) -> None:
    owner = await able.member(0, "owner")
    text = "You are already a member."
    async with able.store.begin() as db:
        about = (able.network_id, "en", text)
        first = await wordings.add(db, *about, ["One"], owner.id, able.now)
        second = await wordings.add(db, *about, ["Two"], owner.id, able.now)
    await able.taps(owner, f"wording.undo:{first}")
    async with able.store.read() as db:
        found = await wordings.in_use(db, *about)
        assert found
        assert found.id == second
        assert await wordings.by_id(db, first)


async def test_the_same_words_for_a_statement_change_nothing(able: Town) -> None:
    owner = await able.member(0, "owner")
    async with able.store.begin() as db:
        await network_settings.set_statements(db, able.network_id, ["Schools first"])
    await able.taps(owner, f"network.reword:{able.network_id}:0")
    await able.says(owner, "Schools first")
    async with able.store.read() as db:
        found = await networks.by_id(db, able.network_id)
    assert found
    assert found.statements == ["Schools first"]
