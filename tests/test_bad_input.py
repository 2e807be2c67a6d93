"""Bad input and trouble: a clear sentence in the person's language, and nothing half done."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.replies import LanguageName, Plain, ZoneName
from bot.i18n import Tongue
from bot.sandbox import Message
from bot.store import forms, people
from tests.play import Actor, Stage, said
from tests.walks.seats import Seats, kept, seated

TIMES = "These times suit you both. They are in {city} time."
NASTY = "<b>Eve</b> & \u202e{name}\x07\u0000 <i>"
"""A Telegram name with markup, a bidi override, a placeholder and control characters."""


@pytest.fixture
async def seats(stage: Stage) -> Seats:
    """Ana (Spanish) and Nour (Arabic) on two sides."""
    return await seated(stage)


async def at_the_name(seats: Seats, name: str = "Eve", language: str = "ar") -> Actor:
    """Somebody who has agreed and is asked for the name others may see."""
    eve = await seats.stage.actor(name, language, door=await seats.link())
    await eve.taps("Yes, I agree")
    await eve.sees("Which name may others see?")
    return eve


async def speaks_english(actor: Actor) -> None:
    """Answers the question about languages."""
    await actor.person.taps(Tongue(actor.language).label(LanguageName("en")))
    await actor.person.waits()
    await actor.taps("Done")
    await actor.person.waits()


async def answers_so_far(seats: Seats, actor: Actor) -> dict[str, object]:
    """What their open form holds."""
    async with seats.stage.app.store.read() as db:
        person = await people.by_telegram_id(db, actor.person.id)
        assert person is not None
        row = await forms.of(db, person.id)
        return {} if row is None else dict(row.state["answers"])


def data_of(message: Message, action: str) -> str:
    """The callback data of the message's first button of an action."""
    return str(next(b["data"] for b in message.buttons if b["data"].startswith(action + ":")))


async def test_a_telegram_name_full_of_trouble_is_never_shown(seats: Seats) -> None:
    eve = await at_the_name(seats, NASTY)
    for message in await eve.person.chat():
        assert not message.from_bot or "Eve" not in message.text


async def test_markup_in_an_answer_is_text_and_control_characters_are_dropped(seats: Seats) -> None:
    eve = await at_the_name(seats)
    await eve.says("<b>Eve</b>\u202e & \x07{name}")
    await eve.sees("Which languages do you speak well enough for a conversation?")
    assert (await answers_so_far(seats, eve))["name"] == "<b>Eve</b> & {name}"
    await eve.says("/profile")
    await eve.person.waits()
    assert all("<b>Eve" not in message.html for message in await eve.person.chat())


@pytest.mark.parametrize("answer", ["x" * 4096, "😀" * 2048, "\u0301x" * 2048])
async def test_an_answer_as_long_as_telegram_allows(seats: Seats, answer: str) -> None:
    eve = await at_the_name(seats)
    await eve.says(answer)
    message = await eve.sees("Which name may others see?")
    assert str(40) in Tongue("en").label(Plain(message.text)) or "٤٠" in message.text
    assert "name" not in await answers_so_far(seats, eve)
    await eve.says("Eve")
    await eve.sees("Which languages do you speak well enough for a conversation?")


async def test_a_sticker_where_text_is_asked(seats: Seats) -> None:
    eve = await at_the_name(seats)
    for send in (
        eve.person.sends_sticker(),
        eve.person.sends_voice(b"\x00"),
        eve.person.sends_contact("+123", "Eve"),
    ):
        await send
        await eve.sees("I can only read text here. Please write your answer.")
    await eve.person.sends_location(1.0, 1.0)
    await eve.sees("I did not need a location here, and did not keep it.")
    assert "name" not in await answers_so_far(seats, eve)


