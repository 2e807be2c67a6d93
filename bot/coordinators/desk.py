"""Whose desk it is: which networks a person runs, as coordinator of a side or as owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.replies import Say, Text, Value, _, button, stacked
from bot.router import Turn
from bot.store import networks
from bot.store.networks import Member, Network, Side

ROLES: dict[str, Text] = {
    "participant": _("participant"),
    "coordinator": _("coordinator"),
    "safeguarding": _("safeguarding contact"),
    "observer": _("observer"),
    "owner": _("owner"),
}
"""The roles in a network, named."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A network, and who runs it from which side."""

    network: Network
    me: Member
    side: Side

    @property
    def owns(self) -> bool:
        """Whether they own the network; coordinators see to their own side only."""
        return self.me.role == "owner"

    def sees(self, member: Member) -> bool:
        """Whether this member's name may be shown here: only those of one's own side."""
        return member.side_id == self.side.id

    def decides(self, member: Member) -> bool:
        """Whether they may approve, decline, pause or resume this member."""
        simple = member.role in ("participant", "observer")
        return self.sees(member) and member.id != self.me.id and (simple or self.owns)


Screen = Callable[[Turn, Desk], Awaitable[list[Say]]]


async def desks(turn: Turn) -> list[Desk]:
    """All networks this person runs now."""
    found = [
        await _desk(turn, member) for member in await networks.memberships(turn.db, turn.me.id)
    ]
    return [each for each in found if each is not None]


async def desk(turn: Turn, network_id: int) -> Desk | None:
    """This network, if they run it now."""
    member = await networks.membership(turn.db, turn.me.id, network_id)
    return None if member is None else await _desk(turn, member)


async def _desk(turn: Turn, member: Member) -> Desk | None:
    if not member.runs:
        return None
    network = await networks.by_id(turn.db, member.network_id)
    side = await networks.side(turn.db, member.side_id)
    return None if network is None or side is None else Desk(network, member, side)


async def choose(turn: Turn, ask: Value, action: str, screen: Screen) -> list[Say]:
    """The screen of the only network they run; which one, by buttons of `action`, if several."""
    mine = await desks(turn)
    if not mine:
        return [refused(turn)]
    if len(mine) == 1:
        return await screen(turn, mine[0])
    ways = (button(each.network.name, action, each.network.id) for each in mine)
    return [turn.say(ask, stacked(*ways))]


def refused(turn: Turn) -> Say:
    """The answer to those who do not run the network."""
    return turn.say(_("Only coordinators of the network can do that. /help shows what you can do."))
