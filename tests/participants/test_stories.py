"""A story from its first words to the channel, and out of it again."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot.delivery.work import put
from bot.store import freezes, rooms, stories
from bot.store.db import Store
from bot.store.queues import Outgoing
from bot.store.tables import outbox
from tests.participants.acts import World
from tests.participants.campaign import campaign, there

WORDS = "We cooked.\nIt was too salt.\n\nWe laughed."
CHANNEL = -1001


@pytest.fixture
async def world(store: Store) -> World:
    """Eleni and Deniz take part in a campaign."""
    world = await World(store).build()
    exchange_id = await campaign(world, 9)
    for side, name in enumerate(("eleni", "deniz")):
        await world.member(name, side)
        await there(world, exchange_id, name)
    return world


async def channel(world: World) -> int:
    """The network's channel, linked; its row id."""
    async with world.store.begin() as db:
        at = world.network_id, None, "channel"
        await rooms.expect(db, *at, world.people["olga"], "en", world.now)
        pending = await rooms.expected_channel(db, world.people["olga"], world.now)
        assert pending is not None
        return (await rooms.open_(db, pending, CHANNEL, world.now)).id


async def tells(world: World, name: str, sign: str = "No name", *typed: str) -> int:
    """Somebody writes a story and sees it; its id."""
    await world.says(name, "/story")
    await world.presses(name, "Tell a story")
    await world.presses(name, "A meal, a song or a place that I shared with somebody")
    assert "A meal, a song or a place" in world.text(name)
    await world.says(name, WORDS)
    await world.presses(name, sign)
    for text in typed:
        await world.says(name, text)
    assert "This is how it would appear." in world.text(name)
    return await latest(world, name)


async def latest(world: World, name: str) -> int:
    async with world.store.read() as db:
        return (await stories.of_members(db, [world.member_ids[name]], 1))[0].id


async def mark(world: World, story_id: int) -> int:
    """Which version of it is there."""
    async with world.store.read() as db:
        found = await stories.by_id(db, story_id)
    assert found is not None
    return found.mark


async def state(world: World, story_id: int) -> str:
    async with world.store.read() as db:
        found = await stories.by_id(db, story_id)
    assert found is not None
    return found.state


async def is_sent(world: World, message_id: int) -> None:
    """What was last said is queued, and what goes to the channel is delivered."""
    async with world.store.begin() as db:
        await put(db, [(say, None) for say in world.said], world.now)
        to_it = outbox.c.key.like("story:%")
        await db.run(update(outbox).where(to_it).values(state="sent", message_id=message_id))


async def calls(world: World) -> list[tuple[str, int]]:
    """Methods called for the channel since, with the message they are about."""
    async with world.store.read() as db:
        query = select(outbox).where(outbox.c.key.is_(None), outbox.c.person_id.is_(None))
        found = await db.all(Outgoing, query.order_by(outbox.c.id))
    return [
        (each.payload["method"], each.payload["params"]["message_id"])
        for each in found
        if each.payload["params"]["chat_id"] == CHANNEL
    ]


async def test_a_story_comes_to_the_channel_once_all_sides_agree(world: World) -> None:
    room_id = await channel(world)
    story_id = await tells(world, "eleni", "A first name that I write", "Maria")
    await world.presses("eleni", "Yes, publish it like this")
    world.nobody_else("eleni", "olga", "omer", "owner")
    await world.presses("omer", "Show")
    assert WORDS in world.text("omer")
    assert "— Maria" in world.text("omer")
    assert "Eleni" not in world.text("omer")
    assert "Told by somebody of South." in world.text("omer")
    await world.presses("omer", "Agree that it is published")
    assert "have not agreed yet: South" in world.text("omer")
    await world.taps("omer", "stories.yes", story_id, await mark(world, story_id))
    assert await state(world, story_id) == "consented"
    await world.says("olga", "/stories")
    await world.taps("olga", "stories.show", story_id)
    assert "Told by Eleni, of your side." in world.text("olga")
    await world.presses("olga", "Agree that it is published")
    (post,) = [say for say in world.said if say.room]
    assert (post.room, post.to) == (room_id, 0)
    assert "is in the channel now" in world.text("eleni")
    assert await state(world, story_id) == "published"
    await is_sent(world, 77)
    await world.says("olga", "/stories")
    assert "None at the moment." in world.text("olga")
    await world.taps("eleni", "story.show", story_id)
    await world.presses("eleni", "Take it back")
    await world.presses("eleni", "Yes, delete it")
    assert await calls(world) == [("editMessageText", 77), ("deleteMessage", 77)]
    async with world.store.read() as db:
        found = await stories.by_id(db, story_id)
    assert found is not None
    assert (found.state, found.words, found.signed) == ("withdrawn", "", None)
    for action in ("show", "back", "gone", "yes", "change"):
        await world.taps("eleni", f"story.{action}", story_id)
        assert "no longer works" in world.text("eleni")