async def test_a_button_of_an_old_message(seats: Seats) -> None:
    eve = await at_the_name(seats)
    await eve.says("Eve")
    old = await eve.sees("Which languages do you speak well enough for a conversation?")
    await speaks_english(eve)
    before = await answers_so_far(seats, eve)
    await eve.person.taps_data(data_of(old, "form"), old)
    await eve.sees("That button belongs to an earlier question. This is where we are:")
    assert await answers_so_far(seats, eve) == before


async def test_a_button_of_another_person(seats: Seats) -> None:
    match_id = await seats.proposed()
    mallory = await seats.stage.actor("Mallory", "tr")
    await mallory.says("/start")
    mine = (await mallory.person.waits())[-1]
    before = await kept(seats.stage.app.store)
    for data in (f"match.yes:{match_id}", f"match.why:{match_id}:none", f"match.left:{match_id}"):
        await mallory.person.taps_data(data, mine)
        await mallory.sees("That button is from an earlier message and no longer works. See /help.")
    ids = tuple(seats.member_ids.values())
    for data in (f"people.approve:{ids[0]}", f"people.pause:{ids[0]}", f"people.show:{ids[1]}"):
        await mallory.person.taps_data(data, mine)
        await mallory.sees(
            "Only coordinators of the network can do that. /help shows what you can do."
        )
    assert await kept(seats.stage.app.store) == before


@pytest.mark.parametrize(
    "number", ["9" * 19, "9223372036854775808", "9" * 25, "-1", "0", "٣", "1.5", "x"]
)
async def test_a_button_about_a_number_that_cannot_be(seats: Seats, number: str) -> None:
    await seats.ana.says("/start")
    mine = (await seats.ana.person.waits())[-1]
    for action in ("match.yes", "meet.agree", "log.open", "match.show", "form"):
        await seats.ana.person.taps_data(f"{action}:{number}", mine)
        await seats.ana.sees(
            "That button is from an earlier message and no longer works. See /help."
        )


async def test_a_button_of_a_match_since_closed(seats: Seats) -> None:
    match_id = await seats.introduced()
    await seats.ana.says("/meet")
    times = await seats.ana.sees(TIMES, city=ZoneName("Europe/Madrid"))
    await seats.nour.says("/match")
    await seats.nour.taps("End this introduction")
    await seats.nour.taps("Yes, end it")
    await seats.nour.sees("The introduction has ended. You are in line for somebody new.")
    await seats.ana.sees("An introduction you were in has ended.")
    before = await kept(seats.stage.app.store)
    for data in (
        data_of(times, "meet.at"),
        f"relay.write:{match_id}",
        f"match.yes:{match_id}",
        f"match.leave:{match_id}",
    ):
        await seats.ana.person.taps_data(data, times)
        await seats.ana.sees("This introduction is over. /match shows where you stand.")
    assert await kept(seats.stage.app.store) == before


async def test_both_say_yes_at_once(seats: Seats) -> None:
    match_id = await seats.proposed()
    cards = {}
    for actor in (seats.ana, seats.nour):
        await actor.says("/match")
        cards[actor.person.id] = await actor.sees("There is somebody you could meet.")
    await asyncio.gather(
        *(
            actor.person.taps_data(f"match.yes:{match_id}", cards[actor.person.id])
            for actor in (seats.ana, seats.nour)
            for _ in range(2)
        )
    )
    for actor in (seats.ana, seats.nour):
        await actor.says("/meet")
        await actor.meets_partner()
    news = said("es", "There is good news about your introduction: you both said yes.")
    also = said("ar", "There is good news about your introduction: you both said yes.")
    told = [
        message
        for actor in (seats.ana, seats.nour)
        for message in await actor.person.chat()
        if news in message.text or also in message.text
    ]
    assert len(told) == 1, "one of them said yes last, and the other heard of it once"


