"""What those are told for whom a round brought nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.matching import Why
from bot.domain.matching.circles import NoCircle
from bot.domain.rounds import (
    GROUP_WHYS,
    OWN_GROUP_WHYS,
    OWN_WHYS,
    WHYS,
    helps,
    left_out_say,
    why_left,
)
from bot.i18n import Tongue


@pytest.mark.parametrize("why", Why)
def test_each_is_told_why_their_place_and_when_the_next_ones_are(why: Why) -> None:
    tongue = Tongue("en")
    told = {"why": why.value, "help": None}
    said = left_out_say(7, told, 3, datetime(2026, 5, 4, 12, tzinfo=UTC))
    text = tongue.say(said.text)
    assert said.to == 7
    assert tongue.say(OWN_WHYS[why]) in text
    assert "number 3 in line" in text
    assert "4 May" in text
    assert why in WHYS
    assert "planned" not in tongue.say(left_out_say(7, told, 1, None).text)


@pytest.mark.parametrize(
    ("kind", "what", "partners", "said"),
    [
        (
            Why.HOURS,
            "0-evening",
            14,
            "With one more time (Evening: Monday), 14 people would fit.",
        ),
        (Why.LANGUAGE, "el", 5, "With one more language (Greek), 5 people would fit."),
        (Why.FORMAT, "online", 4, "With meetings online as well, some people would fit."),
    ],
)
def test_what_would_have_helped_is_said_and_few_people_are_not_counted(
    kind: Why, what: str, partners: int, said: str
) -> None:
    told = {"why": "line", "help": {"kind": kind.value, "what": what, "partners": partners}}
    text = Tongue("en").say(left_out_say(7, told, None, None).text)
    assert said in text.replace("\u2068", "").replace("\u2069", "")


def test_what_a_round_does_not_know_is_not_said() -> None:
    assert helps({}) is None
    text = Tongue("en").say(left_out_say(7, {}, 2, None).text)
    assert text.count("\n\n") == 1


def test_a_language_that_few_speak_is_not_named_for_they_may_be_known_by_it() -> None:
    told = {"kind": Why.LANGUAGE.value, "what": "lad", "partners": 4}
    assert helps({"why": "language", "help": told}) is None


@pytest.mark.parametrize("why", [*Why, *NoCircle])
def test_who_has_no_place_in_a_group_is_told_why(why: Why | NoCircle) -> None:
    tongue, told = Tongue("en"), {"why": why.value, "help": None, "grouped": True}
    assert tongue.say(OWN_GROUP_WHYS[why]) in tongue.say(left_out_say(7, told, 3, None).text)
    assert why_left(told) == GROUP_WHYS[why]


def test_a_coordinator_reads_why_somebody_has_no_partner() -> None:
    assert why_left({"why": "hours", "help": None}) == WHYS[Why.HOURS]
