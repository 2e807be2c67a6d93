"""What somebody agrees to before any of their answers is stored."""

from __future__ import annotations

from bot.domain.forms import Form, One, Option, Step
from bot.domain.replies import Value, _, paragraphs

AGREED = "agreed"
"""The answer's key: "yes" or "no"."""


def consent(name: str, head: Value | None) -> Form:
    """The question for consent, by itself; `head` says to what somebody has come."""
    options = (Option("yes", _("Yes, I agree")), Option("no", _("No, thank you")))
    step = Step(AGREED, _explained(head), One(options), _("Consent"))
    return Form(name, (step,), review=False, stoppable=False)


def _explained(head: Value | None) -> Value:
    return paragraphs(
        head,
        _(
            "People from different sides get to know each other here. "
            "I introduce two people to each other, and they talk or meet."
        ),
        _(
            "<b>What is stored:</b> your Telegram account number, your answers to a few questions, "
            "whom you were introduced to, and what you say about your meetings. "
            "Names, texts and the account number are encrypted."
        ),
        _(
            "<b>Who sees it:</b> the coordinators of your side see your name, your answers and "
            "whether you meet. The person you are introduced to first sees only what you have in "
            "common, and your chosen name once you have both said yes. What you say about risks is "
            "read only by the safeguarding contact of your side."
        ),
        _(
            "<b>Good to know:</b> chats with bots are not end-to-end encrypted. Telegram, and "
            "whoever runs this bot, are able to read them."
        ),
        _("<b>Leaving:</b> /forget deletes everything about you, at any time."),
        _("Do you agree? Until you do, none of your answers is stored."),
    )
