"""The less common methods: each does its work, and refuses what Telegram refuses."""

import asyncio
import base64
from typing import Any

import aiohttp
import pytest
import telegram

from bot.sandbox import Person, Sandbox, serve

# The smallest JPEG there is: one grey pixel.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////"
    "////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAB"
    "PxA="
)


@pytest.fixture
async def ana(sandbox: Sandbox) -> Person:
    """A person who started the bot."""
    ana = await Person.create(sandbox.url, "Ana")
    await ana.says("/start")
    return ana


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {"document": "nothing"}, "wrong file identifier/HTTP URL specified"),
        ("sendLocation", {}, "latitude and longitude must be non-empty"),
        ("sendLocation", {"latitude": 91, "longitude": 1}, "wrong location specified"),
        ("sendContact", {"first_name": "x"}, "phone number is empty"),
        ("sendContact", {"phone_number": "1"}, "first name is empty"),
        ("sendPoll", {"options": ["a", "b"]}, "poll question must be non-empty"),
        ("sendPoll", {"question": "x", "options": ["a"]}, "poll must have at least 2 option"),
        ("sendPoll", {"question": "x", "options": ["", "b"]}, "poll options must be non-empty"),
        ("sendMediaGroup", {"media": [{}]}, "not enough messages to send"),
        ("sendMediaGroup", {"media": "x"}, "can't parse media JSON object"),
        ("sendChatAction", {"action": "singing"}, "wrong parameter action in request"),
        ("copyMessage", {"message_id": 1}, "from_chat_id is empty"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        ("deleteMessages", {}, "message identifiers are not specified"),
        ("deleteMessages", {"message_ids": ["x"]}, "message_ids must be an Array of Integers"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("banChatMember", {}, "method is available only for supergroups and channels"),
        ("setMyName", {"name": "x" * 65}, "name is too long"),
        (
            "setMyCommands",
            {"scope": {"type": "moon"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ("setMyCommands", {"commands": {}}, "array expected as commands"),
        (
            "setMyCommands",
            {"commands": [{"command": "x", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"keyboard": [[""]]}},
            "keyboard button text must be non-empty",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": {}}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array',
        ),
    ],
)
async def test_refusals(
    refusal: Any, ana: Person, method: str, params: dict[str, Any], description: str
) -> None:
    assert await refusal(method, chat_id=ana.id, **params) == f"Bad Request: {description}"


async def test_a_jpeg_is_a_photo(bot: telegram.Bot, ana: Person) -> None:
    sent = await bot.send_photo(ana.id, JPEG, caption="one")
    assert [(size.width, size.height) for size in sent.photo] == [(1, 1)]
    again = await bot.send_photo(ana.id, sent.photo[0].file_id)
    assert again.photo[0].file_unique_id == sent.photo[0].file_unique_id
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)type of file mismatch"):
        await bot.send_document(ana.id, sent.photo[0].file_id)
    edited = await sent.edit_caption("two")
    assert isinstance(edited, telegram.Message)
    assert (edited.caption, edited.photo) == ("two", sent.photo)


async def test_messages_are_deleted_together(bot: telegram.Bot, ana: Person) -> None:
    sent = [await bot.send_message(ana.id, text) for text in "abc"]
    assert await bot.delete_messages(ana.id, [m.message_id for m in sent[:2]] + [999])
    assert [message.text for message in await ana.chat()] == ["/start", "c"]


async def test_a_toast_cannot_be_long(bot: telegram.Bot, ana: Person, refusal: Any) -> None:
    await bot.get_updates(offset=-1)
    button = telegram.InlineKeyboardButton("Yes", callback_data="y")
    await bot.send_message(ana.id, "?", reply_markup=telegram.InlineKeyboardMarkup([[button]]))
    query = await ana.taps("Yes")
    long = {"callback_query_id": query, "text": "x" * 201}
    assert await refusal("answerCallbackQuery", **long) == "Bad Request: MESSAGE_TOO_LONG"


async def test_a_request_is_declined(sandbox: Sandbox, bot: telegram.Bot, ana: Person) -> None:
    chat = sandbox.world.add_group("channel", "G", join_by_request=False).id
    link = await bot.create_chat_invite_link(chat, creates_join_request=True)
    assert await ana.joins(chat, link.invite_link) == "requested"
    assert await bot.decline_chat_join_request(chat, ana.id)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)hide_requester_missing"):
        await bot.decline_chat_join_request(chat, ana.id)
    edited = await bot.edit_chat_invite_link(chat, link.invite_link, name="later")
    assert (edited.name, edited.creates_join_request) == ("later", False)
    assert await ana.joins(chat, link.invite_link) == "joined"
    assert await ana.joins(chat) == "member"


async def test_a_link_expires(sandbox: Sandbox, bot: telegram.Bot, ana: Person) -> None:
    chat = sandbox.world.add_group("supergroup", "G", join_by_request=False).id
    past = sandbox.clock.unix() - 1
    link = await bot.create_chat_invite_link(chat, expire_date=past)
    with pytest.raises(AssertionError, match="expired"):
        await ana.joins(chat, link.invite_link)
    with pytest.raises(AssertionError, match="not valid"):
        await ana.joins(chat, "https://t.me/+nothing")


async def test_a_sandbox_is_served_until_cancelled() -> None:
    started: asyncio.Queue[Sandbox] = asyncio.Queue()
    serving = asyncio.create_task(serve(announce=started.put_nowait))
    sandbox = await asyncio.wait_for(started.get(), 5)
    async with aiohttp.request("GET", f"{sandbox.url}/bot{sandbox.token}/getMe") as response:
        assert (await response.json())["result"]["username"] == sandbox.username
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await Person.create(sandbox.url, "Ana")