async def test_two_take_the_last_place_of_an_invitation(seats: Seats) -> None:
    token = await seats.link(side=1, uses=1)
    guests = [await seats.stage.actor(name, "el") for name in ("Eva", "Iris")]
    for guest in guests:
        await guest.says(f"/start {token}")
        await guest.sees("Do you agree?")
    await asyncio.gather(*(guest.taps("Yes, I agree") for guest in guests))
    seen = [(await guest.person.waits())[-1].text for guest in guests]
    asked = said("el", "Which name may others see?")
    sorry = said("el", "This invitation can no longer be used. Please ask for a new one.")
    assert sorted((asked in text, sorry in text) for text in seen) == [(False, True), (True, False)]


async def test_an_invitation_used_up_expired_or_unknown(seats: Seats) -> None:
    used, late = await seats.link(uses=0), await seats.link(days=-1)
    zeynep = await seats.stage.actor("Zeynep", "tr")
    for token, answer in (
        (used, "This invitation has been used up. Please ask for a new one."),
        (late, "This invitation has expired. Please ask for a new one."),
        ("A" * 32, "This invitation is not known here. Please check the link,"),
        ("../../etc", "This invitation is not known here. Please check the link,"),
    ):
        await zeynep.says(f"/start {token}")
        await zeynep.person.sees(said("tr", _whole(answer)))
    before = await kept(seats.stage.app.store)
    await zeynep.says(f"/start {used}")
    await zeynep.person.waits()
    assert await kept(seats.stage.app.store) == before


def _whole(text: str) -> str:
    rest = " or ask for a new one."
    return text + rest if text.endswith("link,") else text


async def test_guessing_invitations_is_limited(seats: Seats) -> None:
    token = await seats.link()
    guesser = await seats.stage.actor("Guesser", "he")
    stop = "These were too many links that do not work. Please try again in an hour."
    for n in range(5):
        await guesser.says(f"/start {n:032d}")
        await guesser.person.waits()
    for payload in ("0" * 32, token, "claim-" + "0" * 32):
        await guesser.says(f"/start {payload}")
        await guesser.sees(stop)
    await seats.stage.passes(hours=1, minutes=1)
    await guesser.says(f"/start {token}")
    await guesser.sees("Do you agree?")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("2020-01-01 12:00", "That time is past. Please choose one that is still ahead."),
        ("0001-01-01 00:00", "That time is past. Please choose one that is still ahead."),
        ("2031-03-30 02:30", "That is far ahead. Please choose a time in the next 14 days."),
        ("9999-12-31 23:59", "That is far ahead. Please choose a time in the next 14 days."),
        ("2031-02-30 12:00", "When would you like to meet, by your own clock?"),
        ("mañana", "When would you like to meet, by your own clock?"),
    ],
)
async def test_a_date_that_cannot_be(seats: Seats, typed: str, answer: str) -> None:
    match_id = await seats.introduced()
    await seats.ana.says("/meet")
    card = await seats.ana.sees(TIMES, city=ZoneName("Europe/Madrid"))
    await seats.ana.person.taps_data(f"meet.type:{match_id}", card)
    await seats.ana.sees("When would you like to meet, by your own clock?")
    before = await kept(seats.stage.app.store)
    await seats.ana.says(typed)
    await seats.ana.sees(answer)
    assert await kept(seats.stage.app.store) == before
    await seats.ana.says("2031-03-19 12:00")
    await seats.ana.person.sees(said("es", "You proposed {when}.", when="")[:10])


async def test_an_unknown_time_zone(seats: Seats) -> None:
    eve = await at_the_name(seats)
    await eve.says("Eve")
    await eve.sees("Which languages do you speak well enough for a conversation?")
    await speaks_english(eve)
    asked = await eve.sees("Where do you live?")
    await eve.says("Atlantis/Underwater")
    await eve.sees("I do not know that place. Please write the name of a country or a large city.")
    visit = data_of(asked, "form").split(":")[1]
    await eve.person.taps_data(f"form:{visit}:=Mars/Olympus", asked)
    await eve.sees("That button no longer works. This is where we are:")
    await eve.person.sends_location(0.0, -150.0)
    await eve.sees("I could not find the time zone there. Please choose a country instead.")
    assert "zone" not in await answers_so_far(seats, eve)
