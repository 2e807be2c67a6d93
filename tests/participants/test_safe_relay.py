"""What is passed on, to whom, and who keeps it: rules that hold however somebody taps or types."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.domain.parcels import Parcel
from bot.domain.policy import Policy
from bot.domain.replies import Say
from bot.i18n import Tongue
from bot.router import Event
from bot.store import exchanges, matches
from bot.store.tables import matched, networks
from bot.store.tables import relayed as rows
from tests.participants.acts import World, bare


def sent(text: str, id_: int, **more: object) -> Event:
    """Words somebody sends as this message of theirs."""
    return Event(text=text, message_id=id_, parcel=Parcel("words", id_, text), **more)  # type: ignore[arg-type]


async def acts(world: World, name: str, event: Event) -> list[Say]:
    """What follows, which may be nothing."""
    world.said = []
    try:
        await world.does(name, event)
    except AssertionError:
        assert not world.said or world.said[0].changes
    return world.said


async def arrives(world: World, message_id: int, copy_id: int) -> None:
    """A message is in its reader's chat."""
    async with world.store.begin() as db:
        await db.run(update(rows).where(rows.c.message_id == message_id).values(copy_id=copy_id))


async def passed_on(world: World, name: str, match_id: int, text: str, id_: int, copy: int) -> None:
    """Somebody writes to the other one, who has it."""
    await world.taps(name, "relay.write", match_id)
    await world.does(name, sent(text, id_))
    await arrives(world, id_, copy)


async def reports(world: World, name: str, match_id: int, words: str = "A threat") -> None:
    """Somebody reports the other one of a pair."""
    await world.taps(name, "report.ask", match_id)
    await world.says(name, words)
    await world.presses(name, "Skip")


async def circle_of(world: World, *names: str) -> int:
    """A circle of these, who all agreed to it; the match's id."""
    async with world.store.begin() as db:
        exchange_id = await exchanges.create(db, world.network_id, 2, "circle", None)
        sides = {"eleni": 0, "maria": 0}
        who = [(world.member_ids[n], world.side_ids[sides.get(n, 1)]) for n in names]
        about = ({"languages": ["en"]}, world.now, world.now)
        match_id = await matches.propose(db, exchange_id, None, who, *about)
        yes = update(matched).where(matched.c.match_id == match_id)
        await db.run(yes.values(answer="yes", answered_at=world.now))
        await matches.activate(db, match_id, world.now)
    return match_id


