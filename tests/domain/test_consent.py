"""What somebody agrees to."""

from __future__ import annotations

from bot.domain.consent import AGREED, consent
from bot.domain.forms import Tap, begin, final, screen, take


def test_consent_is_one_question_that_is_answered_or_refused() -> None:
    for answer in ("yes", "no"):
        form = consent("consent", None)
        state = begin(form, {"side": 1}, 1)
        shown = screen(form, state)
        assert len(shown.rows) == 2, "no way to stop but to say no"
        move = take(form, state, Tap(state.visit, "=" + answer))
        assert move.sent
        assert final(form, move.state) == {"side": 1, AGREED: answer}
