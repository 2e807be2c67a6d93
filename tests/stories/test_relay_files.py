"""Files that people send each other: albums, what can't be had, what is too large to be drawn."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest
from PIL import Image

from bot.delivery import fetch, passed_on, send
from bot.sandbox.telegram import message_json
from tests.delivery.counter import until
from tests.play import Actor, Stage
from tests.stories.pair import Pair, introduced, pair
from tests.stories.test_relay import arrived, newest, picture, writes


@pytest.fixture
async def of(stage: Stage) -> Pair:
    """Ana writes to Nour."""
    found = await pair(stage)
    await writes(found.ana, found.match_id)
    return found


async def lost(actor: Actor, message_id: int) -> None:
    """Hears that a file could not be passed on; what follows it still goes."""
    assert (await actor.sees(passed_on.LOST.id)).raw["reply_to"] == message_id


def bomb(width: int, height: int) -> bytes:
    """A picture of a few kilobytes that is large once drawn."""
    made = io.BytesIO()
    Image.new("1", (width, height)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", bomb(9_000, 6_000)),
        ("a.jpg", bomb(30_000, 30_000)),
        ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        ("a.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    ],
)
async def test_what_cannot_be_drawn_fails_softly(of: Pair, name: str, data: bytes) -> None:
    id_ = await of.ana.person.sends_file(name, data, "image/png")
    await lost(of.ana, id_)
    await of.ana.person.says("Did it arrive?")
    await of.nour.person.sees("Did it arrive?")


def test_pictures_of_every_kind_are_drawn_anew() -> None:
    for mode, kind, suffix in (
        *(("CMYK", "JPEG", ".jpg"), ("L", "JPEG", ".jpeg"), ("P", "PNG", ".png")),
        *(("RGBA", "PNG", ".png"), ("LA", "PNG", ".png"), ("RGBA", "WEBP", ".webp")),
        *(("RGBA", "PNG", ".jpg"), ("1", "PNG", ".png")),
    ):
        made = io.BytesIO()
        Image.new(mode, (6, 4)).save(made, kind)
        with Image.open(io.BytesIO(fetch.only_seen(made.getvalue(), suffix))) as seen:
            assert (seen.size, seen.format) == ((6, 4), fetch.FORMATS[suffix])
            assert ("A" in seen.mode) == ("A" in mode and suffix != ".jpg")


async def test_a_picture_is_turned_as_it_was_held() -> None:
    made, tags = io.BytesIO(), Image.Exif()
    tags[0x0112] = 6
    Image.new("RGB", (40, 30)).save(made, "JPEG", exif=tags)
    with Image.open(io.BytesIO(fetch.only_seen(made.getvalue(), ".jpg"))) as seen:
        assert seen.size == (30, 40)
        assert not seen.getexif()


async def test_a_file_that_telegram_has_no_more_holds_up_nothing(of: Pair) -> None:
    files, given = of.stage.sandbox.world.files, set()
    given.update(files.by_id)
    of.stage.app.sender._busy.add(await chat_of(of))
    id_ = await of.ana.person.sends_file("a.jpg", picture(), "image/jpeg")
    for each in set(files.by_id) - given:
        del files.by_id[each]
    of.stage.app.sender._busy.clear()
    await lost(of.ana, id_)
    await of.ana.person.says("Did it arrive?")
    await of.nour.person.sees("Did it arrive?")


async def chat_of(of: Pair) -> str:
    """Nour's chat as the outbox has it."""
    async with of.stage.app.store.read() as db:
        return db.keys.blind(of.nour.person.id)


