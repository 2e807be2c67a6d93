"""What two people are told of each other when they are proposed."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.matching.types import Reasons
from bot.domain.proposals import proposal_say, shared
from bot.i18n import Tongue

TOLD = {"languages": ["en"], "interests": ["music"], "formats": ["online"], "hours": 2, "differ": 1}
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def read(**named: bool) -> str:
    return Tongue("en").say(proposal_say(5, 7, TOLD, NOW, **named).text)


def test_what_they_share_is_a_line_each_and_nothing_leaves_no_line() -> None:
    assert len(shared(Reasons.of(TOLD))) == 5
    assert len(shared(Reasons.of({"formats": ["in_person"]}))) == 1
    assert shared(Reasons.of({})) == []
    assert "\n\n\n" not in Tongue("en").say(proposal_say(5, 7, {}).text)


def test_until_when_an_answer_is_awaited_is_said_where_it_is_known() -> None:
    assert "Please answer by" in read()
    assert "Please answer by" not in Tongue("en").say(proposal_say(5, 7, TOLD).text)


def test_one_of_several_says_that_both_may_be_met() -> None:
    assert "You can say yes to all of them." in read(one_of_several=True)
    assert "You can say yes to all of them." not in read()


def test_the_answer_is_a_button() -> None:
    actions = [row[0].action for row in proposal_say(5, 7, TOLD).buttons]
    assert actions == ["match.yes", "match.no", "match.ask", "safety.ask"]
