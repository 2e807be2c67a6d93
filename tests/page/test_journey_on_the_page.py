"""The journey as a newcomer has it: `proxeny sandbox` on the real page, in English and Arabic."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from bot import app, demo, settings
from bot.domain.replies import CountryName, LanguageName, Text, Value
from bot.i18n import Tongue
from bot.sandbox import Sandbox
from bot.store.keys import Keys, new_secret
from tests.page.window import DESKTOP, PHONE, Window
from tests.play import sqlite

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PATIENT = 20_000
"""Milliseconds: simulated people answer after a moment."""


class Player:
    """Somebody who plays one chat of the page; texts are named by their English."""

    def __init__(self, window: Window, name: str, language: str) -> None:
        self.window, self.name, self.tongue = window, name, Tongue(language)
        self.chat = window.chat(name)

    def reads(self, text: str, **values: Value) -> str:
        """A text as it stands on the page."""
        return self.tongue.label(Text(text, values))

    def button(self, text: str | Value) -> Locator:
        """The newest button with this label."""
        label = self.reads(text) if isinstance(text, str) else self.tongue.label(text)
        return self.chat.locator(".keyboard").get_by_role("button", name=label, exact=True).last

    async def taps(self, *texts: str | Value) -> None:
        """Buttons, one after what the other brought."""
        for text in texts:
            await self.button(text).click(timeout=PATIENT)

    async def sees(self, text: str, **values: Value) -> None:
        """The text is in the chat."""
        wanted = self.reads(text, **values)
        await expect(self.chat.locator(".theirs", has_text=wanted).last).to_be_visible(
            timeout=PATIENT
        )

    async def writes(self, text: str) -> None:
        """Types it and sends it."""
        await self.window.writes(self.name, text)


class Album:
    """Pictures of the way, kept in `PROXENY_SHOTS` where that is set."""

    def __init__(self, window: Window, folder: Path) -> None:
        self.window = window
        self.folder = Path(os.environ.get("PROXENY_SHOTS") or folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.taken = 0

    async def takes(self, name: str) -> None:
        """One more picture of the page."""
        self.taken += 1
        file = self.folder / f"{self.taken:02d}-{name}.png"
        await self.window.page.screenshot(path=file, animations="disabled")
        assert file.stat().st_size > 10_000, "an empty page"


@asynccontextmanager
async def two_towns(folder: Path) -> AsyncIterator[Sandbox]:
    """What `proxeny sandbox` starts, on any free port."""
    sandbox = await Sandbox.start()
    loaded = settings.load(
        token=sandbox.token, database_url=sqlite(folder), api_url=sandbox.url, owners=frozenset()
    )
    try:
        async with app.up(loaded, Keys.of(new_secret()), sandbox.clock.now) as running:
            robots = await demo._people(sandbox, running)
            yield sandbox
            for robot in robots:
                robot.cancel()
    finally:
        await sandbox.stop()


@pytest.mark.timeout(240)
async def test_the_journey_on_the_page(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people come by the doors, sign up, are approved, meet somebody and tell of it."""
    monkeypatch.setattr(demo, "THINKING_SECONDS", (0.05, 0.2))
    async with two_towns(tmp_path) as sandbox:
        context = await chromium.new_context(
            viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, color_scheme="light"
        )
        window = Window(await context.new_page(), sandbox)
        album = Album(window, tmp_path / "shots")
        await window.page.goto(sandbox.url)
        sam = Player(window, "Sam", "en")
        await expect(sam.chat).to_be_visible()
        await sam.sees("What would you like to do?")
        await album.takes("opened")
        ana = await arrives(album, "Ana", "en", "Lakeside")
        await signs_up(album, ana, "Ana", "GB")
        await is_approved(album, sam, ana)
        nour = await arrives(album, "نور الدين", "ar", "Hillside")
        await signs_up(album, nour, "نور الدين", "JO")
        await nour.sees(APPROVED)
        await hold_a_round(album, sam)
        for player in (ana, nour):
            await say_yes(album, player)
        for player in (ana, nour):
            await agree_on_a_time(album, player)
        await days_go_by(album, window, ana)
        await tell_how_it_went(album, ana)
        await album.window.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        await album.takes("on a phone")
        await context.close()
        assert window.trouble == []


APPROVED = "Good news: your sign-up was approved, and you are part of the network now."


