"""How well languages are spoken, and how many people somebody could meet at a time."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.people import FIRST, LITTLE, WELL, Profile
from bot.store import networks
from bot.store.founding import NewNetwork, NewSide, found
from tests.participants.acts import World
from tests.participants.newcomers import ENDS, begun, fills_in, member_of

LITTLE_ASKED = "speak only a little"
REST = ("Cyprus", "Nicosia", "Online", "Skip", "All")


async def told(world: World, name: str = "ana") -> Profile:
    member = await member_of(world, name)
    assert member is not None
    return member.told


async def at_two_languages(world: World) -> None:
    """Ana, whose bot speaks English, has ticked English and Greek."""
    await begun(world)
    await fills_in(world, "ana", "Ana", "English", "Greek", "Done")


async def saves(world: World, *labels: str) -> Profile:
    """Opens the answers, taps, and keeps what came of it."""
    await world.says("ana", "/profile")
    for label in (*labels, "Save"):
        await world.presses("ana", label)
    return await told(world)


async def test_a_language_spoken_a_little(world: World) -> None:
    await at_two_languages(world)
    assert LITTLE_ASKED in world.text("ana")
    assert world.labels("ana") == ["English", "Greek", "None of them", "Back", "Skip", "Stop"]
    await world.presses("ana", "Greek")
    assert world.labels("ana") == ["English", "✓ Greek", "Done", "Back", "Skip", "Stop"]
    for label in ("Done", *REST, "Done"):
        await world.presses("ana", label)
    assert "another side" in world.text("ana")
    await world.presses("ana", "Two")
    assert "Only a little:</b> Greek" in world.text("ana")
    assert "People at a time:</b> Two" in world.text("ana")
    await world.presses("ana", "Send")
    profile = await told(world)
    assert profile.levels == {"en": FIRST, "el": LITTLE}
    assert profile.capacity == 2


async def test_none_of_them_is_an_answer(world: World) -> None:
    await at_two_languages(world)
    for label in ("None of them", *REST, *ENDS, "Send"):
        await world.presses("ana", label)
    assert (await told(world)).levels == {"en": FIRST, "el": WELL}
    await world.says("ana", "/profile")
    assert "Only a little:</b> None of them" in world.text("ana")
    assert "People at a time:</b> One" in world.text("ana")


async def test_both_may_be_skipped(world: World) -> None:
    await at_two_languages(world)
    for label in ("Skip", *REST, "Done", "Skip", "Send"):
        await world.presses("ana", label)
    profile = await told(world)
    assert profile.spoken == {"en": FIRST, "el": WELL}
    assert profile.capacity == 1


async def test_even_the_language_of_the_bot_may_be_spoken_a_little(world: World) -> None:
    await at_two_languages(world)
    for label in ("English", "Done", *REST, *ENDS, "Send"):
        await world.presses("ana", label)
    assert (await told(world)).levels == {"en": LITTLE, "el": WELL}


async def test_with_one_language_nobody_is_asked(world: World) -> None:
    await begun(world)
    await fills_in(world, "ana", "Ana", "English", "Done")
    assert "Where do you live" in world.text("ana")
    for label in (*REST, *ENDS, "Send"):
        await world.presses("ana", label)
    assert (await told(world)).levels == {"en": FIRST}


async def test_another_language_is_asked_about_and_the_same_ones_are_not(world: World) -> None:
    await test_with_one_language_nobody_is_asked(world)
    await world.says("ana", "/profile")
    for label in ("Languages", "Done"):
        await world.presses("ana", label)
    assert "These are your answers" in world.text("ana")
    for label in ("Languages", "French", "Done"):
        await world.presses("ana", label)
    assert LITTLE_ASKED in world.text("ana")
    for label in ("French", "Done", "Save"):
        await world.presses("ana", label)
    assert (await told(world)).levels == {"en": FIRST, "fr": LITTLE}
    profile = await saves(world, "Languages", "✓ French", "Done")
    assert (profile.languages, profile.levels) == (("en",), {"en": FIRST})


async def test_both_are_changed_from_the_review(world: World) -> None:
    await test_a_language_spoken_a_little(world)
    path = ("Only a little", "✓ Greek", "None of them", "People at a time", "Three")
    profile = await saves(world, *path)
    assert profile.levels == {"en": FIRST, "el": WELL}
    assert profile.capacity == 3


async def test_a_profile_from_before_is_as_it_was(world: World) -> None:
    async with world.store.begin() as db:
        old = Profile(("el", "fr"), "Asia/Nicosia", ("online",), availability=("0-morning",))
        stored = {k: v for k, v in old.as_json().items() if k not in {"levels", "capacity"}}
        member = await networks.member(db, world.member_ids["eleni"])
        assert member is not None
        await networks.set_told(db, member.id, "Eleni", Profile.of(stored))
    await world.says("eleni", "/profile")
    assert "Only a little:</b> not answered" in world.text("eleni")
    await world.presses("eleni", "Save")
    profile = await told(world, "eleni")
    assert (profile.spoken, profile.capacity) == ({"el": WELL, "fr": WELL}, 1)
    assert replace(profile, levels={}) == old


async def test_what_was_told_in_another_network_is_not_asked_again(world: World) -> None:
    await test_a_language_spoken_a_little(world)
    async with world.store.begin() as db:
        sides = [NewSide(name, "en", "IE", "Europe/Dublin") for name in ("East", "West")]
        new = NewNetwork("Two shores", sides, True, False, False)
        network_id = await found(db, new, world.people["owner"], 0, world.now)
    await world.says("ana", "/join")
    for label in ("Two shores", "West", "Yes, I agree"):
        await world.presses("ana", label)
    await fills_in(world, "ana", "Annie", "Online", "Skip", "All", "Done")
    assert "another side" in world.text("ana")
    for label in ("Three", "Send"):
        await world.presses("ana", label)
    async with world.store.read() as db:
        member = await networks.membership(db, world.people["ana"], network_id)
    assert member is not None
    assert member.told.levels == {"en": FIRST, "el": LITTLE}
    assert member.told.capacity == 3
    assert (await told(world)).capacity == 2
