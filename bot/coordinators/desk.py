"""Whose desk it is: in which networks a person has a right, and what of it they see."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.replies import Say, Text, Value, _, button, stacked
from bot.domain.rights import Reach, Right, reach
from bot.router import Turn, refused
from bot.store import audit, networks
from bot.store.networks import Member, Network, Side

ROLES: dict[str, Text] = {
    "participant": _("participant"),
    "coordinator": _("coordinator"),
    "facilitator": _("facilitator"),
    "safeguarding": _("safeguarding contact"),
    "observer": _("observer"),
    "owner": _("owner"),
}
"""The roles in a network, named."""


__all__ = ["ROLES", "Desk", "Screen", "choose", "desk", "desks", "refused"]


@dataclass(frozen=True, slots=True)
class Desk:
    """A network, and who does something in it by a right of theirs, from which side."""

    network: Network
    me: Member
    side: Side
    right: Right

    @property
    def owns(self) -> bool:
        """Whether they own the network."""
        return self.me.role == "owner"

    @property
    def reach(self) -> Reach:
        """How far their right goes."""
        return reach(self.me.role, self.right)

    def sees(self, member: Member) -> bool:
        """Whether this member's name may be shown here: only those of one's own side."""
        return member.side_id == self.side.id

    def decides(self, member: Member) -> bool:
        """Whether they may approve, decline, pause or resume this member."""
        simple = member.role in ("participant", "facilitator", "observer")
        return self.sees(member) and member.id != self.me.id and (simple or self.owns)

    async def note(self, turn: Turn, what: str, subject: str = "", **details: Any) -> None:
        """Writes down for the coordinators of every side what was done; it must name nobody."""
        mine = {"side_id": self.side.id, "member_id": self.me.id}
        await audit.note(
            turn.db, self.network.id, what, turn.now, subject=subject, **mine, **details
        )


Screen = Callable[[Turn, Desk], Awaitable[list[Say]]]


async def desks(turn: Turn, right: Right) -> list[Desk]:
    """All networks in which this person has the right now."""
    found = [
        await _desk(turn, member, right)
        for member in await networks.memberships(turn.db, turn.me.id)
    ]
    return [each for each in found if each is not None]


async def desk(turn: Turn, network_id: int, right: Right) -> Desk | None:
    """This network, if they have the right in it now."""
    member = await networks.membership(turn.db, turn.me.id, network_id)
    return None if member is None else await _desk(turn, member, right)


async def _desk(turn: Turn, member: Member, right: Right) -> Desk | None:
    if not member.may(right):
        return None
    network = await networks.by_id(turn.db, member.network_id)
    side = await networks.side(turn.db, member.side_id)
    return None if network is None or side is None else Desk(network, member, side, right)


async def choose(turn: Turn, ask: Value, action: str, screen: Screen, right: Right) -> list[Say]:
    """The screen of the only network they may see; which one, by buttons of `action`, if more."""
    mine = await desks(turn, right)
    if not mine:
        return [refused(turn)]
    if len(mine) == 1:
        return await screen(turn, mine[0])
    ways = (button(each.network.name, action, each.network.id) for each in mine)
    return [turn.say(ask, stacked(*ways))]
