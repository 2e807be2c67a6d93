"""What a row is about, in names the person sees: networks, sides, activities, partners."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.domain.broadcasts import language_for
from bot.domain.checkins import asked
from bot.domain.replies import Value, _
from bot.domain.tracks import TRACKS, Track, title
from bot.store import checkins, exchanges, groups, matches, networks, pairings
from bot.store.db import Db
from bot.store.meetings import Meeting
from bot.store.networks import Network
from bot.store.people import Person
from bot.store.pulses import Pulse
from bot.store.tables import meetings, needs, pulses, rounds

OVER = ("closed", "declined", "expired")


@dataclass(frozen=True, slots=True)
class About:
    """What a row is about: keys and names; and what its answers are to."""

    names: dict[str, Any]
    network: Network | None = None
    track: Track | None = None
    kind: str = ""


@dataclass(slots=True)
class Names:
    """Looks up what rows of one person are about, each once."""

    db: Db
    me: Person
    known: dict[tuple[str, int], About] = field(default_factory=dict)

    async def of(self, column: str, row_id: int) -> About:
        """What is behind a column such as `match_id`."""
        if (column, row_id) not in self.known:
            self.known[column, row_id] = await getattr(self, f"_{column}")(row_id)
        return self.known[column, row_id]

    async def _network_id(self, row_id: int) -> About:
        found = await networks.by_id(self.db, row_id)
        return About({} if found is None else {"network": found.name}, found)

    async def _side_id(self, row_id: int) -> About:
        found = await networks.side(self.db, row_id)
        return About({} if found is None else {"side": found.name})

    async def _exchange_id(self, row_id: int) -> About:
        found = await exchanges.by_id(self.db, row_id)
        if found is None:
            return About({})
        at = await self.of("network_id", found.network_id)
        name = title(found.name, found.track, found.format)
        return About({**at.names, "activity": name}, at.network, TRACKS[found.track])

    async def _match_id(self, row_id: int) -> About:
        match = await matches.by_id(self.db, row_id)
        if match is None:
            return About({})
        at = await self.of("exchange_id", match.exchange_id)
        # Not whether it was declined or expired, nor why it ended: that would tell of the other.
        times = {"suggested_at": match.proposed_at, "began_at": match.active_at}
        ended = {"ended_at": match.closed_at, "over": match.state in OVER}
        names = {**at.names, "with": await self._partner(match), **times, **ended}
        return About(names, at.network, at.track)

    async def _partner(self, match: matches.Match) -> Value | None:
        """By the name they see, which is none before both have said yes."""
        if match.active_at is None:
            return None
        pairing = await pairings.of(self.db, self.me.id, match.id)
        if pairing is not None:
            gone = pairing.partner.member.state == "left"
            return _("somebody who has left") if gone else pairing.partner.shown
        group = await groups.of(self.db, self.me.id, match.id, out=True)
        return _("somebody") if group is None else _("a group")

    async def _meeting_id(self, row_id: int) -> About:
        found = await self.db.one(Meeting, select(meetings).where(meetings.c.id == row_id))
        if found is None:
            return About({})
        at = await self.of("match_id", found.match_id)
        names = {key: at.names.get(key) for key in ("network", "activity", "with")}
        return About({**names, "met_at": found.starts_at}, at.network, at.track)

    async def _need_id(self, row_id: int) -> About:
        query = select(needs.c.exchange_id).where(needs.c.id == row_id)
        return await self.of("exchange_id", int(await self.db.scalar(query)))

    async def _round_id(self, row_id: int) -> About:
        query = select(rounds.c.exchange_id).where(rounds.c.id == row_id)
        return await self.of("exchange_id", int(await self.db.scalar(query)))

    async def _pulse_id(self, row_id: int) -> About:
        found = await self.db.one(Pulse, select(pulses).where(pulses.c.id == row_id))
        if found is None:
            return About({})
        at = await self.of("exchange_id", found.exchange_id)
        question = found.texts[language_for(found.texts, self.me.language)]
        return About({**at.names, "question": question})

    async def _checkin_id(self, row_id: int) -> About:
        found = await checkins.by_id(self.db, row_id)
        if found is None:
            return About({})
        at = await self.of("network_id", found.network_id)
        question = asked(found.kind, found.words, self.me.language)
        return About({**at.names, "question": question}, kind=found.kind)
