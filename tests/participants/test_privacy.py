"""What is stored is said, and forgetting is real."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Table, func, select

from bot.domain.replies import Command, _
from bot.router import Event, Here, Turn, answer
from bot.store import enrolments, people, reminders
from bot.store.db import Store
from bot.store.tables import (
    attempts,
    forms,
    logs,
    matched,
    matches,
    meetings,
    members,
    metadata,
    outbox,
    pairs,
)
from bot.store.tables import enrolments as enrolment_rows
from bot.store.tables import people as people_rows
from bot.store.tables import reminders as reminder_rows
from tests.participants.acts import ROUTES, World
from tests.participants.newcomers import known, newcomer, opens, signs_up


async def count(store: Store, column: Column[int], *values: int) -> int:
    """How many rows have one of the values."""
    async with store.begin() as db:
        query = select(func.count()).select_from(column.table).where(column.in_(values))
        return int(await db.scalar(query))


async def mentions(store: Store, ids: set[int]) -> set[str]:
    """The columns of any table in which one of the ids is still to be found."""
    found = set()
    async with store.begin() as db:
        for table in metadata.tables.values():
            for column in _numbers(table):
                query = select(func.count()).select_from(table).where(column.in_(ids))
                if await db.scalar(query):
                    found.add(f"{table.name}.{column.name}")
    return found


def _numbers(table: Table) -> Iterable[Column[int]]:
    return (column for column in table.columns if str(column.type) == "BIGINT")


async def test_privacy_says_what_is_stored_and_promises_nothing_else(world: World) -> None:
    await world.says("eleni", "/privacy")
    for part in ("What is stored", "Who sees it", "not end-to-end encrypted", "/forget"):
        assert part in world.text("eleni")
    await world.presses("eleni", "Delete everything about me")
    assert "cannot be undone" in world.text("eleni")
    await world.presses("eleni", "No, go back")
    assert "stays as it is" in world.text("eleni")
    assert await known(world, "eleni")


async def test_forgetting_leaves_nothing_of_a_member(world: World) -> None:
    await signs_up(world, "ana")
    await world.says("ana", "/profile")
    await opens(world, "ana", "x" * 32)
    ids = {world.people["ana"]}
    async with world.store.begin() as db:
        rows = await db.rows(select(members.c.id).where(members.c.person_id.in_(ids)))
    ids |= {row.id for row in rows}
    await world.says("ana", "/forget")
    await world.presses("ana", "Yes, delete everything")
    assert "It is done" in world.text("ana")
    assert await mentions(world.store, ids) == {"people.id", "reminders.subject_id"}
    await world.passes(minutes=2)
    assert await mentions(world.store, ids) <= {"reminders.subject_id"}
    assert not await known(world, "ana")


async def test_the_partner_is_told_only_the_end_and_goes_first(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.says("eleni", "/forget")
    await world.presses("eleni", "Yes, delete everything")
    world.nobody_else("eleni", "deniz")
    assert "has ended" in world.text("deniz")
    assert "among the first" in world.text("deniz")
    assert "Eleni" not in world.text("deniz")
    async with world.store.begin() as db:
        enrolment = await enrolments.of(db, world.member_ids["deniz"], world.exchange_id)
        assert enrolment is not None
        assert (enrolment.state, enrolment.first) == ("waiting", True)
        row = (await db.rows(select(matches).where(matches.c.id == match_id)))[0]
    assert (row.state, row.why) == ("closed", "left")
    assert await count(world.store, matched.c.match_id, match_id) == 1
    await world.taps("deniz", "match.show", match_id)
    await world.says("deniz", "/history")
    await world.passes(days=30)


async def test_a_proposal_ends_too_and_no_reminder_of_it_is_left(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.says("eleni", "/forget")
    await world.presses("eleni", "Yes, delete everything")
    assert "has ended" in world.text("deniz")
    async with world.store.begin() as db:
        left = await reminders.next_due(db)
    assert left is None or await count(world.store, reminder_rows.c.subject_id, match_id) == 0


async def test_held_meetings_stay_as_counts(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    async with world.store.begin() as db:
        mine = world.member_ids["eleni"]
        meeting_id = await db.add(
            meetings, match_id=match_id, state="held", starts_at=world.now, minutes=60,
            proposed_by=mine, planned=True, created_at=world.now,
        )  # fmt: skip
        for name in ("eleni", "deniz"):
            who = world.member_ids[name]
            await db.add(
                logs, meeting_id=meeting_id, member_id=who, met=True, rating=5,
                note="kept apart", at=world.now,
            )  # fmt: skip
    await world.says("eleni", "/forget")
    await world.presses("eleni", "Yes, delete everything")
    assert await count(world.store, meetings.c.id, meeting_id) == 1
    assert await count(world.store, logs.c.meeting_id, meeting_id) == 1
    assert await count(world.store, logs.c.member_id, mine) == 0
    for column in (pairs.c.low_id, pairs.c.high_id, enrolment_rows.c.member_id):
        assert await count(world.store, column, mine) == 0


async def test_who_comes_back_at_once_is_a_newcomer(world: World) -> None:
    await world.does("eleni", Event(command="start", text="x" * 32))
    await world.says("eleni", "/forget")
    await world.presses("eleni", "Yes, delete everything")
    await world.says("eleni", "/start")
    assert "Hello" in world.text("eleni")
    await world.says("eleni", "/join")
    await world.presses("eleni", "Two towns")
    await world.presses("eleni", "South")
    await world.passes(minutes=5)
    await world.says("eleni", "/start")
    assert "Do you agree" in world.text("eleni")
    assert await count(world.store, outbox.c.person_id, world.people["eleni"]) == 0
    async with world.store.read() as db:
        tried = [row.what for row in await db.rows(select(attempts.c.what))]
    assert tried == ["sign_up"], "that they sign up now, and not the link they tried before"
    assert await count(world.store, forms.c.id, world.people["eleni"]) == 1


async def test_the_last_message_is_sent_before_the_row_goes(world: World) -> None:
    await newcomer(world, "ana")
    await world.says("ana", "/forget")
    await world.presses("ana", "Yes, delete everything")
    person_id = world.people["ana"]
    async with world.store.begin() as db:
        await db.add(
            outbox, chat="x", person_id=person_id, priority=0, payload={}, state="waiting",
            created_at=world.now,
        )  # fmt: skip
    await world.passes(minutes=3)
    assert await known(world, "ana")
    async with world.store.begin() as db:
        await db.run(outbox.update().values(state="sent", payload=None))
    await world.passes(minutes=3)
    assert not await known(world, "ana")


async def test_the_owner_who_forgets_owns_nothing_any_more(world: World) -> None:
    async with world.store.begin() as db:
        await people.make_owner(db, world.people["owner"])
    await world.says("owner", "/forget")
    await world.presses("owner", "Yes, delete everything")
    assert await count(world.store, people_rows.c.id, world.people["owner"]) == 1
    async with world.store.begin() as db:
        owner = await people.by_id(db, world.people["owner"])
        assert owner is not None
        assert not owner.is_owner


async def test_no_coordinators_menu_is_left_in_the_chat_of_who_is_forgotten(world: World) -> None:
    commands = (Command("help", _("Help")), Command("people", _("People"), for_coordinators=True))
    said = {}
    for name in ("olga", "eleni"):
        async with world.store.begin() as db:
            me = await people.by_id(db, world.people[name])
            assert me is not None
            turn = Turn(
                db, me, Event(action="forget.sure"), world.now, Here("bot", commands=commands)
            )
            said[name] = [say.menu for say in await answer(ROUTES, turn) if say.menu]
    assert said == {"olga": [commands[:1]], "eleni": []}


async def test_help_leads_to_the_safeguarding_contact_whatever_became_of_the_match(
    world: World,
) -> None:
    await world.says("eleni", "/help")
    assert world.labels("eleni") == []
    await world.member("sofia", 0, role="safeguarding")
    await world.introduces("eleni", "deniz")
    await world.says("deniz", "/forget")
    await world.presses("deniz", "Yes, delete everything")
    await world.says("eleni", "/help")
    await world.presses("eleni", "Safeguarding contact of Two towns")
    await world.says("eleni", "He follows me")
    world.nobody_else("eleni", "sofia")
    assert "<tg-spoiler>Eleni: He follows me</tg-spoiler>" in world.text("sofia")


async def test_a_question_nobody_can_read_any_more_is_not_said_to_be_sent(world: World) -> None:
    await world.taps("deniz", "ask.side", world.member_ids["deniz"])
    await world.says("omer", "/forget")
    await world.presses("omer", "Yes, delete everything")
    await world.says("deniz", "Is anybody there?")
    world.nobody_else("deniz")
    assert "Nobody looks after your side yet" in world.text("deniz")
