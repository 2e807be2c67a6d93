"""What a group is reminded of: to plan, who came, that it is over; and what no longer holds."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.store import freezes, matches, meetings, reminders, sessions
from bot.store.db import Db
from bot.store.groups import Group, held
from bot.store.meetings import Meeting
from bot.store.tables import matched
from bot.store.tables import matches as match_rows
from tests.play import Stage
from tests.stories.circle import Circle, circle


async def agreed(of: Circle, number: int, days: float) -> Meeting:
    """A session that was agreed, so many days ahead."""
    now = of.stage.sandbox.clock.now()
    async with of.stage.app.store.begin() as db:
        at, lead = now + timedelta(days=days), of.member_ids["Ana"]
        session = await sessions.propose(db, of.match_id, number, at, 60, lead, now)
        await meetings.set_state(db, session.id, "agreed")
        await sessions.remind(db, await group(of, db), session, now)
    return session


async def group(of: Circle, db: Db) -> Group:
    """The circle as it stands."""
    found = await held(db, of.match_id)
    assert found is not None
    return found


async def state_of(of: Circle) -> str:
    """What became of the circle."""
    async with of.stage.app.store.read() as db:
        match = await matches.by_id(db, of.match_id)
    assert match is not None
    return match.state


async def test_those_who_lead_are_asked_to_plan_until_they_do(stage: Stage) -> None:
    of = await circle(stage)
    ana, bea = of.people["Ana"], of.people["Bea"]
    async with stage.app.store.begin() as db:
        await sessions.ask_to_plan(db, await group(of, db), stage.sandbox.clock.now())
    ask = "Your group has no time for its next session yet."
    await stage.passes(minutes=1)
    await ana.sees(ask)
    await bea.person.sees_not(ask)
    asked = len([m for m in await ana.person.chat() if ask in m.text])
    await stage.passes(days=9)
    await ana.person.waits(2)
    assert len([m for m in await ana.person.chat() if ask in m.text]) > asked
    await agreed(of, 1, 10)
    before = len([m for m in await ana.person.chat() if ask in m.text])
    await stage.passes(days=8)
    assert len([m for m in await ana.person.chat() if ask in m.text]) == before


async def test_a_group_that_nobody_speaks_of_is_over_after_its_last_session(stage: Stage) -> None:
    of = await circle(stage, sessions=1)
    session = await agreed(of, 1, 1)
    await stage.passes(days=1, hours=5)
    await of.people["Nour"].sees("Who came?")
    await of.people["Bea"].sees("Were you there?")
    assert await state_of(of) == "active"
    await stage.passes(days=3)
    for actor in of.everybody:
        await actor.sees("Your group has had all its sessions.")
    assert await state_of(of) == "closed"
    bea = of.people["Bea"]
    await bea.person.taps_data(f"session.met:{session.id}:no", await bea.person.last())
    await bea.chooses("A question in private", "No")
    await bea.sees("I hope that you can come next time.")


async def test_a_session_that_was_missed_is_tried_again(stage: Stage) -> None:
    of = await circle(stage, sessions=1)
    session = await agreed(of, 1, 1)
    await stage.passes(days=1, hours=5)
    ana = of.people["Ana"]
    await ana.sees("Who came?")
    await ana.taps("Say who came")
    await ana.taps("Done")
    await ana.sees("Nobody is tapped yet.")
    await ana.taps("It did not take place")
    await ana.sees("Shall we find a time for session 1?")
    await stage.passes(days=4)
    assert await state_of(of) == "active"
    async with stage.app.store.read() as db:
        known = await meetings.by_id(db, session.id)
    assert known is not None
    assert known.state == "missed"


async def test_nobody_is_reminded_of_a_session_that_was_cancelled(stage: Stage) -> None:
    of = await circle(stage)
    session = await agreed(of, 1, 4)
    async with stage.app.store.begin() as db:
        await sessions.cancel(db, session.id)
    for actor in of.everybody:
        await actor.person.says("/start")
        await actor.person.waits()
    await stage.passes(days=5)
    for name in ("Bea", "Omar"):
        await of.people[name].person.sees_not("your group")


async def test_a_freeze_holds_the_planning_of_a_circle(stage: Stage) -> None:
    of = await circle(stage)
    session = await agreed(of, 1, 3)
    ana, nour = of.people["Ana"], of.people["Nour"]
    olga = await of.olga.person.last()
    await of.olga.person.taps_data(f"freeze.now:{of.network_id}:all", olga)
    await of.olga.sees(
        "Everything rests in: {place}. /thaw begins again.", place="the whole network"
    )
    await stage.passes(minutes=1)
    for actor in (ana, nour):
        await actor.sees("We are thinking of you")
    for press in (f"session.times:{of.match_id}", f"session.days:{of.match_id}"):
        await ana.person.taps_data(press, await ana.person.last())
        await ana.sees("Everything rests for now, so no times")
    await ana.person.taps_data(f"session.drop:{session.id}", await ana.person.last())
    await ana.taps("Yes, cancel it")
    await nour.sees("has to be cancelled.")


async def test_who_came_is_still_asked_where_only_members_said_that_it_was(stage: Stage) -> None:
    of = await circle(stage)
    session = await agreed(of, 1, 1)
    await stage.passes(days=1, hours=2)
    bea, ana = of.people["Bea"], of.people["Ana"]
    await bea.person.taps_data(f"session.met:{session.id}:yes", await bea.person.last())
    await bea.chooses("How was it?", "4: good")
    await bea.chooses("A question in private", "No")
    await bea.sees("Thank you.")
    await stage.passes(hours=3)
    await ana.sees("Who came?")
    await stage.passes(days=15)
    await ana.person.taps_data(f"session.who:{session.id}", await ana.person.last())
    await ana.sees("That button is from an earlier message")


async def test_the_time_to_answer_for_a_place_stands_still_in_a_freeze(stage: Stage) -> None:
    of = await circle(stage)
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        await db.change(match_rows, of.match_id, state="proposed")
        open_ = update(matched).where(matched.c.match_id == of.match_id)
        await db.run(open_.values(answer="", answered_at=None))
        await reminders.schedule(db, "group_expiry", of.match_id, now + timedelta(days=3))
        freeze_id = await freezes.begin(db, of.network_id, of.member_ids["Ana"], now)
    await stage.passes(days=10)
    assert await state_of(of) == "proposed"
    async with stage.app.store.begin() as db:
        freeze = await freezes.by_id(db, freeze_id)
        assert freeze
        await freezes.went_to(db, freeze, freezes.RESUMED, stage.sandbox.clock.now())
        await reminders.schedule(db, "thaw_proposals", freeze_id, stage.sandbox.clock.now())
    await stage.passes(minutes=1)
    await stage.passes(days=2)
    assert await state_of(of) == "proposed"
    await stage.passes(days=2)
    assert await state_of(of) == "expired"
