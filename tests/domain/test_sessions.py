"""Sessions of a group: whose word a time needs, which comes next, when most can come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.meetings import Obstacle, Plan, free, obstacle, open_times, suggested
from bot.domain.policy import Policy
from bot.domain.sessions import Arrangement, all_held, came, number_of_next, settled, suiting_most
from tests.domain.test_meetings import NOW, homes, nows, party, plans

ids = st.integers(1, 8)
groups = st.builds(
    lambda plan, more: replace(plan, more=tuple(more)), plans, st.lists(homes, max_size=4)
)
known = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["proposed", "held", "missed"])))


@given(
    st.none() | st.lists(st.text()).map(tuple),
    st.frozensets(ids),
    st.dictionaries(ids, st.booleans()),
)
def test_an_arrangement_is_stored_and_read_again(
    lines: tuple[str, ...] | None, agreed: frozenset[int], can: dict[int, bool]
) -> None:
    told = Arrangement(lines, agreed, can)
    assert Arrangement.of(told.as_json()) == told
    assert Arrangement.of(None) == Arrangement()
    assert told.with_word(9, can=True).can == {**can, 9: True}


@given(st.frozensets(ids), st.dictionaries(ids, st.integers(1, 3)))
def test_a_time_needs_a_lead_of_each_side(agreed: frozenset[int], leads: dict[int, int]) -> None:
    missing = [
        side for side in set(leads.values()) if not any(leads.get(a) == side for a in agreed)
    ]
    assert settled(agreed, leads) == (not missing and bool(leads))


@given(known, st.integers(1, 5))
def test_what_is_missed_is_tried_again(sessions: list[tuple[int, str]], many: int) -> None:
    held = [number for number, state in sessions if state == "held"]
    assert number_of_next(sessions) == (max(held) + 1 if held else 1)
    assert all_held(sessions, many) == any(number >= many for number in held)


@settings(max_examples=15, deadline=None)
@given(groups, nows)
def test_the_times_suit_as_many_as_can_be(plan: Plan, now: datetime) -> None:
    times, most = suiting_most(plan, now)
    assert times == sorted(set(times))
    every = open_times(plan, now)
    for at in times:
        assert obstacle(plan, at, now) is None
        assert sum(free(each, at, plan.length) for each in plan.all) == most
    counts = [sum(free(each, at, plan.length) for each in plan.all) for at in every]
    assert most == max(counts, default=0)
    if most == len(plan.all):
        assert times == suggested(plan, now)


def test_nobody_of_a_group_is_asked_to_meet_at_night() -> None:
    three = Plan(party(), party(), Policy(), more=(party("Pacific/Auckland"),))
    noon = NOW.replace(day=24, hour=12)
    assert obstacle(replace(three, more=()), noon, NOW) is None
    assert obstacle(three, noon, NOW) is Obstacle.THEIR_NIGHT


def test_a_time_that_one_of_them_keeps_free_is_left_out() -> None:
    noon = NOW.replace(day=24, hour=12)
    keeps = replace(party(), keeps=lambda start, end: start <= noon + timedelta(minutes=30) <= end)
    plan = Plan(party(), party(), Policy(), more=(keeps,))
    assert obstacle(plan, noon, NOW) is Obstacle.KEPT
    assert obstacle(plan, noon + timedelta(hours=2), NOW) is None


@given(st.dictionaries(ids, st.booleans()), st.lists(ids, unique=True))
def test_who_came_is_counted_among_the_members(marked: dict[int, bool], members: list[int]) -> None:
    there, away = came(marked, members)
    assert there == sum(marked.get(each, False) for each in members)
    assert there + away == sum(each in marked for each in members)
