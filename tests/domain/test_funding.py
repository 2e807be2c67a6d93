"""Needs and pledges, moved about in every order."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.funding import (
    HOLDERS,
    OFFERS,
    SORTS,
    STANDING,
    may_confirm,
    may_offer,
    need_after,
    pledge_after,
    talks,
)
from bot.domain.tracks.funding import FUNDING

SIDES = st.integers(1, 3)
NEED_MOVES = st.sampled_from(["enough", "drop", "tell", "confirm"])
PLEDGE_MOVES = st.sampled_from(["accept", "decline", "drop", "give", "receive"])


class JointWork(RuleBasedStateMachine):
    """A need that side 1 told, and pledges to it."""

    def __init__(self) -> None:
        super().__init__()
        self.need = "proposed"
        self.holders = [1]
        self.pledges: list[str] = []
        self.agreed: list[set[int]] = []
        self.accepted_by: list[int] = []
        self.told = False

    @rule(side=SIDES)
    def confirms(self, side: int) -> None:
        if may_confirm(self.need, self.holders, side):
            assert side not in self.holders
            after = need_after(self.need, "confirm", self.pledges)
            assert after == "open"
            self.need = after
            self.holders.append(side)

    @rule()
    def offers(self) -> None:
        if self.need == "open":
            self.pledges.append("offered")
            self.agreed.append(set())
            self.accepted_by.append(0)

    @rule(data=st.data(), move=PLEDGE_MOVES, side=SIDES)
    def moves_a_pledge(self, data: st.DataObject, move: str, side: int) -> None:
        if not self.pledges:
            return
        at = data.draw(st.integers(0, len(self.pledges) - 1))
        before = self.pledges[at]
        if move == "accept" and side in self.holders and before == "offered":
            self.agreed[at].add(side)
        after = pledge_after(before, move, self.need, self.holders, self.agreed[at])
        if after is None:
            return
        if after == "accepted":
            self.accepted_by[at] = len(self.agreed[at])
        if after == "dropped":
            assert before in ("offered", "accepted")
        self.pledges[at] = after

    @rule(move=NEED_MOVES)
    def moves_the_need(self, move: str) -> None:
        if move == "confirm":
            return
        after = need_after(self.need, move, self.pledges)
        if after is None:
            return
        if move == "tell":
            assert "received" in self.pledges
            self.told = True
        if move == "drop":
            assert {"given", "received"}.isdisjoint(self.pledges)
        self.need = after

    @rule(side=SIDES)
    def a_holder_leaves(self, side: int) -> None:
        if side in self.holders and len(self.holders) == HOLDERS:
            self.holders.remove(side)

    @invariant()
    def nothing_is_given_but_what_both_accepted(self) -> None:
        for state, many in zip(self.pledges, self.accepted_by, strict=True):
            if state in ("accepted", "given", "received"):
                assert many >= HOLDERS

    @invariant()
    def people_write_only_while_there_is_something_to_hand_over(self) -> None:
        for state in self.pledges:
            if talks(self.need, state):
                assert state in ("accepted", "given")
                assert self.need != "closed"

    @invariant()
    def nothing_is_left_on_its_way_at_the_end(self) -> None:
        if self.told:
            assert self.need == "closed"
            assert "given" not in self.pledges

    @invariant()
    def a_closed_need_stays_closed(self) -> None:
        if self.need == "closed":
            for move in ("confirm", "enough", "drop", "tell"):
                assert need_after(self.need, move, self.pledges) is None
            assert pledge_after("offered", "accept", self.need) is None


TestJointWork = JointWork.TestCase


def test_what_is_needed_is_what_people_say_they_could_give() -> None:
    (asked,) = FUNDING.questions
    assert asked.options == SORTS
    assert not may_confirm("closed", [1], 2)
    assert not may_confirm("proposed", [], 2)


def test_nobody_offers_what_was_declined_or_again_and_again() -> None:
    assert may_offer([])
    assert may_offer(["dropped", "dropped"])
    assert not may_offer(["dropped"] * OFFERS)
    assert not may_offer(["dropped", "declined"])
    assert not any(may_offer([state]) for state in STANDING)
    assert [talks("open", "accepted"), talks("met", "given")] == [True, True]
    assert not talks("closed", "given")
    assert not talks("open", "offered")


def test_what_was_given_is_neither_dropped_nor_passed_over() -> None:
    assert need_after("open", "drop", ["declined", "offered"]) == "closed"
    assert need_after("open", "drop", ["given"]) is None
    assert need_after("open", "tell", ["received", "given"]) is None
    assert need_after("met", "tell", ["received", "declined"]) == "closed"
    assert need_after("met", "tell", ["offered"]) is None


def test_a_pledge_is_accepted_by_both_and_by_nobody_once_the_need_is_met() -> None:
    assert pledge_after("offered", "accept", "open", (1, 2), (1,)) == "offered"
    assert pledge_after("offered", "accept", "open", (1, 2), (1, 2)) == "accepted"
    assert pledge_after("offered", "accept", "met", (1, 2), (1, 2)) is None
    assert pledge_after("given", "receive", "met") == "received"
    assert pledge_after("given", "receive", "closed") is None
    assert may_confirm("proposed", [1], 2)
    assert not may_confirm("open", [1], 1)
