"""What reaches other people or makes work is limited, for each person, over restarts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.capabilities import routes
from bot.domain.limits import (
    CANCELS,
    COPIES,
    HELP,
    LETTERS,
    LINKS,
    MINUTE,
    PROPOSALS,
    QUESTIONS,
    REPORTS,
    RETURNS,
    SIGN_UPS,
    STEPS,
    Limit,
    letters,
)
from bot.domain.parcels import Parcel
from bot.router import Event
from bot.store import invites
from bot.store.db import open_store
from bot.store.tables import attempts, networks
from bot.store.tables import invites as invite_rows
from tests.conftest import KEYS
from tests.participants.acts import World
from tests.participants.newcomers import invitation, newcomer, opens

OFTEN = "That was a lot in a short time. It works again from"
SLOWER = "That was a lot in a short time, so I have not passed this on."
EMERGENCY = "please call the emergency services where you are"


def later(world: World, **time: float) -> None:
    """Moves the clock, and does nothing else."""
    world.now += timedelta(**time)


async def allowed(world: World, name: str, action: str, *args: object, at_most: int) -> int:
    """How often somebody may press a button before they are told that it was too often."""
    for number in range(at_most + 1):
        await world.taps(name, action, *args)
        if OFTEN in world.text(name):
            return number
    return at_most + 1


def test_all_of_these_are_limited() -> None:
    assert routes().limits == {
        "ask.care": HELP,
        "ask.side": QUESTIONS,
        "disclose.step": STEPS,
        "invite.make": LINKS,
        "join.side": SIGN_UPS,
        "match.ask": QUESTIONS,
        "meet.at": PROPOSALS,
        "meet.sure": CANCELS,
        "meet.type": PROPOSALS,
        "pause.end": RETURNS,
        "report.ask": REPORTS,
        "resume": RETURNS,
        "session.at": PROPOSALS,
        "session.sure": CANCELS,
    }


@pytest.mark.parametrize(
    "free", ["pause.sure", "pause", "disclose.back", "safety.blocked", "match.left", "forget"]
)
def test_what_protects_somebody_is_never_limited(free: str) -> None:
    known = routes()
    assert free in {**known.commands, **known.buttons}
    assert free not in known.limits


@pytest.mark.parametrize(
    ("action", "limit"),
    [
        ("match.ask", QUESTIONS),
        ("report.ask", REPORTS),
        ("disclose.step", STEPS),
        ("meet.at", PROPOSALS),
        ("meet.sure", CANCELS),
        ("pause.end", RETURNS),
    ],
)
async def test_a_button_works_so_often_and_again_after_a_while(
    world: World, action: str, limit: Limit
) -> None:
    match_id = await world.introduces("eleni", "deniz")
    args = {"disclose.step": (match_id, 1, 1), "meet.at": (match_id, 1), "pause.end": ()}
    given = args.get(action, (match_id,))
    many = await allowed(world, "eleni", action, *given, at_most=limit.many)
    assert many == limit.many
    world.nobody_else("eleni")
    later(world, seconds=limit.within.total_seconds() + 60)
    await world.taps("eleni", action, *given)
    assert OFTEN not in world.text("eleni")


async def test_others_are_not_limited_by_it(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await allowed(world, "eleni", "match.ask", match_id, at_most=QUESTIONS.many)
    await world.taps("deniz", "match.ask", match_id)
    assert OFTEN not in world.text("deniz")


async def test_it_holds_over_a_restart(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await allowed(world, "eleni", "match.ask", match_id, at_most=QUESTIONS.many)
    again = open_store(world.store.writer.url.render_as_string(hide_password=False), KEYS)
    before, world.store = world.store, again
    await world.taps("eleni", "match.ask", match_id)
    assert OFTEN in world.text("eleni")
    world.store = before
    await again.close()


async def test_who_reports_too_often_still_reaches_the_safeguarding_contact(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.member("sofia", 0, role="safeguarding")
    for _ in range(REPORTS.many):
        await world.taps("eleni", "report.ask", match_id)
    await allowed(world, "eleni", "match.ask", match_id, at_most=QUESTIONS.many)
    await world.taps("eleni", "report.ask", match_id)
    assert OFTEN in world.text("eleni")
    assert EMERGENCY in world.text("eleni")
    await world.taps("eleni", "ask.care", world.member_ids["eleni"])
    assert "What would you like to say?" in world.text("eleni")
    await world.says("eleni", "I am in danger.")
    assert "I am in danger." in world.text("sofia")


async def test_a_day_of_true_reports_is_never_refused(world: World) -> None:
    """One every five minutes, from morning to night, each with all its questions."""
    match_id = await world.introduces("eleni", "deniz")
    await world.member("sofia", 0, role="safeguarding")
    for _ in range(12 * 16):
        later(world, minutes=5)
        await world.taps("eleni", "report.ask", match_id)
        assert OFTEN not in world.text("eleni")


async def test_links_made_are_limited(world: World) -> None:
    side, many = world.side_ids[0], 0
    for _ in range(LINKS.many + 5):
        await world.taps("olga", "invite.make", side, "participant", 10, 7)
        many += "The invitation is ready" in world.text("olga")
    assert many == LINKS.many
    async with world.store.read() as db:
        assert await db.scalar(select(func.count()).select_from(invite_rows)) == LINKS.many


async def test_sign_ups_are_limited_by_link_and_where_it_is_open(world: World) -> None:
    async with world.store.begin() as db:
        await db.change(networks, world.network_id, open=True)
    await newcomer(world, "ana")
    begun = 0
    for number in range(SIGN_UPS.many + 3):
        if number % 2:
            await opens(world, "ana", await invitation(world))
        else:
            await world.taps("ana", "join.side", world.side_ids[0])
        begun += OFTEN not in world.text("ana")
        await world.says("ana", "/cancel")
    assert begun == SIGN_UPS.many
    async with world.store.read() as db:
        left = [
            each.uses_left for each in await invites.page(db, world.network_id, None, world.now)
        ]
    assert set(left) == {1}, "who was refused has used up no link"


async def sends(world: World, name: str, number: int) -> None:
    parcel = Parcel("words", 1000 + number, f"letter {number}")
    await world.does(name, Event(text=parcel.text, parcel=parcel, message_id=parcel.id))


async def test_talk_flows_and_is_slowed_down_only_where_it_floods(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "relay.write", match_id)
    for number in range(60):
        later(world, seconds=2.5)
        await sends(world, "eleni", number)
        assert "letter" in world.text("deniz"), "a message every few seconds for minutes is talk"
    later(world, minutes=1)
    passed = 0
    for number in range(100, 200):
        await sends(world, "eleni", number)
        passed += bool(world.to("deniz"))
    assert passed == LETTERS.many
    assert SLOWER in world.text("eleni")
    assert world.to("eleni")[0].answers == 1199, "they see which message it was"
    await world.taps("deniz", "relay.write", match_id)
    await sends(world, "deniz", 300)
    assert "letter" in world.text("eleni"), "the other one may go on"
    later(world, minutes=1)
    await sends(world, "eleni", 400)
    assert "letter" in world.text("deniz")


async def test_what_waits_for_a_word_is_slowed_down_too(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    for number in range(LETTERS.many + 1):
        parcel = Parcel("words", 1000 + number, "@eleni", own=True)
        event = Event(action="relay.sure", args=(str(match_id),), parcel=parcel, message_id=1)
        await world.does("eleni", event)
    assert SLOWER in world.text("eleni")
    assert not world.to("deniz")


async def test_what_is_kept_of_it_does_not_grow(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "relay.write", match_id)
    for number in range(100):
        later(world, seconds=3)
        await sends(world, "eleni", number)
    async with world.store.read() as db:
        kept = await db.rows(select(attempts).where(attempts.c.what == LETTERS.name))
    assert len(kept) <= MINUTE.total_seconds() / 3


@pytest.mark.parametrize(("readers", "many"), [(1, 30), (5, 30), (11, 27), (30, 10), (500, 1)])
def test_the_more_read_it_the_fewer_messages(readers: int, many: int) -> None:
    assert letters(readers).many == many
    assert many * readers <= max(COPIES, readers)
