"""Track 9: what each side thinks, what it guesses of the other, and stories."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.replies import _
from bot.domain.tracks.common import BROUGHT, CHANGED, TOLD
from bot.domain.tracks.schema import Template, Track

CAMPAIGN = Template(
    "campaign",
    _("Questions and stories"),
    _("Now and then a question with buttons, and your own story if you like to tell one."),
    settled=Settled(checkin_days=0),
    pulses=True,
    stories=True,
)

OPINION = Track(
    9,
    _("Public opinion and communication"),
    _("What people on all sides really think, and stories told with their consent."),
    (CAMPAIGN,),
    prompts=(
        (
            _("Which story from your street would you tell a guest?"),
            _("What did you last change your mind about, in a small matter?"),
        ),
        (_("What do you think most people on the other side believe about yours?"),),
        (_("Where did you learn what you know of the other side?"),),
        (_("Which story should people on both sides hear, and who could tell it?"),),
    ),
    outcomes=(CHANGED, TOLD, BROUGHT),
)
