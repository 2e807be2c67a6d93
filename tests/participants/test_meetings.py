"""A meeting: proposed, agreed, moved, cancelled, reminded of; and a line about where and how."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from bot.i18n import Tongue
from bot.store import meetings
from bot.store.meetings import Meeting
from tests.participants.acts import World, bare


async def planned(world: World, match_id: int) -> list[Meeting]:
    async with world.store.read() as db:
        return await meetings.of_match(db, match_id)


async def agreed(world: World) -> tuple[int, Meeting]:
    """Eleni proposes a time that is suggested, Deniz agrees."""
    match_id = await world.introduces("eleni", "deniz")
    await world.says("eleni", "/meet")
    await world.presses("eleni", world.labels("eleni")[2])
    await world.presses("deniz", "Show")
    await world.presses("deniz", "Agree to this time")
    (meeting,) = await planned(world, match_id)
    return match_id, meeting


async def test_no_partner_no_meeting(world: World) -> None:
    await world.says("eleni", "/meet")
    assert "You have no partner at the moment." in world.text("eleni")


async def test_a_time_is_proposed_and_agreed_with_a_file_that_names_nobody(world: World) -> None:
    match_id, meeting = await agreed(world)
    assert meeting.state == "agreed"
    assert meeting.match_id == match_id
    for name in ("eleni", "deniz"):
        (said,) = world.to(name)
        assert "It is agreed: you meet on" in world.text(name)
        assert said.file is not None
        assert said.file.name == "meeting.ics"
        event = Calendar.from_ical(said.file.data).walk("VEVENT")[0]
        assert event.decoded("dtstart") == meeting.starts_at
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1)
        for word in (b"Eleni", b"Deniz", b"roxeny", b"North", b"South"):
            assert word not in said.file.data


async def test_six_times_on_six_days(world: World) -> None:
    await world.introduces("eleni", "deniz")
    await world.says("deniz", "/meet")
    times = [each for each in world.labels("deniz") if "·" in each]
    assert len(times) == 6
    assert len({each.split("·")[0] for each in times}) == 6


async def test_reminders_a_day_and_an_hour_before_and_the_question_after(world: World) -> None:
    _, meeting = await agreed(world)
    told = await world.passes(days=14)
    kinds = [bare(Tongue("en").say(say.text)) for say in told]
    assert [each.split(":")[0].split(".")[0][:30] for each in kinds[:6]] == [
        "A reminder",
        "A reminder",
        "Your conversation begins soon",
        "Your conversation begins soon",
        "You had a conversation planned",
        "You had a conversation planned",
    ]
    assert meeting.starts_at < world.now


async def test_a_reminder_of_the_meeting_names_nobody(world: World) -> None:
    await agreed(world)
    for say in await world.passes(days=14):
        name = next(name for name, row in world.people.items() if row == say.to)
        assert "Eleni" not in world.text(name)
        assert "Deniz" not in world.text(name)


async def test_the_same_time_proposed_by_both_is_agreed(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    at = int(datetime(2026, 11, 25, 10, tzinfo=UTC).timestamp()) // 60
    await world.taps("eleni", "meet.at", match_id, at)
    await world.taps("eleni", "meet.at", match_id, at)
    assert "Your partner has not answered yet." in world.text("eleni")
    await world.taps("deniz", "meet.at", match_id, at)
    world.nobody_else("eleni", "deniz")
    assert [each.state for each in await planned(world, match_id)] == ["agreed"]
    await world.taps("eleni", "meet.at", match_id, at)
    assert "You meet on Wednesday" in world.text("eleni")


async def test_moving_a_meeting_keeps_the_old_one_until_the_new_is_agreed(world: World) -> None:
    match_id, old = await agreed(world)
    await world.taps("deniz", "meet.times", match_id)
    await world.presses("deniz", world.labels("deniz")[-3])
    states = {each.id: each.state for each in await planned(world, match_id)}
    assert sorted(states.values()) == ["agreed", "proposed"]
    assert states[old.id] == "agreed"
    await world.presses("eleni", "Show")
    assert "Your partner proposes" in world.text("eleni")
    await world.presses("eleni", "Agree to this time")
    (new,) = await planned(world, match_id)
    assert new.id != old.id
    told = await world.passes(days=14)
    assert sum("A reminder" in str(say.text) for say in told) == 2


async def test_cancelling(world: World) -> None:
    match_id, meeting = await agreed(world)
    await world.taps("eleni", "meet.drop", meeting.id)
    assert "Cancel the meeting on" in world.text("eleni")
    await world.presses("eleni", "No, keep it")
    await world.taps("eleni", "meet.drop", meeting.id)
    await world.presses("eleni", "Yes, cancel it")
    world.nobody_else("eleni", "deniz")
    assert "has to be cancelled" in world.text("deniz")
    assert await planned(world, match_id) == []
    for action in ("meet.sure", "meet.agree", "meet.drop"):
        await world.taps("deniz", action, meeting.id)
        assert "no longer proposed" in world.text("deniz")
    told = await world.passes(days=13)
    assert told == []


async def test_a_proposal_is_taken_back_by_its_maker_alone(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    at = int(datetime(2026, 11, 25, 10, tzinfo=UTC).timestamp()) // 60
    await world.taps("eleni", "meet.at", match_id, at)
    (meeting,) = await planned(world, match_id)
    await world.taps("eleni", "meet.agree", meeting.id)
    await world.taps("deniz", "meet.sure", meeting.id)
    assert [each.state for each in await planned(world, match_id)] == ["proposed"]
    await world.says("eleni", "/meet")
    await world.presses("eleni", "Take my proposal back")
    world.nobody_else("eleni")
    assert await planned(world, match_id) == []


async def test_buttons_of_others_and_of_nothing(world: World) -> None:
    match_id, meeting = await agreed(world)
    await world.member("maria", 0)
    far = 10**18
    for action, *args in (
        ("meet.at", match_id, 1),
        ("meet.at", match_id, far),
        ("meet.agree", meeting.id),
        ("meet.drop", meeting.id),
        ("meet.sure", meeting.id),
        ("meet.agree", 99),
        ("meet.times", match_id),
        ("meet.days", match_id),
        ("meet.hours", match_id, 1),
        ("meet.hours", match_id, far),
        ("meet.type", match_id),
        ("relay.write", match_id),
    ):
        await world.taps("maria", action, *args)
        assert "That button is from an earlier message" in world.text("maria"), action
    await world.taps("eleni", "meet.hours", match_id, 1)
    assert "That button is from an earlier message" in world.text("eleni")
    assert [each.state for each in await planned(world, match_id)] == ["agreed"]


async def test_a_day_then_an_hour(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "meet.days", match_id)
    days = world.labels("eleni")
    assert "Mon, 23 November 2026" not in days, "too soon"
    assert not [each for each in days if each.startswith(("Sat", "Sun"))]
    await world.presses("eleni", next(each for each in days if each.startswith("Thu")))
    hours = [each for each in world.labels("eleni") if "·" in each]
    assert len(hours) == 13, "8:00 to 20:00, by whole hours, for both"
    await world.presses("eleni", hours[0])
    (meeting,) = await planned(world, match_id)
    assert meeting.starts_at == datetime(2026, 11, 26, 6, tzinfo=UTC)


async def test_a_typed_time(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "meet.type", match_id)
    for text, refused in (
        ("next week", "Please write the day and the time like this"),
        ("2026-13-01 10:00", "Please write the day and the time like this"),
        ("2020-01-01 10:00", "That time is past."),
        ("9999-12-31 23:59", "That is far ahead."),
        ("2026-11-23 12:00", "That is very soon."),
        ("2026-11-28 12:00", "a day of rest"),
        ("2026-11-26 23:00", "at night where you are"),
    ):
        await world.says("eleni", text)
        assert refused in world.text("eleni"), text
    await world.says("eleni", "2026-11-26 17:30")
    assert "You proposed" in world.text("eleni")
    world.nobody_else("eleni", "deniz")
    (meeting,) = await planned(world, match_id)
    assert meeting.starts_at == datetime(2026, 11, 26, 15, 30, tzinfo=UTC)


async def test_the_partners_night_and_what_else_they_agreed_to(world: World) -> None:
    await world.member("rosa", 1, zone="America/Bogota")
    match_id = await world.introduces("eleni", "rosa")
    await world.taps("eleni", "meet.type", match_id)
    await world.says("eleni", "2026-11-26 10:00")
    assert "That is at night for your partner." in world.text("eleni")
    await world.says("eleni", "2026-11-26 17:00")
    await world.presses("rosa", "Show")
    await world.presses("rosa", "Agree to this time")
    other = await world.introduces("eleni", "deniz")
    at = int(datetime(2026, 11, 26, 15, 30, tzinfo=UTC).timestamp()) // 60
    await world.taps("deniz", "meet.at", other, at)
    assert "One of you already has a meeting then." in world.text("deniz")
    await world.says("eleni", "/meet")
    assert {"Rosa", "Deniz"} == set(world.labels("eleni"))


def test_the_stage_begins_on_a_working_day() -> None:
    assert date(2026, 11, 23).weekday() == 0
