"""What was missed: each is given once, as long as it can be deleted, and little is kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.missed import DELETABLE, REST, Leftovers, Missed

COMES = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 90)), max_size=60)


def filled(comes: list[tuple[int, int]], most: int = 100) -> tuple[Leftovers, dict[int, set[int]]]:
    """What came of each account, so many seconds after one another; update 9 was message 9."""
    left, of, at = Leftovers(most), dict[int, set[int]](), 0
    for id_, (account, gap) in enumerate(comes, 1):
        at += gap
        left.add(account, Missed(id_, id_, at))
        of.setdefault(account, set()).add(id_)
    return left, of


@given(COMES)
def test_each_is_given_once_and_to_nobody_else(comes: list[tuple[int, int]]) -> None:
    left, of = filled(comes)
    now = sum(gap for _, gap in comes)
    for account in range(1, 7):
        assert {one.message_id for one in left.given(account, now)} == of.get(account, set())
        assert left.given(account, now) == ()
    assert len(left) == 0


@given(COMES, st.integers(0, 200))
def test_who_is_silent_for_a_while_is_known(comes: list[tuple[int, int]], later: int) -> None:
    left, of = filled(comes)
    now, last, at = sum(gap for _, gap in comes) + later, dict[int, int](), 0
    for account, gap in comes:
        at += gap
        last[account] = at
    assert set(left.rested(now)) == {each for each in of if now - last[each] >= REST}


@given(COMES, st.integers(1, 4))
def test_only_so_many_accounts_are_remembered_the_latest_of_them(
    comes: list[tuple[int, int]], most: int
) -> None:
    left, _ = filled(comes, most)
    latest = list(dict.fromkeys(account for account, _ in reversed(comes)))[:most]
    assert set(left.all()) == set(latest)


@given(COMES, COMES)
def test_what_could_not_be_stored_is_as_before(
    first: list[tuple[int, int]], then: list[tuple[int, int]]
) -> None:
    left, _ = filled(first)
    before = left.all()
    for account, _gap in then:
        left.add(account, Missed(999, 999, 10_000))
        left.given(account % 3, 10_000)
    left.restore(before)
    assert left.all() == filled(first)[0].all()


def test_what_cannot_be_deleted_any_more_is_forgotten() -> None:
    left, _ = filled([(1, 0), (1, 60)])
    assert [one.message_id for one in left.given(1, DELETABLE + 30)] == [2]
