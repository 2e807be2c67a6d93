"""What two show each other: never more than each wanted, never two steps at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.disclosure import (
    CONTACT,
    NAME,
    PSEUDONYMS,
    Shown,
    back,
    free,
    pseudonym,
    unlock,
)

LEVELS = st.integers(0, CONTACT)


@st.composite
def halves(draw: st.DrawFn) -> Shown:
    """How far somebody shows themselves, and would."""
    shows = draw(LEVELS)
    return Shown(shows, draw(st.integers(shows, min(CONTACT, shows + 1))))


BOTH = (halves(), halves(), LEVELS, st.booleans())


@given(*BOTH)
def test_ones_own_step_is_one_at_a_time_and_never_back(
    mine: Shown, theirs: Shown, level: int, alone: bool
) -> None:
    after, _theirs = unlock(mine, theirs, level, alone=alone)
    assert 0 <= after.shows - mine.shows <= 1
    if level != mine.shows + 1:
        assert after == mine
    elif alone:
        assert after.shows == level


@given(*BOTH)
def test_the_other_shows_only_what_they_offered_and_only_for_the_same(
    mine: Shown, theirs: Shown, level: int, alone: bool
) -> None:
    after, other = unlock(mine, theirs, level, alone=alone)
    assert other.offers == theirs.offers
    if other.shows != theirs.shows:
        assert theirs.offers >= other.shows
        assert other.shows == theirs.shows + 1 == level == after.shows


@given(*BOTH)
def test_together_means_that_both_do(mine: Shown, theirs: Shown, level: int, alone: bool) -> None:
    after, other = unlock(mine, theirs, level, alone=alone)
    if not alone and after.shows > mine.shows:
        assert max(other.shows, theirs.offers) >= level


def test_each_way_by_example() -> None:
    none, ready = Shown(), Shown(0, NAME)
    assert unlock(none, none, NAME, alone=True) == (Shown(1, 1), none)
    assert unlock(none, none, NAME, alone=False) == (Shown(0, 1), none)
    assert unlock(none, ready, NAME, alone=False) == (Shown(1, 1), Shown(1, 1))
    assert unlock(none, ready, NAME, alone=True) == (Shown(1, 1), Shown(1, 1))
    assert unlock(none, Shown(2, 2), NAME, alone=False) == (Shown(1, 1), Shown(2, 2))
    assert unlock(none, none, CONTACT, alone=True) == (none, none)
    assert unlock(Shown(2, 2), none, CONTACT, alone=True) == (Shown(2, 2), none)


@given(halves(), st.integers(NAME, CONTACT))
def test_back_hides_and_offers_nothing_of_it(mine: Shown, level: int) -> None:
    after = back(mine, level)
    assert after.shows < level
    assert after.offers < level
    assert after.shows <= mine.shows


@given(st.sets(st.integers(0, len(PSEUDONYMS) - 1)), st.integers(0, 2**62), st.integers(1, 4))
def test_pseudonyms_are_new_as_long_as_there_are_any(
    taken: set[int], start: int, many: int
) -> None:
    found = free(taken, start, many)
    assert len(found) == many
    assert len(set(found)) == many
    if len(taken) <= len(PSEUDONYMS) - many:
        assert not taken & set(found)
    assert all(pseudonym(each) in PSEUDONYMS for each in found)


def test_without_a_number_there_is_a_pseudonym_all_the_same() -> None:
    assert pseudonym(None) == PSEUDONYMS[0]