async def test_a_report_written_as_an_answer_does_not_go_to_the_accused(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await passed_on(world, "deniz", match_id, "I know where you live", 501, 9001)
    await world.taps("eleni", "report.ask", match_id)
    await world.does("eleni", sent("Deniz threatens me", 777, replied_to=9001))
    world.nobody_else("eleni")
    assert "Should they read messages, too?" in world.text("eleni")


async def test_an_answer_goes_on_once_the_form_is_left(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await passed_on(world, "deniz", match_id, "Hello", 501, 9001)
    await world.taps("eleni", "report.ask", match_id)
    await world.says("eleni", "/cancel")
    await world.does("eleni", sent("Hello you", 777, replied_to=9001))
    assert "Hello you" in world.text("deniz")


async def test_two_taps_do_not_put_a_name_over_what_went_under_a_pseudonym(world: World) -> None:
    async with world.store.begin() as db:
        staged = Policy(staged=True).as_json()
        await db.change(networks, world.network_id, policy=staged)
    pair = await world.introduces("eleni", "deniz")
    together = await circle_of(world, "eleni", "deniz")
    parcel = Parcel("words", 4242, "Hello, who are you?")

    def tap(match_id: int) -> Event:
        return Event(action="relay.send", args=(str(match_id),), message_id=9, parcel=parcel)

    await world.does("deniz", tap(pair))
    assert "Hello, who are you?" in world.text("eleni")
    await arrives(world, 4242, 77)
    await world.does("deniz", tap(together))
    world.nobody_else("deniz")
    assert "I have passed this on already, to somebody else." in world.text("deniz")
    await world.does("deniz", tap(pair))
    world.nobody_else("deniz")
    assert world.text("deniz") == "It is passed on."


async def test_what_shows_more_of_them_is_changed_when_they_say_so(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await passed_on(world, "deniz", match_id, "Hello", 501, 9001)
    await world.does("deniz", sent("+357 99 123 456", 501, edited=True))
    world.nobody_else("deniz")
    parcel = Parcel("words", 501, "+357 99 123 456")
    yes = Event(action="relay.change", args=(str(match_id),), message_id=9, parcel=parcel)
    await world.does("deniz", yes)
    (changed,) = world.to("eleni")
    assert "Deniz (changed)" in bare(Tongue("en").say(changed.text))
    unsent = Parcel("words", 502, "+357 99 123 456")
    for other in (unsent, None, Parcel("words", 501, "x", own=False)):
        forged = Event(action="relay.change", args=(str(match_id),), message_id=9, parcel=other)
        await world.does("deniz", forged)
        assert "That button is from an earlier message" in world.text("deniz")
    await world.taps("eleni", "match.left", match_id)
    await world.does("deniz", yes)
    world.nobody_else("deniz")


@pytest.mark.parametrize("ends", ["block", "report", "leave"])
async def test_the_accused_cannot_take_back_what_they_sent(world: World, ends: str) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await passed_on(world, "deniz", match_id, "I will hurt you", 601, 9101)
    await world.does("deniz", Event(command="delete", message_id=602, replied_to=600))
    if ends == "block":
        await world.taps("eleni", "safety.blocked", match_id, world.member_ids["deniz"])
    elif ends == "report":
        await reports(world, "eleni", match_id)
    else:
        await world.taps("eleni", "match.left", match_id)
    told = await acts(world, "deniz", sent("Never mind", 601, edited=True))
    assert {say.to for say in told} == {world.people["deniz"]}, "as of who is away, or gone"
    await world.does("deniz", Event(command="delete", message_id=603, replied_to=601))
    world.nobody_else("deniz")
    assert "I take it back where I still can" in world.text("deniz")


async def test_in_a_circle_who_reported_keeps_it_and_the_others_lose_it(world: World) -> None:
    await world.member("maria", 0)
    match_id = await circle_of(world, "eleni", "maria", "deniz")
    await world.taps("deniz", "relay.write", match_id)
    await world.does("deniz", sent("I will hurt you all", 601))
    await arrives(world, 601, 9101)
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Deniz")
    await world.says("eleni", "A threat")
    await world.presses("eleni", "Skip")
    await world.does("deniz", Event(command="delete", message_id=603, replied_to=601))
    world.nobody_else("deniz", "maria")
    await passed_on(world, "deniz", match_id, "And again", 604, 9102)
    await world.taps("deniz", "group.left", match_id)
    await world.does("deniz", Event(command="delete", message_id=605, replied_to=604))
    world.nobody_else("deniz")


async def test_a_place_is_asked_about_and_arrives_covered(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("deniz", "relay.write", match_id)
    parcel = Parcel("location", 7, place=(35.17, 33.36))
    await world.does("deniz", Event(location=(35.17, 33.36), message_id=7, parcel=parcel))
    world.nobody_else("deniz")
    assert "I see the place where you are." in world.text("deniz")
    yes = Event(action="relay.sure", args=(str(match_id),), message_id=9, parcel=parcel)
    await world.does("deniz", yes)
    (told,) = world.to("eleni")
    assert told.parcel is None
    seen = bare(Tongue("en").say(told.text))
    assert seen == "<tg-spoiler>Deniz: a place, 35.17000, 33.36000</tg-spoiler>"


async def test_nothing_in_what_is_passed_on_can_be_tapped(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("deniz", "relay.write", match_id)
    assert "Open no link you are sent" in world.text("deniz")
    parcel = Parcel("words", 8, "evil.example/x @evil_one /forget")
    yes = Event(action="relay.sure", args=(str(match_id),), message_id=9, parcel=parcel)
    await world.does("deniz", yes)
    seen = world.text("eleni")
    assert "evil.example" not in seen
    assert "@evil" not in seen
    assert "/forget" not in seen
    assert "evil.example/x @evil_one /forget" in seen.replace("\u2060", "")
