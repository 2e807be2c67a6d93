"""A sandbox in a process of its own, so that it takes no turns from whom it measures.

Run as a module it serves until its standard input closes. It reads commands from there, a line of
JSON each, and answers each with a line: people are made and speak without HTTP, all at once, so
that a measure starts with its updates there.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.sandbox import Sandbox, acting
from bot.sandbox.world import Account, World


@dataclass
class Telegram:
    """A sandbox that runs elsewhere."""

    url: str
    token: str
    process: asyncio.subprocess.Process

    async def ask(self, command: str, **given: Any) -> Any:
        """One command and its answer."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the sandbox has no pipes")
        stdin.write(json.dumps({"command": command, **given}).encode() + b"\n")
        return json.loads(await stdout.readline())

    async def people(self, count: int) -> list[int]:
        """Makes people who have opened the bot's chat; their Telegram ids."""
        return [int(each) for each in await self.ask("people", count=count)]

    async def say(self, count: int, text: str = "hello") -> None:
        """Has people, one after the other, write `count` messages in all."""
        await self.ask("say", count=count, text=text)

    async def answered(self) -> int:
        """How many messages the bot has sent."""
        return int(await self.ask("answered"))

    async def until_answered(self, count: int) -> None:
        """Returns the moment the bot has sent `count` messages in all."""
        await self.ask("wait", count=count)

    async def waits(self, seconds: float, people: int) -> list[float]:
        """Seconds that people who talk for so long waited for each answer."""
        given = await self.ask("talk", seconds=seconds, people=people)
        return [float(each) for each in given]

    async def refused(self) -> int:
        """How many calls got a 429."""
        return int(await self.ask("refused"))


@asynccontextmanager
async def telegram(*, limits: bool = False) -> AsyncIterator[Telegram]:
    """Starts one and ends it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.telegram", str(int(limits))),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**26,
    )
    try:
        if process.stdout is None:
            raise RuntimeError("the sandbox has no pipes")
        where = json.loads(await process.stdout.readline())
        yield Telegram(where["url"], where["token"], process)
    finally:
        process.terminate()
        await process.wait()


def _sent(world: World) -> int:
    counts = world.journal.counts
    return sum(counts[name, 200] for name in ("sendMessage", "editMessageText"))


def _newest(world: World, given: dict[str, Any]) -> list[Account]:
    return list(world.people.values())[-given["people"] :]


async def _talk(world: World, who: Account, seconds: float) -> list[float]:
    """Says something, waits for the bot's next message, and again, with a pause between."""
    waits: list[float] = []
    chat, clock = world.private_chat(who), asyncio.get_running_loop().time
    end = clock() + seconds
    while clock() < end:
        await asyncio.sleep(1.1)
        start, text = clock(), f"question {len(waits)}"
        asked = acting.say(world, who, chat, acting.text_body(text))
        heard = asked.version
        while not any(each.by_bot and each.text == text for each in chat.messages.values()):
            heard = await who.bell.wait_beyond(heard, 60)
        waits.append(clock() - start)
    return waits


async def _do(world: World, given: dict[str, Any]) -> Any:
    match given["command"]:
        case "people":
            made = [world.add_person(f"Person {n}", "en") for n in range(given["count"])]
            for each in made:
                world.private_chat(each)
            return [each.id for each in made]
        case "say":
            known = list(world.people.values())
            for n in range(given["count"]):
                who = known[n % len(known)]
                body = acting.text_body(f"{given['text']} {n}")
                acting.say(world, who, world.private_chat(who), body)
        case "answered":
            return _sent(world)
        case "wait":
            version = -1
            while _sent(world) < given["count"]:
                version = await world.bell.wait_beyond(version, 0.005)
        case "talk":
            talks = [_talk(world, each, given["seconds"]) for each in _newest(world, given)]
            return [wait for waited in await asyncio.gather(*talks) for wait in waited]
        case "refused":
            return sum(n for (_, status), n in world.journal.counts.items() if status == 429)
    return None


async def _serve(*, limits: bool) -> None:
    sandbox = await Sandbox.start(limits=limits, page=False)
    reader = asyncio.StreamReader(limit=2**26)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    print(json.dumps({"url": sandbox.url, "token": sandbox.token}), flush=True)
    while line := await reader.readline():
        print(json.dumps(await _do(sandbox.world, json.loads(line))), flush=True)
    await sandbox.stop()


if __name__ == "__main__":
    import uvloop

    uvloop.run(_serve(limits=sys.argv[1] == "1"))
