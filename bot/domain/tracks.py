"""The nine tracks of multi-track diplomacy (Diamond & McDonald), as data."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.replies import Text, _


@dataclass(frozen=True, slots=True)
class Track:
    """One way in which people of different sides can work together."""

    number: int
    name: Text
    formats: tuple[str, ...]


CITIZENS = 4
"""The track a new network begins with."""

TRACKS = {
    each.number: each
    for each in (
        Track(1, _("Government"), ("circle",)),
        Track(2, _("Professional conflict resolution"), ("circle",)),
        Track(3, _("Business"), ("pair",)),
        Track(4, _("Citizens"), ("pair", "delegation")),
        Track(5, _("Research, training and education"), ("pair", "team")),
        Track(6, _("Activism"), ("team",)),
        Track(7, _("Religion"), ("pair", "circle")),
        Track(8, _("Funding"), ("pair", "campaign")),
        Track(9, _("Public opinion and communication"), ("campaign",)),
    )
}
"""All tracks by their number."""
