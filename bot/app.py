"""The wiring: everything the bot is made of, put together by hand, in one place."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import Bot

from bot.capabilities import Does, everything
from bot.delivery import menu, privacy_mode
from bot.delivery.broadcaster import Broadcaster
from bot.delivery.conductor import Conductor
from bot.delivery.events import WANTED
from bot.delivery.libretranslate import LibreTranslate
from bot.delivery.loops import insist, keep, rest
from bot.delivery.matchmaker import Matchmaker
from bot.delivery.pace import Pace
from bot.delivery.receive import Receiver
from bot.delivery.rekey import KeyWatch, Rekey
from bot.delivery.request import AiohttpRequest
from bot.delivery.screens import Stage
from bot.delivery.send import Sender
from bot.delivery.tick import Ticker
from bot.delivery.translator import Translator
from bot.delivery.watch import Watch
from bot.delivery.work import Worker
from bot.router import Here
from bot.settings import Settings
from bot.store import facts, schema
from bot.store.db import Store, open_store
from bot.store.keys import Keys
from bot.store.lock import Lock
from bot.store.ring import Ring

log = structlog.get_logger()

TICK_SECONDS = 15
WORKERS_ON_POSTGRESQL = 4
TOGETHER, TOGETHER_ON_POSTGRESQL = 25, 5
"""Turns a transaction: alone with its file a worker takes many, else it leaves others some."""
A_SECOND, A_SECOND_PAID = 30.0, 1000.0
STOP_WITHIN = 5.0
STAND_BY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class App:
    """A bot that is up."""

    does: Does
    store: Store
    bot: Bot = field(repr=False)  # it shows its token
    receiver: Receiver
    worker: Worker
    sender: Sender
    ticker: Ticker
    matchmaker: Matchmaker
    conductor: Conductor
    broadcaster: Broadcaster
    watch: Watch
    claim_link: str | None
    stop: asyncio.Event
    translator: Translator | None = None


async def stopped() -> None:
    """Waits for SIGTERM or SIGINT."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


def utc_now() -> datetime:
    """The clock everything is told the time by, unless a sandbox brings its own."""
    return datetime.now(UTC)


async def open_database(settings: Settings, keys: Keys) -> Ring:
    """Opens and migrates the database; raises WrongKey before anything is written."""
    ring = Ring(open_store(settings.database, keys))
    try:
        await ring.check()
        await schema.migrate(ring.store)
        await ring.join(keys)
    except BaseException:
        await ring.close()
        raise
    return ring


@asynccontextmanager
async def up(
    settings: Settings,
    keys: Keys,
    now: Callable[[], datetime] = utc_now,
    does: Does | None = None,
    key_file: Path | None = None,
) -> AsyncIterator[App]:
    """Runs the bot for as long as the context is open, and finishes the turns in hand after it.

    With a `key_file` it follows when the secret in it is replaced.
    """
    async with AsyncExitStack() as stack:
        ring = await open_database(settings, keys)
        stack.push_async_callback(ring.close)
        bot = await _client(settings, stack)
        app = await _wired(settings, ring.store, bot, now, does or everything())
        loops = await _started(app, settings, stack)
        loops += _keyed(app, KeyWatch(ring, key_file, app.stop))
        yield app
        app.stop.set()
        for each in (app.worker, app.sender, app.ticker):
            each.wake.set()
        await asyncio.wait(loops, timeout=STOP_WITHIN)
        await app.sender.finish()


async def _client(settings: Settings, stack: AsyncExitStack) -> Bot:
    """The Bot API's client, which polls over connections of its own."""
    calls, polls = AiohttpRequest(), AiohttpRequest()
    for request in (calls, polls):  # the bot shuts them down only if it could initialise
        stack.push_async_callback(request.shutdown)
    bot = Bot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=calls,
        get_updates_request=polls,
    )
    await bot.initialize()
    stack.push_async_callback(bot.shutdown)
    return bot


