"""Figures that could tell of a few people are counted by people, and left out."""

from __future__ import annotations

from bot.coordinators.brief_figures import _share
from bot.store.ledger import Told, _summed


def test_who_tells_of_five_matches_is_one_person() -> None:
    told = [Told(7, {"work": "yes"}, onward=0)] * 5 + [Told(8, {"work": "no"}, onward=1)]
    found = _summed(told)
    assert found.asked == {"work": 2}
    assert found.yes == {"work": 1}
    assert found.people == 2


def test_a_share_that_tells_who_said_no_is_left_out() -> None:
    assert _share(19, 20, 5) is None
    assert _share(3, 20, 5) is None
    assert _share(12, 20, 5) == 12
    assert _share(20, 20, 5) == 20
