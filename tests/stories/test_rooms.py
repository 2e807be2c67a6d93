"""The Telegram group of a circle and the network's channel, over the real sandbox."""

from __future__ import annotations

from sqlalchemy import select

from bot.sandbox.groups import migrate
from bot.store import groups, matches, rooms
from bot.store.tables import inbox
from tests.delivery.counter import until
from tests.play import Actor, Stage
from tests.stories.circle import Circle, circle

ACTIVITY = "Dialogue circle"
DECLINED = "You asked to join a place that is only for the people of one group"


async def link_of(actor: Actor, label: str) -> str:
    """Where the newest button with this label leads."""
    for message in reversed(await actor.person.chat()):
        if button := message.button(label):
            return str(button["url"])
    raise AssertionError(f"no button {label!r}")


async def room_of(circle: Circle, kind: str = "supergroup") -> int:
    """Ana, who facilitates, makes a group and links it; Telegram's id of it."""
    ana = circle.people["Ana"]
    await ana.says("/rooms")
    await ana.sees("Each circle and team can have a Telegram group")
    await ana.taps(ACTIVITY)
    await ana.sees("Its people have no Telegram group yet.")
    chat = await ana.person.founds("Monday circle", kind=kind)
    assert await ana.person.opens(await link_of(ana, "Add me to the group"), chat) == "added"
    await ana.sees("Done: the group is linked.")
    return chat


async def asks(circle: Circle, name: str) -> str:
    """Somebody of the circle opens what they were sent, and asks to be let in."""
    actor = circle.people[name]
    await actor.sees("There is a place in Telegram now where your group can talk.")
    await actor.taps("Show")
    await actor.sees("Telegram shows your name and picture to the others there.")
    return await actor.person.opens(await link_of(actor, "Ask to be let in"))


async def has_link(circle: Circle) -> bool:
    async with circle.stage.app.store.read() as db:
        room = await rooms.of_match(db, circle.match_id)
    return bool(room and room.url)


async def linked(circle: Circle, kind: str = "supergroup") -> int:
    """A linked group whose people have been told."""
    chat = await room_of(circle, kind)
    await until(lambda: has_link(circle))
    await circle.stage.app.ticker.tick()
    return chat


async def test_only_those_of_the_circle_are_let_in(stage: Stage) -> None:
    of = await circle(stage)
    chat = await linked(of)
    members = stage.sandbox.world.chats[chat].members
    for name in ("Bea", "Nour", "Rana"):
        assert await asks(of, name) == "requested"

    async def all_in() -> bool:
        return len(members) == 4

    await until(all_in)
    link = next(iter(stage.sandbox.world.chats[chat].links))
    stranger, known = await stage.actor("Stranger"), of.olga
    await known.says("/start")
    assert await stranger.person.opens(link) == "requested"
    assert await known.person.opens(link) == "requested"
    await known.sees(DECLINED)

    async def settled() -> bool:
        return stage.sandbox.world.chats[chat].requests == {}

    await until(settled)
    assert len(members) == 4
    assert await stranger.person.chat() == []


async def test_what_people_write_there_is_neither_read_nor_kept(stage: Stage) -> None:
    of = await circle(stage)
    chat = await linked(of)
    ana = of.people["Ana"].person
    for text in ("hello all", "/forget", "/start", "/start@somebody else"):
        await ana.says(text, chat=chat)
    await ana.says("/start")
    await ana.waits()

    async def all_read() -> bool:
        async with stage.app.store.read() as db:
            rows = await db.rows(select(inbox.c.state, inbox.c.payload))
        return {(row.state, row.payload) for row in rows} == {("done", None)}

    await until(all_read)
    assert [m.text for m in await ana.chat(chat=chat) if m.from_bot] == []


async def test_a_group_becomes_a_supergroup_and_is_followed(stage: Stage) -> None:
    of = await circle(stage)
    chat = await linked(of, "group")
    world = stage.sandbox.world
    new = migrate(world, world.chats[chat])

    async def followed() -> bool:
        async with stage.app.store.read() as db:
            room = await rooms.by_telegram_id(db, new.id)
        return bool(room and room.url in new.links)

    await until(followed)
    assert await asks(of, "Omar") == "requested"


async def test_who_leaves_is_seen_out_and_the_end_closes_the_room(stage: Stage) -> None:
    of = await circle(stage)
    chat = await linked(of)
    world, now = stage.sandbox.world, stage.sandbox.clock.now()
    bea = of.people["Bea"].person
    await asks(of, "Bea")

    async def in_it() -> bool:
        return bea.id in world.chats[chat].members

    async def out_of_it() -> bool:
        return not await in_it()

    await until(in_it)
    async with stage.app.store.begin() as db:
        await rooms.see_out(db, of.match_id, bea.id, now)
    await until(out_of_it)
    async with stage.app.store.begin() as db:
        await rooms.to_be_closed(db, of.match_id, now)
        await matches.close(db, of.match_id, "closed", now)
    await stage.app.ticker.tick()

    async def gone() -> bool:
        return world.chats[chat].bot_status == "left"

    await until(gone)
    last = [m.text for m in world.chats[chat].messages.values() if m.by_bot]
    assert last[-1].startswith("I am leaving this group now.")
    (link,) = world.chats[chat].links.values()
    assert link["is_revoked"]


