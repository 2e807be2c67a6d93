"""Pairs of people who do what leaves traces, over HTTP, with a bot in a process of its own."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.sandbox import Person, Sandbox
from bot.store import exchanges, founding, networks, people
from bot.store.db import Db
from bot.store.founding import NewNetwork
from tests.play import Actor
from tests.raw.needles import of_number, of_text
from tests.stories.circle import settles
from tests.stories.pair import activated
from tests.walks.seats import SIDES

SYLLABLES = ("ba", "dor", "mi", "nak", "ru", "sel", "tuv", "zem", "liq", "phy", "wox", "jen")


@dataclass
class Traced:
    """Somebody, and all that must not be found of them."""

    actor: Actor
    texts: list[str] = field(default_factory=list)

    def new(self, kind: str) -> str:
        """A text of theirs that is nobody else's."""
        self.texts.append(f"{kind} {unlikely()} {unlikely()}")
        return self.texts[-1]

    def needles(self) -> Iterator[bytes]:
        """Their account, their names and their texts, in every way."""
        yield from of_number(self.actor.person.id)
        for text in (self.actor.person.name, *self.texts):
            yield from of_text(text)


def unlikely() -> str:
    """A word of no language."""
    return "".join(secrets.choice(SYLLABLES) for _n in range(7)).title()


async def arrive(sandbox: Sandbox, many: int) -> list[Traced]:
    """People with unlikely names and account numbers of more than 32 bits."""
    sandbox.world._person_ids = itertools.count(6_123_456_789)  # in no way like a row's numbers
    found = []
    for _n in range(many):
        person = await Person.create(sandbox.url, unlikely(), username=unlikely(), pinned=False)
        found.append(Traced(Actor(person, "en"), [person.username or ""]))
    return found


async def settled(db: Db, who: Sequence[Traced]) -> list[int]:
    """A network with all of them in it, introduced two by two; the matches' row ids."""
    now = datetime.now(UTC)
    founder = await people.met(db, 5_000_000_001, "en", now)
    new = NewNetwork("Aldea & Marsa", SIDES, open=False, approval=False, joint_rounds=False)
    network_id = await founding.found(db, new, founder.id, 0, now, name="Olga")
    (exchange,) = await exchanges.open_in(db, network_id)
    sides = await networks.sides_of(db, network_id)
    ids = [
        await settles(db, each.actor, sides[n % 2], now, name=each.new("Name"))
        for n, each in enumerate(who)
    ]
    found = []
    for n in range(0, len(who), 2):
        pair = [(ids[n], sides[0].id), (ids[n + 1], sides[1].id)]
        found.append(await activated(db, exchange, pair, now))
    return found


async def lives(one: Traced, other: Traced, match_id: int) -> None:
    """Two write to each other, show how to reach them, ask, report, note, and one hides."""
    for each in (one, other):
        await each.actor.says("/start")
        await each.actor.person.waits()
    for writer, reader in ((one, other), (other, one)):
        await _presses(writer, "relay.write", match_id)
        await writer.actor.sees("What you send me now I pass on")
        words = writer.new("Letter")
        await writer.actor.says(words)
        await reader.actor.person.sees(words)
    await _presses(one, "disclose.step", match_id, 1, 1)
    await one.actor.person.sees("They see your name")
    await _presses(one, "disclose.step", match_id, 2, 1)
    await one.actor.answers("How can they reach you?", one.new("Contact"))
    await one.actor.person.sees("and how to reach you")
    await _presses(one, "match.ask", match_id)
    await one.actor.person.waits()
    await _presses(other, "report.ask", match_id)
    await other.actor.answers("What happened?", other.new("Report"))
    await other.actor.chooses("Should they read messages, too?", "Skip")
    await other.actor.person.waits()
    await other.actor.says(f"/quick {other.new('Word')}")
    await other.actor.sees("What should I remind you of?")
    await other.actor.says(other.new("Note"))
    await other.actor.chooses("When should I remind you?", "In a week")
    await other.actor.sees("I will remind you on")


async def _presses(who: Traced, *data: object) -> None:
    pressed = ":".join(map(str, data))
    await who.actor.person.taps_data(pressed, await who.actor.person.last())


async def busy(who: Sequence[Traced], match_ids: Sequence[int], at_once: int = 12) -> None:
    """All pairs live, some at a time."""
    places = asyncio.Semaphore(at_once)

    async def one(n: int, match_id: int) -> None:
        async with places:
            await lives(who[2 * n], who[2 * n + 1], match_id)

    await asyncio.gather(*(one(n, match_id) for n, match_id in enumerate(match_ids)))
