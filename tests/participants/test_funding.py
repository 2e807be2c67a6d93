"""A need of joint work and what is pledged to it, up to what became of it."""

from __future__ import annotations

import pytest

from bot.store import matches, needs
from bot.store.db import Store
from bot.store.tables import members as member_rows
from tests.participants.acts import World
from tests.participants.campaign import at_work, gone, there

CHAIRS = "Six chairs for the room we meet in"
TWO = "Two chairs, on Friday"


@pytest.fixture
async def world(store: Store) -> World:
    """Two who lack something, and others who could give it."""
    return await at_work(store)


async def told(world: World, name: str = "eleni") -> int:
    """Somebody in joint work tells what it lacks; the need's id."""
    await world.says(name, "/needs")
    await world.presses(name, "Tell what we lack")
    await world.presses(name, "Things")
    await world.says(name, CHAIRS)
    assert "Waits for somebody of another side" in world.text(name)
    return (await of_network(world))[0].id


async def of_network(world: World) -> list[needs.Need]:
    async with world.store.read() as db:
        return await needs.of_network(db, world.network_id, 0, 10)


async def opened(world: World) -> int:
    """Deniz confirms what Eleni told."""
    need_id = await told(world)
    world.nobody_else("eleni", "deniz")
    assert CHAIRS not in world.text("deniz"), "a preview names nothing"
    await world.presses("deniz", "Show")
    await world.presses("deniz", "Yes, we lack this")
    assert "Open: people can offer something" in world.text("deniz")
    assert "is confirmed" in world.text("eleni")
    return need_id


async def offered(world: World, name: str, need_id: int, words: str = TWO) -> int:
    """Somebody offers something; the pledge's id."""
    await world.taps(name, "pledge.need", need_id)
    await world.presses(name, "Offer something")
    await world.says(name, words)
    async with world.store.read() as db:
        return (await needs.pledges_by(db, [world.member_ids[name]], 1))[0].id


async def accepted(world: World, pledge_id: int) -> None:
    """Both who speak for the need accept it."""
    await world.taps("eleni", "pledge.accept", pledge_id)
    assert "the other of you two has not yet" in world.text("eleni")
    await world.presses("deniz", "Show")
    await world.presses("deniz", "Accept it")


async def test_from_a_need_to_what_became_of_it(world: World) -> None:
    need_id = await opened(world)
    heard = await world.passes(days=1)
    could = {world.people["giver"], world.people["gul"]}
    assert {each.to for each in heard} == could, "who could give only time is not asked"
    await world.presses("gul", "Show")
    assert CHAIRS in world.text("gul")
    assert "Money and things never go through me" in world.text("gul")
    first = await offered(world, "giver", need_id)
    world.nobody_else("giver", "eleni", "deniz")
    assert "Giver" not in world.text("eleni") + world.text("deniz")
    second = await offered(world, "gul", need_id, "My van")
    await accepted(world, first)
    assert "What you offered is accepted." in world.text("giver")
    await world.taps("deniz", "pledge.decline", second)
    assert "not needed after all" in world.text("gul")
    await world.taps("giver", "pledge.write", first)
    await world.says("giver", "At six?")
    assert "At six?" in world.text("eleni")
    await world.presses("eleni", "Write back")
    await world.says("eleni", "Yes.")
    assert "Yes." in world.text("giver")
    await world.taps("giver", "pledge.give", first)
    assert "Has it arrived?" in world.text("deniz")
    await world.presses("deniz", "Show")
    await world.presses("deniz", "It arrived")
    await world.taps("eleni", "need.tell", need_id)
    await world.says("eleni", "We sat on them, all of us.")
    world.nobody_else("eleni", "giver")
    await world.presses("giver", "Show")
    assert "What became of it: We sat on them, all of us." in world.text("giver")
    assert (await of_network(world))[0].state == "closed"


