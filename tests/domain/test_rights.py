"""The table of rights, by itself; and that what is said in a freeze says nothing of why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.domain.calm import COULD_GO_ON, RESTS, STILL_PLANNED, THINKING_OF_YOU
from bot.domain.replies import Text
from bot.domain.rights import RIGHTS, ROLES, Reach, Right, may, reach


@given(some.sampled_from(ROLES), some.sampled_from(Right))
def test_who_may_reaches_somewhere(role: str, right: Right) -> None:
    assert may(role, right) is (reach(role, right) is not Reach.NONE)
    assert reach(role, right) == RIGHTS[right].get(role, Reach.NONE)


@pytest.mark.parametrize("right", Right)
def test_who_takes_part_and_strangers_have_no_right(right: Right) -> None:
    assert not may("participant", right)
    assert not may("stranger", right)


def test_reports_of_risk_are_for_the_safeguarding_contacts_of_one_s_own_side_alone() -> None:
    assert {role for role in ROLES if may(role, Right.SAFEGUARD)} == {"safeguarding"}
    assert reach("safeguarding", Right.SAFEGUARD) is Reach.SIDE


@pytest.mark.parametrize("text", [RESTS, STILL_PLANNED, THINKING_OF_YOU, COULD_GO_ON])
def test_a_freeze_is_told_without_a_word_of_why(text: Text) -> None:
    assert not any(word in text.id.lower() for word in ("conflict", "danger", "attack", "war "))
    assert not text.values
