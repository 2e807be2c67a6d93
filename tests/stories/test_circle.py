"""Track 2: a circle of three and three, two of them facilitators, through three sessions."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox import Message
from bot.store import founding, matches, meetings, networks, people, sessions
from bot.store.meetings import Meeting
from tests.delivery.counter import until
from tests.play import Actor, Stage
from tests.stories.circle import Circle, circle
from tests.stories.report import reported
from tests.stories.test_rooms import asks, linked


def data_of(message: Message, action: str, which: int = 0) -> str:
    """The data of a message's button of an action, the first if there are several."""
    return [str(b["data"]) for b in message.buttons if b["data"].startswith(f"{action}:")][which]


async def session_of(of: Circle, number: int) -> Meeting:
    """The session with this number that was not cancelled."""
    async with of.stage.app.store.read() as db:
        found = await sessions.of_match(db, of.match_id)
    return next(each for each in reversed(found) if each.number == number)


async def opens(actor: Actor, of: Circle) -> Message:
    """Somebody looks at the sessions, by a button that stands in some message of theirs."""
    last = await actor.person.last()
    await actor.person.taps_data(f"session.show:{of.match_id}", last)
    return await actor.person.sees("What it is about:")


async def is_planned(of: Circle, number: int, which: int = 0) -> None:
    """Ana proposes one of the times that suit everybody, and Nour agrees."""
    ana, nour = of.leads
    await opens(ana, of)
    await ana.taps("Find a time")
    times = await ana.sees("These times suit everybody.")
    await ana.person.taps_data(data_of(times, "session.at", which))
    await ana.sees("Somebody who leads of another side has to agree.")
    await nour.sees("A time for your next session is proposed:")
    await nour.taps("Show")
    await nour.taps("Agree to this time")
    for actor in of.everybody:
        await actor.sees("It is agreed: your group meets on")
    assert (await session_of(of, number)).state == "agreed"


async def takes_place(of: Circle, number: int) -> None:
    """Everybody but Rana comes; Nour says so."""
    session = await session_of(of, number)
    clock = of.stage.sandbox.clock
    await of.stage.passes(seconds=(session.starts_at - clock.now()).total_seconds() - 3000)
    await of.people["Bea"].sees("Your group meets soon:")
    await of.stage.passes(hours=2)
    nour = of.people["Nour"]
    await nour.sees("Who came?")
    await nour.taps("Say who came")
    for name in ("Ana", "Bea", "Carla", "Nour", "Omar"):
        await nour.person.taps(name)
        await nour.person.waits()
    await nour.taps("Done")


async def tells(actor: Actor, of: Circle, number: int, risk: str = "No") -> None:
    """A member says on their own how it was."""
    session = await session_of(of, number)
    last = await actor.person.last()
    await actor.person.taps_data(f"session.met:{session.id}:yes", last)
    await actor.chooses("How was it?", "4: good")
    await actor.chooses("A question in private", risk)


async def contact(of: Circle) -> Actor:
    """The safeguarding contact of the first side."""
    stage = of.stage
    gloria = await stage.actor("Gloria")
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        person = await people.met(db, gloria.person.id, "en", now)
        side = of.sides[0]
        await founding.join(db, person.id, of.network_id, side.id, "safeguarding", now, "Gloria")
    await gloria.says("/start")
    await gloria.person.waits()
    return gloria


async def test_three_sessions_of_a_circle(stage: Stage) -> None:
    of = await circle(stage)
    gloria = await contact(of)
    chat = await linked(of)
    assert await asks(of, "Bea") == "requested"
    for number in (1, 2, 3):
        await is_planned(of, number)
        bea = of.people["Bea"]
        await bea.taps("I can come")
        await bea.sees("1 has said that they can come.")
        await takes_place(of, number)
        if number < 3:
            await of.people["Nour"].sees(f"Shall we find a time for session {number + 1}?")
            await tells(bea, of, number)
            await bea.sees("Thank you.")
    for actor in of.everybody:
        await actor.sees("Your group has had all its sessions.")
    await of.people["Carla"].taps("What came of it")
    await tells(of.people["Ana"], of, 3, "Yes")
    await of.people["Ana"].answers("What should the safeguarding contact of your side know?", "Me")
    await gloria.sees("A member of your side says that taking part put somebody at risk.")
    await stage.passes(minutes=1)

    async def gone() -> bool:
        return stage.sandbox.world.chats[chat].bot_status == "left"

    await until(gone)
    async with stage.app.store.read() as db:
        match = await matches.by_id(db, of.match_id)
        marks = await sessions.marks(db, (await session_of(of, 2)).id)
        held = await meetings.held_count(db, of.match_id)
    assert match is not None
    assert (match.state, match.why, held) == ("closed", "done", 3)
    here = {name: marks[member_id] for name, member_id in of.member_ids.items()}
    assert here == {name: name != "Rana" for name in of.people}
    lines = await reported(stage, of.olga, of.network_id, 2)
    assert lines[1:5] == [
        "Took part: 6",
        "Met: 6",
        "Introductions: 1",
        "Meetings held: 3, third meetings: 1",
    ]


