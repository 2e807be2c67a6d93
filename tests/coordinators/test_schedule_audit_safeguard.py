"""Planning a round, the log of what was done, reports of risk, and what one does about pairs."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.coordinators import audit, safeguard, schedule
from bot.reminders import round_eve
from bot.store import audit as log
from bot.store import exchanges, forbidden, invites, matches, networks, reminders, reports
from bot.store.networks import Member
from bot.store.reminders import Reminder
from bot.store.tables import reminders as reminder_rows
from tests.coordinators.test_looking_after import together
from tests.coordinators.town import Town, data_of, read


async def waiting_kinds(town: Town) -> list[str]:
    async with town.store.begin() as db:
        rows = await db.all(Reminder, select(reminder_rows).order_by(reminder_rows.c.due_at))
    return [each.kind for each in rows]


async def test_a_round_is_planned_for_a_day_nobody_rests_and_taken_back(town: Town) -> None:
    town.able(schedule)
    mine, exchange_id = await town.member(0, "coordinator"), await town.exchange()
    (days,) = await town.taps(mine, f"schedule.round:{exchange_id}")
    chosen = [each for each in data_of(days) if each.startswith("schedule.day")]
    weekdays = [(int(each.rpartition(":")[2]) - 1) % 7 for each in chosen]
    assert weekdays
    assert not {5, 6} & set(weekdays)
    (hours,) = await town.taps(mine, chosen[0])
    at = data_of(hours)[0]
    (planned,) = await town.taps(mine, at)
    assert "planned for" in read(planned)
    (_twice,) = await town.taps(mine, at)
    async with town.store.begin() as db:
        exchange = await exchanges.by_id(db, exchange_id)
        assert exchange is not None
        assert exchange.next_round_at is not None
        assert int(exchange.next_round_at.timestamp()) == int(at.rpartition(":")[2])
    assert await waiting_kinds(town) == ["round_eve", "round_due"]
    (forged,) = await town.taps(mine, f"{at[:-3]}001")
    assert "no longer works" in read(forged)
    (off,) = await town.taps(mine, f"schedule.off:{exchange_id}")
    assert "No round is planned" in read(off)
    assert await waiting_kinds(town) == []


async def test_the_eve_of_a_round_is_worked_off_in_steps(town: Town) -> None:
    exchange_id = await town.exchange()
    people = {(await town.member(0)).person_id for _each in range(5)}
    size, round_eve.STEP = round_eve.STEP, 2
    try:
        async with town.store.begin() as db:
            await exchanges.set_next_round(db, exchange_id, town.now + timedelta(hours=20))
            await reminders.schedule(db, "round_eve", exchange_id, town.now)
            while due := [
                r for r in await reminders.due(db, town.now, 50) if r.kind == "round_eve"
            ]:
                assert len(due) == 1
                assert await round_eve.due(db, town.now, due[0]) == []
                await reminders.finish(db, due[0].id, "done")
            warned = [r for r in await reminders.due(db, town.now, 50) if r.kind == "round_warning"]
    finally:
        round_eve.STEP = size
    assert sorted(each.person_id or 0 for each in warned) == sorted(people)


async def test_the_log_names_one_s_own_side_only_and_is_filtered(town: Town) -> None:
    town.able(audit)
    mine = await town.member(0, "coordinator", name="Mia")
    theirs = await town.member(1, "coordinator", name="Wim")
    for by, side in ((mine, 0), (theirs, 1)):
        pending = await town.member(side, state="pending")
        await town.taps(by, f"people.approve:{pending.id}")
    async with town.store.begin() as db:
        await log.note(db, town.network_id, "rooms.painted", town.now, side_id=town.sides[1])
    (said,) = await town.says(mine, "/audit")
    assert "Mia approved somebody's sign-up" in read(said)
    assert "A coordinator of West approved somebody's sign-up" in read(said)
    assert "Somebody of West did something: rooms.painted" in read(said)
    assert "Wim" not in read(said)
    (said,) = await town.taps(mine, f"audit.page:{town.network_id}:side0:0")
    assert "West" not in read(said)
    (said,) = await town.taps(mine, f"audit.page:{town.network_id}:rooms:0")
    assert "approved" not in read(said)
    (old,) = await town.taps(mine, f"audit.page:{town.network_id}:side7:0")
    assert "no longer works" in read(old)
    (only,) = await town.taps(mine, f"audit.only:{town.network_id}")
    assert all(len(each) <= 64 for each in data_of(only))


async def test_the_log_is_paged_while_it_grows(town: Town) -> None:
    town.able(audit)
    mine = await town.member(0, "coordinator", name="Mia")

    async def noted(first: int, last: int) -> None:
        async with town.store.begin() as db:
            for n in range(first, last):
                made = {"side_id": mine.side_id, "subject": f"N{n}."}
                await log.note(db, town.network_id, "invites.made", town.now, **made)

    await noted(0, 23)
    data, seen = f"audit.page:{town.network_id}:all:0", []
    while data:
        (said,) = await town.taps(mine, data)
        seen += [word for word in read(said).replace("(", " ").split() if word.startswith("N")]
        await noted(50, 53)
        earlier = [b.data for row in said.buttons for b in row if "Earlier" in read_button(b.text)]
        data = earlier[0] if earlier else ""
    assert seen == [f"N{n}.)" for n in reversed(range(23))]


def read_button(text: object) -> str:
    return getattr(text, "id", "")


async def report_of(town: Town, member: Member) -> int:
    async with town.store.begin() as db:
        return await reports.add(db, member, None, {"words": "They shouted"}, town.now)


async def test_contacts_read_reports_of_their_own_side_take_and_close_them(town: Town) -> None:
    town.able(safeguard)
    care, other = (
        await town.member(0, "safeguarding", name="Cara"),
        await town.member(1, "safeguarding"),
    )
    mine, ana = await town.member(0, "coordinator"), await town.member(0, name="Ana")
    report_id = await report_of(town, ana)
    for nosy in (mine, other):
        (refused,) = await town.taps(nosy, f"safeguard.show:{report_id}")
        assert "Ana" not in read(refused)
        assert "shouted" not in read(refused)
    (listed,) = await town.says(care, "/safeguard")
    assert f"safeguard.show:{report_id}" in data_of(listed)
    (card,) = await town.taps(care, f"safeguard.show:{report_id}")
    assert "<tg-spoiler>Ana: They shouted</tg-spoiler>" in read(card)
    assert f"ask.answer:{ana.id}" in data_of(card)
    card, told = await town.taps(care, f"safeguard.take:{report_id}")
    assert "Looked after by: Cara" in read(card)
    assert told.to == ana.person_id
    card, told = await town.taps(care, f"safeguard.close:{report_id}")
    assert "State: closed" in read(card)
    assert "There is news for you." in read(told)
    assert len(await town.taps(care, f"safeguard.close:{report_id}")) == 1, "a second tap"
    (listed,) = await town.says(care, "/safeguard")
    assert f"safeguard.show:{report_id}" not in data_of(listed)
    async with town.store.begin() as db:
        noted = await log.page(db, town.network_id)
    assert [(each.what, each.subject) for each in noted] == [
        ("safeguard.closed", ""),
        ("safeguard.taken", ""),
    ]


async def test_pairs_are_filtered_and_counted(town: Town) -> None:
    mine = await town.member(0, "coordinator")
    ana, _bo, first = await together(town)
    other, exchange_id = await town.member(1), await town.exchange()
    async with town.store.begin() as db:
        until = town.now + timedelta(days=3)
        who = [(ana.id, ana.side_id), (other.id, other.side_id)]
        second = await matches.propose(db, exchange_id, None, who, {}, town.now, until)
    (listed,) = await town.says(mine, "/pairs")
    assert read(listed).count("Ana (2 introductions)") == 2
    for state, shown in (("waits", [second]), ("active", [first]), ("quiet", [])):
        (listed,) = await town.taps(mine, f"pairs.page:{town.network_id}:{state}:0")
        assert [e for e in data_of(listed) if "show" in e] == [f"pairs.show:{n}" for n in shown]
    town.later(days=15)
    (listed,) = await town.taps(mine, f"pairs.page:{town.network_id}:quiet:0")
    assert [e for e in data_of(listed) if "show" in e] == [f"pairs.show:{first}"]
    (empty,) = await town.taps(mine, f"pairs.groups:{town.network_id}:0")
    assert "There are none" in read(empty)


async def test_a_reminder_by_hand_goes_once_a_day(town: Town) -> None:
    mine = await town.member(0, "coordinator")
    ana, bo, match_id = await together(town)
    for _twice in range(2):
        (said,) = await town.taps(mine, f"pairs.remind:{match_id}")
        assert "on its way" in read(said)
    async with town.store.begin() as db:
        due = await reminders.due(db, town.now, 10)
    assert {each.person_id for each in due} == {ana.person_id, bo.person_id}
    assert [each.kind for each in due] == ["next_meeting"] * 2


async def test_a_pair_is_ended_for_good(town: Town) -> None:
    mine = await town.member(0, "coordinator")
    ana, bo, match_id = await together(town)
    (sure,) = await town.taps(mine, f"pairs.forbid:{match_id}")
    said, *told = await town.taps(mine, data_of(sure)[0])
    assert "has ended" in read(said)
    assert {each.to for each in told} == {ana.person_id, bo.person_id}
    async with town.store.begin() as db:
        assert await forbidden.of_member(db, ana.id) == [bo.id]


async def test_who_may_invite_whom_and_the_poster_names_nothing(town: Town) -> None:
    mine, owner = await town.member(0, "coordinator"), await town.member(0, "owner")
    (asked,) = await town.taps(mine, f"invite.role:{town.network_id}")
    assert f"invite.side:{town.network_id}:coordinator" not in data_of(asked)
    assert f"invite.side:{town.network_id}:facilitator" not in data_of(asked)
    (old,) = await town.taps(mine, f"invite.make:{town.sides[0]}:coordinator:1:7")
    assert "no longer works" in read(old)
    (made,) = await town.taps(owner, f"invite.make:{town.sides[1]}:coordinator:1:7")
    poster = data_of(made)[0]
    (printed,) = await town.taps(owner, poster)
    assert printed.file is not None
    page = printed.file.data.decode()
    assert "Scan to talk to us" in page
    assert "<svg" in page
    assert "Bridge" not in page
    (refused,) = await town.taps(mine, poster)
    assert refused.file is None
    async with town.store.begin() as db:
        (link,) = await invites.page(db, town.network_id, None, town.now)
        await invites.came_by(db, link.id)
        sides = await networks.sides_of(db, town.network_id)
    (listed,) = await town.taps(owner, f"invite.list:{town.network_id}")
    assert "Opened 1 time." in read(listed)
    assert sides[1].name in read(listed)
