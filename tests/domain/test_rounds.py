"""What those are told for whom a round brought nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.matching import Why
from bot.domain.rounds import OWN_WHYS, WHYS, left_out_say
from bot.i18n import Tongue


@pytest.mark.parametrize("why", Why)
def test_each_is_told_why_their_place_and_when_the_next_ones_are(why: Why) -> None:
    tongue = Tongue("en")
    said = left_out_say(7, why, 3, datetime(2026, 5, 4, 12, tzinfo=UTC))
    text = tongue.say(said.text)
    assert said.to == 7
    assert tongue.say(OWN_WHYS[why]) in text
    assert "number 3 in line" in text
    assert "4 May" in text
    assert why in WHYS
    assert "planned" not in tongue.say(left_out_say(7, why, 1, None).text)
