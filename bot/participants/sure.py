"""Words that people of another side read: what would show who wrote them is asked about first."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.fields import One, Option
from bot.domain.forms import Answers, Step
from bot.domain.parcels import Parcel
from bot.domain.replies import Listed, Text, Value, _
from bot.domain.revealing import showing

_YES = One((Option("yes", _("Yes, pass it on")),))


def asked_first(words: Step) -> tuple[Step, ...]:
    """The question for words, and the one that follows where they show more than they should."""
    key = f"{words.key}_sure"

    def seen(answers: Answers) -> list[Text]:
        asked = words.when(answers) and answers.get(words.key)
        return showing(Parcel("words", 0, str(asked))) if asked else []

    def ask(answers: Answers) -> Value:
        return _(
            "This could show who you are: I see {what}. Pass it on all the same? “Back” lets you "
            "change it.",
            what=Listed(tuple(seen(answers))),
        )

    sure = Step(key, ask, _YES, _("Passed on all the same"), when=lambda found: bool(seen(found)))
    return replace(words, renews=(*words.renews, key)), sure
