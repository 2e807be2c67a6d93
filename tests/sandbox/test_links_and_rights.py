"""Links of Telegram in a person's hands, what a bot may do in a group, and a group that moves."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
import telegram

from bot.sandbox import Person, Sandbox
from tests.sandbox.beginnings import newest

ADDS = "https://t.me/{bot}?startgroup=token&admin=invite_users"


async def test_a_link_adds_the_bot_with_rights_and_a_token(
    sandbox: Sandbox, bot: telegram.Bot
) -> None:
    ana, bob = [await Person.create(sandbox.url, name) for name in ("Ana", "Bob")]
    chat = await ana.founds("Garden", bob, kind="supergroup")
    with pytest.raises(telegram.error.Forbidden, match="not a member"):
        await bot.send_message(chat, "x")
    link = ADDS.format(bot=sandbox.username)
    with pytest.raises(AssertionError, match="choose a group"):
        await ana.opens(link)
    with pytest.raises(AssertionError, match="does not own"):
        await bob.opens(link, chat)
    assert await ana.opens(link, chat) == "added"
    updates = await bot.get_updates()
    change, said = updates[-2].my_chat_member, updates[-1].message
    assert change is not None
    assert said is not None
    now = change.new_chat_member
    assert isinstance(now, telegram.ChatMemberAdministrator)
    assert (now.can_invite_users, now.can_restrict_members) == (True, False)
    assert said.text == f"/start@{sandbox.username} token"
    made = await bot.create_chat_invite_link(chat, creates_join_request=True)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)not enough rights"):
        await bot.ban_chat_member(chat, bob.id)
    carla = await Person.create(sandbox.url, "Carla")
    assert await carla.opens(made.invite_link) == "requested"
    assert (await newest(bot)).chat_join_request is not None


async def test_a_bot_that_may_not_invite_makes_no_link(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await Person.create(sandbox.url, "Ana")
    chat = await ana.founds("Garden")
    await ana.places_bot(chat, "administrator", "restrict_members")
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)not enough rights"):
        await bot.create_chat_invite_link(chat)


async def test_a_bot_that_is_no_administrator_hears_commands_only(
    sandbox: Sandbox, bot: telegram.Bot
) -> None:
    ana = await Person.create(sandbox.url, "Ana")
    chat = await ana.founds("Garden")
    await ana.places_bot(chat, "member")
    await ana.says("hello all", chat=chat)
    await ana.says("/help", chat=chat)
    heard = [each.message.text for each in await bot.get_updates() if each.message]
    assert heard == ["/help"]
    await ana.places_bot(chat, "kicked")
    await ana.says("/help", chat=chat)
    assert (await newest(bot)).my_chat_member is not None


async def test_a_bot_posts_in_a_channel_only_with_the_right(
    sandbox: Sandbox, bot: telegram.Bot
) -> None:
    ana = await Person.create(sandbox.url, "Ana")
    channel = await ana.founds("News", kind="channel")
    with pytest.raises(AssertionError, match="status"):
        await ana.places_bot(channel, "member")
    await ana.places_bot(channel, "administrator", "invite_users")
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)need administrator rights"):
        await bot.send_message(channel, "x")
    await ana.opens(f"https://t.me/{sandbox.username}?startchannel&admin=post_messages", channel)
    await bot.send_message(channel, "A story")
    assert [m.text for m in await ana.chat(chat=channel)] == ["A story"]
    assert (await ana.view(chat=channel))["may_write"] is True


async def test_a_group_becomes_a_supergroup(
    sandbox: Sandbox, bot: telegram.Bot, http: aiohttp.ClientSession
) -> None:
    ana = await Person.create(sandbox.url, "Ana")
    chat = await ana.founds("Garden")
    await ana.places_bot(chat, "administrator")

    async def migrate(id_: int) -> tuple[int, dict[str, Any]]:
        async with http.post(f"{sandbox.url}/groups/{id_}/migrations") as response:
            return response.status, await response.json()

    status, answer = await migrate(chat)
    new = answer["id"]
    assert (status, await ana.chats()) == (200, [new])
    told = [each.message for each in await bot.get_updates() if each.message]
    assert [(m.migrate_to_chat_id, m.migrate_from_chat_id) for m in told] == [
        (new, None),
        (None, chat),
    ]
    with pytest.raises(telegram.error.ChatMigrated) as moved:
        await bot.send_message(chat, "x")
    assert moved.value.new_chat_id == new
    await bot.send_message(new, "x")
    assert (await migrate(chat))[0] == 400
    assert (await migrate(1))[0] == 404


async def test_links_that_lead_nowhere(sandbox: Sandbox) -> None:
    ana = await Person.create(sandbox.url, "Ana")
    for link in ("https://example.org/", "https://t.me/somebody_else", "https://t.me/+unknown"):
        with pytest.raises(AssertionError, match="link"):
            await ana.opens(link)
    assert await ana.opens(f"https://t.me/{sandbox.username}?start=door") == "started"
    assert [m.text for m in await ana.chat()] == ["/start door"]
