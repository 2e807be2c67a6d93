"""Who may do and see what in a network: one table, for the code, the docs and the tests.

A capability names the right it needs; the router turns everybody else away before its handler runs,
and the handler asks again for the network it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Right(StrEnum):
    """Something that not everybody may do."""

    NETWORK = "network"
    WORDING = "wording"
    EXCHANGES = "exchanges"
    INVITE = "invite"
    NAME_CONTACTS = "name_contacts"
    PEOPLE = "people"
    ROLES = "roles"
    ROUNDS = "rounds"
    PAIRS = "pairs"
    ROOMS = "rooms"
    BROADCAST = "broadcast"
    CHECKINS = "checkins"
    PUBLISH = "publish"
    FREEZE = "freeze"
    MAKE_BRIEFS = "make_briefs"
    READ_BRIEFS = "read_briefs"
    SAFEGUARD = "safeguard"
    FIGURES = "figures"
    EXPORT = "export"
    AUDIT = "audit"


class Reach(StrEnum):
    """How far a right goes: not at all, one's own groups, one's own side, all of the network."""

    NONE = "none"
    OWN = "own"
    SIDE = "side"
    NETWORK = "network"


OWNER, COORDINATOR, FACILITATOR = "owner", "coordinator", "facilitator"
SAFEGUARDING, OBSERVER, PARTICIPANT = "safeguarding", "observer", "participant"
ROLES = (OWNER, COORDINATOR, FACILITATOR, SAFEGUARDING, OBSERVER, PARTICIPANT)
"""The roles of members, from who runs the network to who takes part in it."""

_ALL, _SIDE = Reach.NETWORK, Reach.SIDE
RIGHTS: Mapping[Right, Mapping[str, Reach]] = {
    Right.NETWORK: {OWNER: _ALL},
    Right.WORDING: {OWNER: _ALL, COORDINATOR: _ALL},
    Right.EXCHANGES: {OWNER: _ALL, COORDINATOR: _ALL},
    Right.INVITE: {OWNER: _ALL, COORDINATOR: _SIDE},
    Right.NAME_CONTACTS: {OWNER: _ALL},
    Right.PEOPLE: {OWNER: _SIDE, COORDINATOR: _SIDE},
    Right.ROLES: {OWNER: _SIDE},
    Right.ROUNDS: {OWNER: _SIDE, COORDINATOR: _SIDE},
    Right.PAIRS: {OWNER: _SIDE, COORDINATOR: _SIDE},
    Right.ROOMS: {OWNER: _ALL, COORDINATOR: _ALL, FACILITATOR: Reach.OWN},
    Right.BROADCAST: {OWNER: _ALL, COORDINATOR: _SIDE},
    Right.CHECKINS: {OWNER: _SIDE, COORDINATOR: _SIDE},
    Right.PUBLISH: {OWNER: _SIDE, COORDINATOR: _SIDE},
    Right.FREEZE: {OWNER: _ALL, COORDINATOR: _ALL},
    Right.MAKE_BRIEFS: {OWNER: _ALL, COORDINATOR: _ALL},
    Right.READ_BRIEFS: {OBSERVER: _ALL, OWNER: _ALL, COORDINATOR: _ALL},
    Right.SAFEGUARD: {SAFEGUARDING: _SIDE},
    Right.FIGURES: {OWNER: _ALL, COORDINATOR: _ALL},
    Right.EXPORT: {OWNER: _SIDE, COORDINATOR: _SIDE},
    Right.AUDIT: {OWNER: _ALL, COORDINATOR: _ALL},
}
"""How far each right goes, by role; a role that isn't named doesn't have it."""


def reach(role: str, right: Right) -> Reach:
    """How far this right goes for somebody in this role."""
    return RIGHTS[right].get(role, Reach.NONE)


def may(role: str, right: Right) -> bool:
    """Whether somebody in this role has the right at all."""
    return reach(role, right) is not Reach.NONE