async def test_a_post_on_its_way_is_deleted_when_it_has_arrived(world: World) -> None:
    await channel(world)
    story_id = await published(world)
    async with world.store.begin() as db:
        await put(db, [(say, None) for say in world.said], world.now)
    await world.taps("eleni", "story.gone", story_id)
    assert await calls(world) == []
    async with world.store.begin() as db:
        to_it = outbox.c.key == stories.key_of(story_id)
        await db.run(update(outbox).where(to_it).values(state="sent", message_id=78))
    await world.passes(minutes=1)
    assert await calls(world) == [("editMessageText", 78), ("deleteMessage", 78)]


async def published(world: World) -> int:
    story_id = await tells(world, "eleni")
    await world.taps("eleni", "story.yes", story_id, await mark(world, story_id))
    for name in ("omer", "olga"):
        await world.taps(name, "stories.yes", story_id, await mark(world, story_id))
    return story_id


@pytest.mark.parametrize("forgets", [True, False])
async def test_who_goes_takes_their_stories_along(world: World, *, forgets: bool) -> None:
    await channel(world)
    await published(world)
    await is_sent(world, 79)
    if forgets:
        await world.taps("eleni", "forget.sure")
    else:
        await world.taps("eleni", "depart.sure", world.member_ids["eleni"])
    assert await calls(world) == [("editMessageText", 79), ("deleteMessage", 79)]


async def test_it_waits_for_a_channel(world: World) -> None:
    story_id = await published(world)
    assert "All sides agree. It waits until there is a channel" in world.text("olga")
    assert "It waits until it can be published" in world.text("eleni")
    await world.taps("omer", "stories.out", story_id)
    assert not world.to("eleni")
    await channel(world)
    await world.says("omer", "/stories")
    await world.taps("omer", "stories.show", story_id)
    await world.presses("omer", "Publish it now")
    assert await state(world, story_id) == "published"
    await world.taps("olga", "stories.out", story_id)
    assert "no longer waiting" in world.text("olga")


async def test_a_declined_story_can_be_written_anew(world: World) -> None:
    story_id = await tells(world, "deniz", "The name others see: Deniz")
    assert "— Deniz" in world.text("deniz")
    await world.presses("deniz", "Yes, publish it like this")
    await world.taps("olga", "stories.yes", story_id, await mark(world, story_id))
    await world.taps("olga", "stories.no", story_id, await mark(world, story_id))
    await world.says("olga", "Please leave out the street.")
    assert "Please leave out the street." in world.text("deniz")
    await world.taps("omer", "stories.yes", story_id, await mark(world, story_id))
    assert "no longer waiting" in world.text("omer")
    await world.taps("deniz", "story.change", story_id)
    await world.says("deniz", "We met.")
    await world.presses("deniz", "No name")
    assert await latest(world, "deniz") == story_id
    assert "Deniz" not in world.text("deniz")
    await world.taps("deniz", "story.yes", story_id, await mark(world, story_id))
    await world.taps("omer", "stories.yes", story_id, await mark(world, story_id))
    assert "have not agreed yet: South" in world.text("omer")


async def test_only_who_takes_part_tells_and_only_the_author_changes_it(world: World) -> None:
    story_id = await tells(world, "eleni")
    await world.says("omer", "/story")
    assert "once you take part" in world.text("omer")
    for action in ("show", "change", "yes", "back", "gone"):
        await world.taps("deniz", f"story.{action}", story_id)
        assert "no longer works" in world.text("deniz")
    await world.taps("omer", "stories.show", story_id)
    assert "no longer waiting" in world.text("omer")
    assert "cooked" not in world.text("omer")
    await world.taps("deniz", "stories.show", story_id)
    assert "Only coordinators" in world.text("deniz")


async def test_what_was_rewritten_is_read_again_before_it_is_agreed_to(world: World) -> None:
    story_id = await tells(world, "deniz")
    await world.presses("deniz", "Yes, publish it like this")
    old = await mark(world, story_id)
    await world.taps("olga", "stories.no", story_id, old)
    await world.says("olga", "Please leave out the street.")
    await world.taps("deniz", "story.change", story_id)
    await world.says("deniz", "We met in another street.")
    await world.presses("deniz", "No name")
    await world.taps("deniz", "story.yes", story_id, old)
    assert await state(world, story_id) == "draft"
    await world.taps("deniz", "story.yes", story_id, await mark(world, story_id))
    for action in ("yes", "no"):
        await world.taps("omer", f"stories.{action}", story_id, old)
        assert "another street" in world.text("omer")
        assert "North, South" in world.text("omer") or "South and North" in world.text("omer")
    assert await state(world, story_id) == "consented"


async def test_a_story_leaves_a_channel_that_is_linked_no_more(world: World) -> None:
    room_id = await channel(world)
    story_id = await published(world)
    await is_sent(world, 80)
    async with world.store.begin() as db:
        room = await rooms.by_id(db, room_id)
        assert room is not None
        await rooms.close(db, room)
    await world.taps("eleni", "story.gone", story_id)
    assert "Should you still see it in the channel" in world.text("eleni")
    assert await calls(world) == [("editMessageText", 80), ("deleteMessage", 80)]


async def test_nothing_is_published_while_everything_rests(world: World) -> None:
    await channel(world)
    async with world.store.begin() as db:
        await freezes.begin(db, world.network_id, world.member_ids["olga"], world.now)
    story_id = await published(world)
    assert "as everything rests at the moment" in world.text("olga")
    assert await state(world, story_id) == "approved"
