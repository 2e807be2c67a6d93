"""Reports: whom they can be about, and what is kept of them."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.parcels import Parcel
from bot.router import Event
from bot.store.db import Db
from bot.store.forms import Open
from bot.store.reports import Report
from bot.store.tables import forms
from bot.store.tables import reports as rows
from tests.participants.acts import World
from tests.participants.test_safe_relay import circle_of, passed_on

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