async def test_only_joint_work_tells_and_only_another_side_confirms(world: World) -> None:
    await world.says("giver", "/needs")
    assert "Tell what we lack" not in world.labels("giver")
    async with world.store.read() as db:
        (work,) = await needs.joint_work(db, [world.member_ids["eleni"]])
    await world.taps("giver", "need.new", work.id)
    assert "no longer works" in world.text("giver")
    need_id = await told(world)
    for name in ("giver", "gul", "olga"):
        await world.taps(name, "need.yes", need_id)
        assert "no longer works" in world.text(name)
    await world.taps("eleni", "need.yes", need_id)
    assert (await of_network(world))[0].state == "proposed"
    for name in ("giver", "gul"):
        await world.taps(name, "pledge.need", need_id)
        assert "no longer open" in world.text(name)
    await world.taps("deniz", "need.yes", need_id)
    await world.taps("deniz", "need.yes", need_id)
    for name in ("eleni", "deniz", "olga", "fourth"):
        await world.taps(name, "pledge.new", need_id)
        assert "no longer open" in world.text(name)


async def test_a_pledge_is_taken_back_until_it_is_given(world: World) -> None:
    need_id = await opened(world)
    pledge_id = await offered(world, "giver", need_id)
    await world.taps("giver", "pledge.new", need_id)
    assert "What you offered" in world.labels("giver"), "one offer at a time"
    await world.taps("gul", "pledge.drop", pledge_id)
    assert "no longer works" in world.text("gul")
    await world.taps("giver", "pledge.give", pledge_id)
    assert "That is still awaited" in world.text("giver"), "nothing is given before"
    await world.taps("giver", "pledge.drop", pledge_id)
    assert "was taken back" in world.text("eleni")
    await world.taps("eleni", "pledge.accept", pledge_id)
    assert "(taken back)" in world.text("eleni")
    again = await offered(world, "giver", need_id)
    await accepted(world, again)
    await world.taps("giver", "pledge.give", again)
    await world.taps("giver", "pledge.drop", again)
    assert "not confirmed yet that it arrived" in world.text("giver")
    await world.taps("eleni", "need.drop", need_id)
    assert "That is no longer so." in world.text("eleni"), "not once something was given"


@pytest.mark.parametrize("move", ["enough", "drop"])
async def test_offers_are_let_go_when_nothing_more_is_needed(world: World, move: str) -> None:
    need_id = await opened(world)
    pledge_id = await offered(world, "giver", need_id)
    await world.taps("deniz", f"need.{move}", need_id)
    assert "no longer needed" in world.text("giver")
    await world.taps("eleni", "pledge.accept", pledge_id)
    assert "(declined)" in world.text("eleni")
    await world.taps("gul", "pledge.need", need_id)
    assert "no longer open" in world.text("gul")


async def test_work_that_has_ended_takes_no_more_and_can_still_be_told_of(world: World) -> None:
    need_id = await opened(world)
    pledge_id = await offered(world, "giver", need_id)
    await accepted(world, pledge_id)
    await world.taps("giver", "pledge.give", pledge_id)
    await world.taps("eleni", "depart.sure", world.member_ids["eleni"])
    await world.taps("gul", "pledge.need", need_id)
    assert "no longer open" in world.text("gul")
    await world.says("deniz", "/needs")
    await world.taps("deniz", "pledge.receive", pledge_id)
    assert "has arrived" in world.text("giver")
    await world.says("deniz", "/needs")
    await world.presses("deniz", "Our need: Six chairs for the room we meet in")
    await world.presses("deniz", "Tell what became of it")
    await world.says("deniz", "They are in use.")
    world.nobody_else("deniz", "giver")


async def test_who_leaves_takes_their_offer_along(world: World) -> None:
    need_id = await opened(world)
    await offered(world, "giver", need_id)
    await world.taps("giver", "depart.sure", world.member_ids["giver"])
    async with world.store.read() as db:
        assert await needs.pledges_to(db, need_id) == []


async def test_who_gives_no_more_sees_no_needs(world: World) -> None:
    await opened(world)
    await world.says("gul", "/needs")
    assert any("Six chairs" in label for label in world.labels("gul"))
    async with world.store.read() as db:
        (place,) = await needs.given_in(db, world.network_id)
    await gone(world, place.id, "gul")
    await world.says("gul", "/needs")
    assert not any("Six chairs" in label for label in world.labels("gul"))
    await world.says("fourth", "/needs")
    assert "nothing here for you at the moment" in world.text("fourth")


