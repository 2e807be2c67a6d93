"""Activities: opened from their template, changed, closed and opened again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.coordinators import exchange_changes, exchange_form, exchanges
from bot.domain.exchange import MATCHED
from bot.domain.replies import Say
from bot.domain.tracks import TRACKS
from bot.reminders import activity_closed, exchange_closed
from bot.store import audit
from bot.store import exchanges as stored
from bot.store.exchanges import Exchange
from bot.store.networks import Member
from bot.store.reminders import Reminder
from bot.store.tables import reminders
from tests.coordinators.town import Town, data_of, read

SHAPES = [
    (track.number, template.format) for track in TRACKS.values() for template in track.templates
]


async def coordinator(town: Town, side: int = 0) -> Member:
    town.able(exchanges, exchange_form, exchange_changes)
    return await town.member(side, "coordinator")


async def of(town: Town, exchange_id: int) -> Exchange:
    async with town.store.begin() as db:
        found = await stored.by_id(db, exchange_id)
        assert found is not None
        return found


async def noted(town: Town) -> list[str]:
    async with town.store.begin() as db:
        return [each.what for each in await audit.page(db, town.network_id)]


def ending(said: Say, end: str) -> str:
    return next(data for data in data_of(said) if data.endswith(end))


async def opened(town: Town, mine: Member, track: int, shape: str) -> int:
    (asked,) = await town.taps(mine, f"exchanges.new:{town.network_id}")
    (asked,) = await town.taps(mine, ending(asked, f"={track}"))
    if len(TRACKS[track].templates) > 1:
        (asked,) = await town.taps(mine, ending(asked, f"={shape}"))
    (review,) = await town.taps(mine, ending(asked, ":skip"))
    said = await town.taps(mine, ending(review, ":send"))
    return int(data_of(said[0])[0].split(":")[1])


@pytest.mark.parametrize(("track", "shape"), SHAPES)
async def test_each_shape_of_each_track_opens_from_its_template(
    town: Town, track: int, shape: str
) -> None:
    mine = await coordinator(town)
    made = await of(town, await opened(town, mine, track, shape))
    template = TRACKS[track].template(shape)
    assert (made.track, made.format, made.state) == (track, shape, "open")
    assert (made.next_round_at is None) is (shape not in MATCHED)
    assert (made.asks, made.settled) == (template.rules, template.settled)
    (card,) = await town.taps(mine, f"exchanges.show:{made.id}")
    for data in data_of(card):
        if data.startswith("exchanges.knob"):
            (asked,) = await town.taps(mine, data)
            for value in data_of(asked)[:-1]:
                await town.taps(mine, value)
    (weights,) = await town.taps(mine, f"exchanges.weights:{made.id}")
    assert all(len(data.encode()) <= 64 for data in data_of(weights))


async def test_the_others_are_told_of_a_change_and_the_round_moves(town: Town) -> None:
    mine, theirs = await coordinator(town), await coordinator(town, 1)
    here = await town.exchange()
    before = await of(town, here)
    card, told = await town.taps(mine, f"exchanges.set:{here}:round_days:28")
    assert "Done" in read(card)
    assert told.to == theirs.person_id
    after = await of(town, here)
    assert after.settled.round_days == 28
    assert before.next_round_at is not None
    assert after.next_round_at == before.next_round_at + timedelta(days=14)
    assert len(await town.taps(mine, f"exchanges.set:{here}:round_days:28")) == 1
    assert await noted(town) == ["exchanges.set"]


async def test_what_counts_can_be_changed(town: Town) -> None:
    mine, here = await coordinator(town), await town.exchange()
    (asked,) = await town.taps(mine, f"exchanges.weights:{here}")
    assert "have in common" not in read(asked)
    (term,) = await town.taps(mine, data_of(asked)[0])
    card, *_told = await town.taps(mine, ending(term, ":much"))
    assert "Done" in read(card)
    assert (await of(town, here)).asks.interests == 60
    (same,) = await town.taps(mine, ending(term, ":much"))
    assert "much" in read(same)
    for wrong in (
        "exchanges.weigh:{}:0:most",
        "exchanges.weigh:{}:77:much",
        "exchanges.weight:{}:77",
    ):
        (said,) = await town.taps(mine, wrong.format(here))
        assert "earlier message" in read(said)


async def test_it_gets_a_name_and_loses_it(town: Town) -> None:
    mine, here = await coordinator(town), await town.exchange()
    await town.taps(mine, f"exchanges.name:{here}")
    (card, *_told) = await town.says(mine, "Garden talks")
    assert "Garden talks" in read(card)
    (asked,) = await town.taps(mine, f"exchanges.name:{here}")
    await town.taps(mine, ending(asked, ":skip"))
    assert (await of(town, here)).name is None


async def test_closing_asks_tells_who_waits_and_can_be_undone(town: Town) -> None:
    mine, here = await coordinator(town), await town.exchange()
    ana = await town.member(0, name="Ana")
    (sure,) = await town.taps(mine, f"exchanges.close:{here}")
    assert (await of(town, here)).state == "open"
    await town.taps(mine, data_of(sure)[0])
    closed = await of(town, here)
    assert (closed.state, closed.next_round_at) == ("closed", None)
    told = await told_of_closing(town)
    assert [each.to for each in told] == [ana.person_id]
    (again,) = await town.taps(mine, data_of(sure)[0])
    assert "changed meanwhile" in read(again)
    await town.taps(mine, f"exchanges.reopen:{here}")
    assert (await of(town, here)).state == "open"
    assert await noted(town) == ["exchanges.reopened", "exchanges.closed"]


async def told_of_closing(town: Town) -> list[Say]:
    said: list[Say] = []
    async with town.store.begin() as db:
        for kind in (exchange_closed.KIND, activity_closed.KIND):
            query = select(reminders).where(reminders.c.kind == kind.name)
            for each in await db.all(Reminder, query):
                said += await kind.due(db, town.now, each)
    return said


async def test_the_list_has_pages_in_a_stable_order_and_no_small_figure(town: Town) -> None:
    mine = await coordinator(town)
    for _n in range(9):
        await opened(town, mine, 4, "pair")
    (first,) = await town.says(mine, "/exchanges")
    shown = [data for data in data_of(first) if data.startswith("exchanges.show")]
    (second,) = await town.taps(mine, next(d for d in data_of(first) if ".page" in d))
    shown += [data for data in data_of(second) if data.startswith("exchanges.show")]
    assert len(set(shown)) == 10
    assert "fewer than 5 people" in read(first)


async def test_telling_people_has_them_told_once(town: Town) -> None:
    mine = await coordinator(town)
    here = await opened(town, mine, 2, "circle")
    for _twice in range(2):
        (said,) = await town.taps(mine, f"exchanges.tell:{here}")
        assert "everybody who could take part" in read(said)
    async with town.store.begin() as db:
        query = select(reminders).where(reminders.c.kind == "exchange_opened")
        assert len(await db.all(Reminder, query)) == 1


async def test_who_takes_part_may_do_none_of_it(town: Town) -> None:
    await coordinator(town)
    ana, here = await town.member(0), await town.exchange()
    for data in ("close", "closed", "show", "tell", "reopen", "weights", "name"):
        (said,) = await town.taps(ana, f"exchanges.{data}:{here}")
        assert read(said).startswith("Only ")
