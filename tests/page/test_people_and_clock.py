"""The sandbox's page round the chats: people, many chats at once, a phone's width, the clock."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import expect

from bot.sandbox import Person, Sandbox
from tests.page.window import PHONE, Window, box, opened

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_adding_a_person(window: Window) -> None:
    page = window.page
    await page.goto(window.sandbox.url)
    await page.get_by_role("main").get_by_role("button", name="Add a person").click()
    await page.get_by_label("Name").fill("Noa")
    await page.get_by_label("Language", exact=False).first.select_option("he")
    await page.get_by_label("Comes in by").select_option("Southport")
    await page.get_by_role("button", name="Add", exact=True).click()
    chat = window.chat("Noa")
    await expect(chat.locator(".mine")).to_contain_text("/start south")
    await expect(chat).to_have_attribute("dir", "rtl")
    await page.get_by_role("navigation").get_by_role("button", name="Add a person").click()
    await page.get_by_label("Name").fill("Zoé")
    await page.get_by_label("Language", exact=False).first.select_option("other")
    await page.get_by_label("Language code").fill("fr")
    await page.get_by_label("Comes in by").select_option("No invitation")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(window.chat("Zoé").get_by_role("button", name="Start")).to_be_visible()
    await window.chat("Noa").get_by_role("button", name="Close Noa").click()
    await page.reload()
    await expect(window.chat("Zoé")).to_be_visible()
    await expect(window.chat("Noa")).to_have_count(0)


async def test_a_link_to_the_bot_opens_for_somebody_new(window: Window) -> None:
    await opened(window, "Ana")
    page = window.page
    await window.writes("Ana", "/invite")
    await window.chat("Ana").get_by_role("link", name="start=guest42").click()
    await page.get_by_role("button", name="Open", exact=True).click()
    await page.get_by_label("Name").fill("Bo")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(window.chat("Bo").locator(".mine")).to_contain_text("/start guest42")


async def test_the_clock(window: Window, sandbox: Sandbox) -> None:
    await opened(window, "Ana")
    page = window.page
    due = datetime.fromisoformat((await clock(window))["next"])
    await expect(page.locator("#next-time")).to_contain_text(f"{due:%H:%M}")
    await page.get_by_role("button", name="One hour on").click()
    await expect(page.locator("#clock-said")).to_contain_text("It is")
    assert sandbox.clock.offset == timedelta(hours=1)
    await page.get_by_role("button", name="Next reminder").click()
    await expect(page.locator("#next-time")).to_have_text("none due")
    assert abs(sandbox.clock.now() - due) < timedelta(seconds=30)
    await page.get_by_role("button", name="One day on").click()
    await expect(page.locator("#date")).to_contain_text(f"{due + timedelta(days=1):%Y}")
    await window.writes("Ana", "a day later")
    await expect(window.chat("Ana").locator(".day")).to_have_count(2)
    shown = await page.locator("#time").get_attribute("datetime")
    assert abs(datetime.fromisoformat(shown or "") - sandbox.clock.now()) < timedelta(seconds=30)


async def clock(window: Window) -> dict[str, Any]:
    """The clock as the server has it."""
    answer = await window.page.request.get(f"{window.sandbox.url}/clock")
    found: dict[str, Any] = await answer.json()
    return found


async def test_eight_chats_side_by_side_all_live(window: Window) -> None:
    names = [f"Person {number}" for number in range(8)]
    await opened(window, *names)
    lefts = [(await box(window.chat(name)))["x"] for name in names]
    assert lefts == sorted(set(lefts))
    for name in names[::3]:
        await window.writes(name, f"from {name}")
        await expect(window.chat(name)).to_contain_text(f"You said: from {name}", timeout=2_000)


async def test_simulated_people_wait_in_the_drawer(window: Window) -> None:
    await opened(window, "Ana")
    page = window.page
    other = await Person.create(window.sandbox.url, "Deniz", "tr", pinned=False)
    await other.says("/start")
    await expect(page.locator("#count")).to_have_text("2")
    await expect(window.chat("Deniz")).to_have_count(0)
    await page.get_by_role("button", name="Everybody").click()
    await page.get_by_label("Search people").fill("den")
    entry = page.get_by_role("dialog").get_by_role("button", name="Deniz")
    await entry.click()
    await expect(entry).to_have_attribute("aria-pressed", "true")
    await page.keyboard.press("Escape")
    await expect(window.chat("Deniz").get_by_role("button", name="Toast")).to_be_visible()


@pytest.mark.parametrize("window", [PHONE], indirect=True, ids=["phone"])
async def test_one_chat_at_a_time_on_a_phone(window: Window, sandbox: Sandbox) -> None:
    await opened(window, "Ana", "Omar")
    page = window.page
    assert (await box(window.chat("Ana")))["width"] == PHONE[0]
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    for name in ("One hour on", "Everybody", "Add a person"):
        await expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    strip = page.get_by_role("navigation", name="People")
    omar = next(one for one in sandbox.world.people.values() if one.name == "Omar")
    said = await page.request.post(f"{sandbox.url}/people/{omar.id}/messages", data={"text": "hey"})
    assert said.ok
    await strip.get_by_role("button", name=re.compile(r"Omar, \d new")).click()
    await expect(window.chat("Omar").get_by_role("combobox")).to_be_in_viewport(ratio=1)
    await expect(window.chat("Ana")).not_to_be_in_viewport()
    here = strip.get_by_role("button", name="Omar", exact=True)
    await expect(here).to_have_attribute("aria-current", "true")
    await window.writes("Omar", "on the way")
    await expect(window.chat("Omar").get_by_text("You said: on the way")).to_be_in_viewport()