async def _wired(
    settings: Settings, store: Store, bot: Bot, now: Callable[[], datetime], does: Does
) -> App:
    work, send = asyncio.Event(), asyncio.Event()
    pace = Pace(A_SECOND_PAID if settings.paid_broadcast else A_SECOND)
    receiver = Receiver(store, bot, now, work.set)
    translates = settings.translate_url is not None
    here = Here(bot.username, settings.owners, tuple(does.commands), translates, settings.discreet)
    together = TOGETHER_ON_POSTGRESQL if store.shared else TOGETHER
    worker = Worker(store, does.routes, here, now, send.set, work, together)
    sender = Sender(store, bot, pace, now, send)
    ticker = Ticker(store, does.kinds, now, send.set, asyncio.Event())
    stage, stop = Stage(store, here, now, send.set), asyncio.Event()
    matchmaker, conductor = Matchmaker(stage, stop), Conductor(stage, stop)
    watch = Watch(store, receiver, sender, now, polls=settings.webhook_url is None)
    claim = None
    if not settings.owners:
        async with store.begin() as db:
            claim = await facts.claim_token(db)
    link = f"https://t.me/{bot.username}?start=claim-{claim}" if claim else None
    working = (receiver, worker, sender, ticker, matchmaker, conductor, Broadcaster(stage, stop))
    translator = _translator(settings, stage, stop)
    return App(does, store, bot, *working, watch, link, stop, translator)


def _translator(settings: Settings, stage: Stage, stop: asyncio.Event) -> Translator | None:
    if settings.translate_url is None:
        return None
    key = settings.translate_key.get_secret_value() if settings.translate_key else None
    return Translator(stage, stop, LibreTranslate(settings.translate_url, key))


async def _started(app: App, settings: Settings, stack: AsyncExitStack) -> list[asyncio.Task[None]]:
    if settings.listen:
        await _serve(app, settings.listen, settings.hook_secret, stack)
    await insist("introduce", partial(_introduced, app, settings))
    turns: list[tuple[str, Callable[[], Awaitable[None]]]] = [("work", app.worker.turn)]
    if app.store.shared:
        turns *= WORKERS_ON_POSTGRESQL
    loops = [asyncio.create_task(keep(name, turn, app.stop)) for name, turn in turns]
    loops.append(asyncio.create_task(_alone(app, "send", app.sender.turn)))
    loops.append(asyncio.create_task(_alone(app, "tick", app.ticker.turn)))
    loops.append(asyncio.create_task(_alone(app, "match", app.matchmaker.turn)))
    loops.append(asyncio.create_task(_alone(app, "hold", app.conductor.turn)))
    loops.append(asyncio.create_task(_alone(app, "broadcast", app.broadcaster.turn)))
    if app.translator is not None:
        stack.push_async_callback(app.translator.close)
        loops.append(asyncio.create_task(_alone(app, "translate", app.translator.turn)))
    _scheduled(app, stack)
    if not settings.webhook_url:
        polling = asyncio.create_task(
            _alone(app, "receive", app.receiver.poll, app.receiver.stand_by)
        )
        stack.callback(polling.cancel)
    return loops


def _keyed(app: App, watch: KeyWatch) -> list[asyncio.Task[None]]:
    """Every process follows what the key's file says; one of them rewrites what is old."""
    rekey = Rekey(app.store, app.stop)
    return [
        asyncio.create_task(keep("keys", watch.turn, app.stop)),
        asyncio.create_task(_alone(app, "rekey", rekey.turn)),
    ]


async def _introduced(app: App, settings: Settings) -> None:
    """Names the bot to Telegram, chooses how updates come, and what must not come of groups."""
    await privacy_mode.check(app.store, app.bot, settings.owners, app.sender.now)
    await menu.hang_up(app.bot, app.does.commands, discreet=settings.discreet)
    if not settings.webhook_url:
        await app.bot.delete_webhook()
        return
    url = f"{settings.webhook_url}/telegram"
    await app.bot.set_webhook(url, secret_token=settings.hook_secret, allowed_updates=WANTED)


async def _serve(app: App, listen: str, secret: str | None, stack: AsyncExitStack) -> None:
    host, _, port = listen.rpartition(":")
    runner = web.AppRunner(app.watch.application(secret), access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, host, int(port)).start()


async def _alone(
    app: App,
    name: str,
    turn: Callable[[], Awaitable[None]],
    stand_by: Callable[[], None] = lambda: None,
) -> None:
    """Takes turns while no other process does the same, and stands by while one does."""

    lock = Lock(app.store, name)

    async def alone() -> None:
        if await lock.ours():
            await turn()
        else:
            stand_by()
            await rest(app.stop, STAND_BY_SECONDS)

    try:
        await keep(name, alone, app.stop)
    finally:
        await lock.release()


def _scheduled(app: App, stack: AsyncExitStack) -> None:
    """APScheduler wakes the ticker, no more: what is due lies in rows."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(app.ticker.wake.set, "interval", seconds=TICK_SECONDS, coalesce=True)
    scheduler.start()
    stack.callback(scheduler.shutdown, wait=False)
