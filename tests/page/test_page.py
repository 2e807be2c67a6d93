"""One chat on the sandbox's page: what is shown, and what can be done in it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.page.window import CALENDAR, Script, Window, box, opened

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_start_shows_formatted_text(window: Window) -> None:
    await opened(window, "Ana", start=False)
    chat = window.chat("Ana")
    await expect(chat).to_contain_text("Brings two towns together.")
    await chat.get_by_role("button", name="Start").click()
    text = chat.locator(".theirs .text")
    formats = {"b": "Welcome", "i": "Two", "u": "Shores", "s": "not", "code": "here"}
    for tag, words in formats.items():
        await expect(text.locator(tag)).to_have_text(words)
    await expect(text.get_by_role("link", name="More")).to_have_attribute(
        "href", "https://example.org/"
    )
    pane, mine, theirs = await box(chat), await box(chat.locator(".mine")), await box(text)
    assert mine["x"] + mine["width"] > pane["x"] + pane["width"] - 30
    assert theirs["x"] < pane["x"] + 30
    await text.get_by_role("button", name="Hidden text").click()
    await expect(text.locator(".spoiler")).to_have_class("spoiler shown")
    await text.get_by_role("button", name="/help").click()
    await expect(chat).to_contain_text("You said: /help")


async def test_buttons_of_a_message(window: Window, script: Script) -> None:
    await opened(window, "Ana")
    chat = window.chat("Ana")
    first = chat.get_by_role("button", name="Toast")
    second = chat.get_by_role("button", name="Alert")
    assert (await box(first))["width"] == pytest.approx((await box(second))["width"], abs=1)
    await first.click()
    await expect(chat.get_by_role("status")).to_contain_text("Noted")
    await second.click()
    await expect(window.page.get_by_role("alert")).to_have_text("Look here")
    await window.page.get_by_role("button", name="OK").click()
    waiting = chat.get_by_role("button", name="Wait")
    await waiting.click()
    await expect(waiting).to_have_attribute("aria-disabled", "true")
    script.go.set()
    await expect(waiting).not_to_have_attribute("aria-disabled", "true")
    await expect(chat.get_by_role("link", name="Read")).to_have_attribute("target", "_blank")
    await chat.get_by_role("button", name="Change").click()
    await expect(chat.locator(".theirs .meta")).to_contain_text("edited")
    await expect(chat.get_by_role("button", name="Done")).to_be_visible()


async def test_an_arabic_chat_mirrors(window: Window) -> None:
    await opened(window, "ليلى", language="ar")
    chat = window.chat("ليلى")
    await expect(chat).to_have_attribute("dir", "rtl")
    await window.writes("ليلى", "مرحبا")
    mine = chat.locator(".mine", has_text="مرحبا")
    await expect(mine.locator(".text")).to_have_attribute("dir", "auto")
    pane, right = await box(chat), await box(chat.locator(".theirs .bubble").first)
    assert (await box(mine.locator(".bubble")))["x"] < pane["x"] + 30
    assert right["x"] + right["width"] > pane["x"] + pane["width"] - 30
    await expect(chat.get_by_role("combobox")).to_have_attribute("placeholder", "رسالة")
    direction = "node => getComputedStyle(node).direction"
    assert await mine.locator(".text").evaluate(direction) == "rtl"
    assert await chat.locator(".theirs .text").first.evaluate(direction) == "ltr"


async def test_pictures_and_files(window: Window, tmp_path: Path) -> None:
    await opened(window, "Ana")
    chat, page = window.chat("Ana"), window.page
    await window.writes("Ana", "/picture")
    picture = chat.locator(".photo img")
    await expect(picture).to_be_visible()
    await chat.get_by_role("button", name="Photo").click()
    await expect(page.get_by_role("dialog", name="Photo")).to_be_visible()
    assert await page.locator(".viewer img").evaluate("image => image.naturalWidth") > 50
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await window.writes("Ana", "/file")
    link = chat.get_by_role("link", name="meeting.ics")
    await expect(link).to_contain_text(f"{len(CALENDAR)} B")
    async with page.expect_download() as coming:
        await link.click()
    download = await coming.value
    assert download.suggested_filename == "meeting.ics"
    saved = tmp_path / "meeting.ics"
    await download.save_as(saved)
    assert saved.read_bytes() == CALENDAR


async def test_sending_a_place_a_sticker_and_a_file(window: Window, tmp_path: Path) -> None:
    await opened(window, "Ana")
    chat, page = window.chat("Ana"), window.page
    note = tmp_path / "note.txt"
    note.write_text("hello")
    await chat.get_by_role("button", name="Attach").click()
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("menuitem", name="File").click()
    await (await choosing.value).set_files(note)
    await expect(chat.locator(".mine").get_by_role("link", name="note.txt")).to_be_visible()
    await chat.get_by_role("button", name="Attach").click()
    await page.get_by_role("menuitem", name="Sticker").click()
    await expect(chat.locator(".mine").get_by_role("img", name="Sticker")).to_be_visible()
    await window.writes("Ana", "/where")
    await chat.get_by_role("button", name="Here", exact=True).click()
    await page.get_by_label("Place").select_option("Nicosia")
    await page.get_by_role("button", name="Send", exact=True).last.click()
    place = chat.locator(".mine").get_by_role("img", name="Location 35.1856, 33.3823")
    await expect(place).to_be_visible()
    await chat.get_by_role("button", name="There", exact=True).click()
    await expect(chat).to_contain_text("You said: There")


async def test_the_command_menu(window: Window) -> None:
    await opened(window, "Ana")
    chat = window.chat("Ana")
    field, choices = chat.get_by_role("combobox"), chat.get_by_role("option")
    await field.press_sequentially("/")
    await expect(choices).to_have_count(3)
    await field.press_sequentially("h")
    await expect(choices).to_contain_text(["/help", "/history"])
    await field.press("ArrowDown")
    await expect(choices.nth(1)).to_have_attribute("aria-selected", "true")
    await field.press("Escape")
    await expect(choices).to_have_count(0)
    await field.fill("/hi")
    await field.press("Enter")
    await expect(chat).to_contain_text("You said: /history")
    await chat.get_by_role("button", name="Menu", exact=True).click()
    await choices.filter(has_text="/help").click()
    await expect(chat).to_contain_text("You said: /help")


async def test_staying_where_one_reads(window: Window) -> None:
    await opened(window, "Ana")
    chat = window.chat("Ana")
    await window.writes("Ana", "/long")
    await expect(chat.get_by_text("Line 29")).to_be_in_viewport()
    await chat.locator(".scroller").evaluate("node => { node.scrollTop = 0; }")
    chip = chat.get_by_role("button", name="New messages")
    await expect(chip).to_be_visible()
    ana = window.sandbox.world.people[min(window.sandbox.world.people)]
    talk = window.page.request.post
    await talk(f"{window.sandbox.url}/people/{ana.id}/taps", data={"label": "Change"})
    await asyncio.sleep(0.5)
    assert await chat.locator(".scroller").evaluate("node => node.scrollTop") < 50
    await chip.click()
    await expect(chat.get_by_text("Line 29")).to_be_in_viewport()
    await expect(chip).to_be_hidden()


async def test_blocking_the_bot(window: Window) -> None:
    await opened(window, "Ana")
    chat, page = window.chat("Ana"), window.page
    await chat.get_by_role("button", name="More for Ana").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await chat.get_by_role("button", name="Unblock").click()
    await window.writes("Ana", "back again")
    await expect(chat).to_contain_text("You said: back again")


async def test_only_the_keyboard(window: Window) -> None:
    await opened(window, "Ana", start=False)
    page, chat = window.page, window.chat("Ana")

    async def tabs_to(label: str) -> None:
        for _ in range(40):
            await page.keyboard.press("Tab")
            named = "document.activeElement.ariaLabel || document.activeElement.textContent"
            if (await page.evaluate(named)).strip().startswith(label):
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert await page.evaluate(outline) != "none"
                return
        pytest.fail(f"Tab does not lead to {label}")

    await tabs_to("Start")
    await page.keyboard.press("Enter")
    await expect(chat.get_by_role("button", name="Change")).to_be_visible()
    await page.locator("body").evaluate("() => document.activeElement.blur()")
    await page.get_by_role("log").focus()
    await tabs_to("Change")
    await page.keyboard.press("Enter")
    await expect(chat.get_by_role("button", name="Done")).to_be_focused()
    await tabs_to("Attach")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Photo")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_role("menuitem", name="Sticker")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(chat.get_by_role("button", name="Attach")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.type("by hand")
    await page.keyboard.press("Enter")
    await expect(chat).to_contain_text("You said: by hand")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<b onclick=x()>a</b><script>x()</script>", "<b>a</b>"),
        ("<img src=x onerror=x()>a<svg onload=x()>", "a"),
        ('<a href="javascript:x()">a</a>', '<span class="mention">a</span>'),
        ("<p style=position:fixed>a<i>b</i></p>", "a<i>b</i>"),
        ("&lt;b&gt;a", "&lt;b&gt;a"),
        ('<iframe src="https://example.org"></iframe>', ""),
    ],
)
async def test_html_is_rebuilt_from_a_short_list(window: Window, given: str, kept: str) -> None:
    await window.page.goto(window.sandbox.url)
    shown = await window.page.evaluate(
        """async (html) => {
          const { safeNodes } = await import("/static/safe.js");
          const box = document.createElement("div");
          box.append(safeNodes(html, () => {}));
          return box.innerHTML;
        }""",
        given,
    )
    assert shown == kept
    window.trouble.clear()  # the content security policy has complained of it as well