async def test_nobody_else_plans_ticks_or_hears_of_a_session(stage: Stage) -> None:
    of = await circle(stage)
    await is_planned(of, 1)
    session = await session_of(of, 1)
    stranger = await stage.actor("Stranger")
    await stranger.says("/start")
    mine = (await stranger.person.waits())[-1]
    bea = of.people["Bea"]
    hers = await bea.person.last()
    late = "That button is from an earlier message and no longer works."
    for what in ("times:{m}", "days:{m}", "agree:{s}", "drop:{s}", "sure:{s}", "about:{s}"):
        data = "session." + what.format(m=of.match_id, s=session.id)
        await stranger.person.taps_data(data, mine)
        await stranger.person.sees(late)
        await bea.person.taps_data(data, hers)
        await bea.person.sees(late)
    for what in ("show:{m}", "who:{s}", "log:{s}", "can:{s}:1"):
        data = "session." + what.format(m=of.match_id, s=session.id)
        await stranger.person.taps_data(data, mine)
        await stranger.person.sees(late)
    assert (await session_of(of, 1)).state == "agreed"


async def test_a_session_is_moved_and_cancelled(stage: Stage) -> None:
    of = await circle(stage)
    await is_planned(of, 1)
    first = await session_of(of, 1)
    ana, nour = of.leads
    await opens(ana, of)
    await ana.taps("Find another time")
    times = await ana.sees("These times suit everybody.")
    await ana.person.taps_data(data_of(times, "session.at", 1))
    await nour.sees("A time for your next session is proposed:")
    async with stage.app.store.read() as db:
        found = await sessions.of_match(db, of.match_id)
    new = next(each for each in found if each.state == "proposed")
    await nour.person.taps_data(f"session.agree:{new.id}", await nour.person.last())

    async def moved() -> bool:
        async with stage.app.store.read() as db:
            old = await meetings.by_id(db, first.id)
        return old is not None and old.state == "cancelled"

    await until(moved)
    await opens(ana, of)
    await ana.taps("Cancel the session")
    await ana.taps("Yes, cancel it")
    await of.people["Omar"].sees("has to be cancelled.")
    await stage.passes(days=20)
    async with stage.app.store.read() as db:
        assert await networks.by_id(db, of.network_id)
        assert [each.state for each in await sessions.of_match(db, of.match_id)] == []


async def test_the_leads_write_what_a_session_is_about(stage: Stage) -> None:
    of = await circle(stage)
    await is_planned(of, 1, -1)
    ana = of.people["Ana"]
    await opens(ana, of)
    await ana.taps("Change what it is about")
    await ana.answers("What is the session about?", "Bread\n\nSalt <b>and</b> water")
    await ana.person.sees("• Salt <b>and</b> water")
    session = await session_of(of, 1)
    await of.stage.passes(
        seconds=(
            session.starts_at - stage.sandbox.clock.now() - timedelta(hours=23)
        ).total_seconds()
    )
    message = await of.people["Rana"].person.sees("A reminder: your group meets on")
    assert "Bread" in message.text


async def test_a_coordinator_ends_a_circle(stage: Stage) -> None:
    of = await circle(stage)
    await is_planned(of, 1)
    await of.olga.says("/pairs")
    await of.olga.taps("Circles and teams")
    await of.olga.sees("circles and teams")
    await of.olga.taps("Dialogue circle")
    card = await of.olga.sees("Of your side:")
    assert all(name in card.text for name in ("Ana", "Bea", "Carla"))
    assert not any(name in card.text for name in ("Nour", "Omar", "Rana"))
    await of.olga.taps("End this group")
    await of.olga.chooses("End this group? Sessions that are planned are cancelled.", "Yes, end it")
    await of.olga.sees("The group has ended. All in it are told.")
    old = await of.olga.person.last()
    await of.olga.person.taps_data(f"pairs.gended:{of.match_id}", old)
    await of.olga.sees("This group is over.")
    await stage.passes(days=1)
    for actor in of.everybody:
        await actor.sees("A coordinator has ended a group you were in.")
    async with of.stage.app.store.read() as db:
        assert await sessions.of_match(db, of.match_id) == [], "what was planned is cancelled"
