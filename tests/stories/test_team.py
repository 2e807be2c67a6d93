"""Track 6: a mixed team, co-led, and what it takes on and does."""

from __future__ import annotations

from bot.sandbox import Message
from bot.store import groups, people, tasks
from bot.store.tasks import Task
from tests.play import Actor, Stage
from tests.stories.circle import Circle, circle
from tests.stories.report import reported

LATE = "That button is from an earlier message and no longer works."
IDEA = "Check that the plan puts nobody at risk"


async def a_team(stage: Stage) -> Circle:
    """Three and three; the first of each side leads."""
    return await circle(stage, 6, "team", 2, facilitators=False)


async def to_do(of: Circle) -> list[Task]:
    """What there is to do."""
    async with of.stage.app.store.read() as db:
        return await tasks.to_do(db, of.match_id)


async def presses(actor: Actor, data: str) -> None:
    """Presses a button of any message, forged or not."""
    await actor.person.taps_data(data, await actor.person.last())


async def looks(actor: Actor, of: Circle) -> Message:
    """Somebody looks at what there is to do."""
    await presses(actor, f"task.list:{of.match_id}")
    return await actor.person.sees("What your group has to do")


async def adds(actor: Actor, of: Circle, words: str) -> Task:
    """Somebody adds a task of their own."""
    await looks(actor, of)
    await actor.taps("Add a task")
    await actor.answers("What is to be done?", words)
    await actor.person.sees(f"• {words}")
    return (await to_do(of))[-1]


async def test_a_team_takes_on_tasks_and_ticks_them_off(stage: Stage) -> None:
    of = await a_team(stage)
    ana, omar = of.people["Ana"], of.people["Omar"]
    await looks(ana, of)
    await ana.taps("Suggestions")
    await ana.taps(IDEA)
    await ana.person.sees(f"• {IDEA}")
    await adds(omar, of, "Ask the school for a room")
    await omar.taps("Ask the school for a room")
    await omar.taps("I take it")
    await omar.sees("Until when? I will remind you a day before.")
    await presses(omar, f"task.by:{(await to_do(of))[1].id}:4")
    await omar.person.sees("(you, until")
    await looks(ana, of)
    await ana.person.sees("Ask the school for a room (Omar, until")
    await stage.passes(days=4)  # the day before is a day of rest on Omar's side
    await omar.sees("A reminder of something you took on in your group:")
    await omar.taps("Show")
    await omar.taps("It is done")
    await omar.sees("1 task is done.")
    await of.people["Bea"].sees("Your group has done one more of its tasks.")
    (left,) = await to_do(of)
    assert left.words == 2
    lines = await reported(stage, of.olga, of.network_id, 6)
    assert lines[1] == "Took part: 6"


async def test_a_task_is_given_back_and_dropped_by_who_may(stage: Stage) -> None:
    of = await a_team(stage)
    bea, omar, nour = of.people["Bea"], of.people["Omar"], of.people["Nour"]
    task = await adds(bea, of, "Paint the wall")
    await presses(omar, f"task.take:{task.id}")
    await omar.sees("Until when?")
    await presses(bea, f"task.take:{task.id}")
    await bea.sees("Paint the wall (Omar)")
    for what in ("done", "back", "by"):
        await presses(bea, f"task.{what}:{task.id}" + (":2" if what == "by" else ""))
    await looks(bea, of)
    (found,) = await to_do(of)
    assert (found.member_id, found.due_at) == (of.member_ids["Omar"], None)
    await presses(omar, f"task.dropped:{task.id}")
    await omar.sees("What your group has to do")
    assert len(await to_do(of)) == 1
    await presses(omar, f"task.back:{task.id}")
    await omar.sees("What your group has to do")
    (found,) = await to_do(of)
    assert (found.state, found.member_id) == ("open", None)
    await presses(nour, f"task.drop:{task.id}")
    await nour.taps("Yes, drop it")
    await nour.sees("Nothing at the moment.")
    await presses(omar, f"task.take:{task.id}")
    await omar.sees("That task is done or dropped. This is what is left:")


async def test_what_who_leaves_had_taken_is_open_again(stage: Stage) -> None:
    of = await a_team(stage)
    omar = of.people["Omar"]
    task = await adds(omar, of, "Paint the wall")
    await presses(omar, f"task.take:{task.id}")
    await omar.sees("Until when?")
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        person = await people.by_telegram_id(db, omar.person.id)
        assert person is not None
        group = await groups.of(db, person.id, of.match_id, hold=True)
        assert group is not None
        await groups.leave(db, group, now)
    (found,) = await to_do(of)
    assert (found.state, found.member_id) == ("open", None)
    await presses(omar, f"task.list:{of.match_id}")
    await omar.person.sees(LATE)


async def test_strangers_do_not_see_what_a_team_does(stage: Stage) -> None:
    of = await a_team(stage)
    task = await adds(of.people["Bea"], of, "Paint the wall")
    stranger = await stage.actor("Stranger")
    await stranger.says("/start")
    await stranger.person.waits()
    about = ("list", "add", "ideas"), ("show", "take", "days", "done", "back", "drop", "dropped")
    for ids, names in zip((of.match_id, task.id), about, strict=True):
        for what in names:
            await presses(stranger, f"task.{what}:{ids}")
            await stranger.person.sees(LATE)
    assert (await to_do(of))[0].state == "open"


async def test_thirty_long_tasks_fit_into_a_message(stage: Stage) -> None:
    of = await a_team(stage)
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        for n in range(tasks.MOST):
            await tasks.add(db, of.match_id, f"{n} " + "x" * 195, of.member_ids["Ana"], now)
    list_ = await looks(of.people["Omar"], of)
    assert "29 xxx" in list_.text
    assert "x" * 100 not in list_.text