async def arrives(album: Album, name: str, language: str, door: str) -> Player:
    """Somebody is added through the dialog, and comes by a door."""
    page = album.window.page
    await page.get_by_role("button", name="Add a person", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill(name)
    await dialog.get_by_label("Language", exact=False).first.select_option(language)
    await dialog.get_by_label("Comes in by").select_option(label=door)
    await album.takes(f"adding {language}")
    await dialog.get_by_role("button", name="Add", exact=True).click()
    player = Player(album.window, name, language)
    await player.sees("Do you agree? Until you do, none of your answers is stored.")
    await album.takes(f"consent {language}")
    return player


async def signs_up(album: Album, player: Player, name: str, country: str) -> None:
    """All the questions, by clicking."""
    await player.taps("Yes, I agree")
    await player.sees("Which name may others see?")
    await player.writes(name)
    await player.taps(LanguageName("en"), LanguageName("ar"))
    await album.takes(f"languages {player.tongue.language}")
    await player.taps("Done")
    await player.sees("Which of these do you speak only a little?")
    await album.takes(f"only a little {player.tongue.language}")
    await player.taps("None of them", CountryName(country), "Online", "Cooking", "Music", "Done")
    await player.taps("All")
    await expect(player.chat.locator(".key", has_text="✓")).to_have_count(21)
    await album.takes(f"week {player.tongue.language}")
    await player.taps("Done", "Two")
    await player.sees("To change an answer, tap its name.")
    await album.takes(f"review {player.tongue.language}")
    await player.taps("Send")
    await player.sees(
        "A coordinator is looking at your sign-up. I will tell you as soon as it is done."
    )


async def is_approved(album: Album, sam: Player, newcomer: Player) -> None:
    """The coordinator is told, looks and approves."""
    await sam.sees("Somebody has signed up and waits for approval.")
    await sam.taps("Show")
    await sam.chat.locator(".keyboard").get_by_role("button", name=newcomer.name).last.click()
    await album.takes("a person's page")
    await sam.taps("Approve")
    await sam.sees("Done. They have been told.")
    await newcomer.sees(APPROVED)


async def hold_a_round(album: Album, sam: Player) -> None:
    """The coordinator previews and approves; the other side's does by herself."""
    await sam.writes("/round")
    await sam.sees("The coordinators of every side approve a round:")
    await album.takes("round")
    await sam.taps("Approve")
    await sam.sees("/pairs shows what comes of it.")


async def say_yes(album: Album, player: Player) -> None:
    """What both share, a yes, and who it is."""
    await player.sees("There is somebody you could meet. They get the same message about you.")
    await album.takes(f"proposal {player.tongue.language}")
    await player.taps("Yes, I would like to meet")
    agreed = player.reads("There is good news about your introduction: you both said yes.")
    partner = player.reads("Your partner is <b>{name}</b>.", name="").partition("<")[0]
    known = player.chat.locator(".theirs").filter(has_text=agreed)
    await expect(known.or_(player.chat.locator(".theirs", has_text=partner)).last).to_be_visible(
        timeout=PATIENT
    )


async def agree_on_a_time(album: Album, player: Player) -> None:
    """Proposes a time, or agrees to the partner's; there is a file for the calendar."""
    agreed = player.chat.locator(".theirs .document").last
    await player.writes("/meet")
    card = player.chat.locator(".message.theirs").last
    theirs, time = player.button("Agree to this time"), card.locator(".key", has_text=" · ")
    await expect(theirs.or_(time).or_(agreed).last).to_be_visible(timeout=PATIENT)
    await album.takes(f"times {player.tongue.language}")
    if await theirs.is_visible():
        await theirs.click()
    elif await time.first.is_visible():
        await time.first.click()
    await expect(agreed).to_be_visible(timeout=PATIENT)
    await album.takes(f"agreed {player.tongue.language}")


async def days_go_by(album: Album, window: Window, player: Player) -> None:
    """The clock is moved on by days until the meeting is over and asked about."""
    asked = player.chat.locator(".theirs", has_text="Did you meet?")
    for _ in range(20):
        if await asked.count():
            break
        await window.page.get_by_role("button", name="One day on").click()
        await window.page.wait_for_timeout(500)
    await expect(asked.last).to_be_visible(timeout=PATIENT)
    await album.takes("did you meet")


async def tell_how_it_went(album: Album, player: Player) -> None:
    """The log, by clicking, and what was."""
    await player.taps("Yes", "5: very good", "Skip")
    await player.sees("Would you like to meet again?")
    await player.taps("Yes")
    await player.sees("One private question:")
    await player.taps("No")
    await expect(player.button("Find the next time")).to_be_visible(timeout=PATIENT)
    await album.takes("logged")
    await player.writes("/history")
    await album.takes("history")
