"""A pulse from its draft to what those who answered are told."""

from __future__ import annotations

import pytest

from bot.domain.replies import Say
from bot.reminders import paging, pulse, pulse_close
from bot.store import freezes, pulses
from bot.store.db import Store
from bot.store.tables import exchanges as exchange_rows
from bot.store.tables import members as member_rows
from tests.participants.acts import World
from tests.participants.campaign import campaign, gone, there

STATEMENT = "Our children should know each other."
SOUTH = [f"s{n}" for n in range(5)]
NORTH = [f"n{n}" for n in range(5)]


@pytest.fixture
async def world(store: Store) -> World:
    """Five people on each side who take part in a campaign."""
    world = await World(store).build()
    for side, names in enumerate((SOUTH, NORTH)):
        for name in names:
            await world.member(name, side)
    return world


async def opened(world: World, good: str = "That many agree with it") -> int:
    """Olga writes it in one language and opens it for three days; its id."""
    exchange_id = await campaign(world, 9)
    await there(world, exchange_id, *SOUTH, *NORTH)
    await world.says("olga", "/pulses")
    await world.presses("olga", "Ask something new")
    await world.says("olga", STATEMENT)
    await world.presses("olga", "Skip")
    await world.presses("olga", good)
    assert "Nobody has it yet." in world.text("olga")
    await world.presses("olga", "3 days")
    assert "have not agreed yet: North" in world.text("olga")
    assert await world.passes(hours=1) == [], "nobody is asked before every side agrees"
    await world.says("omer", "/pulses")
    await world.presses("omer", "Draft: " + STATEMENT)
    await world.presses("omer", "Agree that it is asked")
    async with world.store.read() as db:
        return (await pulses.of_network(db, world.network_id, 1))[0].id


async def answers(world: World, pulse_id: int, name: str, view: int, guess: int) -> None:
    await world.taps(name, "pulse.show", pulse_id)
    await world.taps(name, "pulse.own", pulse_id, view + 2)
    await world.taps(name, "pulse.guess", pulse_id, guess)


def read(world: World, said: list[Say], name: str) -> str:
    world.said = said
    return world.text(name)


async def all_answer(world: World, pulse_id: int) -> None:
    """Four of five agree in the South, two in the North; all but one underestimate the others."""
    for n, name in enumerate(SOUTH):
        await answers(world, pulse_id, name, 2 if n else -1, 90 if n == 1 else 20)
    for n, name in enumerate(NORTH):
        await answers(world, pulse_id, name, 1 if n < 2 else 0, 50)


async def test_each_side_guesses_and_hears_where_it_is_kinder(world: World) -> None:
    pulse_id = await opened(world)
    asked = await world.passes(days=1)
    assert {each.to for each in asked} == {world.people[name] for name in (*SOUTH, *NORTH)}
    assert STATEMENT not in read(world, asked, "s0")
    await world.presses("s0", "Show")
    assert STATEMENT in world.text("s0")
    await all_answer(world, pulse_id)
    await world.taps("omer", "pulses.show", pulse_id)
    assert "of 100 agree" not in world.text("omer")
    told = await world.passes(days=4)
    assert {each.to for each in told} == {world.people[name] for name in (*SOUTH, *NORTH)}
    kind = read(world, told, "s0")
    assert "Of 100 people on your side, 80 agree." in kind
    assert "Of 100 people of North, 40 agree. You guessed 20." in kind
    assert "people on your side guessed 34" in kind
    assert "the others guessed" not in kind
    assert "North" not in read(world, told, "s1")
    assert "Of 100 people on your side, 80 agree." in read(world, told, "s1")
    assert "Of 100 people of South, 80 agree. You guessed 50." in read(world, told, "n0")
    for name in ("olga", "omer"):
        await world.taps(name, "pulses.show", pulse_id)
        assert "South: 80 of 100 agree. Of the others they guessed 34." in world.text(name)
        assert "North: 40 of 100 agree. Of the others they guessed 50." in world.text(name)
    await world.taps("s0", "pulse.own", pulse_id, 0)
    assert "This question is closed." in world.text("s0")


async def test_good_news_may_be_that_few_agree(world: World) -> None:
    pulse_id = await opened(world, "That few agree with it")
    await all_answer(world, pulse_id)
    told = await world.passes(days=4)
    assert "of North" not in read(world, told, "s0")
    assert "Of 100 people of North, 40 agree. You guessed 90." in read(world, told, "s1")
    assert "Of your side, the others guessed 50 on average." in read(world, told, "s1")


async def test_too_few_are_no_figure(world: World) -> None:
    pulse_id = await opened(world)
    for name in SOUTH[:4]:
        await answers(world, pulse_id, name, 2, 0)
    told = await world.passes(days=4)
    assert {each.to for each in told if "came of it" in str(each.text)} >= {world.people["s0"]}
    assert "Too few people have answered" in read(world, told, "s0")
    await world.taps("olga", "pulses.show", pulse_id)
    assert "South: too few have answered to be shown." in world.text("olga")


