"""Groups, channels, robots, and mistakes of whoever drives them."""

import asyncio
from typing import Any

import aiohttp
import pytest
import telegram

from bot.sandbox import Message, Person, Robot, Sandbox
from tests.sandbox.beginnings import newest, started


async def test_right_to_left(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await started(sandbox, language="ar")
    await bot.send_message(ana.id, "\u2068Bob\u2069 مرحبا")
    assert (await ana.last()).raw["rtl"] is True
    await bot.send_message(ana.id, "Hello مرحبا \u202eevil\u202c")
    last = await ana.last()
    assert (last.raw["rtl"], last.raw["text"]) == (False, "Hello مرحبا evil")


async def test_a_group_with_join_requests(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana, bob = [await Person.create(sandbox.url, name) for name in ("Ana", "<i>Bob</i>")]
    async with aiohttp.ClientSession() as session:
        given = {"type": "supergroup", "title": "G", "members": [ana.id], "join_by_request": True}
        async with session.post(f"{sandbox.url}/groups", json=given) as response:
            chat = (await response.json())["id"]
    added = (await newest(bot)).my_chat_member
    assert added is not None
    assert added.new_chat_member.status == "administrator"
    assert await bob.joins(chat) == "requested"
    request = (await newest(bot)).chat_join_request
    assert request is not None
    assert request.user_chat_id == bob.id
    await bot.send_message(bob.id, "One moment")
    assert await request.approve()
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)user_already_participant"):
        await bot.approve_chat_join_request(chat, bob.id)
    await bob.says("hello all", chat=chat)
    message = (await newest(bot)).message
    assert message is not None
    assert (message.chat.id, message.text) == (chat, "hello all")
    joined, said = await ana.chat(chat=chat)
    assert joined.html == "&lt;i&gt;Bob&lt;/i&gt; joined"
    assert (said.sender, said.html) == ("<i>Bob</i>", "hello all")
    assert await bot.get_chat_member_count(chat) == 3
    owner, itself = await bot.get_chat_administrators(chat)
    assert (owner.user.id, owner.status) == (ana.id, "creator")
    assert itself.user.id == bot.id


async def test_links_bans_and_leaving(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana, bob = [await Person.create(sandbox.url, name) for name in ("Ana", "Bob")]
    chat = sandbox.world.add_group("supergroup", "G", join_by_request=False).id
    link = await bot.create_chat_invite_link(chat, name="door", member_limit=1)
    assert await ana.joins(chat, link.invite_link) == "joined"
    with pytest.raises(AssertionError, match="used up"):
        await bob.joins(chat, link.invite_link)
    assert (await bot.revoke_chat_invite_link(chat, link.invite_link)).is_revoked
    assert await bob.joins(chat, await bot.export_chat_invite_link(chat)) == "joined"
    rights = telegram.ChatPermissions.no_permissions()
    await bot.restrict_chat_member(chat, bob.id, rights)
    with pytest.raises(AssertionError, match="may not write"):
        await bob.says("x", chat=chat)
    await bot.ban_chat_member(chat, bob.id)
    assert (await bot.get_chat_member(chat, bob.id)).status == "kicked"
    with pytest.raises(AssertionError, match="banned"):
        await bob.joins(chat)
    await bot.unban_chat_member(chat, bob.id)
    assert await bob.joins(chat) == "joined"
    await ana.leaves(chat)
    left = (await newest(bot)).message
    assert left is not None
    assert left.left_chat_member is not None
    await bot.leave_chat(chat)
    with pytest.raises(telegram.error.Forbidden, match="not a member of the supergroup chat"):
        await bot.send_message(chat, "x")


async def test_a_channel(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await Person.create(sandbox.url, "Ana")
    channel = sandbox.world.add_group("channel", "News", join_by_request=False).id
    await ana.joins(channel)
    sent = await bot.send_message(channel, "news")
    assert sent.from_user is None
    assert sent.sender_chat is not None
    assert [m.text for m in await ana.chat(chat=channel)] == ["news"]
    with pytest.raises(AssertionError, match="may not post"):
        await ana.says("x", chat=channel)


async def test_a_robot_answers_by_itself(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await started(sandbox)

    done = asyncio.Event()

    async def echo(person: Person, message: Message) -> None:
        await person.says(f"I saw {message.text}")
        if message.text == "two":
            done.set()

    robot = asyncio.create_task(Robot(ana, echo).run())
    await bot.send_message(ana.id, "one")
    await bot.send_message(ana.id, "two")
    await asyncio.wait_for(done.wait(), 5)
    robot.cancel()
    said = [message.text for message in await ana.chat() if message.sender == "me"]
    assert said == ["/start", "I saw one", "I saw two"]


async def test_mistakes_are_answered_with_a_sentence(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    async def error(path: str, given: Any) -> tuple[int, str]:
        async with http.post(f"{sandbox.url}{path}", json=given) as response:
            return response.status, (await response.json())["error"]

    ana = await Person.create(sandbox.url, "Ana")
    assert await error("/people/1/messages", {"text": "x"}) == (404, "there is no such person")
    assert (await error("/people", {}))[0] == 400
    assert (await error("/people", []))[0] == 400
    assert (await error(f"/people/{ana.id}/messages", {"text": " "}))[0] == 400
    assert (await error(f"/people/{ana.id}/messages", {"photo": {"base64": "!"}}))[0] == 400
    assert (await error(f"/people/{ana.id}/taps", {"label": "x"}))[0] == 404
    assert (await error("/groups", {"title": "x"}))[0] == 400
    assert (await error("/faults", {"share_of_luck": 1}))[0] == 400
    assert (await error("/clock", {"next": True})) == (409, "nothing is due")
