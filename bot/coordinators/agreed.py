"""What needs the agreement of every side: whose is awaited, and asking them for it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.replies import Listed, Say, Text, Value, _, button, stacked
from bot.store import agreements, networks, roster
from bot.store.db import Db
from bot.store.networks import Side


async def missing(db: Db, network_id: int, what: str, subject_id: int) -> list[Side]:
    """The sides of a network that have not agreed to something; `what` is as agreements has it."""
    agreed = await agreements.sides_of(db, what, subject_id)
    return [each for each in await networks.sides_of(db, network_id) if each.id not in agreed]


async def awaited(db: Db, sides: Sequence[Side]) -> Value:
    """Whose agreement is awaited, and what helps where nobody could agree."""
    alone = [each for each in sides if not await roster.coordinators(db, each.id)]
    if alone:
        return _(
            "{side} has no coordinator yet who could agree: /invite makes a link.",
            side=alone[0].name,
        )
    names = Listed(tuple(each.name for each in sides))
    return _("The coordinators of these sides have not agreed yet: {sides}.", sides=names)


async def asked(
    db: Db, sides: Sequence[Side], text: Text, action: str, subject_id: int, key: str
) -> list[Say]:
    """Tells coordinators of sides, once, that their agreement is awaited, with the way to it."""
    return [
        Say(each.person_id, text, stacked(button(_("Show"), action, subject_id))).with_key(
            f"{key}:{each.id}"
        )
        for side in sides
        for each in await roster.coordinators(db, side.id)
    ]
