"""What must hold whatever people do: of the rows, and of every message on its way."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import func, select

from bot.delivery import render
from bot.domain.replies import Say
from bot.i18n import LANGUAGES
from bot.sandbox.markup import reply_markup
from bot.sandbox.params import Call
from bot.sandbox.text import MAX_CAPTION, MAX_TEXT, formatted
from bot.store.db import Db
from bot.store.networks import Member
from bot.store.people import Person
from bot.store.tables import (
    enrolments,
    exchanges,
    inbox,
    invites,
    matched,
    matches,
    meetings,
    members,
    networks,
    pairs,
    people,
    reminders,
    rounds,
    sides,
)
from tests.walks.cast import SOULS, STAFF, Soul

OPEN = ("proposed", "active")
TABLES = (
    people,
    members,
    sides,
    networks,
    exchanges,
    enrolments,
    rounds,
    matches,
    meetings,
    invites,
)
"""What a button may be about."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is known and where they stand, at a moment."""

    people: dict[int, Person]
    members: dict[int, list[Member]]
    introduced: frozenset[frozenset[int]]

    def soul(self, person_id: int) -> Soul:
        """Whose row it is."""
        number = self.people[person_id].telegram_id
        return next(each for each in SOULS.values() if each.telegram_id == number)

    def silent(self, person_id: int) -> bool:
        """Whether nothing may be said to this person unasked."""
        states = {each.state for each in self.members.get(person_id, ())} - {"left"}
        return bool(states) and states <= {"paused", "held", "declined"}


async def standing(db: Db) -> Standing:
    """Reads where everybody stands."""
    who = {each.id: each for each in await db.all(Person, select(people))}
    of: dict[int, list[Member]] = {}
    for each in await db.all(Member, select(members)):
        of.setdefault(each.person_id, []).append(each)
    met = select(matched.c.match_id, members.c.person_id).join(
        members, members.c.id == matched.c.member_id
    )
    met = met.join(matches, matches.c.id == matched.c.match_id).where(
        matches.c.active_at.is_not(None)
    )
    pairs_: dict[int, set[int]] = {}
    for row in await db.rows(met):
        pairs_.setdefault(row.match_id, set()).add(row.person_id)
    return Standing(who, of, frozenset(map(frozenset, pairs_.values())))


async def rows_hold(db: Db, now: datetime) -> None:
    """The rules of the exchange, and that nothing is half done."""
    await _matches_hold(db)
    await _meetings_hold(db, now)
    tried = select(reminders.c.kind).where(reminders.c.tries > 0)
    assert not await db.rows(tried), "a reminder failed"
    assert not await db.rows(select(inbox.c.id).where(inbox.c.state == "parked"))
    assert not await db.rows(select(invites.c.id).where(invites.c.uses_left < 0))


async def _matches_hold(db: Db) -> None:
    wanted = (matched.c.match_id, matched.c.member_id, matched.c.side_id)
    query = select(*wanted, matches.c.state, matches.c.exchange_id).join(
        matches, matches.c.id == matched.c.match_id
    )
    rows = await db.rows(query)
    sides = {row.id: row.side_id for row in await db.rows(select(members.c.id, members.c.side_id))}
    assert all(sides[row.member_id] == row.side_id for row in rows)
    open_ones = Counter((row.member_id, row.exchange_id) for row in rows if row.state in OPEN)
    assert all(many <= 3 for many in open_ones.values()), "more partners than anybody takes"
    together: dict[int, list[Any]] = {}
    for row in rows:
        together.setdefault(row.match_id, []).append(row)
    couples: Counter[frozenset[int]] = Counter()
    for both in together.values():
        assert len({row.side_id for row in both}) == len(both), "a pair within a side"
        assert len(both) == 2 or both[0].state not in OPEN, "alone in an open match"
        couples.update(frozenset((a.member_id, b.member_id)) for a, b in combinations(both, 2))
    assert all(many == 1 for many in couples.values()), "a pair twice"
    known = {frozenset((row.low_id, row.high_id)) for row in await db.rows(select(pairs))}
    assert couples.keys() <= known
    for row in await db.rows(select(enrolments)):
        is_open = (row.member_id, row.exchange_id) in open_ones
        assert (row.state == "matched") == is_open, f"enrolment {row.state}, open match {is_open}"


