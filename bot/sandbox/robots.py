"""People who answer by themselves: a policy is called for each message they have not seen."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp

from bot.sandbox.people import Person
from bot.sandbox.seen import Message

Policy = Callable[[Person, Message], Awaitable[None]]
LONG_POLL = 25.0
PAUSE = 1.0


class Robot:
    """Follows one person's chat and lets `policy` act on each new or edited message of the bot.

    What the policy cannot do (a button that is gone, a bot that was blocked) is passed over, and so
    is a sandbox that does not answer: the robot tries again.
    """

    def __init__(self, person: Person, policy: Policy) -> None:
        self.person = person
        self._policy = policy
        self._seen = 0

    async def run(self) -> None:
        """Follow the chat until cancelled."""
        version = -1
        while True:
            try:
                version = await self._follow(version)
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(PAUSE)

    async def _follow(self, after: int) -> int:
        view = await self.person.view(after=after, wait=LONG_POLL)
        messages = [Message.of(raw) for raw in view["messages"]]
        new = [m for m in messages if m.from_bot and m.version > self._seen]
        for message in sorted(new, key=lambda m: m.version):
            self._seen = message.version
            try:
                await self._policy(self.person, message)
            except AssertionError:
                continue
        return int(view["version"])
