"""Two who write to each other in languages of their own, with a translator between them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from bot.sandbox import Message
from bot.store import networks
from bot.store.tables import members, relayed, translations
from tests.delivery.counter import until
from tests.play import Actor, Stage
from tests.stories.machine import Machine
from tests.stories.pair import Pair

TOMORROW, TURKISH = "See you tomorrow, all right?", "Yarın görüşürüz, olur mu?"
TUESDAY, SALI = "Shall we meet on Tuesday?", "Salı günü buluşalım mı?"
LABEL = "Translated by a machine, which may be wrong:"


@dataclass(frozen=True)
class Between:
    """Ana, who speaks Turkish and Spanish, and Nour, who speaks English, with a translator."""

    of: Pair
    machine: Machine

    @property
    def ana(self) -> Actor:
        """Who writes."""
        return self.of.ana

    @property
    def nour(self) -> Actor:
        """Who reads."""
        return self.of.nour

    async def rows(self) -> int:
        """How many words wait."""
        return await rows(self.of.stage)


async def rows(stage: Stage) -> int:
    """How many words wait for a translation."""
    async with stage.app.store.read() as db:
        return int(await db.scalar(select(func.count()).select_from(translations)))


async def speaks(stage: Stage, member_id: int, *codes: str) -> None:
    """Somebody told which languages they speak."""
    async with stage.app.store.begin() as db:
        found = await networks.member(db, member_id)
        assert found
        told = replace(found.told, languages=codes)
        await db.change(members, member_id, profile=told.as_json())


async def translated(actor: Actor, words: str) -> Message:
    """Waits for a translation."""
    found = await actor.person.sees(words)
    assert found.text.startswith(LABEL)
    assert "<tg-spoiler>" in found.html
    assert found.html.index("<tg-spoiler>") < found.html.index(words), "a preview says nothing"
    return found


async def none_wait(up: Between) -> None:
    """Waits until no words wait any more."""

    async def gone() -> bool:
        return await up.rows() == 0

    await until(gone)


async def machines(actor: Actor) -> list[Message]:
    """The translations somebody has."""
    return [each for each in await actor.person.chat() if each.text.startswith(LABEL)]


async def known(up: Between) -> None:
    """Waits until it is noted which message is the translation."""

    async def noted() -> bool:
        async with up.of.stage.app.store.read() as db:
            return await db.scalar(select(relayed.c.id).where(relayed.c.message_id < 0)) is not None

    await until(noted)


async def asked(up: Between, times: int) -> bool:
    return len(up.machine.asked) >= times


async def only(up: Between, found: Message | None) -> bool:
    ids = [each.id for each in await machines(up.nour)]
    return len(ids) == 1 if found is None else ids == [found.id]
