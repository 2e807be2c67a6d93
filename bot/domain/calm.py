"""What people are told while everything rests: kindly, and without a word of why."""

from __future__ import annotations

from bot.domain.replies import _

RESTS = _(
    "Everything rests for now, so no times are planned at the moment. Nothing is asked of you, "
    "and nothing is lost. I will tell you when it goes on."
)
STILL_PLANNED = _(
    "Something you had planned is near. Everything rests for now, so please do what is good for "
    "you. Nothing is asked of you. /match shows where you stand."
)
THINKING_OF_YOU = _(
    "We are thinking of you. Everything here rests for now, and nothing is asked of you. "
    "What you have begun is kept. /help shows how to reach somebody."
)
COULD_GO_ON = _(
    "We hope that you are well. It can slowly go on here, when it is good for you. "
    "There is no hurry, and you can pause for as long as you like."
)
