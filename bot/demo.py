"""`proxeny sandbox`: the bot on a throw-away database, two towns, and people who answer.

Lakeside speaks English and Hillside Arabic. Each has a coordinator: Sam's chat (Lakeside) is for
whoever tries the bot; Layla (Hillside) approves by herself, like the simulated participants.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot import app, settings
from bot.app import App
from bot.domain.interests import INTERESTS
from bot.domain.people import DAY_PARTS, FIRST, Profile
from bot.quiet import allowed_from
from bot.sandbox import Door, Message, Person, Robot, Sandbox
from bot.sandbox.robots import Policy
from bot.store import enrolments, founding, invites, networks, people, reminders
from bot.store.db import Db
from bot.store.founding import NewNetwork, NewSide
from bot.store.keys import Keys, new_secret
from bot.store.networks import Side

SEED = 7
THINKING_SECONDS = (0.5, 3.0)

TOWNS = (
    NewSide("Lakeside", "en", "GB", "Europe/London"),
    NewSide("Hillside", "ar", "JO", "Asia/Amman"),
)
NAMES = (
    ("Robin", "Alex", "Maya", "Jo", "Chris", "Dana", "Lee", "Kit", "Rosa", "Toni"),
    ("نور", "سلام", "جود", "رضا", "إحسان", "وسام", "صباح", "وئام", "شمس", "أمل"),
)
SAYS_YES = (
    *("match.yes", "meet.agree", "round.approve", "people.approve", "log.met"),
    *("go:people", "people.show", "round.show", "match.show"),
)
"""What a simulated person presses, the first of these that a message offers, by action."""
WAYS_OUT = (":back", ":stop", ":drop")
SHY = 0.5
"""How often a simulated person leaves it to the other to propose a time."""


async def server(port: int) -> None:
    """The sandbox alone, for any Bot API client."""
    sandbox = await Sandbox.start(port=port)
    try:
        print(f"token    {sandbox.token}\naddress  {sandbox.url}", flush=True)
        await app.stopped()
    finally:
        await sandbox.stop()


async def everything(port: int) -> None:
    """Server, page, bot and people together, until it is told to stop."""
    sandbox = await Sandbox.start(port=port)
    sandbox.world.profile.texts["name", ""] = "Proxeny"
    with tempfile.TemporaryDirectory(prefix="proxeny-sandbox-") as folder:
        loaded = settings.load(
            token=sandbox.token,
            database_url=SecretStr(f"sqlite:///{Path(folder)}/sandbox.db"),
            api_url=sandbox.url,
            owners=frozenset(),
            webhook_url=None,
            listen=None,
        )
        try:
            async with app.up(loaded, Keys.of(new_secret()), sandbox.clock.now) as running:
                robots = await _people(sandbox, running)
                print(f"The sandbox is open: {sandbox.url}", flush=True)
                await app.stopped()
                for robot in robots:
                    robot.cancel()
        finally:
            await sandbox.stop()


async def _people(sandbox: Sandbox, running: App) -> list[asyncio.Task[None]]:
    sandbox.next_due = lambda: _next_due(running)
    sandbox.on_clock = running.ticker.tick
    towns = [
        (
            await _arrives(sandbox, coordinator, new.language, pinned=pinned),
            [await _arrives(sandbox, name, new.language, pinned=False) for name in names],
        )
        for new, names, coordinator, pinned in zip(
            TOWNS, NAMES, ("Sam", "ليلى"), (True, False), strict=True
        )
    ]
    async with running.store.begin() as db:
        sandbox.doors = await _settle(db, towns, sandbox.clock.now())
        await _wait_for_day(db, sandbox, [coordinator.id for coordinator, _residents in towns])
    robots = [towns[1][0], *towns[0][1], *towns[1][1]]
    for each in (towns[0][0], *robots):
        await each.says("/start")
    choose = random.Random(SEED)
    return [asyncio.create_task(Robot(each, _answers(choose)).run()) for each in robots]


async def _wait_for_day(db: Db, sandbox: Sandbox, telegram_ids: Sequence[int]) -> None:
    """Moves the clock to when nobody sleeps or rests, so that a newcomer isn't met by silence."""
    both = [await people.by_telegram_id(db, each) for each in telegram_ids]
    now = start = sandbox.clock.now()
    while True:
        later = max([await allowed_from(db, each.id, now) for each in both if each])
        if later == now:
            break
        now = later
    if now > start:
        sandbox.clock.move_to(now)


