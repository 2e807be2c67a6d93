"""Forged, replayed and misdirected: nothing comes of it.

Buttons of other people and other networks, one by one, are in `tests/participants/test_forged.py`
and `tests/coordinators/test_rights.py`; numbers that can't be in `tests/test_bad_input.py`.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.delivery.events import WANTED, read, without_talk
from bot.domain.rooms import adding_link
from bot.store import founding, networks, people, rooms
from bot.store.founding import NewNetwork
from bot.store.tables import members as member_rows
from tests.abuse.raw import TELEGRAM, account, bring, message, own_chat, sent
from tests.play import Actor, Stage
from tests.walks.seats import SIDES, Seats, kept, seated

UNKNOWN = "This invitation is not known here. Please check the link, or ask for a new one."
TOO_OLD = "That button is from an earlier message and no longer works. See /help."


@pytest.fixture
async def seats(stage: Stage) -> Seats:
    """Olga, who runs a network, and Ana and Nour in it."""
    return await seated(stage)


async def at_home(seats: Seats) -> Any:
    """Ana's last message with buttons, as Telegram would bring it along."""
    await seats.ana.says("/start")
    await seats.ana.sees("What would you like to do?")
    return await seats.ana.person.last()


def tap(who: dict[str, Any], data: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "callback_query", {"id": "1", "from": who, "chat_instance": "1", "data": data} | more


async def test_a_tap_without_its_message_or_in_another_s_chat_is_not_acted_upon(
    seats: Seats,
) -> None:
    match_id = await seats.proposed()
    ana, nour = seats.ana.person, seats.nour.person
    await at_home(seats)
    before, said = await kept(seats.stage.app.store), await sent(ana)
    yes = f"match.yes:{match_id}"
    bot = {"message_id": 1, "date": 0}
    await bring(
        seats.stage,
        tap(account(ana), yes),
        tap(account(ana), yes, inline_message_id="AbC"),
        tap(account(ana), yes, message=bot | {"chat": own_chat(nour)}),
        tap(account(ana) | {"is_bot": True}, yes, message=bot | {"chat": own_chat(ana)}),
        tap(account(ana), yes, message=bot | {"chat": {"id": -5, "type": "group", "title": "x"}}),
    )
    assert await kept(seats.stage.app.store) == before
    assert await sent(ana) == said
    assert await sent(nour) == []
    await bring(seats.stage, tap(account(ana), yes, message=bot | {"chat": own_chat(ana)}))
    assert await kept(seats.stage.app.store) != before, "a message too old to be shown is her own"


async def test_a_private_message_of_another_chat_is_not_acted_upon(seats: Seats) -> None:
    ana, nour = seats.ana.person, seats.nour.person
    await at_home(seats)
    before, said = await kept(seats.stage.app.store), await sent(ana)
    await bring(
        seats.stage,
        ("message", message(account(nour), own_chat(ana), "/forget")),
        ("message", message(account(ana), own_chat(nour), "/forget")),
        ("edited_message", message(account(ana), own_chat(nour), "/forget")),
        ("message", message(account(ana) | {"is_bot": True}, own_chat(ana), "/forget")),
        ("my_chat_member", _blocked(ana, nour)),
    )
    assert await kept(seats.stage.app.store) == before
    assert await sent(ana) == said
    assert await sent(nour) == []


def _blocked(who: Any, chat: Any) -> dict[str, Any]:
    member = {"user": {"id": 1, "is_bot": True}, "status": "kicked"}
    return {"from": account(who), "chat": own_chat(chat), "date": 1, "new_chat_member": member}


@pytest.mark.parametrize(
    "origin",
    [
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Mallory"}},
        {"via_bot": {"id": 5, "is_bot": True, "first_name": "Gif"}},
    ],
)
async def test_a_command_that_somebody_else_wrote_is_text(
    seats: Seats, origin: dict[str, Any]
) -> None:
    token = await seats.link()
    eve = await seats.stage.actor("Eve")
    await eve.says("/start")
    await eve.person.waits()
    before = await kept(seats.stage.app.store)
    for text in ("/forget", f"/start {token}", "/pause", "/newnetwork"):
        forged = message(account(eve.person), own_chat(eve.person), text, **origin)
        await bring(seats.stage, ("message", forged))
        await eve.sees("Sorry, I did not understand that.")
    assert await kept(seats.stage.app.store) == before


async def test_a_forwarded_command_is_passed_on_as_any_words(seats: Seats) -> None:
    await seats.introduced()
    match_id = (await kept(seats.stage.app.store))["matches"][0]["id"]
    await seats.ana.person.taps_data(f"relay.write:{match_id}", await at_home(seats))
    await seats.ana.person.waits()
    await seats.ana.person.says("/forget everything", forward_from="Somebody")
    await seats.nour.person.sees("forget everything")  # what follows the slash cannot be tapped


async def test_a_button_pressed_twice_counts_once(seats: Seats) -> None:
    match_id = await seats.introduced()
    ana = seats.ana.person
    await seats.ana.says("/meet")
    card = (await ana.waits())[-1]
    times = next(each["data"] for each in card.buttons if each["data"].startswith("meet.at"))
    await asyncio.gather(*(ana.taps_data(times, card) for _ in range(5)))
    await ana.waits()
    await ana.taps_data(f"match.show:{match_id}", card)
    await ana.waits()
    stored = await kept(seats.stage.app.store)
    assert [each["state"] for each in stored["meetings"]] == ["proposed"]
    proposed = [each for each in await seats.nour.person.chat() if each.from_bot]
    assert len({each.text for each in proposed}) == len(proposed), "told once"


@pytest.mark.parametrize(
    "data",
    [
        *("", ":", "match.yes", "match.yes:", "match.yes:1:2:3", "match.yes:" + "9" * 54),
        *("form:1:" + "=" * 57, "go", "go:", "go:" + "x" * 61, "go:newnetwork:x", "\u0000:1"),
        *("invite.poster:" + "A" * 32, "relay.send:1", "x" * 64, "é" * 32, "x" * 5000),
    ],
)
async def test_data_that_no_button_has(seats: Seats, data: str) -> None:
    card = await at_home(seats)
    ana, before = seats.ana.person, await kept(seats.stage.app.store)
    where = {"message_id": card.id, "date": 1, "chat": own_chat(ana)}
    await bring(seats.stage, tap(account(ana), data, message=where))
    assert await kept(seats.stage.app.store) == before


KINDS = (
    *("channel_post", "edited_channel_post", "business_connection", "business_message"),
    *("edited_business_message", "deleted_business_messages", "message_reaction", "inline_query"),
    *("message_reaction_count", "chosen_inline_result", "shipping_query", "pre_checkout_query"),
    *("purchased_paid_media", "poll", "poll_answer", "chat_member", "chat_boost"),
    *("removed_chat_boost", "of_the_future"),
)


async def test_kinds_not_asked_for_are_neither_kept_nor_acted_upon(seats: Seats) -> None:
    ana = seats.ana.person
    await at_home(seats)
    before, said = await kept(seats.stage.app.store), await sent(ana)
    content = message(account(ana), own_chat(ana), "/forget", data="forget.sure", query="/forget")
    await bring(seats.stage, *((kind, content) for kind in KINDS))
    assert await kept(seats.stage.app.store) == before
    assert await sent(ana) == said
    for kind in KINDS:
        assert kind not in WANTED
        assert read({"update_id": 1, kind: content}) is None
        assert without_talk({"update_id": 1, kind: content}) == {"update_id": 1}


async def other_network(seats: Seats) -> int:
    """A second network, which Nour owns and Ana is not in."""
    async with seats.stage.app.store.begin() as db:
        nour = await people.by_telegram_id(db, seats.nour.person.id)
        assert nour is not None
        new = NewNetwork("Elsewhere", SIDES, open=False, approval=False, joint_rounds=False)
        return await founding.found(db, new, nour.id, 0, seats.stage.sandbox.clock.now())


async def test_a_link_of_one_network_gives_nothing_in_another(seats: Seats) -> None:
    elsewhere, token = await other_network(seats), await seats.link()
    eve = await seats.stage.actor("Eve", door=token)
    await eve.taps("Yes, I agree")
    await eve.sees("Which name may others see?")
    async with seats.stage.app.store.read() as db:
        person = await people.by_telegram_id(db, eve.person.id)
        assert person is not None
        for side in await networks.sides_of(db, elsewhere):
            await eve.person.taps_data(f"join.side:{side.id}", await eve.person.last())
            await eve.sees("That network is not open any more.")
        assert await networks.membership(db, person.id, elsewhere) is None


async def test_tokens_of_other_things_open_no_door(seats: Seats) -> None:
    stage, invite = seats.stage, await seats.link()
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        olga = await people.by_telegram_id(db, seats.olga.person.id)
        assert olga is not None
        where = seats.sides[0].network_id, None, "channel", olga.id, "en", now
        room = await rooms.expect(db, *where)
    eve = await stage.actor("Eve")
    for payload in (room, room.upper(), "claim-" + room):
        await eve.says(f"/start {payload}")
        assert "link" in (await eve.person.waits())[-1].text
    await eve.says(f"/start claim-{invite}")
    await eve.sees("That link does not work, or has been used already.")
    assert not (await _person(stage, eve)).is_owner
    chat = await eve.person.founds("Group")
    await eve.person.opens(adding_link(stage.sandbox.username, "group", invite), chat)
    await eve.sees("That link can no longer be used.")
    stored = await kept(stage.app.store)
    assert [(each["uses_left"], each["opened"]) for each in stored["invites"]] == [(1, 0)]


async def _person(stage: Stage, actor: Actor) -> Any:
    async with stage.app.store.read() as db:
        return await people.by_telegram_id(db, actor.person.id)


@pytest.mark.parametrize("state", ["held", "declined", "pending", "paused"])
async def test_a_link_changes_nothing_for_who_is_held_or_declined(seats: Seats, state: str) -> None:
    token = await seats.link()
    async with seats.stage.app.store.begin() as db:
        await db.change(member_rows, seats.member_ids["Ana"], state=state)
    before = await kept(seats.stage.app.store)
    await seats.ana.says(f"/start {token}")
    await seats.ana.sees("You are already a member here, so the invitation was not used.")
    assert await kept(seats.stage.app.store) == before


async def test_telegram_s_own_account_is_nobody(seats: Seats) -> None:
    """777000 brings what a linked channel posts, and is no bot; it has no private chat with us."""
    chat = {"id": -1_002_000_000_001, "type": "supergroup", "title": "x"}
    token = await seats.link()
    before = await kept(seats.stage.app.store)
    posted = message(TELEGRAM, chat, f"/start {token}", is_automatic_forward=True)
    await bring(seats.stage, ("message", posted))
    assert await kept(seats.stage.app.store) == before