async def test_a_bot_without_rights_asks_for_them_and_goes_on(stage: Stage) -> None:
    of = await circle(stage)
    ana = of.people["Ana"]
    await ana.says("/rooms")
    await ana.taps(ACTIVITY)
    await ana.sees("Its people have no Telegram group yet.")
    chat = await ana.person.founds("Monday circle")
    link = (await link_of(ana, "Add me to the group")).partition("&")[0]
    await ana.person.opens(link, chat)
    lacks = await ana.sees("I can only let people in as an administrator there")
    assert lacks.text.startswith(ACTIVITY), "which of their groups it is"
    await ana.person.places_bot(chat, "administrator", "invite_users")
    await ana.person.waits()
    asked = [each for each in await ana.person.chat() if "I can only let people in" in each.text]
    assert len(asked) == 1, "once, until the rights are there"
    await ana.person.places_bot(chat, "administrator", "invite_users", "restrict_members")
    await until(lambda: has_link(of))
    await ana.person.places_bot(chat, "kicked")
    lost = await ana.sees("I am no longer in a Telegram group of")
    assert lost.text.startswith(ACTIVITY)
    await ana.taps("Show")
    await ana.sees("Its people have no Telegram group yet.")


async def test_a_link_is_of_no_use_once_the_circle_is_over(stage: Stage) -> None:
    of = await circle(stage)
    ana, now = of.people["Ana"], stage.sandbox.clock.now()
    await ana.says("/rooms")
    await ana.taps(ACTIVITY)
    await ana.sees("Its people have no Telegram group yet.")
    link = await link_of(ana, "Add me to the group")
    async with stage.app.store.begin() as db:
        group = await groups.held(db, of.match_id)
        assert group
        await groups.end(db, group, "closed", now, "done")
    await ana.person.opens(link, await ana.person.founds("Monday circle"))
    await ana.sees("That link can no longer be used.")


async def test_whom_a_coordinator_holds_is_seen_out_and_not_let_in(stage: Stage) -> None:
    of = await circle(stage)
    chat = await linked(of)
    bea = of.people["Bea"]
    room = stage.sandbox.world.chats[chat]
    await asks(of, "Bea")

    async def in_it() -> bool:
        return bea.person.id in room.members

    async def out_of_it() -> bool:
        return bea.person.id not in {*room.members, *room.banned}

    await until(in_it)
    held = f"people.pause:{of.member_ids['Bea']}"
    await of.olga.person.taps_data(held, await of.olga.person.last())
    await until(out_of_it)
    assert await bea.person.opens(next(iter(room.links))) == "requested"
    await bea.sees(DECLINED)
    assert bea.person.id not in room.members


async def test_a_link_is_for_one_use_by_one_person_within_the_hour(stage: Stage) -> None:
    of = await circle(stage)
    ana, bea = of.people["Ana"], of.people["Bea"]
    await ana.says("/rooms")
    await ana.taps(ACTIVITY)
    await ana.sees("Its people have no Telegram group yet.")
    link = await link_of(ana, "Add me to the group")
    other = await bea.person.founds("Another")
    await bea.person.opens(link, other)
    await bea.sees("That link can no longer be used.")
    mine = await ana.person.founds("Monday circle")
    await stage.passes(hours=1, minutes=1)
    await ana.person.opens(link, mine)
    await ana.sees("That link can no longer be used.")


async def test_the_network_s_channel(stage: Stage) -> None:
    of = await circle(stage)
    olga, bea = of.olga, of.people["Bea"]
    await olga.says("/rooms")
    await olga.taps("The network's channel")
    await olga.sees("What people agreed to publish can be posted in a Telegram channel.")
    channel = await olga.person.founds("Bridge news", kind="channel")
    await olga.person.opens(await link_of(olga, "Add me to the channel"), channel)
    await olga.sees("Is Bridge news the channel of")
    await olga.taps("Yes")
    await olga.sees("Done. I can post in the channel now.")

    async def open_() -> bool:
        async with stage.app.store.read() as db:
            room = await rooms.channel_of(db, of.network_id)
        return bool(room and room.url)

    await until(open_)
    (link,) = stage.sandbox.world.chats[channel].links
    assert await bea.person.opens(link) == "requested"

    async def reads() -> bool:
        return bea.person.id in stage.sandbox.world.chats[channel].members

    await until(reads)