@pytest.mark.parametrize("error", ["InvalidToken", "NetworkError"])
async def test_a_file_that_cannot_be_downloaded_is_given_up(
    of: Pair, error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from telegram import File
    from telegram import error as errors

    async def fails(_file: File) -> bytearray:
        raise {"InvalidToken": errors.InvalidToken(), "NetworkError": errors.NetworkError("x")}[
            error
        ]

    monkeypatch.setattr(File, "download_as_bytearray", fails)
    monkeypatch.setattr(send, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(send, "LONGEST_PAUSE", 0.01)
    id_ = await of.ana.person.sends_file("a.jpg", picture(), "image/jpeg")
    await lost(of.ana, id_)
    await of.ana.person.says("Did it arrive?")
    await of.nour.person.sees("Did it arrive?")


async def test_few_files_are_in_memory_at_a_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = ("Nour", "Omar", "Rana", "Sami", "Tala", "Umar")
    of = await pair(stage, (("Ana",), others))
    matches = [of.match_id, *[await introduced(of.at, "Ana", each) for each in others[1:]]]
    now, most, go = 0, 0, asyncio.Event()

    async def slow(*args: Any) -> bytes:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await go.wait()
        now -= 1
        return await fetch.fetched(*args)

    monkeypatch.setattr(send, "fetched", slow)
    for match_id in matches:
        await writes(of.ana, match_id)
        await of.ana.person.sends_file("a.jpg", picture(), "image/jpeg")
    await asyncio.sleep(0.5)
    assert now == send.FILES_AT_ONCE
    go.set()
    for each in others:
        await newest(of.at.people[each], "document")
    assert most == send.FILES_AT_ONCE


async def test_an_album_arrives_picture_by_picture_in_its_order(of: Pair) -> None:
    world = of.stage.sandbox.world
    ids = [await of.ana.person.sends_photo(picture(), words) for words in ("A", "", "C")]
    for each in ids:
        await arrived(of.ana, each)
    got = [each for each in await of.nour.person.chat() if each.from_bot and each.raw.get("photo")]
    assert [each.text.rpartition(" ")[2] for each in got][0::2] == ["A", "C"]
    message = world.chats[of.ana.person.id].messages[ids[0]]
    message.id, message.body = ids[-1] + 100, message.body | {"media_group_id": "7"}
    world.updates.push("message", message_json(message))

    async def four() -> bool:
        return len([m for m in await of.nour.person.chat() if m.raw.get("photo")]) == 4

    await until(four)


async def replaced(of: Pair, message_id: int, body: dict[str, Any]) -> None:
    """Somebody puts another file in the place of one."""
    message = of.stage.sandbox.world.chats[of.ana.person.id].messages[message_id]
    message.body = body
    of.stage.sandbox.world.updates.push("edited_message", message_json(message))


async def test_another_picture_takes_the_place_of_the_first(of: Pair) -> None:
    messages = of.stage.sandbox.world.chats[of.ana.person.id].messages
    id_ = await of.ana.person.sends_photo(picture(), "Our street")
    await arrived(of.ana, id_)
    before = (await newest(of.nour, "photo")).raw["photo"]
    other = await of.ana.person.sends_photo(picture(camera="Another"), "Another")
    await arrived(of.ana, other)
    await replaced(of, id_, dict(messages[other].body))
    (first, second) = [each for each in await of.nour.person.chat() if each.raw.get("photo")]

    async def changed() -> bool:
        (first, second) = [each for each in await of.nour.person.chat() if each.raw.get("photo")]
        return bool(first.raw["photo"] == second.raw["photo"] != before)

    await until(changed)
    assert first.id < second.id


async def test_another_file_takes_the_place_of_the_first_without_what_it_tells(of: Pair) -> None:
    messages = of.stage.sandbox.world.chats[of.ana.person.id].messages
    id_ = await of.ana.person.sends_file("Ana.jpg", picture(camera="Ana's"), "image/jpeg")
    await arrived(of.ana, id_)
    other = await of.ana.person.sends_file("Ana.png", bomb(60, 50), "image/png")
    await arrived(of.ana, other)
    await replaced(of, id_, dict(messages[other].body))

    async def changed() -> bool:
        found = [m.raw["document"] for m in await of.nour.person.chat() if m.raw.get("document")]
        return [each["name"] for each in found] == ["file.png", "file.png"]

    await until(changed)
