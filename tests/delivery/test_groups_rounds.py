"""Rounds that make circles: from the line to a group, and what comes between."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.domain.replies import Say
from bot.store import forbidden, matches, pairings, pairs, roster
from bot.store.db import Store
from bot.store.tables import matches as match_rows
from tests.coordinators.town import data_of, read, settled
from tests.delivery.circles import NAMES, Circles

ALL = [name for names in NAMES for name in names]


@pytest.fixture
async def circles(store: Store) -> Circles:
    return await Circles(await settled(store)).build()


async def begun(circles: Circles) -> int:
    """A circle all of whose people took their place."""
    match_id = await circles.asked()
    await circles.says("yes", match_id, *ALL)
    await circles.passes(minutes=1)
    return match_id


async def state_of(circles: Circles, match_id: int) -> str:
    async with circles.town.store.begin() as db:
        found = await matches.by_id(db, match_id)
    assert found is not None
    return found.state


async def test_a_preview_shows_each_side_its_own_people_by_group(circles: Circles) -> None:
    told, round_id = await circles.previewed()
    for part in (
        "1 circle can begin, of about 3 people of each side",
        "6 of 6 people who wait have a place",
        "<b>Circle 1</b>: Ana (leads), Bea and Cid, and 3 people of other sides",
        "English",
    ):
        assert part in told.text, told.text
    assert not any(name in told.text for name in NAMES[1])
    assert f"round.approve:{round_id}" == told.data[0]
    (how,) = await circles.town.taps(circles.staff[0], f"round.how:{round_id}")
    assert "one of each side would lead it" in read(how)
    (same,) = await circles.town.taps(circles.staff[1], f"round.page:{round_id}:0")
    assert "Nour (leads)" in read(same)
    assert "Ana" not in read(same)
    (beyond,) = await circles.town.taps(circles.staff[1], f"round.page:{round_id}:7")
    assert read(beyond) == read(same)


async def test_from_the_line_to_a_circle(circles: Circles) -> None:
    _told, round_id = await circles.previewed()
    for each in circles.staff:
        said = await circles.town.taps(each, f"round.approve:{round_id}")
    assert "the people of 1 group are asked" in read(said[0])
    told = await circles.town.works()
    (mine,) = [each for each in told if each.to == circles.people["Ana"].person_id]
    match_id = int(mine.data[0].partition(":")[2])
    assert mine.data[0].startswith("group.yes:")
    assert "facilitate" in mine.text
    (other,) = [each for each in told if each.to == circles.people["Omar"].person_id]
    assert "facilitate" not in other.text
    assert not any(name in other.text for name in ALL)
    done = [each.text for each in told if each.to == circles.staff[0].person_id]
    assert "the people of 1 group are being asked" in done[-1]
    assert set((await circles.standing()).values()) == {("matched", False)}

    (waits,) = await circles.says("yes", match_id, *ALL[:5])
    assert "The others can answer until" in read(waits)
    assert await circles.says("yes", match_id, "Ana") != []
    page, *_more = await circles.says("yes", match_id, "Rana")
    for name in ALL:
        assert name in read(page)
    assert "<tg-spoiler>" in read(page)
    news = await circles.passes(minutes=1)
    for name in ALL[:5]:
        assert "Your circle begins" in circles.to(name, news)
        assert "<tg-spoiler>" in circles.to(name, news)
    assert circles.to("Rana", news).count("Your circle begins") == 0
    group = await circles.group("Ana", match_id)
    assert group is not None
    assert group.match.state == "active"
    assert [each.name for each in group.seats if each.leads] == ["Ana", "Nour"]
    async with circles.town.store.begin() as db:
        known = await pairs.of_network(db, circles.town.network_id)
        assert await pairings.of(db, circles.people["Ana"].person_id, match_id) is None
        assert not await pairings.has_several(db, circles.people["Ana"].person_id)
    assert len(known) == 9
    said = await circles.town.says(circles.people["Ana"], "/match")
    assert "Your circle" in read(said[-1])


async def test_those_kept_apart_are_in_no_circle_together(circles: Circles) -> None:
    ana, omar = circles.people["Ana"], circles.people["Omar"]
    async with circles.town.store.begin() as db:
        await forbidden.add(db, ana.id, omar.id, ana, circles.town.now)
    told, round_id = await circles.previewed()
    assert "5 of 6 people who wait have a place" in told.text
    assert "With so few people that is the most there can be" in told.text
    match_id = await circles.asked(round_id)
    group = await circles.group("Ana", match_id)
    assert group is not None
    assert not {ana.id, omar.id} <= {each.member.id for each in group.seats}


async def test_who_is_kept_apart_after_the_preview_is_not_asked(circles: Circles) -> None:
    _told, round_id = await circles.previewed()
    await circles.town.taps(circles.staff[0], f"round.approve:{round_id}")
    ana, omar = circles.people["Ana"], circles.people["Omar"]
    async with circles.town.store.begin() as db:
        await forbidden.add(db, ana.id, omar.id, ana, circles.town.now)
    (seen,) = await circles.town.taps(circles.staff[1], f"round.show:{round_id}")
    assert "1 group no longer fits" in read(seen)
    await circles.town.taps(circles.staff[1], f"round.approve:{round_id}")
    told = await circles.town.works()
    assert any("1 group was dropped" in each.text for each in told)
    assert set((await circles.standing()).values()) == {("waiting", False)}


async def test_who_paused_since_the_preview_is_left_out_and_the_others_go_on(
    circles: Circles,
) -> None:
    _told, round_id = await circles.previewed()
    await circles.town.taps(circles.staff[0], f"round.approve:{round_id}")
    async with circles.town.store.begin() as db:
        await roster.set_state(db, circles.people["Cid"].id, "paused")
    await circles.town.taps(circles.staff[1], f"round.approve:{round_id}")
    told = await circles.town.works()
    asked = {each.to for each in told if each.data and each.data[0].startswith("group.yes")}
    assert asked == {circles.people[name].person_id for name in ALL if name != "Cid"}


async def test_after_a_no_three_and_two_are_still_a_circle(circles: Circles) -> None:
    match_id = await circles.asked()
    (sure,) = await circles.says("no", match_id, "Rana")
    assert data_of(sure) == [f"group.sure:{match_id}", f"group.show:{match_id}"]
    (thanks,) = await circles.says("sure", match_id, "Rana")
    assert "Your place in line is kept" in read(thanks)
    assert (await circles.standing())["Rana"] == ("waiting", False)
    (late,) = await circles.says("yes", match_id, "Rana")
    assert "Your place in line is kept" in read(late)
    await circles.says("yes", match_id, *ALL[:5])
    news = await circles.passes(minutes=1)
    assert await state_of(circles, match_id) == "active"
    assert circles.to("Rana", news) == ""
    assert (await circles.standing())["Rana"] == ("waiting", False)
    assert await circles.group("Rana", match_id) is None


async def test_too_few_and_nobody_loses_their_place(circles: Circles) -> None:
    match_id = await circles.asked()
    await circles.says("yes", match_id, "Ana", "Bea")
    await circles.says("sure", match_id, "Rana", "Omar")
    assert await state_of(circles, match_id) == "declined"
    news = await circles.passes(minutes=1)
    assert "among the first when we try again" in circles.to("Ana", news)
    assert "your place in line is kept" in circles.to("Cid", news)
    assert circles.to("Omar", news) == ""
    standing = await circles.standing()
    assert {name for name in ALL if standing[name] == ("waiting", True)} == {"Ana", "Bea"}
    assert {standing[name] for name in ALL} == {("waiting", True), ("waiting", False)}
    (over,) = await circles.says("yes", match_id, "Cid")
    assert "over" in read(over)


async def test_who_is_silent_is_left_behind_kindly(circles: Circles) -> None:
    match_id = await circles.asked()
    await circles.says("yes", match_id, *ALL[:5])
    said = await circles.passes(hours=30)
    assert "Your answer is awaited until" in circles.to("Rana", said)
    assert circles.to("Ana", said) == ""
    news = await circles.passes(days=3)
    assert await state_of(circles, match_id) == "active"
    assert "Your circle begins" in circles.to("Ana", news)
    assert "pause" in circles.to("Rana", news)
    assert (await circles.standing())["Rana"] == ("waiting", False)
    (late,) = await circles.says("yes", match_id, "Rana")
    assert "begun without you" in read(late)


async def test_silence_of_too_many_ends_it(circles: Circles) -> None:
    match_id = await circles.asked()
    await circles.says("yes", match_id, *NAMES[0])
    news = await circles.passes(days=4)
    assert await state_of(circles, match_id) == "expired"
    assert "among the first" in circles.to("Ana", news)
    assert "pause" in circles.to("Omar", news)
    standing = await circles.standing()
    assert {name for name in ALL if standing[name][1]} == set(NAMES[0])


async def test_taps_at_once_begin_it_once(circles: Circles) -> None:
    match_id = await circles.asked()
    await asyncio.gather(*(circles.says("yes", match_id, name) for name in [*ALL, *ALL]))
    assert await state_of(circles, match_id) == "active"
    news = await circles.passes(minutes=1)
    begins = [each for each in news if "Your circle begins" in read(each)]
    assert len({each.to for each in begins}) == len(begins)


async def test_who_leaves_is_not_named_and_coordinators_hear_once_it_is_small(
    circles: Circles,
) -> None:
    match_id = await begun(circles)
    (asks,) = await circles.says("leave", match_id, "Cid")
    assert data_of(asks)[0] == f"group.left:{match_id}"
    said = await circles.says("left", match_id, "Cid")
    assert {each.to for each in said} == {circles.people["Cid"].person_id}
    assert (await circles.standing())["Cid"] == ("waiting", False)
    news = await circles.passes(minutes=1)
    assert "Somebody has left your group" in circles.to("Omar", news)
    assert "Cid" not in circles.to("Omar", news)
    (again,) = await circles.says("left", match_id, "Cid")
    assert "no longer works" in read(again)
    said = await circles.says("left", match_id, "Bea")
    assert {each.person_id for each in circles.staff} <= {each.to for each in said}
    assert await state_of(circles, match_id) == "active"
    said = await circles.says("left", match_id, "Ana")
    assert await state_of(circles, match_id) == "closed"
    news = await circles.passes(minutes=1)
    assert "too few people were left" in circles.to("Omar", news)
    standing = await circles.standing()
    assert {name for name in ALL if standing[name] == ("waiting", True)} == set(NAMES[1])


async def test_who_leaves_the_network_or_is_forgotten_leaves_the_circle(circles: Circles) -> None:
    match_id = await begun(circles)
    town, cid, rana = circles.town, circles.people["Cid"], circles.people["Rana"]
    await town.taps(cid, f"depart.sure:{cid.id}")
    await town.taps(rana, "forget.sure")
    group = await circles.group("Ana", match_id)
    assert group is not None
    assert sorted(each.name for each in group.seats) == ["Ana", "Bea", "Nour", "Omar"]
    news = await circles.passes(minutes=1)
    assert "Somebody has left your group" in circles.to("Ana", news)


async def test_who_leaves_before_it_begins_counts_as_a_no(circles: Circles) -> None:
    match_id = await circles.asked()
    cid = circles.people["Cid"]
    await circles.town.taps(cid, f"depart.sure:{cid.id}")
    await circles.says("yes", match_id, *[name for name in ALL if name != "Cid"])
    assert await state_of(circles, match_id) == "active"


async def test_who_is_on_a_pause_keeps_the_seat(circles: Circles) -> None:
    match_id = await begun(circles)
    await circles.town.taps(circles.people["Cid"], "pause.sure:7")
    group = await circles.group("Cid", match_id)
    assert group is not None
    assert not group.me.present
    assert len(group.seats) == 6


async def test_a_team_says_so(store: Store) -> None:
    circles = await Circles(await settled(store)).build(leads=False, shape="team")
    told, _round_id = await circles.previewed()
    assert "1 team can begin" in told.text
    assert "Team 1" in told.text


async def test_those_in_no_circle_are_told_why(circles: Circles) -> None:
    for name in ("Dora", "Eva", "Fay", "Gil", "Hal"):
        await circles.waits(name, 0)
    told = await circles.held()
    left = [
        each
        for each in told
        if each.to in {circles.people[n].person_id for n in ("Eva", "Fay", "Gil", "Hal")}
    ]
    assert len(left) >= 3
    assert all("group" in each.text or "places" in each.text for each in left)
    async with circles.town.store.begin() as db:
        rows = await db.rows(select(match_rows.c.id))
    assert len(rows) == 1


async def test_strangers_and_old_buttons_get_nowhere(circles: Circles) -> None:
    match_id = await begun(circles)
    stranger = await circles.waits("Zoe", 1)
    for word in ("show", "yes", "no", "sure", "ask", "leave", "left"):
        said: list[Say] = await circles.town.taps(stranger, f"group.{word}:{match_id}")
        assert [read(each) for each in said] == [
            "That button is from an earlier message and no longer works. See /help."
        ]
