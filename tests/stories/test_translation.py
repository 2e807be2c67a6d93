"""What somebody writes in a language the other does not speak is followed by a translation."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot import tongues
from bot.delivery import translator
from bot.store.tables import relayed
from tests.conftest import KEYS
from tests.delivery.counter import until
from tests.play import staged
from tests.stories.between import (
    SALI,
    TOMORROW,
    TUESDAY,
    TURKISH,
    Between,
    asked,
    known,
    machines,
    none_wait,
    only,
    speaks,
    translated,
)
from tests.stories.circle import circle
from tests.stories.machine import machine
from tests.stories.test_relay import arrived, picture, writes


async def test_a_message_is_followed_by_its_translation(up: Between) -> None:
    up.machine.key = "sesame"
    id_ = await up.ana.person.says(TURKISH)
    got = await up.nour.person.sees(TURKISH)
    assert "in Turkish" in got.text, "told apart from Spanish by its words"
    found = await translated(up.nour, TOMORROW)
    assert found.raw["reply_to"] == got.id
    assert TURKISH not in found.text
    await arrived(up.ana, id_)
    (asked,) = up.machine.asked
    expected = {"q": TURKISH, "source": "tr", "target": "en", "format": "text", "api_key": "sesame"}
    assert asked == expected
    assert await up.rows() == 0


async def test_an_answer_to_a_translation_answers_the_message(up: Between) -> None:
    id_ = await up.ana.person.says(TURKISH)
    found = await translated(up.nour, TOMORROW)
    await arrived(up.ana, id_)
    await known(up)
    await up.nour.person.says("Yes, gladly", reply_to=found.id)
    assert (await up.ana.person.sees("Yes, gladly")).raw["reply_to"] == id_


async def test_captions_are_translated_too(up: Between) -> None:
    await up.ana.person.sends_photo(picture(), "Bizim sokak, akşam")
    await translated(up.nour, "Our street, in the evening")
    await up.ana.person.sends_sticker()
    await up.ana.person.says("👍")
    await up.nour.person.sees("👍")
    assert len(up.machine.asked) == 1


async def test_who_speaks_the_language_needs_none(up: Between) -> None:
    await speaks(up.of.stage, up.of.at.member_ids["Nour"], "en", "tr-TR")
    await up.ana.person.says(TURKISH)
    await up.nour.person.sees(TURKISH)
    assert await up.rows() == 0
    await speaks(up.of.stage, up.of.at.member_ids["Ana"], "en")
    await up.ana.person.says("See you at the market by the old gate")
    await up.nour.person.sees("in English: See you at the market")
    assert await up.rows() == 0
    assert up.machine.asked == []


async def test_a_language_that_is_not_sure_is_asked_for(up: Between) -> None:
    up.machine.detects = "tr"
    await up.ana.person.says("Tel Aviv")
    await translated(up.nour, "(Tel Aviv)")
    assert up.machine.asked[0]["source"] == "auto"
    up.machine.detects = "en"
    await up.ana.person.says("Istanbul")
    await up.nour.person.sees("Istanbul")
    await until(lambda: asked(up, 2))
    await none_wait(up)
    assert len(await machines(up.nour)) == 1, "they speak what it found"


async def test_a_change_takes_the_old_translation_along(up: Between) -> None:
    id_ = await up.ana.person.says(TURKISH)
    await translated(up.nour, TOMORROW)
    await arrived(up.ana, id_)
    await up.ana.person.edits(id_, SALI)
    changed = await up.nour.person.sees(SALI)
    assert changed.edited
    found = await translated(up.nour, TUESDAY)
    assert found.raw["reply_to"] == changed.id
    await until(lambda: only(up, found))
    await up.ana.person.edits(id_, TURKISH)
    await translated(up.nour, TOMORROW)
    await until(lambda: only(up, None))


async def test_what_is_taken_back_takes_its_translation_along(up: Between) -> None:
    id_ = await up.ana.person.says(TURKISH)
    await translated(up.nour, TOMORROW)
    await arrived(up.ana, id_)
    await up.ana.person.says("/delete", reply_to=id_)
    await up.ana.sees("I take it back where I still can")

    async def gone() -> bool:
        texts = [each.text for each in await up.nour.person.chat()]
        return not [each for each in texts if TURKISH in each or TOMORROW in each]

    await until(gone)
    async with up.of.stage.app.store.read() as db:
        assert await db.scalar(select(func.count()).select_from(relayed)) == 0


async def test_what_is_taken_back_meanwhile_is_not_translated(up: Between) -> None:
    up.machine.mood = "slow"
    id_ = await up.ana.person.says(TURKISH)
    await until(lambda: asked(up, 1))
    await up.ana.person.says("/delete", reply_to=id_)
    await up.ana.sees("I take it back where I still can")
    assert await up.rows() == 0
    up.machine.go.set()
    await up.nour.person.sees_not(TOMORROW)


async def test_nothing_follows_once_it_is_over(up: Between) -> None:
    up.machine.mood = "slow"
    await up.ana.person.says(TURKISH)
    got = await up.nour.person.sees(TURKISH)
    await until(lambda: asked(up, 1))
    await up.nour.person.taps_data(f"safety.ask:{up.of.match_id}", got)
    await up.nour.taps_one("Never again with this person", "Yes, never again")
    up.machine.go.set()
    await none_wait(up)
    assert await machines(up.nour) == []


async def test_privacy_tells_that_a_machine_reads(up: Between) -> None:
    await up.nour.says("/privacy")
    text = (await up.nour.sees("What is stored, and why")).text
    assert "a machine chosen by those who run this bot reads your messages" in text


async def test_each_of_a_circle_reads_it_in_their_language(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translator, "LOOK_SECONDS", 0.05)
    assert tongues.ready()
    async with machine() as by, staged(database, KEYS, translate_url=by.url) as stage:
        of = await circle(stage)
        await speaks(stage, of.member_ids["Ana"], "tr", "es")
        await speaks(stage, of.member_ids["Rana"], "en", "tr")
        await writes(of.people["Ana"], of.match_id)
        id_ = await of.people["Ana"].person.says(TURKISH)
        for name in ("Bea", "Carla", "Nour", "Omar"):
            await translated(of.people[name], TOMORROW)
        await arrived(of.people["Ana"], id_)
        assert await machines(of.people["Rana"]) == []
        assert len(by.asked) <= 4, "often once for all of them"