async def _next_due(running: App) -> datetime | None:
    async with running.store.read() as db:
        return await reminders.next_due(db)


async def _arrives(sandbox: Sandbox, name: str, language: str, *, pinned: bool) -> Person:
    return await Person.create(sandbox.url, name, language=language, pinned=pinned)


async def _settle(
    db: Db, towns: Sequence[tuple[Person, Sequence[Person]]], now: datetime
) -> list[Door]:
    """Founds the network and has everybody wait in it; the doors for newcomers."""
    founder = await people.met(db, towns[0][0].id, TOWNS[0].language, now)
    await people.make_owner(db, founder.id)
    new = NewNetwork("Lakeside and Hillside", TOWNS, open=True, approval=True, joint_rounds=True)
    network_id = await founding.found(db, new, founder.id, 0, now)
    choose, doors = random.Random(SEED), []
    for side, (coordinator, residents) in zip(
        await networks.sides_of(db, network_id), towns, strict=True
    ):
        role = "owner" if side.position == 0 else "coordinator"
        await _member(db, coordinator, side, role, Profile(zone=side.zone), now)
        for each in residents:
            await _member(db, each, side, "participant", _profile(side, choose), now)
        doors.append(await _door(db, side, "participant", now))
    return doors


async def _door(db: Db, side: Side, role: str, now: datetime) -> Door:
    expires = now + timedelta(days=365)
    token = await invites.create(db, side.network_id, side.id, role, 1000, expires, None)
    return Door(side.name, token)


async def _member(
    db: Db, who: Person, side: Side, role: str, profile: Profile, now: datetime
) -> None:
    person = await people.met(db, who.id, side.language, now)
    await people.set_zone(db, person.id, side.zone)
    await people.set_consent(db, person.id, now)
    id_ = await networks.add_member(db, person.id, side, role, "active", who.name, profile, now)
    if member := await networks.member(db, id_):
        await enrolments.enrol_in_open(db, member, now)


def _profile(side: Side, choose: random.Random) -> Profile:
    slots = [f"{day}-{part}" for day in range(7) for part in DAY_PARTS]
    return Profile(
        languages=(side.language, choose.choice(("en", "ar", "fr"))),
        zone=side.zone,
        formats=("online",),
        interests=tuple(choose.sample(tuple(INTERESTS), 3)),
        availability=tuple(sorted(choose.sample(slots, 9))),
        levels={side.language: FIRST},
        capacity=2,
    )


def _answers(choose: random.Random) -> Policy:
    """Says yes to what is offered, after a moment, and picks any answer to a question."""

    async def answer(person: Person, message: Message) -> None:
        offered = [button["data"] for button in message.buttons if button.get("data")]
        if data := _choice(offered, choose):
            await asyncio.sleep(choose.uniform(*THINKING_SECONDS))
            await person.taps_data(data, message)

    return answer


def _choice(offered: Sequence[str], choose: random.Random) -> str | None:
    """The button to press, None for a message that asks for nothing."""
    for wanted in SAYS_YES:
        if found := next((data for data in offered if data.startswith(wanted)), None):
            return found
    times = [data for data in offered if data.startswith("meet.at")]
    answers = [data for data in offered if data.startswith("form:") and not data.endswith(WAYS_OUT)]
    if times:
        return None if choose.random() < SHY else choose.choice(times)
    return choose.choice(answers) if answers else None
