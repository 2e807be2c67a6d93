"""What is too old goes by itself, what is not stays; nobody goes untold."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.domain.policy import Policy
from bot.store import matches, retention, roster
from bot.store import tables as t
from bot.store.db import Db, Secret
from bot.store.networks import member
from tests.participants.acts import World
from tests.participants.told import MINE, THEIRS, Filled

YEARS = {"days": 800}


async def keeps(world: World, months: int, **more: Any) -> None:
    """The network's policy: everything that was told for so long."""
    policy = Policy(staged=False, keep_months=months, fewest=2, **more)
    async with world.store.begin() as db:
        await db.change(t.networks, world.network_id, policy=policy.as_json())


async def planned(world: World) -> None:
    async with world.store.begin() as db:
        await retention.plan(db, world.now)


async def filled(world: World, *, over: bool = True) -> Filled:
    """Two who told everything, in a match that is over."""
    made = Filled(world, await world.introduces("eleni", "deniz"))
    await made.fill()
    async with world.store.begin() as db:
        if over:
            await matches.close(db, made.match_id, "closed", world.now, "left")
        for table, state in ((t.reports, "closed"), (t.pledges, "received"), (t.pulses, "closed")):
            await db.run(table.update().values(state=state))
        await db.run(t.pulses.update().values(closes_at=world.now))
        await db.run(t.needs.update().values(state="closed", closed_at=world.now))
        await db.run(t.enrolments.update().values(state="waiting"))
    return made


async def secrets(db: Db) -> str:
    """All that is sealed in any row, opened."""
    found = []
    for table in t.metadata.sorted_tables:
        sealed = [column.name for column in table.c if isinstance(column.type, Secret)]
        for row in await db.rows(table.select()) if sealed and "id" in table.c else []:
            values = row._mapping
            found += [db.open(table, row.id, name, values[name]) for name in sealed if values[name]]
    return json.dumps(found)


async def left_of(made: Filled) -> list[str]:
    """What is still there of what both told."""
    async with made.world.store.read() as db:
        text = await secrets(db)
    return [
        each for each in (*made.told[MINE], *made.told[THEIRS]) if json.dumps(each)[1:-1] in text
    ]


def about(told: list[str]) -> set[str]:
    return {each.split("-")[1] for each in told}


ERASED = {
    *("risk", "log", "outcome", "report", "checked", "story", "signed", "need", "pledge", "task"),
    *("visit", "reason", "contact"),
}
"""What was told of meetings and matches, and in answer to questions."""


ROWS = 25
"""How many rows that is: one each of both, in twelve tables, and the match."""


async def test_what_is_too_old_goes_and_what_is_not_stays(world: World) -> None:
    await keeps(world, 6)
    made = await filled(world)
    before = about(await left_of(made))
    assert before >= ERASED
    await planned(world)
    await world.passes(days=150)
    assert about(await left_of(made)) == before
    await world.passes(days=40)
    assert about(await left_of(made)) == before - ERASED


async def test_figures_stay(world: World) -> None:
    await keeps(world, 6)
    made = await filled(world)
    await planned(world)
    await world.passes(days=190)
    async with world.store.read() as db:
        logs = await db.rows(select(t.logs).order_by(t.logs.c.id))
        assert [(row.met, row.rating, row.note, row.risk) for row in logs] == [
            (True, 4, None, None)
        ] * 2
        assert await db.scalar(select(func.sum(t.outcomes.c.onward))) == 2
        assert await db.scalar(select(func.count()).select_from(t.reports)) == 2
        about_ = await db.rows(select(t.reports.c.about_id))
        assert [row.about_id for row in about_] == [None, None]
        state = await db.rows(select(t.meetings.c.state))
        assert [row.state for row in state] == ["held", "held"]
        assert (await matches.by_id(db, made.match_id)).state == "closed"  # type: ignore[union-attr]


async def test_what_goes_on_keeps_what_was_told_in_it(world: World) -> None:
    await keeps(world, 6)
    made = await filled(world, over=False)
    async with world.store.begin() as db:
        await db.run(t.meetings.update().values(starts_at=world.now + timedelta(days=150)))
    await planned(world)
    await world.passes(days=190)
    assert about(await left_of(made)) >= {"log", "risk", "outcome", "task", "visit", "contact"}


