"""Our own kinds of update, in place of what is not taken in (`bot/delivery/gate.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.missed import Missed

TOO_FAST = "proxeny_too_fast"
"""One that was too many: its account is told."""

MISSED = "proxeny_missed"
"""Which messages were dropped: they are noted, so that they go when the chat is emptied."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Messages of an account that were dropped."""

    telegram_id: int
    messages: tuple[Missed, ...]


def too_fast(
    update_id: int, sender: Mapping[str, Any], message_id: int | None
) -> Mapping[str, Any]:
    """In place of an update of a private chat: that it was one too many, and no more."""
    kept = {name: sender.get(name) for name in ("id", "language_code")}
    return {"update_id": update_id, TOO_FAST: {"from": kept, "message_id": message_id}}


def missed(account: int, messages: Sequence[Missed]) -> Mapping[str, Any]:
    """That these were dropped. Telegram's updates have no numbers below 0: none is like ours.

    It is told by the last of them, so that what Telegram brings again changes nothing.
    """
    each = [[one.update_id, one.message_id, one.at] for one in messages]
    return {"update_id": ~messages[-1].update_id, MISSED: {"from": {"id": account}, "those": each}}


def passed_over(marker: Mapping[str, Any]) -> PassedOver:
    """What `missed` made."""
    return PassedOver(marker["from"]["id"], tuple(Missed(*each) for each in marker["those"]))
