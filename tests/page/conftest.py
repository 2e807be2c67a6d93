"""The sandbox's page in a real Chromium."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.sandbox import Door, Sandbox
from tests.page.window import DESKTOP, Script, Window

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for path in map(shutil.which, NAMES) if path), None)
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium, headless."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox with its page, two doors, and something due in five hours."""
    sandbox = await Sandbox.start(limits=False)
    sandbox.doors = [Door("Northport", "north"), Door("Southport", "south")]
    due = sandbox.clock.now() + timedelta(hours=5)

    async def next_due() -> datetime | None:
        return due if due > sandbox.clock.now() else None

    sandbox.next_due = next_due
    yield sandbox
    await sandbox.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def script(sandbox: Sandbox) -> AsyncIterator[Script]:
    """The scripted bot, polling."""
    async with aiohttp.ClientSession() as http:
        script = Script(sandbox, http)
        await script.call("setMyName", name="Two Shores")
        await script.call("setMyDescription", description="Brings two towns together.")
        commands = [("start", "Begin"), ("help", "What can I do?"), ("history", "What was")]
        listed = [{"command": name, "description": about} for name, about in commands]
        await script.call("setMyCommands", commands=listed)
        running = asyncio.create_task(script.run())
        yield script
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest_asyncio.fixture(loop_scope="module")
async def window(
    chromium: Browser, sandbox: Sandbox, script: Script, request: pytest.FixtureRequest
) -> AsyncIterator[Window]:
    """A page on the sandbox, as wide as a desk or as a phone; it must stay free of trouble."""
    assert script.base.startswith(sandbox.url)
    width, height = getattr(request, "param", DESKTOP)
    context = await chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(10_000)
    window = Window(await context.new_page(), sandbox)
    yield window
    await context.close()
    assert window.trouble == []
