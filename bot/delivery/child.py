"""The matching's own process, as the bot sees it: started, fed, heard, and ended in any case."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import bot
from bot.matching_process import LENGTH, framed, opened

FOLDER = Path(bot.__file__).parents[1]
COMMAND = (sys.executable, "-m", "bot.matching_process")


class Broke(Exception):
    """The matching's process ended without a result: `error` and `at` say what is known of it."""

    def __init__(self, error: str = "ended", at: str = "") -> None:
        super().__init__(error)
        self.error, self.at = error, at


class Senseless(Exception):
    """The matching refused what it was given: `field` names what makes no sense."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Child:
    """The process, and both ends of what is said to it."""

    process: Process
    ears: asyncio.StreamWriter
    mouth: asyncio.StreamReader

    def end(self) -> None:
        """Ends it, whatever it is doing."""
        with suppress(ProcessLookupError):
            self.process.kill()

    async def send(self, *message: Any) -> None:
        """Tells it something; raises Broke where it is no more."""
        try:
            self.ears.write(framed(message))
            await self.ears.drain()
        except ConnectionError:
            raise Broke from None

    async def hear(self) -> tuple[Any, ...]:
        """What it says next; raises Broke or Senseless where that is no part of a result."""
        try:
            (length,) = LENGTH.unpack(await self.mouth.readexactly(LENGTH.size))
            message = opened(await self.mouth.readexactly(length))
        except asyncio.IncompleteReadError:
            raise Broke from None
        if message[0] == "bad":
            raise Senseless(message[1])
        if message[0] == "broke":
            raise Broke(*message[1:])
        return message


@asynccontextmanager
async def matching() -> AsyncIterator[Child]:
    """A process that matches one round; at the end it is gone, whatever it was doing."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,  # what a crash prints may hold what people told
        cwd=FOLDER,
        env={name: value for name, value in os.environ.items() if "PROXENY" not in name},
    )
    ears = cast("asyncio.StreamWriter", process.stdin)  # both are there: they were asked for
    mouth = cast("asyncio.StreamReader", process.stdout)
    child = Child(process, ears, mouth)
    try:
        yield child
    finally:
        child.end()
        await process.wait()
