"""Groups and channels on the sandbox's page: founding, adding the bot, asking to join, posts."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.sandbox import Sandbox
from bot.sandbox.world import Chat
from tests.delivery.counter import until
from tests.page.window import Script, Window, opened

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def founds(window: Window, name: str, title: str, kind: str, *others: str) -> None:
    """Somebody makes a group or channel by the menu of their chat."""
    page = window.page
    await window.chat(name).get_by_role("button", name=f"More for {name}").click()
    await page.get_by_role("menuitem", name="New group or channel").click()
    await page.get_by_label("Kind").select_option(kind)
    await page.get_by_label("Name").fill(title)
    for other in others:
        await page.get_by_role("checkbox", name=other).check()
    await page.get_by_role("button", name="Create", exact=True).click()
    place = window.chat(name).get_by_role("button", name=title, exact=True)
    await expect(place).to_have_attribute("aria-pressed", "true")


async def test_a_group_and_who_is_in_it(window: Window) -> None:
    await opened(window, "Ana", "Bo", "Cem")
    await founds(window, "Ana", "Garden", "Group", "Bo")
    await window.writes("Ana", "hello all")
    bo = window.chat("Bo")
    await bo.get_by_role("button", name="Garden", exact=True).click()
    await expect(bo.locator(".theirs", has_text="hello all")).to_be_visible()
    await window.writes("Bo", "hello Ana")
    await expect(window.chat("Ana").get_by_text("hello Ana")).to_be_visible()
    await expect(window.chat("Cem").get_by_role("button", name="Garden")).to_have_count(0)
    chats = bo.get_by_role("group", name="Chats of Bo")
    await chats.get_by_role("button").first.click()
    await expect(bo.get_by_role("button", name="Toast")).to_be_visible()


async def asks_to_join(person_id: int, group: Chat) -> bool:
    return person_id in group.requests


async def test_the_bot_is_added_and_lets_people_in(
    window: Window, script: Script, sandbox: Sandbox
) -> None:
    await opened(window, "Dina", "Emre")
    await founds(window, "Dina", "Room", "Group")
    (group,) = [c for c in sandbox.world.chats.values() if c.public.get("title") == "Room"]
    dina = window.chat("Dina")
    person = next(one for one in sandbox.world.people.values() if one.name == "Dina")
    await dina.get_by_role("group", name="Chats of Dina").get_by_role("button").first.click()
    link = f"https://t.me/{sandbox.username}?startgroup=token&admin=invite_users"
    await script.say(person.id, link)
    await dina.get_by_role("link", name="startgroup=token").click()
    await window.page.get_by_role("button", name="Add", exact=True).click()
    await expect(dina.locator(".mine", has_text=f"/start@{sandbox.username} token")).to_be_visible()
    assert group.bot_rights == {"invite_users"}
    made = await script.call("createChatInviteLink", chat_id=group.id, creates_join_request=True)
    emre = next(one for one in sandbox.world.people.values() if one.name == "Emre")
    await script.say(emre.id, made["invite_link"])
    await window.chat("Emre").get_by_role("link", name="t.me/+").click()
    await until(lambda: asks_to_join(emre.id, group))
    await script.call("approveChatJoinRequest", chat_id=group.id, user_id=emre.id)
    await window.chat("Emre").get_by_role("button", name="Room", exact=True).click()
    await expect(window.chat("Emre")).to_contain_text("Emre joined")


async def test_a_channel_is_read_by_many_and_written_by_its_owner(
    window: Window, script: Script, sandbox: Sandbox
) -> None:
    await opened(window, "Gül", "Hadi")
    await founds(window, "Gül", "News", "Channel", "Hadi")
    (channel,) = [c for c in sandbox.world.chats.values() if c.public.get("title") == "News"]
    hadi = window.chat("Hadi")
    await hadi.get_by_role("button", name="News", exact=True).click()
    await expect(hadi.get_by_role("combobox")).to_be_hidden()
    channel.bot_status = "administrator"
    await script.say(channel.id, "A story")
    await expect(hadi.get_by_text("A story")).to_be_visible()
    await expect(window.chat("Gül").get_by_text("A story")).to_be_visible()
