"""What partners send each other through the bot, over the real sandbox."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from bot.sandbox import Message
from bot.store.tables import inbox, outbox
from tests.delivery.counter import until
from tests.play import Actor, Stage
from tests.stories.circle import circle
from tests.stories.pair import Pair, introduced, pair

EXIF_CAMERA, EXIF_OWNER = 0x0110, 0xA430


@pytest.fixture
async def of(stage: Stage) -> Pair:
    """Ana writes to Nour."""
    found = await pair(stage)
    await writes(found.ana, found.match_id)
    return found


async def writes(actor: Actor, match_id: int) -> None:
    """Somebody turns to their partner."""
    await actor.says("/match")
    await actor.person.taps_data(f"relay.write:{match_id}", await actor.person.last())
    await actor.sees("What you send me now I pass on")


def picture(**exif: str) -> bytes:
    """A small JPEG that tells of who took it."""
    made, tags = io.BytesIO(), Image.Exif()
    tags[EXIF_CAMERA] = exif.get("camera", "")
    Image.new("RGB", (40, 30), "navy").save(made, "JPEG", exif=tags, comment=b"by Ana Diaz")
    return made.getvalue()


async def arrived(actor: Actor, message_id: int) -> None:
    """Waits for the mark on somebody's message."""

    async def marked() -> bool:
        found = {each.id: each for each in await actor.person.chat()}
        return found[message_id].raw.get("reactions") == ["🤝"]

    await until(marked)


async def newest(actor: Actor, kind: str) -> Message:
    """The newest message of the bot with such a content; waits for it."""
    seen: list[Message] = []

    async def there() -> bool:
        seen[:] = [m for m in await actor.person.chat() if m.from_bot and m.raw.get(kind)]
        return bool(seen)

    await until(there)
    return seen[-1]


async def test_words_arrive_under_the_name_one_has_and_are_marked(of: Pair) -> None:
    id_ = await of.ana.person.says("Shall we meet on Tuesday at 18:30, or on 2031-03-20?")
    got = await of.nour.person.sees("Shall we meet on Tuesday")
    assert "tg-spoiler" in got.html, "a preview of it says nothing"
    await arrived(of.ana, id_)
    assert "Ana" not in got.text, "a pseudonym, as long as she does not show her name"


async def test_answers_find_what_they_answer(of: Pair) -> None:
    id_ = await of.ana.person.says("First")
    got = await of.nour.person.sees("First")
    await arrived(of.ana, id_)
    await of.ana.person.says("Second")
    await of.nour.person.sees("Second")
    mine = await of.nour.person.says("To the first", reply_to=got.id)
    answer = await of.ana.person.sees("To the first")
    await arrived(of.nour, mine)
    assert answer.raw["reply_to"] == id_
    await of.ana.person.says("And on", reply_to=answer.id)
    assert (await of.nour.person.sees("And on")).raw["reply_to"]


async def test_pictures_voice_stickers_and_places_arrive(of: Pair) -> None:
    await of.ana.person.sends_photo(picture(), "Our street")
    assert "Our street" in (await newest(of.nour, "photo")).text
    await of.ana.person.sends_voice(b"OggS")
    await newest(of.nour, "voice")
    await of.ana.person.sends(video_note={"base64": "AAAA"})
    await newest(of.nour, "video_note")
    await of.ana.person.sends_sticker()
    await newest(of.nour, "sticker")


async def test_a_picture_as_a_file_loses_what_it_tells_and_its_name(of: Pair) -> None:
    await of.ana.person.sends_file("Ana Diaz.jpg", picture(camera="Ana's camera"), "image/jpeg")
    got = (await newest(of.nour, "document")).raw["document"]
    assert got["name"] == "file.jpg"
    (file,) = [f for f in of.stage.sandbox.world.files.by_id.values() if f.name == "file.jpg"]
    with Image.open(io.BytesIO(file.data)) as seen:
        assert seen.size == (40, 30)
        assert not seen.getexif()
        assert "comment" not in seen.info
    assert b"Ana" not in file.data


async def test_other_files_are_asked_about_and_have_no_name(of: Pair) -> None:
    await of.ana.person.sends_file("Ana Diaz.pdf", b"%PDF", "application/pdf", "Read this")
    await of.ana.sees("This could show who you are")
    await of.ana.taps("Yes, pass it on")
    got = await newest(of.nour, "document")
    assert got.raw["document"]["name"] == "file.pdf"
    assert "Read this" in got.text


@pytest.mark.parametrize(
    "words",
    [
        "Call me: +357 99 123 456",
        "My mail is ana@example.org",
        "I am @anadiaz",
        "See t.me/anadiaz",
        "٠٩٩١٢٣٤٥٦",
        "a\u200bna@exam\u200bple.org",
    ],
)
async def test_what_shows_who_one_is_waits_for_ones_word(of: Pair, words: str) -> None:
    await of.ana.person.says(words)
    await of.ana.sees("This could show who you are")
    await of.nour.person.sees_not(words[:8])
    await of.ana.taps("No")
    await of.ana.sees("It stays between us.")
    await of.ana.person.says(words)
    await of.ana.person.waits()
    await of.ana.taps("Yes, pass it on")
    await of.nour.person.sees(words.replace("\u200b", "")[:3])
    await of.ana.sees("It is passed on.")


