"""Being a person: what they do reaches the bot, what the bot does reaches them."""

import asyncio
import struct
import zlib
from typing import Any

import aiohttp
import pytest
import telegram

from bot.sandbox import Person, Sandbox
from tests.sandbox.beginnings import newest, started


def png(width: int, height: int) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (width + 1) * height)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


async def test_a_person_comes_through_a_door(sandbox: Sandbox, bot: telegram.Bot) -> None:
    await Person.create(sandbox.url, "Ana", language="ar", username="ana", door="abc-123")
    message = (await newest(bot)).message
    assert message is not None
    assert message.from_user is not None
    assert message.text == "/start abc-123"
    assert message.from_user.language_code == "ar"
    assert message.from_user.username == "ana"


async def test_everything_a_person_can_send(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await started(sandbox)

    async def got() -> telegram.Message:
        message = (await newest(bot)).message
        assert message is not None
        return message

    await ana.sends_location(37.98, 23.73)
    place = (await got()).location
    assert place is not None
    assert (place.latitude, place.longitude) == (37.98, 23.73)
    await ana.sends_sticker()
    assert (await got()).sticker is not None
    await ana.sends_contact("+30210", "Maria")
    contact = (await got()).contact
    assert contact is not None
    assert contact.first_name == "Maria"
    await ana.sends_voice(b"ogg")
    assert (await got()).voice is not None
    await ana.sends(video_note={"base64": ""})
    assert (await got()).video_note is not None
    await ana.sends_photo(png(30, 20), caption="look")
    message = await got()
    assert (message.photo[-1].width, message.photo[-1].height, message.caption) == (30, 20, "look")
    first = await ana.says("one")
    await ana.says("two", reply_to=first, forward_from="Somebody")
    message = await got()
    assert message.reply_to_message is not None
    assert message.reply_to_message.message_id == first
    assert isinstance(message.forward_origin, telegram.MessageOriginHiddenUser)


async def test_files_go_both_ways(
    sandbox: Sandbox, bot: telegram.Bot, http: aiohttp.ClientSession
) -> None:
    ana = await started(sandbox)
    data = bytes(range(256)) * 4000
    await ana.sends_file("diary.txt", data, "text/plain", caption="mine")
    message = (await newest(bot)).message
    assert message is not None
    assert message.document is not None
    assert (message.document.file_name, message.document.file_size) == ("diary.txt", len(data))
    file = await message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == data
    await bot.send_document(ana.id, message.document.file_id, caption="back")
    shown = (await ana.sees("back")).raw["document"]
    async with http.get(sandbox.url + shown["url"]) as response:
        assert await response.read() == data
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_files_have_telegrams_sizes(
    sandbox: Sandbox, bot: telegram.Bot, http: aiohttp.ClientSession
) -> None:
    ana = await started(sandbox)

    async def send(megabytes: int) -> Any:
        form = aiohttp.FormData({"chat_id": str(ana.id), "document": "attach://big"})
        form.add_field("big", bytes(megabytes * 1024 * 1024), filename="big.bin")
        address = f"{sandbox.url}/bot{sandbox.token}/sendDocument"
        async with http.post(address, data=form) as response:
            return await response.json()

    refused = await send(52)
    assert (refused["error_code"], refused["description"]) == (413, "Request Entity Too Large")
    taken = (await send(21))["result"]["document"]
    assert (taken["file_size"], taken["file_name"]) == (21 * 1024 * 1024, "big.bin")
    with pytest.raises(telegram.error.BadRequest, match="File is too big"):
        await bot.get_file(taken["file_id"])


async def test_the_bot_sends_pictures_and_albums(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await started(sandbox)
    await bot.send_photo(ana.id, png(40, 20), caption="<b>QR</b>", parse_mode="HTML")
    seen = await ana.sees("QR")
    assert (seen.html, seen.raw["photo"]["width"]) == ("<b>QR</b>", 40)
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(ana.id, b"no picture")
    album = [telegram.InputMediaPhoto(png(5, 5)), telegram.InputMediaPhoto(png(6, 6))]
    sent = await bot.send_media_group(ana.id, album)
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.photo[-1].width for message in sent] == [5, 6]
    edited = await sent[0].edit_media(telegram.InputMediaDocument(b"x", filename="x.ics"))
    assert isinstance(edited, telegram.Message)
    assert edited.document is not None


async def test_other_things_the_bot_sends(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await started(sandbox)
    await bot.send_location(ana.id, 10.5, 20.5)
    await bot.send_contact(ana.id, "+1", "Maria")
    await bot.send_voice(ana.id, b"ogg", caption="voice")
    await bot.send_video_note(ana.id, b"mp4")
    await bot.send_sticker(ana.id, b"webp")
    poll = await bot.send_poll(ana.id, "Well?", ["Yes", "No"])
    assert poll.poll is not None
    assert [o.text for o in poll.poll.options] == ["Yes", "No"]
    raws = [message.raw for message in await ana.waits(6)]
    kinds = ("location", "contact", "voice", "video_note", "sticker", "poll")
    assert all(kind in raw for kind, raw in zip(kinds, raws, strict=True))


async def test_edits_deletes_and_blocks(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await started(sandbox)
    message_id = await ana.says("frist")
    await ana.edits(message_id, "first")
    edited = (await newest(bot)).edited_message
    assert edited is not None
    assert (edited.text, edited.message_id) == ("first", message_id)
    await ana.deletes(message_id)
    assert message_id not in [message.id for message in await ana.chat()]
    await ana.blocks()
    change = (await newest(bot)).my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "kicked"
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ana.id, "x")
    with pytest.raises(AssertionError, match="has blocked the bot"):
        await ana.says("x")
    await ana.unblocks()
    change = (await newest(bot)).my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "member"
    await bot.send_message(ana.id, "again")


async def test_buttons_are_found_by_label_and_data(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await started(sandbox)

    async def ask(text: str, data: str) -> None:
        buttons = [telegram.InlineKeyboardButton("Yes", callback_data=data)]
        markup = telegram.InlineKeyboardMarkup([buttons])
        await bot.send_message(ana.id, text, reply_markup=markup)

    async def tapped() -> str | None:
        query = (await newest(bot)).callback_query
        return query.data if query else None

    await ask("first?", "first")
    await ask("second?", "second")
    assert (await ana.last()).labels == ["Yes"]
    await ana.taps("Yes")
    assert await tapped() == "second"
    await ana.taps_data("first")
    assert await tapped() == "first"
    await ana.taps_data("forged:1", await ana.last())
    assert await tapped() == "forged:1"
    with pytest.raises(AssertionError, match="there is no button"):
        await ana.taps_data("nothing")
    with pytest.raises(AssertionError, match="a button 'No'") as missing:
        await ana.taps("No", timeout=0.2)
    assert "[Yes]" in str(missing.value)


async def test_a_new_message_is_waited_for_before_an_old_one_is_tapped(
    sandbox: Sandbox, bot: telegram.Bot
) -> None:
    ana = await started(sandbox)

    async def ask(data: str, delay: float) -> None:
        await asyncio.sleep(delay)
        button = telegram.InlineKeyboardButton("Yes", callback_data=data)
        await bot.send_message(ana.id, "?", reply_markup=telegram.InlineKeyboardMarkup([[button]]))

    await ask("old", 0)
    await ana.says("next")
    asking = asyncio.create_task(ask("new", 0.3))
    await ana.taps("Yes")
    await asking
    query = (await newest(bot)).callback_query
    assert query is not None
    assert query.data == "new"


async def test_a_reply_keyboard_is_tapped_by_saying_it(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await started(sandbox)
    keys = telegram.ReplyKeyboardMarkup([["Athens", "Izmir"]])
    sent = await bot.send_message(ana.id, "Where?", reply_markup=keys)
    await ana.taps("Izmir")
    message = (await newest(bot)).message
    assert message is not None
    assert message.text == "Izmir"
    with pytest.raises(telegram.error.BadRequest, match="can't be edited"):
        await sent.edit_text("no")


async def test_seeing_is_of_what_is_new(sandbox: Sandbox, bot: telegram.Bot) -> None:
    ana = await started(sandbox)
    sent = await bot.send_message(ana.id, "Hello \u2068Ana\u2069")
    assert (await ana.sees("Hello Ana")).id == sent.message_id
    await ana.says("next")
    await ana.sees_not("Hello", seconds=0.1)
    await sent.edit_text("Hello again")
    assert (await ana.waits(1))[0].edited
    with pytest.raises(AssertionError, match="does not see 'Goodbye'") as missing:
        await ana.sees("Goodbye", timeout=0.1)
    assert "me: next" in str(missing.value)
    assert "bot (edited): Hello again" in str(missing.value)
