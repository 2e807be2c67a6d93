"""/rooms: who may look after which room, and what they are shown."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.coordinators import room_news, rooms
from bot.domain.replies import Say
from bot.domain.rooms import News
from bot.router import Event, Turn
from bot.store import exchanges, matches, people
from bot.store import rooms as stored
from bot.store.networks import Member
from bot.store.tables import matched
from bot.store.tables import rooms as rows
from tests.coordinators.town import Town, data_of, read


@pytest.fixture
async def able(town: Town) -> Town:
    """The town, with /rooms."""
    town.able(rooms, room_news)
    return town


async def a_circle(town: Town, *leads: Member) -> int:
    """An active circle of two and two, led by these."""
    people_of = [await town.member(side, name=f"P{n}") for n, side in enumerate((0, 0, 1, 1))]
    who = [(each.id, each.side_id) for each in (*people_of, *leads)]
    async with town.store.begin() as db:
        exchange_id = await exchanges.create(db, town.network_id, 2, "circle", None)
        until = town.now + timedelta(days=3)
        match_id = await matches.propose(db, exchange_id, None, who, {}, town.now, until)
        of_it = matched.c.match_id == match_id
        await db.run(update(matched).where(of_it).values(answer="yes"))
        ids = [each.id for each in leads]
        await db.run(update(matched).where(of_it, matched.c.member_id.in_(ids)).values(leads=True))
        await matches.activate(db, match_id, town.now)
    return match_id


def url_of(said: Say) -> str:
    """Where its first link leads."""
    return next(each.url for row in said.buttons for each in row if each.url)


async def comes(town: Town, who: Member, said: Say, chat: int = -100) -> list[Say]:
    """Somebody opens the link and the bot hears of it from the group."""
    (token,) = re.findall(r"startgroup=([\w-]+)", url_of(said))
    async with town.store.begin() as db:
        me = await people.by_id(db, who.person_id)
        assert me is not None
        news = News("token", chat, "group", me.telegram_id, token=token)
        return await room_news.heard(Turn(db, me, Event(), town.now, town.here), news)


async def test_a_coordinator_of_either_side_sees_all_circles(able: Town) -> None:
    match_id = await a_circle(able)
    for side in (0, 1):
        boss = await able.member(side, "coordinator")
        (said,) = await able.says(boss, "/rooms")
        assert data_of(said) == [f"rooms.group:{match_id}", f"rooms.channel:{able.network_id}"]
        (card,) = await able.taps(boss, f"rooms.group:{match_id}")
        assert "2 of your side, 2 of other sides" in read(card)
        assert not re.search(r"P\d", read(card))


async def test_a_facilitator_sees_only_what_they_lead(able: Town) -> None:
    mine, other = await able.member(0, "facilitator"), await able.member(1, "facilitator")
    match_id, foreign = await a_circle(able, mine), await a_circle(able, other)
    (said,) = await able.says(mine, "/rooms")
    assert data_of(said) == [f"rooms.group:{match_id}"]
    for data in (f"rooms.group:{foreign}", f"rooms.channel:{able.network_id}"):
        (said,) = await able.taps(mine, data)
        assert read(said) == "You can only do that for a group that you lead."


async def test_pages_in_a_stable_order(able: Town) -> None:
    ids = [await a_circle(able) for _ in range(rooms.PAGE + 2)]
    boss = await able.member(0, "coordinator")
    (first,) = await able.says(boss, "/rooms")
    last = ids[rooms.PAGE - 1]
    assert f"rooms.page:{able.network_id}:{last}" in data_of(first)
    (second,) = await able.taps(boss, f"rooms.page:{able.network_id}:{last}")
    assert data_of(second)[:2] == [f"rooms.group:{each}" for each in ids[rooms.PAGE :]]


async def test_a_link_is_re_authorised_by_who_used_it(able: Town) -> None:
    match_id = await a_circle(able)
    boss, other = await able.member(0, "coordinator"), await able.member(1, "coordinator")
    (said,) = await able.taps(boss, f"rooms.group:{match_id}")
    (late,) = await comes(able, other, said)
    assert "no longer be used" in read(late)
    (done,) = await comes(able, boss, said)
    assert read(done).startswith("Done: the group is linked.")
    (late,) = await comes(able, boss, said, -101)
    assert "no longer be used" in read(late)
    (second,) = await able.taps(other, f"rooms.group:{match_id}")
    assert "I wait for the right to invite people there." in read(second)


async def test_one_group_is_one_room(able: Town) -> None:
    one, two = await a_circle(able), await a_circle(able)
    boss = await able.member(0, "coordinator")
    (said,) = await able.taps(boss, f"rooms.group:{one}")
    await comes(able, boss, said)
    (said,) = await able.taps(boss, f"rooms.group:{two}")
    (taken,) = await comes(able, boss, said)
    assert read(taken).startswith("That group is already in use here.")


async def test_the_newest_link_counts_and_old_ones_are_forgotten(able: Town) -> None:
    match_id = await a_circle(able)
    boss = await able.member(0, "coordinator")
    (first,) = await able.taps(boss, f"rooms.group:{match_id}")
    (second,) = await able.taps(boss, f"rooms.group:{match_id}")
    (late,) = await comes(able, boss, first)
    assert "no longer be used" in read(late)
    able.later(hours=1)
    (late,) = await comes(able, boss, second)
    assert "no longer be used" in read(late)
    await able.taps(boss, f"rooms.channel:{able.network_id}")
    async with able.store.begin() as db:
        found = await db.all(stored.Room, select(rows))
    assert [each.kind for each in found] == ["channel"]


async def test_closing_asks_first_and_twice_does_no_harm(able: Town) -> None:
    match_id = await a_circle(able)
    boss = await able.member(0, "coordinator")
    (said,) = await able.taps(boss, f"rooms.group:{match_id}")
    await comes(able, boss, said)
    async with able.store.begin() as db:
        room = await stored.of_match(db, match_id)
        assert room is not None
    (asked,) = await able.taps(boss, f"rooms.close:{room.id}")
    assert f"rooms.closed:{room.id}" in data_of(asked)
    for _ in range(2):
        (done,) = await able.taps(boss, f"rooms.closed:{room.id}")
        assert read(done) == "Done. I am leaving it."