async def test_answers_may_be_skipped_and_changed_until_it_closes(world: World) -> None:
    pulse_id = await opened(world)
    await world.taps("s0", "pulse.show", pulse_id)
    await world.presses("s0", "Skip")
    await world.presses("s0", "Skip")
    await world.presses("s0", "Change my answers")
    await world.presses("s0", "I agree")
    await world.presses("s0", "40")
    await world.presses("s0", "Change my answers")
    await world.presses("s0", "I disagree")
    assert "✓ 40" in world.labels("s0")
    await world.presses("s0", "Back")
    assert "✓ I disagree" in world.labels("s0")
    async with world.store.read() as db:
        said = await pulses.answer_of(db, pulse_id, world.member_ids["s0"])
    assert (said.own, said.guess) == (-2, 40) if said else False
    await world.taps("olga", "pulses.close", pulse_id)
    await world.taps("olga", "pulses.close", pulse_id)
    told = await world.passes(days=1)
    assert [each.to for each in told] == [world.people["s0"]]


@pytest.mark.parametrize("args", [(5,), (9,)])
async def test_only_who_is_asked_can_answer(world: World, args: tuple[int, ...]) -> None:
    pulse_id = await opened(world)
    await world.taps("s0", "pulse.own", pulse_id, *args)
    assert "no longer works" in world.text("s0")
    await world.taps("s0", "pulse.guess", pulse_id, 33)
    assert "no longer works" in world.text("s0")
    async with world.store.read() as db:
        exchange_id = (await pulses.of_network(db, world.network_id, 1))[0].exchange_id
    await gone(world, exchange_id, "s1")
    for name in ("s1", "omer"):
        for action in ("show", "ask", "done"):
            await world.taps(name, f"pulse.{action}", pulse_id)
            assert "no longer works" in world.text(name)


async def test_many_are_asked_and_told_some_at_a_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (paging, pulse, pulse_close):
        monkeypatch.setattr(module, "STEP", 3)
    pulse_id = await opened(world)
    everybody = sorted(world.people[name] for name in (*SOUTH, *NORTH))
    assert sorted(each.to for each in await world.passes(days=1)) == everybody
    await all_answer(world, pulse_id)
    assert sorted(each.to for each in await world.passes(days=4)) == everybody


async def test_a_draft_can_be_thrown_away_and_old_buttons_do_no_harm(world: World) -> None:
    await world.says("olga", "/pulses")
    assert "There is no activity for questions to all sides yet." in world.text("olga")
    pulse_id = await opened(world)
    await world.taps("olga", "pulses.days", pulse_id, 14)
    async with world.store.read() as db:
        before = await pulses.by_id(db, pulse_id)
    await world.taps("olga", "pulses.drop", pulse_id)
    async with world.store.read() as db:
        assert await pulses.by_id(db, pulse_id) == before
        assert before is not None
    async with world.store.begin() as db:
        draft = await pulses.draft(
            db, before.exchange_id, {"tr": "Merhaba"}, "few", world.member_ids["omer"], world.now
        )
    await world.taps("omer", "pulses.days", draft, 5)
    assert "no longer works" in world.text("omer")
    await world.taps("omer", "pulses.drop", draft)
    async with world.store.read() as db:
        assert await pulses.by_id(db, draft) is None
    await world.taps("omer", "pulses.new", world.exchange_id)
    assert "no longer works" in world.text("omer")


async def test_who_paused_or_left_meanwhile_is_not_asked(world: World) -> None:
    await opened(world)
    async with world.store.begin() as db:
        await db.change(member_rows, world.member_ids["s1"], state="paused")
        await db.change(member_rows, world.member_ids["n1"], state="declined")
    asked = {each.to for each in await world.passes(days=1)}
    assert world.people["s2"] in asked
    assert not asked & {world.people["s1"], world.people["n1"]}


async def test_a_closed_activity_asks_nobody(world: World) -> None:
    pulse_id = await opened(world)
    async with world.store.begin() as db:
        found = await pulses.by_id(db, pulse_id)
        assert found is not None
        await db.change(exchange_rows, found.exchange_id, state="closed")
    assert await world.passes(days=1) == []
    await world.taps("s0", "pulse.show", pulse_id)
    assert "no longer works" in world.text("s0")
    async with world.store.begin() as db:
        texts = {"en": STATEMENT}
        draft = await pulses.draft(
            db, found.exchange_id, texts, "many", world.member_ids["olga"], world.now
        )
    await world.taps("olga", "pulses.days", draft, 3)
    await world.taps("omer", "pulses.yes", draft)
    assert "no longer works" in world.text("omer")


async def test_nobody_is_asked_while_everything_rests(world: World) -> None:
    exchange_id = await campaign(world, 9)
    await there(world, exchange_id, *SOUTH)
    async with world.store.begin() as db:
        texts, olga = {"en": STATEMENT}, world.member_ids["olga"]
        draft = await pulses.draft(db, exchange_id, texts, "many", olga, world.now)
        await freezes.begin(db, world.network_id, olga, world.now)
    await world.taps("olga", "pulses.days", draft, 3)
    await world.taps("omer", "pulses.yes", draft)
    assert "Everything rests" in world.text("omer")
    async with world.store.read() as db:
        found = await pulses.by_id(db, draft)
    assert found is not None
    assert found.state == "draft"


async def test_figures_do_not_change_when_somebody_is_forgotten(world: World) -> None:
    pulse_id = await opened(world)
    await all_answer(world, pulse_id)
    await world.passes(days=4)
    await world.taps("olga", "pulses.show", pulse_id)
    before = world.text("olga")
    assert "South: 80 of 100 agree." in before
    await world.taps("s0", "forget.sure")
    await world.taps("olga", "pulses.show", pulse_id)
    assert world.text("olga") == before
