"""Telegram's pace, against the buckets the sandbox refuses by."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import Pace
from bot.sandbox import limits
from tests.conftest import KEYS
from tests.delivery.counter import Counting, counting, out, until
from tests.delivery.test_send import queue

CHATS = st.integers(-3, 8).filter(bool)
WISHES = st.lists(st.tuples(CHATS, st.floats(0, 2, exclude_min=True)), min_size=1, max_size=300)


def sent(pace: Pace, wishes: list[tuple[int, float]], start: float) -> list[tuple[float, int]]:
    """When each message went to which chat, if nobody waits longer than they are told to."""
    now, went = start, []
    for chat, pause in wishes:
        now += pause if pause > 1.9 else 0.0
        while (wait := max(pace.wait(now), pace.wait_for(chat, now))) > 0:
            now += max(wait, 1e-6)
        pace.take(chat, now)
        went.append((now, chat))
    return went


def allowed(went: list[tuple[float, int]], rate: float, size: float) -> bool:
    """Whether a bucket of the sandbox, full at the start, lets all of it through."""
    bucket = limits.Bucket(rate, size, went[0][0])
    for now, _ in went:
        if bucket.wait(now, 1) > 1e-6:
            return False
        bucket.tokens -= 1
    return True


@given(WISHES, st.sampled_from([30.0, 1000.0]), st.floats(0, 1e6))
def test_the_sandbox_refuses_nothing(
    wishes: list[tuple[int, float]], rate: float, start: float
) -> None:
    went = sent(Pace(rate), wishes, start)
    assert allowed(went, rate, rate)
    chats: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for now, chat in went:
        chats[chat].append((now, chat))
    for chat, theirs in chats.items():
        each = limits.PRIVATE_PER_SECOND if chat > 0 else limits.GROUP_PER_SECOND
        assert allowed(theirs, each, limits.BURST)


@given(WISHES, st.sampled_from([30.0, 1000.0]))
def test_no_window_holds_more_than_its_share(wishes: list[tuple[int, float]], rate: float) -> None:
    times = [now for now, _ in sent(Pace(rate), wishes, 0.0)]
    for first, start in enumerate(times):
        in_a_second = bisect_left(times, start + 1) - first
        assert in_a_second <= rate + max(2.0, rate / 30) + 1


@given(st.integers(2, 60))
def test_one_chat_gets_a_burst_and_then_one_a_second(count: int) -> None:
    pace = Pace(30.0, burst=3)
    times = [now for now, _ in sent(pace, [(7, 0.1)] * count, 0.0)]
    assert times[-1] == pytest.approx(max((count - 1) / 30, count - 3), abs=0.2)


@given(st.integers(21, 60))
def test_a_group_gets_twenty_a_minute(count: int) -> None:
    times = [now for now, _ in sent(Pace(30.0), [(-7, 0.1)] * count, 0.0)]
    assert times[-1] == pytest.approx((count - 20) * 3, abs=0.1)


@given(st.integers(100, 2000))
def test_many_chats_get_all_of_the_rate(count: int) -> None:
    times = [now for now, _ in sent(Pace(30.0), [(n + 1, 0.1) for n in range(count)], 0.0)]
    assert times[-1] <= math.ceil((count - 1) / 30 * 1.001 * 1000) / 1000


def test_a_pace_forgets_chats_that_have_been_quiet() -> None:
    pace = Pace(1000.0)
    sent(pace, [(n + 1, 0.1) for n in range(12_000)], 0.0)
    assert len(pace._chats) < 10_100


@pytest.mark.timeout(60)
async def test_a_broadcast_gets_not_one_429(tmp_path: object) -> None:
    async with counting(f"sqlite:///{tmp_path}/test.db", KEYS, limits=True) as bot:
        everybody = await _known(bot, 60)
        await queue(bot, *[(each, f"{n}", 2) for n in range(3) for each in everybody])
        await until(lambda: _sent(bot, 180), 30)
        assert bot.calls("sendMessage", 429) == 0


async def _known(bot: Counting, count: int) -> list[int]:
    world = bot.sandbox.world
    made = [world.add_person(f"Person {number}", "en") for number in range(count)]
    return [world.private_chat(each).id for each in made]


async def _sent(bot: Counting, count: int) -> bool:
    return [row.state for row in await out(bot.app.store)].count("sent") == count
