"""Words that arrived in a language their reader does not speak follow in one they do, by machine.

Nothing waits for the translator: a message is out before it is asked. Whatever it answers, or does
not, the words it was to translate are gone after two failures or two minutes.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial

import structlog

from bot.delivery.libretranslate import LibreTranslate, Untranslated
from bot.delivery.loops import rest
from bot.delivery.screens import Stage
from bot.delivery.work import put
from bot.domain.replies import Say, Text, _
from bot.domain.revealing import pieces
from bot.logs import described
from bot.store import blocks, matches, relayed, translations
from bot.store.db import Db
from bot.store.relayed import Relayed
from bot.store.translations import Waiting

log = structlog.get_logger()

LOOK_SECONDS, AGAIN_SECONDS = 0.5, 5.0
AT_ONCE = 8
"""Messages that are with the translator at a time: a slow one holds up no other."""

MOST_WAITING = 100

Asked = tuple[str, str, str]
"""A text, from which language and into which: many readers of a circle want the same."""


@dataclass(slots=True)
class Translator:
    """Has words translated and queues what came of it, until `stop`."""

    stage: Stage
    stop: asyncio.Event
    machine: LibreTranslate
    _asked: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    async def turn(self) -> None:
        """Asks for what waits and may be asked for, and rests a moment."""
        await self._sweep()
        asking = {each for each in self._asked.values() if not each.done()}
        if (room := AT_ONCE - len(asking)) > 0:
            async with self.stage.store.read() as db:
                due = await translations.due(db, MOST_WAITING, self._asked)
            alike: dict[Asked, list[Waiting]] = defaultdict(list)
            for each in due:
                alike[each.words["text"], each.words["from"], each.words["into"]].append(each)
            for asked in list(alike)[:room]:
                self._ask(asked, alike[asked])
        await rest(self.stop, LOOK_SECONDS)

    async def close(self) -> None:
        """Gives up what is being asked; the words still wait, for the next process."""
        tasks = set(self._asked.values())
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.machine.close()

    def _ask(self, asked: Asked, alike: list[Waiting]) -> None:
        task = asyncio.create_task(self._translate(asked, alike))
        ids = [each.id for each in alike]
        self._asked.update(dict.fromkeys(ids, task))
        task.add_done_callback(partial(self._answered, ids))

    def _answered(self, ids: list[int], task: asyncio.Task[None]) -> None:
        """Words that are still there are asked for again in a while."""
        if not task.cancelled() and (error := task.exception()):
            log.warning("translation not queued", translation=ids[0], **described(error))
        for id_ in ids:
            asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._asked.pop, id_, None)

    async def _translate(self, asked: Asked, alike: list[Waiting]) -> None:
        try:
            found = await self.machine.translate(*asked)
        except Exception as error:  # noqa: BLE001 - whatever it is, the words don't wait for ever
            why = error.why if isinstance(error, Untranslated) else type(error).__name__
            log.info("not translated", translation=alike[0].id, why=why)
            async with self.stage.store.begin() as db:
                for each in alike:
                    await translations.failed(db, each)
            return
        async with self.stage.store.begin() as db:
            for each in alike:
                await self._follow(db, each, found.text, found.source)
        self.stage.said()

    async def _follow(self, db: Db, waiting: Waiting, text: str, source: str) -> None:
        """Queues the translation, unless its words went meanwhile or their reader needs none."""
        wanted = await translations.take(db, waiting.id) and source not in waiting.words["speaks"]
        of = await relayed.by_id(db, waiting.relayed_id) if wanted else None
        if of is None or not await _goes_on(db, of):
            return
        parts = pieces(text)
        said = [
            Say(of.reader_id, _told(each), answers=of.copy_id, translates=of.id) for each in parts
        ]
        await put(db, [(each, None) for each in said], self.stage.now())

    async def _sweep(self) -> None:
        before = self.stage.now() - translations.KEPT
        async with self.stage.store.read() as db:
            late = await translations.any_before(db, before)
        if late:
            async with self.stage.store.begin() as db:
                await translations.forget_before(db, before)


def _told(words: str) -> Text:
    return _(
        "Translated by a machine, which may be wrong: <tg-spoiler>{words}</tg-spoiler>", words=words
    )


async def _goes_on(db: Db, of: Relayed) -> bool:
    """Whether the two still write to each other."""
    match = await matches.by_id(db, of.match_id)
    apart = await blocks.between(db, of.reader_id, [of.writer_id])
    return match is not None and match.state == "active" and not apart