async def _meetings_hold(db: Db, now: datetime) -> None:
    query = select(meetings.c.match_id, meetings.c.state, matches.c.state.label("of")).join(
        matches, matches.c.id == meetings.c.match_id
    )
    ahead = await db.rows(query.where(meetings.c.starts_at > now, meetings.c.planned))
    standing_ = [row for row in ahead if row.state in ("proposed", "agreed")]
    assert all(row.of == "active" for row in standing_), "a meeting of a match that is over"
    many = Counter((row.match_id, row.state) for row in standing_)
    assert all(n == 1 for n in many.values()), "two meetings planned at once"
    away = (
        select(func.count()).select_from(matched).join(members, members.c.id == matched.c.member_id)
    )
    ids = {row.match_id for row in standing_}
    paused = away.where(matched.c.match_id.in_(ids), members.c.state != "active")
    assert not await db.scalar(paused), "a meeting with somebody who is away"


_TRIED: set[int] = set()


def fits_telegram(say: Say, person: Person, pressed: int | None) -> None:
    """The strict sandbox takes the message in every language; the same one is tried once."""
    known = hash((str(say.text), str(say.buttons), say.ask_location))
    if known in _TRIED:
        return
    _TRIED.add(known)
    for language in LANGUAGES:
        call = render.call(say, replace(person, language=language), pressed)
        accepted(call)


def accepted(call: dict[str, Any]) -> None:
    """The sandbox would take this call."""
    params = call["params"]
    if call["method"] in ("setMyCommands", "deleteMessages", "setMessageReaction"):
        return
    sent = Call(call["method"], params)
    name, limit = ("caption", MAX_CAPTION) if call.get("files") else ("text", MAX_TEXT)
    text, _entities = formatted(sent, name, limit)
    assert text.strip(), "an empty message"
    reply_markup(sent)
    for label, data in buttons(call):
        assert 0 < len(data.encode()) <= 64
        assert label.strip()


def buttons(call: dict[str, Any]) -> list[tuple[str, str]]:
    """The labels and callback data of a call's inline buttons."""
    rows = call["params"].get("reply_markup", {}).get("inline_keyboard", [])
    return [(key["text"], key.get("callback_data", "url")) for row in rows for key in row]


def readable(call: dict[str, Any]) -> str:
    """Everything somebody can read in a call, files too."""
    params = call["params"]
    files = [base64.b64decode(data).decode("latin-1") for _, data in call.get("files", {}).values()]
    labels = [f"{label} {data}" for label, data in buttons(call)]
    return "\n".join([params.get("text", ""), params.get("caption", ""), *labels, *files])


def keeps_secrets(call: dict[str, Any], to: int, before: Standing, after: Standing) -> None:
    """Nobody reads a name they may not know, nor anything of another's Telegram account."""
    text = readable(call)
    reader = after.soul(to)
    for other in SOULS.values():
        if other == reader:
            continue
        assert not any(each in text for each in other.hidden), f"{reader.name} sees {other.name}"
        if other.shown in text:
            known = any(_may_name(each, to, other) for each in (before, after))
            assert known, f"{reader.name} reads the name of {other.name}: {text}"


def _may_name(at: Standing, reader_id: int, other: Soul) -> bool:
    """Whether somebody may read the name of another: as a partner, or as staff of one side."""
    ids = [each.id for each in at.people.values() if each.telegram_id == other.telegram_id]
    if not ids:
        return False
    if frozenset((reader_id, ids[0])) in at.introduced:
        return True
    mine = {each.side_id for each in at.members.get(reader_id, ()) if each.role in STAFF}
    return any(each.side_id in mine for each in at.members.get(ids[0], ()))


def unasked_is_welcome(
    unasked: Sequence[tuple[int, dict[str, Any]]], before: Standing, after: Standing
) -> None:
    """Nothing unasked goes to who is paused, turned away, unreachable or gone."""
    for to, call in unasked:
        assert to in after.people, "a message to somebody who is gone"
        name = after.soul(to).name
        wanted = "hidden" if call.get("hidden") else "here"
        assert after.people[to].state == wanted, f"a message to {name}, who blocked the bot"
        quiet = to in before.people and before.silent(to) and after.silent(to)
        assert not quiet, f"{name} is on a pause and reads unasked: {readable(call)}"
