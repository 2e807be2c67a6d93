"""Random walks over the sandbox: real requests, real answers, the same rules."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bot.sandbox import Message, Person
from tests.conftest import KEYS
from tests.play import Actor, Stage, sqlite, staged
from tests.walks import rules
from tests.walks.seats import Seats, seated
from tests.walks.steps import ACTIONS, COMMANDS, WORDS

TELEGRAM_TAKES = tuple(each for each in WORDS if each.strip() and each.isprintable())
EDIT, ERASE = "editMessageText", "deleteMessages"
"""Refused where nothing changes, where a message is gone or is too old; the bot sees to all."""

HARMLESS = tuple(each for each in COMMANDS if each)


async def walk(stage: Stage, random: Random, steps: int) -> None:
    """People write, tap, share, block and come back, while hours pass and they are introduced."""
    seats = await seated(stage)
    await seats.proposed()
    ivy = await stage.actor("Ivy", "he", door=await seats.link(side=1))
    everybody = (seats.olga, seats.ana, seats.nour, ivy)
    for actor in everybody:
        await actor.says("/start")
        await actor.person.waits()
    for _ in range(steps):
        await _step(stage, seats, random.choice(everybody), random)
        async with stage.app.store.read() as db:
            await rules.rows_hold(db, stage.sandbox.clock.now())
    refused = [
        call
        for call in stage.sandbox.world.journal.after(0)
        if call["status"] == 400 and call["method"] not in {"answerCallbackQuery", EDIT, ERASE}
    ]
    assert refused == [], "the bot said something Telegram would refuse"


async def _step(stage: Stage, seats: Seats, actor: Actor, random: Random) -> None:
    person = actor.person
    match random.choices(range(6), (50, 15, 12, 6, 9, 8))[0]:
        case 0:
            message, data = _a_button(await person.chat(), random)
            await person.taps_data(data, message)
        case 1:
            await person.says("/" + random.choice(HARMLESS))
        case 2:
            await person.says(random.choice(TELEGRAM_TAKES))
        case 3:
            await person.sends_sticker()
        case 4:
            await stage.passes(hours=random.choice((1, 8, 30, 90)))
            return
        case _:
            await person.blocks()
            await stage.passes(hours=1)
            await person.unblocks()
            await person.says(random.choice(("/start", "/match", f"/start {await seats.link()}")))
    await _answered(stage, person)


def _a_button(messages: list[Message], random: Random) -> tuple[Message, str]:
    """A button to be seen, the newest most likely, or one that never was."""
    shown = [each for each in messages if each.from_bot]
    having = [each for each in shown if any("data" in one for one in each.buttons)]
    if not having or random.random() < 0.1:
        number = random.choice(("0", "7", "9" * 19))
        return shown[-1], f"{random.choice(ACTIONS)}:{number}"
    message = random.choice((having[-1], having[-1], having[-1], random.choice(having)))
    return message, random.choice([one["data"] for one in message.buttons if "data" in one])


async def _answered(stage: Stage, person: Person) -> None:
    """The bot wrote or changed something, unless what a button asked for stands there already."""
    try:
        await person.waits(timeout=2)
    except AssertionError:
        calls = stage.sandbox.world.journal.after(0)
        mine = [each for each in calls if str(each["params"].get("chat_id")) == str(person.id)]
        assert mine[-1]["method"] in (EDIT, ERASE), f"{person.name} gets no answer"


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_walk_over_the_sandbox(tmp_path: Path, seed: int) -> None:
    async with staged(sqlite(tmp_path), KEYS) as stage:
        await walk(stage, Random(seed), 40)


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(10, 20))
async def test_a_longer_walk_over_the_sandbox(tmp_path: Path, seed: int) -> None:
    async with staged(sqlite(tmp_path), KEYS) as stage:
        await walk(stage, Random(seed), 150)