async def test_a_contact_card_is_asked_about(of: Pair) -> None:
    await of.ana.person.sends_contact("+35799123456", "Ana")
    await of.ana.sees("I see a contact card")
    await of.ana.taps("Yes, pass it on")
    got = await of.nour.person.sees("a contact, Ana, +35799123456")
    assert "tg-spoiler" in got.html, "Telegram cannot cover a card"


async def test_a_forward_arrives_as_a_new_message(of: Pair) -> None:
    await of.ana.person.says("A poem", forward_from=of.at.olga.person.id)
    got = await of.nour.person.sees("A poem")
    assert "forwarded" not in got.raw
    assert not [u for u in (got.raw.get("forward_origin"),) if u]


async def test_changes_follow_and_what_is_taken_back_is_gone(of: Pair) -> None:
    id_ = await of.ana.person.says("At five")
    await of.nour.person.sees("At five")
    await arrived(of.ana, id_)
    await of.ana.person.edits(id_, "At six")
    assert (await of.nour.person.sees("At six")).edited
    await of.ana.person.edits(id_, "Call +357 99 123 456")
    await of.ana.sees("This could show who you are")
    await of.ana.taps("Yes, pass it on")
    await of.nour.person.sees("Call +357")
    await of.ana.person.says("/delete", reply_to=id_)
    await of.ana.sees("I take it back where I still can")

    async def gone() -> bool:
        return not [m for m in await of.nour.person.chat() if "Call" in m.text]

    await until(gone)


async def test_an_edited_command_or_answer_does_nothing(of: Pair) -> None:
    id_ = await of.ana.person.says("/match")
    await of.ana.person.edits(id_, "/forget")
    await of.ana.person.says("Still here")
    await of.nour.person.sees("Still here")
    await of.ana.person.sees_not("Delete everything about you?")


async def test_nothing_of_it_is_kept(of: Pair) -> None:
    id_ = await of.ana.person.says("Cypress and olive")
    await arrived(of.ana, id_)

    async def blank() -> bool:
        async with of.stage.app.store.read() as db:
            full = [
                await db.scalar(select(func.count()).where(table.c.payload.is_not(None)))
                for table in (inbox, outbox)
            ]
        return full == [0, 0]

    await until(blank)


async def test_a_pause_an_end_and_a_stop_end_it(of: Pair) -> None:
    await of.ana.taps("Stop writing")
    await of.ana.person.says("To whom does this go?")
    await of.ana.sees("Shall I pass this on? To whom?")
    await of.ana.taps("To nobody")
    await of.nour.says("/pause")
    await of.nour.chooses("How long would you like to pause?", "Until I come back")
    await of.nour.taps("Pause all the same")
    await of.nour.sees("You are on a pause until you come back: /resume.")
    await of.ana.person.taps_data(f"relay.write:{of.match_id}", await of.ana.person.last())
    await of.ana.sees("Your partner is away for a while.")


async def test_a_message_to_nobody_in_particular_is_asked_about(of: Pair) -> None:
    await of.stage.passes(minutes=20)
    await of.ana.person.says("Good morning")
    await of.ana.sees("Shall I pass this on? To whom?")
    await of.ana.person.taps_data(f"relay.send:{of.match_id}")
    await of.nour.person.sees("Good morning")


async def test_long_words_arrive_whole(of: Pair) -> None:
    long = " ".join(f"word{n}" for n in range(500))
    id_ = await of.ana.person.says(long)
    got = await of.nour.person.sees("word499")
    await of.nour.person.sees("word0 word1")
    assert len(got.text) < 4096
    await arrived(of.ana, id_)
    await of.ana.person.edits(id_, "short")
    await of.ana.person.says("/delete", reply_to=id_)

    async def gone() -> bool:
        return not [m for m in await of.nour.person.chat() if "word" in m.text]

    await until(gone)


async def test_a_circle_reads_what_one_of_it_writes(stage: Stage) -> None:
    of = await circle(stage)
    ana = of.people["Ana"]
    await writes(ana, of.match_id)
    id_ = await ana.person.says("Hello everybody")
    for name in ("Bea", "Carla", "Nour", "Omar", "Rana"):
        await of.people[name].person.sees("Hello everybody")
    await arrived(ana, id_)
    got = await of.people["Rana"].person.last()
    await of.people["Rana"].person.says("Hello Ana", reply_to=got.id)
    assert (await ana.person.sees("Hello Ana")).raw["reply_to"] == id_
    await of.people["Bea"].person.sees("Hello Ana")


async def test_what_cannot_be_passed_on_is_said(of: Pair) -> None:
    id_ = await of.ana.person.sends_file("cat.jpg", b"no picture at all", "image/jpeg")
    told = await of.ana.sees("This message could not be passed on.")
    assert told.raw["reply_to"] == id_


async def test_of_several_partners_the_right_one_reads_it(stage: Stage) -> None:
    of = await pair(stage, (("Ana",), ("Nour", "Omar")))
    other = await introduced(of.at, "Ana", "Omar")
    omar = of.at.people["Omar"]
    await writes(of.ana, other)
    await of.ana.person.says("For Omar")
    await omar.person.sees("For Omar")
    await of.nour.person.sees_not("For Omar")
    await of.ana.taps("Stop writing")
    await of.ana.person.says("For one of you")
    await of.ana.sees("Shall I pass this on? To whom?")
    await of.ana.person.taps_data(f"relay.send:{of.match_id}")
    await of.nour.person.sees("For one of you")
    await omar.person.sees_not("For one of you")