async def test_coordinators_see_needs_without_names_of_the_other_side(world: World) -> None:
    need_id = await opened(world)
    await offered(world, "giver", need_id)
    for name, own, other in (("olga", "Eleni", "Deniz"), ("omer", "Deniz", "Eleni")):
        await world.says(name, "/funding")
        await world.taps(name, "funding.show", need_id)
        assert own in world.text(name)
        assert other not in world.text(name)
        assert ("Giver" in world.text(name)) is (name == "olga")
        assert TWO not in world.text(name), "only the two who speak for it read what is offered"
    await world.presses("omer", "Close it")
    await world.presses("omer", "Yes, close it")
    for name in ("eleni", "deniz", "giver"):
        assert "closed by the coordinators" in world.text(name)
    await world.taps("olga", "funding.closed", need_id)
    world.nobody_else("olga")
    await world.taps("giver", "funding.show", need_id)
    assert "Only coordinators" in world.text("giver")


async def handed_over(world: World) -> tuple[int, int]:
    """A need and a pledge to it that both accepted."""
    need_id = await opened(world)
    pledge_id = await offered(world, "giver", need_id)
    await accepted(world, pledge_id)
    return need_id, pledge_id


async def test_nobody_writes_once_it_is_closed_or_they_were_removed(world: World) -> None:
    need_id, pledge_id = await handed_over(world)
    await world.taps("giver", "pledge.give", pledge_id)
    async with world.store.begin() as db:
        await db.change(member_rows, world.member_ids["giver"], state="declined")
    await world.taps("giver", "pledge.write", pledge_id)
    assert "no longer works" in world.text("giver")
    async with world.store.begin() as db:
        await db.change(member_rows, world.member_ids["giver"], state="active")
    await world.taps("olga", "funding.closed", need_id)
    for name in ("giver", "eleni"):
        await world.taps(name, "pledge.write", pledge_id)
        assert "no longer works" in world.text(name)


async def test_who_left_the_work_hears_no_more_and_nothing_new_is_taken(world: World) -> None:
    need_id, pledge_id = await handed_over(world)
    async with world.store.begin() as db:
        need = await needs.by_id(db, need_id)
        assert need is not None
        mine = await matches.party(db, need.match_id, world.member_ids["deniz"])
        assert mine is not None
        await matches.set_answer(db, mine.id, "left", world.now)
    await world.taps("giver", "pledge.give", pledge_id)
    world.nobody_else("giver", "eleni")
    await world.taps("gul", "pledge.need", need_id)
    assert "no longer open" in world.text("gul")


async def test_nobody_offers_again_and_again(world: World) -> None:
    need_id = await opened(world)
    for _time in range(3):
        pledge_id = await offered(world, "giver", need_id)
        await world.taps("giver", "pledge.drop", pledge_id)
    await world.taps("giver", "pledge.need", need_id)
    assert "Offer something" not in world.labels("giver")
    await world.taps("giver", "pledge.new", need_id)
    assert "Offer something" not in world.labels("giver")
    declined = await offered(world, "gul", need_id)
    await world.taps("eleni", "pledge.decline", declined)
    await world.taps("gul", "pledge.need", need_id)
    assert "Offer something" not in world.labels("gul")


async def test_words_go_with_the_last_who_spoke_for_them(world: World) -> None:
    need_id = await opened(world)
    await offered(world, "giver", need_id)
    await world.taps("eleni", "forget.sure")
    assert (await of_network(world))[0].words == CHAIRS, "they are the other one's, too"
    await world.taps("deniz", "depart.sure", world.member_ids["deniz"])
    assert "no longer needed" in world.text("giver")
    (found,) = await of_network(world)
    assert (found.words, found.state) == ("—", "closed")


async def test_many_offers_fit_a_message(world: World) -> None:
    need_id = await opened(world)
    exchange_id = (await of_network(world))[0].exchange_id
    for n in range(12):
        await world.member(f"more{n}", n % 2)
        await there(world, exchange_id, f"more{n}")
        await offered(world, f"more{n}", need_id, "y" * 500)
    for name, action in (("eleni", "need.show"), ("olga", "funding.show")):
        await world.taps(name, action, need_id)
        assert len(world.text(name)) < 4000
        assert len(world.labels(name)) < 15
