"""/stats and /ledger: in words and as pictures, and nothing of fewer than five people."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.coordinators import ledger
from bot.coordinators.stats_charts import CHARTS
from bot.domain.replies import Say
from bot.store import checkins, enrolments
from bot.store.tables import attendance, checkin_answers, matched, meetings
from tests.coordinators.figures import opened, pair
from tests.coordinators.town import Town, data_of, read

PNG = b"\x89PNG\r\n"


@pytest.fixture
async def able(town: Town) -> Town:
    """The town, whose coordinators can look at /ledger too."""
    town.able(ledger)
    return town


def size(said: Say) -> tuple[int, int]:
    """The width and height of the picture that was sent, in pixels."""
    assert said.file is not None
    assert said.file.picture
    assert said.file.data.startswith(PNG)
    data = said.file.data
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


async def test_figures_are_of_each_side_and_never_of_too_few(able: Town) -> None:
    olga = await able.member(0, "coordinator")
    for held in (0, 1, 3, 3, 3):
        await pair(able, held=held, missed=1)
    (said,) = await able.says(olga, "/stats")
    east, west = read(said).split("\n\n")[1:3]
    assert east.splitlines()[1:] == [
        "Signed up: 5",
        "Waiting to be introduced: 5",
        "Asked whether they would like to meet: 5",
        "Introduced: 5",
        "Met: fewer than 5",
        "Met three times: fewer than 5",
        "Missed meetings: 33 %",
    ]
    assert west.splitlines()[0] == "<b>West</b>"


async def test_each_picture_is_as_wide_as_a_phone(able: Town) -> None:
    olga = await able.member(0, "coordinator")
    for _number in range(6):
        await pair(able, held=3, missed=1)
    for what in CHARTS:
        (said,) = await able.taps(olga, f"stats.picture:{able.network_id}:0:{what}")
        assert size(said)[0] == 1080
        assert not said.edit
    (funnel,) = await able.taps(olga, f"stats.picture:{able.network_id}:0:funnel")
    assert "Met three times: East 6 and West 6" in read(funnel)
    assert "Opened an invitation: East fewer than 5 and West fewer than 5" in read(funnel)
    (weeks,) = await able.taps(olga, f"stats.picture:{able.network_id}:0:meetings")
    assert "Held 18 and Missed 6" in read(weeks)
    (spoken,) = await able.taps(olga, f"stats.picture:{able.network_id}:0:languages")
    assert "English: East 6 and West 6" in read(spoken)


async def test_figures_of_one_activity_are_its_own(able: Town) -> None:
    olga = await able.member(0, "coordinator")
    business = await opened(able, 3, "pair")
    for _number in range(5):
        await pair(able, held=1, exchange_id=business)
    (lists,) = await able.taps(olga, f"stats.list:{able.network_id}:0")
    assert f"stats.in:{able.network_id}:{business}" in data_of(lists)
    (said,) = await able.taps(olga, f"stats.in:{able.network_id}:{business}")
    assert "Met: 5" in read(said)
    (other,) = await able.taps(olga, f"stats.in:{able.network_id}:{await able.exchange()}")
    assert "Met: fewer than 5" in read(other)
    (funnel,) = await able.taps(olga, f"stats.picture:{able.network_id}:{business}:funnel")
    assert "Signed up" not in read(funnel)


async def test_who_did_not_come_to_a_held_meeting_has_not_met(able: Town) -> None:
    olga = await able.member(0, "coordinator")
    pairs = [await pair(able, held=1) for _number in range(5)]
    async with able.store.begin() as db:
        query = select(meetings.c.id, matched.c.member_id).join(
            matched, matched.c.match_id == meetings.c.match_id
        )
        for row in await db.rows(query.where(matched.c.member_id == pairs[0][0].id)):
            told = {"member_id": row.member_id, "came": False, "at": able.now}
            await db.add(attendance, meeting_id=row.id, **told)
    (said,) = await able.says(olga, "/stats")
    east, west = read(said).split("\n\n")[1:3]
    assert "Met: fewer than 5" in east
    assert "Missed meetings: 20 %" in east
    assert "Met: 5" in west


async def test_who_met_is_seen_beside_who_never_did(able: Town) -> None:
    olga = await able.member(0, "coordinator")
    met = [one for _n in range(3) for one in await pair(able, held=1)]
    never = [one for _n in range(3) for one in await pair(able)]
    (said,) = await able.taps(olga, f"stats.beside:{able.network_id}:0")
    assert "Too few have answered" in read(said)
    async with able.store.begin() as db:
        asked = await checkins.plan(db, olga, None, "warmth", {}, able.now, 0, able.now)
        for each in (*met, *never):
            answer = {"answer": 70 if each in met else 40, "state": "answered", "at": able.now}
            await db.add(checkin_answers, checkin_id=asked, member_id=each.id, **answer)
    (said,) = await able.taps(olga, f"stats.beside:{able.network_id}:0")
    assert "Met: 70 on average (6 people)" in read(said)
    assert "Never met: 40 on average (6 people)" in read(said)


async def test_the_ledger_tells_tracks_apart(able: Town) -> None:
    olga = await able.member(0, "coordinator")
    business = await opened(able, 3, "pair")
    for _number in range(5):
        two = await pair(able, held=3, onward=2)
        async with able.store.begin() as db:
            await enrolments.enrol(db, two[0].id, business, able.now)
    (said,) = await able.says(olga, "/ledger")
    text = read(said)
    assert "Took part: 10" in text
    assert "Meetings held: 15, third meetings: 5" in text
    assert "Carried on to others: 20" in text
    assert "There is nothing yet on: Government, Professional conflict resolution" in text
    assert "These hardly meet" not in text
    (picture,) = await able.taps(olga, f"ledger.picture:{able.network_id}")
    assert size(picture)[0] == 1080


async def test_tracks_that_hardly_meet_are_named(able: Town) -> None:
    olga = await able.member(0, "coordinator")
    religion = await opened(able, 7, "pair")
    await pair(able, exchange_id=religion)
    (said,) = await able.says(olga, "/ledger")
    assert "fewer than 5 people take part on both. Citizens with Religion." in read(said)
    assert "Introductions: too few to show" in read(said)


async def test_old_and_forged_buttons_show_nothing(able: Town) -> None:
    olga = await able.member(0, "coordinator")
    (said,) = await able.taps(olga, f"stats.picture:{able.network_id}:0:people")
    assert "no longer works" in read(said)
    (said,) = await able.taps(olga, f"stats.in:{able.network_id}:12345")
    assert read(said).startswith("Only coordinators")