async def test_nothing_goes_where_it_is_kept_as_long_as_they_are_there(world: World) -> None:
    await keeps(world, 0)
    made = await filled(world)
    before = await left_of(made)
    await planned(world)
    await world.passes(**YEARS)
    assert await left_of(made) == before


async def test_the_other_sides_coordinators_learn_numbers_and_no_more(world: World) -> None:
    await keeps(world, 6)
    await filled(world)
    await planned(world)
    told = [say for say in await world.passes(days=190) if say.to == world.people["omer"]]
    world.said = told
    (said,) = [each for each in told if "What was too old" in world_text(world, each)]
    text = world_text(world, said)
    assert f"Notes and answers: {ROWS}" in text
    assert "People who had been away for long: fewer than 2" in text
    for name in ("Eleni", "Deniz", "mine", "theirs"):
        assert name not in text
    await world.says("omer", "/audit")
    assert "The bot erased what was too old" in world.text("omer")


def world_text(world: World, say: Any) -> str:
    world.said = [say]
    return "".join(world.text(name) for name in ("omer", "olga", "eleni", "deniz"))


async def idle(world: World) -> None:
    """Eleni and Deniz wait for nobody any more; a policy of six months."""
    await keeps(world, 6)
    async with world.store.begin() as db:
        await db.run(t.enrolments.update().values(state="out"))
    await planned(world)


async def of(world: World, name: str) -> str:
    async with world.store.read() as db:
        found = await member(db, world.member_ids[name])
    assert found is not None
    return found.state


async def said_to(world: World, name: str, days: int) -> list[str]:
    """What somebody hears in so many days."""
    told = [each for each in await world.passes(days=days) if each.to == world.people[name]]
    texts = []
    for each in told:
        world.said = [each]
        texts.append(world.text(name))
    return texts


async def test_who_was_not_there_for_long_is_told_a_month_before_and_once_more_after(
    world: World,
) -> None:
    await idle(world)
    assert await said_to(world, "eleni", 145) == []
    (word,) = await said_to(world, "eleni", 20)
    assert "Would you like to stay?" in word
    assert "Two towns" not in word
    assert await of(world, "eleni") == "active"
    (after,) = await said_to(world, "eleni", 40)
    assert "has now been deleted" in after
    assert await of(world, "eleni") == "left"
    assert await of(world, "olga") == "active"
    assert await said_to(world, "eleni", 400) == []


async def test_who_wishes_to_stay_stays_and_is_asked_again_only_as_long_after(
    world: World,
) -> None:
    await idle(world)
    await said_to(world, "eleni", 165)
    await world.taps("eleni", "retention.keep", world.member_ids["eleni"])
    assert "Everything stays as it is" in world.text("eleni")
    assert await said_to(world, "eleni", 140) == []
    assert await of(world, "eleni") == "active"
    assert await of(world, "deniz") == "left"
    (word,) = await said_to(world, "eleni", 25)
    assert "Would you like to stay?" in word


async def test_only_oneself_can_wish_to_stay(world: World) -> None:
    await world.taps("deniz", "retention.keep", world.member_ids["eleni"])
    assert "no longer works" in world.text("deniz")
    async with world.store.begin() as db:
        await roster.set_state(db, world.member_ids["eleni"], "left")
    await world.taps("eleni", "retention.keep", world.member_ids["eleni"])
    assert "no longer works" in world.text("eleni")


async def test_who_waits_or_did_something_since_is_not_told(world: World) -> None:
    await keeps(world, 6)
    await planned(world)
    assert await said_to(world, "eleni", 300) == []
    assert await of(world, "eleni") == "active"


async def test_who_a_coordinator_holds_does_not_come_back_by_going(world: World) -> None:
    await idle(world)
    async with world.store.begin() as db:
        await roster.set_state(db, world.member_ids["eleni"], "held")
    await world.passes(days=230)
    assert await of(world, "eleni") == "declined"


async def test_of_two_networks_only_one_is_left(world: World) -> None:
    await idle(world)
    await world.passes(days=230)
    async with world.store.read() as db:
        query = select(func.count()).select_from(t.people)
        assert await db.scalar(query.where(t.people.c.id == world.people["eleni"])) == 1
