"""In groups nothing personal is shown, and nobody there commands, under whatever name they come."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.capabilities import commands
from bot.delivery.events import Heard, read
from bot.domain.replies import Say
from bot.domain.rooms import News
from bot.store import rooms
from bot.store.tables import outbox
from tests.abuse.raw import (
    ANONYMOUS,
    CHANNEL,
    FAKE_CHANNEL,
    TELEGRAM,
    account,
    bring,
    message,
    sent,
)
from tests.play import Stage
from tests.stories.circle import Circle, circle
from tests.stories.test_rooms import ACTIVITY, asks, link_of, linked
from tests.walks.seats import kept


async def pending(of: Circle) -> tuple[int, str]:
    """A group of Ana's that the bot is in but that is not linked yet, and the token that would."""
    ana = of.people["Ana"]
    await ana.says("/rooms")
    await ana.taps(ACTIVITY)
    await ana.sees("Its people have no Telegram group yet.")
    token = (
        (await link_of(ana, "Add me to the group")).partition("startgroup=")[2].partition("&")[0]
    )
    chat = await ana.person.founds("Monday circle", kind="supergroup")
    await ana.person.places_bot(chat, "administrator", "invite_users", "restrict_members")
    return chat, token


async def is_linked(of: Circle) -> bool:
    async with of.stage.app.store.read() as db:
        room = await rooms.of_match(db, of.match_id)
    return room is not None and room.state != "pending"


async def test_a_token_counts_only_from_who_wrote_it_as_themselves(stage: Stage) -> None:
    of = await circle(stage)
    chat, token = await pending(of)
    ana = of.people["Ana"].person
    place = {"id": chat, "type": "supergroup", "title": "Monday circle"}
    text, me = f"/start@{stage.sandbox.username} {token}", account(ana)
    before = await kept(stage.app.store)
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Ana"}
    await bring(
        stage,
        ("message", message(ANONYMOUS, place, text, sender_chat=place)),
        ("message", message(FAKE_CHANNEL, place, text, sender_chat=CHANNEL)),
        ("message", message(TELEGRAM, place, text, sender_chat=CHANNEL, is_automatic_forward=True)),
        ("message", message(me, place, text, sender_chat=CHANNEL)),
        ("message", message(me, place, text, forward_origin=origin)),
        ("message", message(me, place, text, via_bot={"id": 5, "is_bot": True, "first_name": "x"})),
        ("edited_message", message(me, place, text)),
        ("channel_post", message(me, CHANNEL, text, sender_chat=CHANNEL)),
        ("message", message(account(of.people["Bea"].person), place, text)),
    )
    assert not await is_linked(of)
    after = await kept(stage.app.store)
    assert after["rooms"] == before["rooms"]
    await bring(stage, ("message", message(me, place, text)))
    assert await is_linked(of), "hers"


async def test_coordinators_command_nothing_in_a_group(stage: Stage) -> None:
    of = await circle(stage)
    chat = await linked(of)
    olga, place = of.olga.person, {"id": chat, "type": "supergroup", "title": "Monday circle"}
    said, before = await sent(olga), await kept(stage.app.store)
    texts = [f"/{each.name}" for each in commands()]
    texts += [f"{each}@{stage.sandbox.username}" for each in texts]
    for who in (account(olga), account(of.people["Ana"].person), ANONYMOUS):
        await bring(stage, *(("message", message(who, place, each)) for each in texts))
    mine = [each for each in stage.sandbox.world.chats[chat].messages.values() if each.by_bot]
    assert mine == []
    assert await sent(olga) == said, "nor is what she asked for said anywhere else"
    assert await kept(stage.app.store) == before


async def test_buttons_do_nothing_in_a_group(stage: Stage) -> None:
    of = await circle(stage)
    chat = await linked(of)
    olga, place = account(of.olga.person), {"id": chat, "type": "supergroup", "title": "x"}
    before = await kept(stage.app.store)
    held = f"people.pause:{of.member_ids['Bea']}"
    where = {"message_id": 5, "chat": place, "date": 1}
    tap = {"id": "1", "from": olga, "chat_instance": "1", "data": held, "message": where}
    await bring(stage, ("callback_query", tap))
    assert await kept(stage.app.store) == before


async def test_all_that_is_ever_said_in_a_group_names_nobody(stage: Stage) -> None:
    """From the link to the end: a farewell, and nothing else."""
    of = await circle(stage)
    chat = await linked(of)
    await asks(of, "Bea")
    async with stage.app.store.begin() as db:
        await rooms.to_be_closed(db, of.match_id, stage.sandbox.clock.now())
    for _ in range(3):
        await stage.app.ticker.tick()
    async with stage.app.store.read() as db:
        roomed = await db.rows(select(outbox.c.id).where(outbox.c.person_id.is_(None)))
    assert roomed, "calls to Telegram about the group"
    mine = [m.text for m in stage.sandbox.world.chats[chat].messages.values() if m.by_bot]
    names = [*of.people, "Olga", "Aldea", "Marsa"]
    assert not [(text, name) for text in mine for name in names if name in text]


PLACE = {"id": -1_002_100_000_001, "type": "supergroup", "title": "Circle"}
ANA = {"id": 5_100_000_001, "is_bot": False, "first_name": "Ana"}
TOKEN = "/start " + "a" * 32


@pytest.mark.parametrize(
    "more",
    [
        {"sender_chat": CHANNEL},
        {"is_automatic_forward": True},
        {"forward_origin": {"type": "channel", "chat": CHANNEL, "message_id": 1, "date": 1}},
        {"via_bot": {"id": 5, "is_bot": True, "first_name": "Gif"}},
    ],
)
def test_what_tells_that_it_is_another_s_is_enough_by_itself(more: dict[str, Any]) -> None:
    assert isinstance(read({"message": message(ANA, PLACE, TOKEN)}), News)
    assert read({"message": message(ANA, PLACE, TOKEN, **more)}) is None
    private = {"id": ANA["id"], "type": "private"}
    heard = read({"message": message(ANA, private, "/forget", **more)})
    assert isinstance(heard, Heard)
    assert heard.event is not None
    assert (heard.event.command, heard.event.text) == ("", "/forget")


def test_only_calls_and_farewells_go_to_rooms() -> None:
    """Words to a room are made in two places: the farewell, and stories that people published."""
    from tests.test_repository import ROOT

    makers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "bot").rglob("*.py")
        if "room=" in path.read_text("utf-8") and "Say" in path.read_text("utf-8")
    }
    assert Say.__dataclass_fields__["room"]
    assert makers == {"bot/coordinators/stories.py", "bot/reminders/room_close.py"}
