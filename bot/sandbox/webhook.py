"""Updates pushed to the bot, one after the other, each again until the bot answers 200."""

import asyncio
from dataclasses import dataclass

import aiohttp

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.shapes import Json
from bot.sandbox.updates import Updates

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
TIMEOUT = aiohttp.ClientTimeout(total=60)
PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Hook:
    """Where updates are pushed to, and the secret that goes with them."""

    url: str
    secret: str
    max_connections: int


class Webhook:
    """The pusher of one bot. Order holds because the next update waits for the one before it."""

    def __init__(self, updates: Updates, faults: Faults, clock: Clock) -> None:
        self.hook: Hook | None = None
        self.trouble: Json = {}
        self._updates, self._faults, self._clock = updates, faults, clock
        self._task: asyncio.Task[None] | None = None

    async def point(self, hook: Hook | None) -> None:
        """Push to a new address from now on, or to none."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        self.hook, self.trouble = hook, {}
        if hook is not None:
            self._task = asyncio.create_task(self._push_all(hook))

    async def _push_all(self, hook: Hook) -> None:
        headers = {PROOF_HEADER: hook.secret} if hook.secret else {}
        pause = FIRST_PAUSE
        async with aiohttp.ClientSession(headers=headers, timeout=TIMEOUT) as session:
            while True:
                if not self._updates.queue:
                    await self._updates.bell.wait_beyond(self._updates.bell.version, LONGEST_PAUSE)
                    continue
                if await self._push(session, hook):
                    pause = FIRST_PAUSE
                else:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)

    async def _push(self, session: aiohttp.ClientSession, hook: Hook) -> bool:
        update = self._updates.queue[0]
        problem = ""
        for copy in self._faults.garble([update]):
            try:
                async with session.post(hook.url, json=copy) as response:
                    if response.status != 200:
                        problem = (
                            f"Wrong response from the webhook: {response.status} {response.reason}"
                        )
            except (aiohttp.ClientError, TimeoutError) as error:
                problem = f"Connection failed: {type(error).__name__}"
        if problem:
            now = self._clock.unix()
            self.trouble = {"last_error_date": now, "last_error_message": problem}
            return False
        self._updates.confirm(update["update_id"] + 1)
        return True
