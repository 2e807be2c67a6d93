"""How many updates are taken in: a flood from one account or one group is felt by nobody else."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import structlog

from bot.delivery.events import chat_of, kind_of, sender_of, too_fast, unread
from bot.domain.floods import Fate, Floods, Level

log = structlog.get_logger()

Update: TypeAlias = Mapping[str, Any]
Standing: TypeAlias = Sequence[tuple[Floods, Mapping[Hashable, Level | None]]]
DATES = ("edit_date", "date")


@dataclass(slots=True)
class Gate:
    """Lets updates in, or not. Each process has its own.

    `people`: each account's messages, generous for a human and, over time, no more than we may
    answer into one chat. `taps`: the same for what has no date of its own. `talk`: what is written
    in a group, of which nothing is read. `rooms`: the little that is heard of one; many may ask to
    be let in at once. `dropped` counts, for the operator.
    """

    people: Floods = field(default_factory=lambda: Floods(40, 1))
    taps: Floods = field(default_factory=lambda: Floods(40, 1))
    talk: Floods = field(default_factory=lambda: Floods(40, 1))
    rooms: Floods = field(default_factory=lambda: Floods(200, 20))
    dropped: int = 0

    @property
    def _all(self) -> tuple[Floods, ...]:
        return self.people, self.taps, self.talk, self.rooms

    def lift(self) -> None:
        """Lets everything in: for tests and benches, whose people are faster than humans."""
        for each in self._all:
            each.burst = each.a_second = 1e9

    def sift(self, updates: Sequence[Update], now: float) -> tuple[list[Update], Standing]:
        """What is to be stored of these, in their order, and how it stood before, for `restore`.

        `now` is in seconds since 1970. Of a flood in a private chat the first that is too many
        becomes the news that it is; in a group nothing is said.
        """
        weights = [(each, tuple(self._weights(each))) for each in updates]
        keys = [weight for _, weighed in weights for weight in weighed]
        before = [(of, of.levels(key for by, key in keys if by is of)) for of in self._all]
        let_in = []
        for each, weighed in weights:
            fate = _fate(each, weighed, now)
            self.dropped += fate is not Fate.TAKEN
            if fate is Fate.TAKEN:
                let_in.append(each)
            elif fate is Fate.TOLD and 0 < chat_of(each) == sender_of(each):
                let_in.append(too_fast(each))
        return let_in, before

    def restore(self, standing: Standing) -> None:
        """They could not be stored: Telegram brings them again, and they must not count twice."""
        for floods, levels in standing:
            floods.restore(levels)

    def _weights(self, update: Update) -> Iterator[tuple[Floods, Hashable]]:
        """What it is weighed by: the account first, so that it uses up nothing of its group's.

        What people write to each other in a group counts for the group alone.
        """
        chat, talk = chat_of(update), unread(update)
        who = sender_of(update) if chat >= 0 or not talk else 0
        if who or chat >= 0:
            yield (self.taps if _date(update) is None else self.people), who or chat
        if chat < 0:
            yield (self.talk if talk else self.rooms), chat


def _fate(update: Update, weights: Iterable[tuple[Floods, Hashable]], now: float) -> Fate:
    date = _date(update)
    # After a while without us Telegram brings at once what people sent over hours: no flood.
    at = now if date is None else min(float(date), now)
    for floods, key in weights:
        fate = floods.weigh(key, at)
        if fate is Fate.TOLD:
            log.warning("flood", kind=kind_of(update), update=update["update_id"])
        if fate is not Fate.TAKEN:
            return fate
    return Fate.TAKEN


def _date(update: Update) -> int | None:
    """When it was sent, by Telegram's clock: seconds since 1970, None for a tap."""
    content = update.get(kind_of(update))
    if not isinstance(content, Mapping):
        return None
    found = (content.get(name) for name in DATES)
    return next((each for each in found if isinstance(each, int) and each > 0), None)
