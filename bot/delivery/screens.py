"""A round as coordinators see it in their chats, shown anew when something came of it by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.coordinators.desk import desk
from bot.coordinators.draft import Draft, looked_at
from bot.delivery.work import Line, put
from bot.domain.replies import Say
from bot.domain.rights import Right
from bot.router import Event, Here, Turn
from bot.store import exchanges, people, queues, rounds
from bot.store.db import Db, Store
from bot.store.rounds import Round

Screen = Callable[[Turn, Draft], Awaitable[Say]]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a loop that works rounds goes by; `said` is called when the outbox may have filled."""

    store: Store
    here: Here
    now: Callable[[], datetime]
    said: Callable[[], None]


async def show(stage: Stage, db: Db, round_id: int, screen: Screen, *, hurry: bool = True) -> None:
    """Rewrites the message of everybody who looks at this round.

    Where Telegram hasn't that message yet, another one follows it. Without `hurry` those for whom
    something still waits to be delivered are left out.
    """
    found = await rounds.by_id(db, round_id)
    shown = (found and found.shown) or {}
    arrived = await queues.arrived(db, list(shown.values()))
    lines: list[Line] = []
    for person_id, key in shown.items():
        looks = await _looks(stage, db, found, int(person_id))
        if looks is None or not (hurry or not await queues.waits_for(db, int(person_id))):
            continue
        said = await screen(*looks)
        if key not in arrived:
            said = await looked_at(looks[0], looks[1].round, said)
        lines.append((said, arrived.get(key)))
    await put(db, lines, stage.now())


async def _looks(
    stage: Stage, db: Db, found: Round | None, person_id: int
) -> tuple[Turn, Draft] | None:
    """A person at their desk, if they may still see this round."""
    me = await people.by_id(db, person_id)
    exchange = await exchanges.by_id(db, found.exchange_id) if found else None
    if me is None or found is None or exchange is None:
        return None
    turn = Turn(db, me, Event(), stage.now(), stage.here)
    at = await desk(turn, exchange.network_id, Right.ROUNDS)
    return None if at is None else (turn, Draft(at, exchange, found))
