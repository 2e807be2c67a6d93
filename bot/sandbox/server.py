"""One sandbox: the Bot API, the control API and the page on one port."""

import asyncio
import secrets
import string
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.sandbox import api, control
from bot.sandbox.clock import Clock
from bot.sandbox.params import MAX_UPLOAD
from bot.sandbox.world import Door, World

STATIC = Path(__file__).parent / "static"
_TOKEN_CHARACTERS = string.ascii_letters + string.digits + "_-"
# Room for the other fields of an upload, and for base64 in the control API.
MAX_BODY = MAX_UPLOAD * 3 // 2


def new_token() -> str:
    """A random token of the form Telegram's have."""
    number = 1_000_000_000 + secrets.randbelow(9_000_000_000)
    return f"{number}:AA" + "".join(secrets.choice(_TOKEN_CHARACTERS) for _ in range(33))


def application(world: World, *, page: bool = True) -> web.Application:
    """The aiohttp application of a world."""
    app = web.Application(client_max_size=MAX_BODY)
    app[api.WORLD] = world
    app.add_routes(api.routes())
    app.add_routes(control.routes())
    if page:
        app.router.add_get("/", _index)
        app.router.add_static("/static", STATIC)
        app.on_response_prepare.append(_keep_fresh)
    return app


async def _index(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(STATIC / "index.html")


async def _keep_fresh(request: web.Request, response: web.StreamResponse) -> None:
    """Browsers ask each time whether a file of the page has changed: modules must fit together."""
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"


class Sandbox:
    """A running sandbox. `url` is the Bot API's base: clients append `/bot<token>/<method>`."""

    def __init__(self, world: World, runner: web.AppRunner, url: str) -> None:
        self.world = world
        self.url = url
        self._runner = runner

    @classmethod
    async def start(
        cls,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str | None = None,
        *,
        page: bool = True,
        limits: bool = True,
        paid: bool = False,
    ) -> "Sandbox":
        """Start on a port (0: any free one). Raises OSError when the port is taken.

        `limits` turns Telegram's flood limits on; `paid` raises the one over all to 1,000 a second.
        """
        world = World(token or new_token(), limits=limits, paid=paid)
        runner = web.AppRunner(
            application(world, page=page),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=0.2,
        )
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound = runner.addresses[0]
        return cls(world, runner, f"http://{host}:{bound[1]}")

    async def stop(self) -> None:
        """Stop serving, and pushing to a webhook."""
        await self.world.webhook.point(None)
        await self._runner.cleanup()

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def username(self) -> str:
        """The bot's username, without the @."""
        return self.world.profile.username

    @property
    def clock(self) -> Clock:
        """The sandbox's clock."""
        return self.world.clock

    @property
    def doors(self) -> list[Door]:
        """The ways in the page offers a new person."""
        return self.world.doors

    @doors.setter
    def doors(self, doors: list[Door]) -> None:
        self.world.doors = doors
        self.world.changed()

    @property
    def next_due(self) -> Callable[[], Awaitable[datetime | None]] | None:
        """The hook that says when the bot has something to do next."""
        return self.world.next_due

    @next_due.setter
    def next_due(self, hook: Callable[[], Awaitable[datetime | None]] | None) -> None:
        self.world.next_due = hook

    @property
    def on_clock(self) -> Callable[[], Awaitable[None]] | None:
        """The hook that is awaited after the clock was moved over HTTP."""
        return self.world.on_clock

    @on_clock.setter
    def on_clock(self, hook: Callable[[], Awaitable[None]] | None) -> None:
        self.world.on_clock = hook


async def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    token: str | None = None,
    *,
    limits: bool = True,
    paid: bool = False,
    announce: Callable[[Sandbox], None] | None = None,
) -> None:
    """Run a sandbox until cancelled. `announce` is called once it takes connections."""
    sandbox = await Sandbox.start(host, port, token, limits=limits, paid=paid)
    try:
        if announce is not None:
            announce(sandbox)
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()
