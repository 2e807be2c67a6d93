"""Track 7: who leads a community meets one who leads one, and the times they keep are free."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.kept_times import is_kept
from bot.store import kept
from bot.store.meetings import Meeting
from bot.store.tables import meetings
from tests.play import Stage
from tests.stories.report import reported
from tests.stories.venue import venue

LEADS, BELONGS = "I lead one, or teach in one", "I belong to one, or am close to one"
ACTIVITY = "Conversations of two on faith"


async def test_leaders_meet_leaders_outside_the_times_they_keep(stage: Stage) -> None:
    at = await venue(stage, 7, "pair", [["Ana", "Bea"], ["Nour", "Omar"]])
    for name, place, times in (
        ("Omar", BELONGS, "None of these"),
        ("Bea", LEADS, "Sunday morning"),
        ("Nour", LEADS, "The five daily prayers"),
    ):
        done = () if times == "None of these" else ("Done",)
        await at.takes_part(name, ACTIVITY, place, times, *done)
    await at.holds_a_round()
    bea, nour = at.people["Bea"], at.people["Nour"]
    await at.people["Omar"].sees("I could not find anybody for you yet.")
    await stage.passes(minutes=45)  # nothing is sent to Nour while it is time to pray
    for actor in (bea, nour):
        await actor.chooses("There is somebody you could meet.", "Yes, I would like to meet")
        await actor.person.waits()
    await bea.says("/meet")
    times = await bea.sees("These times suit you both.")
    await bea.person.taps(times.labels[0])
    await bea.sees("I will tell you what your partner says.")
    async with stage.app.store.read() as db:
        (meeting,) = await db.all(Meeting, select(meetings))
        free = await kept.of_members(db, list(at.member_ids.values()))
    assert free == {
        at.member_ids["Bea"]: {"sunday_morning"},
        at.member_ids["Nour"]: {"five_prayers"},
    }
    ends = meeting.starts_at + timedelta(minutes=meeting.minutes)
    assert not is_kept({"five_prayers"}, "Asia/Amman", meeting.starts_at, ends)
    assert not is_kept({"sunday_morning"}, "Europe/Madrid", meeting.starts_at, ends)
    lines = await reported(stage, at.olga, at.sides[0].network_id, 7)
    assert lines[1] == "Took part: 3"
