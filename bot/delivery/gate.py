"""How many updates are taken in: a flood from one account or one group is felt by nobody else."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import structlog

from bot.delivery import ours
from bot.delivery.events import (
    Heard,
    Unreadable,
    chat_of,
    kind_of,
    message_of,
    read,
    sender_of,
    unread,
)
from bot.domain.floods import Fate, Floods, Level
from bot.domain.limits import PROTECTS
from bot.domain.missed import Leftovers, Missed

log = structlog.get_logger()

Update: TypeAlias = Mapping[str, Any]
Weight: TypeAlias = tuple[Floods, Hashable]
DATES = ("edit_date", "date")


@dataclass(frozen=True, slots=True)
class Standing:
    """How everything stood before some updates came."""

    levels: Sequence[tuple[Floods, Mapping[Hashable, Level | None]]]
    missed: Mapping[int, tuple[Missed, ...]]


@dataclass(slots=True)
class Gate:
    """Lets updates in, or not. Each process has its own.

    `people`: each account's messages, generous for a human and, over time, no more than we may
    answer into one chat. `taps`: the same for what has no date of its own. `talk`: what is written
    in a group, of which nothing is read. `rooms`: the little that is heard of one; many may ask to
    be let in at once. `dropped` counts, for the operator.

    `spare` is for what protects somebody, when an account may do nothing else. `missed` has which
    messages were dropped, until a row of our own can say so: what empties the chat must find them.
    `noted` is how many of an account's are, or a flood would be stored after all.
    """

    people: Floods = field(default_factory=lambda: Floods(40, 1))
    taps: Floods = field(default_factory=lambda: Floods(40, 1))
    talk: Floods = field(default_factory=lambda: Floods(40, 1))
    rooms: Floods = field(default_factory=lambda: Floods(200, 20))
    spare: Floods = field(default_factory=lambda: Floods(5, 0.1))
    noted: Floods = field(default_factory=lambda: Floods(300, 0.01))
    missed: Leftovers = field(default_factory=Leftovers)
    dropped: int = 0

    @property
    def _all(self) -> tuple[Floods, ...]:
        return self.people, self.taps, self.talk, self.rooms, self.spare, self.noted

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
        keys = {key for _, weighed in weights for _, key in weighed}
        before = Standing([(of, of.levels(keys)) for of in self._all], self.missed.all())
        let_in = [row for account in self.missed.rested(now) for row in self._given(account, now)]
        for each, weighed in weights:
            fate = self._fate(each, weighed, now)
            if fate is not Fate.TAKEN:
                let_in += self._too_many(each, fate, now)
                continue
            if self.missed:
                let_in += self._given(sender_of(each), now)  # first: it may empty the chat
            let_in.append(each)
        return let_in, before

    def restore(self, standing: Standing) -> None:
        """They could not be stored: Telegram brings them again, and they must not count twice."""
        for floods, levels in standing.levels:
            floods.restore(levels)
        self.missed.restore(standing.missed)

    def _weights(self, update: Update) -> Iterator[Weight]:
        """What it is weighed by: the account first, so that it uses up nothing of its group's.

        What people write to each other in a group counts for the group alone.
        """
        chat, talk = chat_of(update), unread(update)
        who = sender_of(update) if chat >= 0 or not talk else 0
        if who or chat >= 0:
            yield (self.taps if _date(update) is None else self.people), who or chat
        if chat < 0:
            yield (self.talk if talk else self.rooms), chat

    def _fate(self, update: Update, weights: Iterable[Weight], now: float) -> Fate:
        date = _date(update)
        # After a while without us Telegram brings at once what people sent over hours: no flood.
        at = now if date is None else min(float(date), now)
        for floods, key in weights:
            if floods.spent(key, at) and self._spared(update, key, at):
                continue  # nor does it count as the first that is too many: that one is told
            fate = floods.weigh(key, at)
            if fate is Fate.TOLD:
                log.warning("flood", kind=kind_of(update), update=update["update_id"])
            if fate is not Fate.TAKEN:
                return fate
        return Fate.TAKEN

    def _spared(self, update: Update, key: Hashable, at: float) -> bool:
        return _protects(update) and self.spare.weigh(key, at) is Fate.TAKEN

    def _too_many(self, update: Update, fate: Fate, now: float) -> list[Update]:
        """What is stored in place of one that is dropped, if anything; its message is kept note of.

        The one that is told of is a row by itself, which notes its message.
        """
        self.dropped += 1
        account, message_id = sender_of(update), message_of(update)
        if fate is Fate.TOLD and 0 < chat_of(update) == account:
            sender = update[kind_of(update)]["from"]
            told = ours.too_fast(update["update_id"], sender, message_id)
            return [*self._given(account, now), told]
        if message_id and self.noted.weigh(account, now) is Fate.TAKEN:
            self.missed.add(account, Missed(update["update_id"], message_id, int(now)))
        return []

    def _given(self, account: int, now: float) -> list[Update]:
        """The row that says what was dropped of an account, if anything was."""
        found = self.missed.given(account, now)
        return [ours.missed(account, found)] if found else []


def _protects(update: Update) -> bool:
    """Whether somebody protects themselves, in their own chat and in their own words."""
    try:
        heard = read(update)
    except Unreadable:
        return False
    event = heard.event if isinstance(heard, Heard) else None
    return event is not None and not PROTECTS.isdisjoint((event.command, event.action))


def _date(update: Update) -> int | None:
    """When it was sent, by Telegram's clock: seconds since 1970, None for a tap."""
    content = update.get(kind_of(update))
    if not isinstance(content, Mapping):
        return None
    found = (content.get(name) for name in DATES)
    return next((each for each in found if isinstance(each, int) and each > 0), None)
