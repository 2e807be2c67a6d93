"""The safeguarding contacts of a side: they hear who else reads what their side reports."""

from __future__ import annotations

from bot.domain.replies import Say, _, paragraphs
from bot.store import pairings
from bot.store.db import Db
from bot.store.networks import Member

ROLE = "safeguarding"


async def joined_by(db: Db, member: Member) -> list[Say]:
    """What the contacts of a side hear when this member becomes one of them."""
    if member.role != ROLE:
        return []
    text = paragraphs(
        _("There is another safeguarding contact of your side from now on."),
        _("If you did not expect this, please ask the owner of the network."),
    )
    found = await pairings.contacts(db, member.side_id, [member.id])
    return [Say(each.person_id, text) for each in found]
