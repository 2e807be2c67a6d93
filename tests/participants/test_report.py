"""Reports: silent for whom they are about, whoever that is, and whatever they do next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.parcels import Parcel
from bot.domain.replies import _
from bot.participants.log_form import told_contacts
from bot.router import Event, Turn
from bot.store import meetings, networks, people, reports
from bot.store.db import Db
from bot.store.forms import Open
from bot.store.reports import Report
from bot.store.tables import forms, matched, members
from bot.store.tables import reports as rows
from tests.participants.acts import HERE, World
from tests.participants.test_safe_relay import circle_of, passed_on, sent
from tests.participants.test_safe_relay import reports as reported

AWAY = "Your partner is away for a while. I will tell you when they are back."
MINE = "You told the safeguarding contact of your side about this."
OLD = "That button is from an earlier message"


async def all_of(world: World) -> list[Report]:
    """What was reported."""
    async with world.store.read() as db:
        return await db.all(Report, select(rows).order_by(rows.c.id))


async def says_of(world: World, name: str, action: str, *args: object) -> str:
    """What somebody reads when they press this."""
    await world.taps(name, action, *args)
    world.nobody_else(name)
    return world.text(name)


async def forgets(world: World, name: str) -> None:
    """Somebody has everything about them deleted."""
    await world.taps(name, "forget.sure")
    await world.passes(minutes=5)


async def test_the_accused_sees_what_they_would_see_of_who_is_away(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    async with world.store.begin() as db:
        await db.run(update(matched).values(shows=1, offers=1))
    await world.taps("deniz", "disclose.step", match_id, 2, 1)
    await reported(world, "eleni", match_id)
    minute = int((world.now + timedelta(days=3)).timestamp() // 60)
    for action, *args in (
        ("relay.write",),
        ("meet.at", minute),
        ("meet.times",),
        ("disclose.ask",),
        ("disclose.step", 2, 1),
        ("programme.show",),
    ):
        assert await says_of(world, "deniz", action, match_id, *args) == AWAY
    await world.says("deniz", "come to Herzl 5 or I come to you")
    world.nobody_else("deniz")
    card = await says_of(world, "deniz", "match.show", match_id)
    assert card.endswith(AWAY)
    assert "Write to your partner" not in world.labels("deniz")
    assert "What you show each other" not in world.labels("deniz")
    await world.passes(days=60)
    assert world.to("eleni") == [], "who reported is asked nothing about them meanwhile"


async def test_it_is_the_same_for_who_is_really_away(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    async with world.store.begin() as db:
        await db.change(members, world.member_ids["eleni"], state="paused")
    really = [await says_of(world, "deniz", a, match_id) for a in ("relay.write", "match.show")]
    ways = world.labels("deniz")
    async with world.store.begin() as db:
        await db.change(members, world.member_ids["eleni"], state="active")
    await reported(world, "eleni", match_id)
    seen = [await says_of(world, "deniz", a, match_id) for a in ("relay.write", "match.show")]
    assert (seen, world.labels("deniz")) == (really, ways)


async def test_who_reported_is_told_and_can_cancel_what_was_agreed(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "match.show", match_id)
    await world.presses("eleni", world.labels("eleni")[0])
    async with world.store.read() as db:
        (meeting,) = await meetings.of_match(db, match_id)
    await world.taps("deniz", "meet.agree", meeting.id)
    await reported(world, "eleni", match_id)
    assert "You have agreed to meet on" in world.text("eleni")
    assert MINE in await says_of(world, "eleni", "relay.write", match_id)
    assert MINE in await says_of(world, "eleni", "match.show", match_id)
    assert await says_of(world, "deniz", "meet.drop", meeting.id) == AWAY
    await world.taps("eleni", "match.show", match_id)
    await world.presses("eleni", "Cancel the meeting")
    await world.presses("eleni", "Yes, cancel it")
    assert world.text("eleni") == "The meeting is cancelled, and your partner knows."
    assert "has to be cancelled" in world.text("deniz")


async def test_in_a_circle_the_accused_hears_that_nobody_can_be_written_to(world: World) -> None:
    match_id = await circle_of(world, "eleni", "deniz")
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Deniz")
    await world.says("eleni", "A threat")
    await world.presses("eleni", "Skip")
    nobody = "Nobody else of your group can be written to at the moment."
    assert await says_of(world, "deniz", "relay.write", match_id) == nobody
    assert MINE in await says_of(world, "eleni", "relay.write", match_id)


async def test_who_threatens_and_is_forgotten_can_be_reported(world: World) -> None:
    await world.member("cleo", 0, role="safeguarding")
    match_id = await world.introduces("eleni", "deniz")
    await passed_on(world, "deniz", match_id, "I will hurt you", 601, 9101)
    await forgets(world, "deniz")
    parcel = Parcel("words", 9101, "Deniz: I will hurt you", own=False)
    under = Event(action="safety.letter", args=(str(match_id),), message_id=9101)
    (asked,) = await world.does("eleni", under)
    assert asked.answers == 9101
    await world.presses("eleni", "Never again with this person")
    assert "is not known here any more" in world.text("eleni")
    assert world.labels("eleni") == ["Report something"]
    press = Event(action="report.ask", args=(str(match_id),), message_id=5, parcel=parcel)
    await world.does("eleni", press)
    await world.says("eleni", "A threat")
    await world.presses("eleni", "Skip")
    (report,) = await all_of(world)
    assert (report.about_id, report.named) == (None, True)
    assert [each["text"] for each in report.messages] == ["Deniz: I will hurt you"]
    assert "A member of your side reports something." in world.text("cleo")


async def test_who_threatens_and_leaves_can_be_blocked_and_reported(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("deniz", "depart.sure", world.member_ids["deniz"])
    await world.taps("eleni", "safety.whom", match_id)
    await world.presses("eleni", "Yes, never again")
    assert "Done. Nobody is told." in world.text("eleni")
    assert "What happened?" in await says_of(world, "eleni", "report.ask", match_id)
    await world.says("eleni", "/cancel")
    assert "What happened?" in await says_of(world, "deniz", "report.ask", match_id)


async def test_who_left_a_circle_can_report_and_block_and_be_reported(world: World) -> None:
    await world.member("maria", 0)
    match_id = await circle_of(world, "eleni", "maria", "deniz")
    await world.taps("deniz", "group.left", match_id)
    for name, other in (("eleni", "Deniz"), ("deniz", "Eleni")):
        await world.taps(name, "safety.whom", match_id)
        assert other in world.labels(name)
        await world.presses(name, other)
        await world.presses(name, "Yes, never again")
        await world.taps(name, "report.ask", match_id)
        await world.presses(name, other)
        await world.says(name, "A threat")
        await world.presses(name, "Skip")
    about = {(each.member_id, each.about_id) for each in await all_of(world)}
    eleni, deniz = world.member_ids["eleni"], world.member_ids["deniz"]
    assert about == {(eleni, deniz), (deniz, eleni)}


async def test_in_a_circle_somebody_forgotten_can_be_named(world: World) -> None:
    await world.member("maria", 0)
    match_id = await circle_of(world, "eleni", "maria", "deniz")
    await world.taps("eleni", "report.ask", match_id)
    await forgets(world, "deniz")
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Somebody who had everything deleted")
    await world.says("eleni", "A threat")
    await world.presses("eleni", "Skip")
    (report,) = await all_of(world)
    assert (report.about_id, report.named) == (None, True)
    await world.taps("eleni", "safety.whom", match_id)
    await world.presses("eleni", "Somebody who had everything deleted")
    assert "is not known here any more" in world.text("eleni")
    assert OLD in await says_of(world, "olga", "safety.gone", match_id)


async def test_the_accused_who_is_forgotten_silences_nobody(world: World) -> None:
    for name, side in (("maria", 0), ("sevgi", 1)):
        await world.member(name, side)
    match_id = await circle_of(world, "eleni", "maria", "deniz", "sevgi")
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Deniz")
    await world.says("eleni", "A threat")
    await world.presses("eleni", "Skip")
    await forgets(world, "deniz")
    async with world.store.read() as db:
        assert await reports.resting(db, match_id, world.member_ids["eleni"]) == {0}
    await world.taps("eleni", "relay.write", match_id)
    await world.does("eleni", sent("Hello", 12))
    world.nobody_else("maria", "sevgi")


async def test_a_report_about_nobody_in_particular_is_about_everybody(world: World) -> None:
    await world.member("maria", 0)
    match_id = await circle_of(world, "eleni", "maria", "deniz")
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Nobody in particular")
    await world.says("eleni", "Loud words")
    await world.presses("eleni", "Skip")
    assert MINE in await says_of(world, "eleni", "relay.write", match_id)


@pytest.mark.parametrize("another", [False, True])
async def test_a_contact_never_reads_what_is_about_them(world: World, another: bool) -> None:
    await world.member("maria", 0)
    match_id = await circle_of(world, "eleni", "maria", "deniz")
    async with world.store.begin() as db:
        await db.change(members, world.member_ids["maria"], role="safeguarding")
    if another:
        await world.member("cleo", 0, role="safeguarding")
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Maria")
    await world.says("eleni", "Maria frightens me")
    await world.presses("eleni", "Skip")
    if another:
        world.nobody_else("eleni", "cleo")
        await world.taps("eleni", "ask.care", world.member_ids["eleni"])
        await world.says("eleni", "It is Maria")
        world.nobody_else("eleni", "cleo")
    else:
        world.nobody_else("eleni")
        assert "they do not hear of it" in world.text("eleni")
        assert await says_of(world, "eleni", "ask.care", world.member_ids["eleni"])
    assert "0 reports" in await says_of(world, "maria", "safeguard.of", world.network_id)
    (report,) = await all_of(world)
    for action in ("show", "files", "take", "close"):
        refused = await says_of(world, "maria", f"safeguard.{action}", report.id)
        assert "Only coordinators" in refused


async def test_an_owner_of_ones_own_side_can_be_written_to_instead(world: World) -> None:
    async with world.store.read() as db:
        owner = await db.scalar(select(members.c.side_id).where(members.c.role == "owner"))
    side = world.side_ids.index(owner)
    await world.member("maria", side, role="safeguarding")
    await world.member("able", side)
    async with world.store.begin() as db:
        where = (world.member_ids["able"], side)
        able = await networks.member(db, where[0])
        me = await people.by_id(db, world.people["able"])
        assert able
        assert me
        id_ = await reports.add(db, able, None, {"words": "x"}, world.now)
        turn = Turn(db, me, Event(action="x"), world.now, HERE)
        world.said = await told_contacts(turn, able, id_, _("x"), "x", world.member_ids["maria"])
    assert world.labels("able") == ["Write to the owner of the network"]
    await world.presses("able", "Write to the owner of the network")
    assert "Only the owner of the network reads it." in world.text("able")
    await world.says("able", "Help")
    world.nobody_else("able", "owner")


async def test_contacts_hear_of_a_new_one(world: World) -> None:
    await world.member("cleo", 0, role="safeguarding")
    await world.member("maria", 0)
    async with world.store.begin() as db:
        mine = select(members.c.id).where(members.c.role == "owner")
        await db.change(members, await db.scalar(mine), side_id=world.side_ids[0])
    await world.taps("owner", "roles.set", world.member_ids["maria"], "safeguarding")
    assert "There is another safeguarding contact" in world.text("cleo")
    assert "another safeguarding" not in world.text("maria")


async def test_only_an_owner_makes_links_for_contacts(world: World) -> None:
    await world.says("olga", "/invite")
    assert "A safeguarding contact" not in world.labels("olga")
    forged = await says_of(world, "olga", "invite.make", world.side_ids[0], "safeguarding", 1, 7)
    assert OLD in forged
    await world.says("owner", "/invite")
    assert "A safeguarding contact" in world.labels("owner")


async def test_places_cards_pictures_and_voice_are_kept_in_a_report(world: World) -> None:
    await world.member("cleo", 0, role="safeguarding")
    match_id = await world.introduces("eleni", "deniz")
    place = Parcel("location", 9, place=(35.17, 33.36), own=False)
    press = Event(action="report.ask", args=(str(match_id),), message_id=5, parcel=place)
    await world.does("eleni", press)
    await world.says("eleni", "He sent me my own house")
    card = Parcel("contact", 10, card=("+35799", "Eleni"))
    await world.does("eleni", Event(other="attachment", message_id=10, parcel=card))
    assert "Is there another message?" in world.text("eleni")
    await world.does("eleni", Event(other="x", message_id=11, parcel=Parcel("other", 11)))
    assert "I cannot keep this." in world.text("eleni")
    voice = Parcel("voice", 12, file="V1")
    await world.does("eleni", Event(other="attachment", message_id=12, parcel=voice))
    await world.does("eleni", Event(location=(1.0, 2.0), message_id=13, parcel=place))
    await world.says("eleni", "And these words")
    await world.presses("eleni", "Skip")
    await world.presses("cleo", "Open the report")
    await world.presses("cleo", "Show what they added")
    seen = world.text("cleo")
    for each in ("35.17000, 33.36000", "Eleni, +35799", "1.00000, 2.00000", "And these words"):
        assert each in seen
    assert [say.parcel.file for say in world.said if say.parcel] == ["V1"]


async def test_an_unfinished_report_is_deleted_after_a_day(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await passed_on(world, "deniz", match_id, "Words of Deniz", 601, 9101)
    parcel = Parcel("words", 9101, "Words of Deniz", own=False)
    press = Event(action="report.ask", args=(str(match_id),), message_id=5, parcel=parcel)
    await world.does("eleni", press)
    await world.taps("eleni", "ask.side", world.member_ids["eleni"])
    await world.passes(hours=23)
    async with world.store.read() as db:
        assert "Words of Deniz" in str(await kept(world, db))
    await world.passes(hours=25)
    assert "I have deleted what you wrote so far." in world.text("eleni")
    async with world.store.read() as db:
        found = await kept(world, db)
    assert "Words of Deniz" not in str(found)
    assert found["question"]["aside"] == []
    await world.does("eleni", press)
    await world.says("eleni", "/cancel")
    await world.says("eleni", "/cancel")
    assert [say for say in await world.passes(hours=48) if "deleted what you" in str(say)] == []


async def kept(world: World, db: Db) -> dict[str, dict[str, object]]:
    """The forms that are open, by their names."""
    found = await db.all(Open, select(forms).where(forms.c.id == world.people["eleni"]))
    return {each.form: each.state for each in found}


async def test_the_news_of_a_report_says_nothing(world: World) -> None:
    await world.member("cleo", 0, role="safeguarding")
    match_id = await world.introduces("eleni", "deniz")
    await reported(world, "eleni", match_id)
    await world.presses("cleo", "Open the report")
    await world.presses("cleo", "I look after it")
    assert world.text("eleni") == "There is news for you."
    assert world.labels("eleni") == ["Show"]
