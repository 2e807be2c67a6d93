"""One of everything there can be in a network, by the name of the argument that means it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Table

from bot.domain.replies import Say
from bot.domain.rights import ROLES
from bot.i18n import Tongue
from bot.store import founding, invites, networks
from bot.store import rounds as stored_rounds
from bot.store.db import Db
from bot.store.founding import NewNetwork, NewSide
from bot.store.networks import Member
from bot.store.tables import (
    briefs,
    broadcasts,
    checkin_answers,
    checkins,
    exchanges,
    freezes,
    matched,
    matches,
    meetings,
    needs,
    pledges,
    pulses,
    reports,
    rooms,
    stories,
    tasks,
    wordings,
)
from tests.coordinators.town import Town

STATES = ("active", "paused", "held", "pending", "declined", "left")
NOTHING = {"pairs": 0, "people": {}, "own": {}, "left": {}, "certificate": {}}
WORDS = {"role": "participant", "state": "all", "language": "en", "format": "pair", "what": "all"}
"""What stands for an argument that is a word."""

NUMBERS = {"uses": 10, "days": 7, "track": 4, "after": 0, "before": 0, "page": 0}
"""What stands for an argument that is a number, but no row's."""


@dataclass
class Everything:
    """A network with somebody in each role on each side in each state, and one of each thing.

    `rows` and `over` map an argument's name to a row for each side: as it is while something goes
    on, and when it is over.
    """

    town: Town
    members: dict[tuple[str, int, str], Member] = field(default_factory=dict)
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    over: dict[str, tuple[int, int]] = field(default_factory=dict)
    stranger: int = 0
    elsewhere: Member = field(init=False)

    def of(self, name: str, annotation: Any, at: int) -> str:
        """What a button would carry for this argument, about side `at`."""
        return self._of(self.rows, name, annotation, at)

    def old(self, name: str, annotation: Any, at: int) -> str:
        """The same, of something that is over."""
        return self._of({**self.rows, **self.over}, name, annotation, at)

    @staticmethod
    def _of(rows: Mapping[str, tuple[int, int]], name: str, annotation: Any, at: int) -> str:
        if name in rows:
            return str(rows[name][at])
        if annotation in {int, "int"}:
            return str(NUMBERS.get(name, 0))
        return WORDS.get(name, "x")

    def names_of(self, side: int) -> list[str]:
        """The names of the members of a side."""
        return [str(each.name) for (_role, at, _state), each in self.members.items() if at == side]

    def words_in(self, said: Sequence[Say]) -> list[str]:
        """Words of this network that somebody was told: names of people, sides and itself."""
        text = "\n".join(Tongue("en").say(each.text) for each in said)
        ours = [*self.names_of(0), *self.names_of(1), "Bridge"]
        return [word for word in ours if word in text]


async def settled_with_everything(town: Town) -> Everything:
    """The town with everything in it."""
    made = Everything(town)
    for role in ROLES:
        for side in (0, 1):
            for state in STATES:
                name = f"Qx{role.title()}{'EW'[side]}{state}"
                made.members[role, side, state] = await town.member(side, role, name, state)
    made.stranger = await town.person()
    made.elsewhere = await _elsewhere(town)
    async with town.store.begin() as db:
        await _rows(db, made)
    return made


async def _elsewhere(town: Town) -> Member:
    """Who owns another network, and so has every right there."""
    owner = await town.person()
    async with town.store.begin() as db:
        two = [NewSide(name, "en", "GB", "UTC") for name in ("Far", "Near")]
        new = NewNetwork("Elsewhere", two, open=False, approval=True, joint_rounds=True)
        network_id = await founding.found(db, new, owner, 0, town.now)
        (side, _other) = await networks.sides_of(db, network_id)
    return await town.member(0, "owner", "Faraway", network_id=network_id, side_id=side.id)


async def _rows(db: Db, made: Everything) -> None:
    town, now = made.town, made.town.now
    both = tuple(made.members["participant", side, "active"] for side in (0, 1))
    pending = tuple(made.members["participant", side, "pending"].id for side in (0, 1))
    gone = tuple(made.members["participant", side, "declined"].id for side in (0, 1))
    made.rows["network_id"] = (town.network_id, town.network_id)
    made.rows["side_id"] = (town.sides[0], town.sides[1])
    made.rows["member_id"], made.over["member_id"] = (pending[0], pending[1]), (gone[0], gone[1])
    for open_, to in ((True, made.rows), (False, made.over)):
        await _exchange(db, made, both, to, open_=open_)
        await _said_to_many(db, made, both, to, open_=open_)
    for to, uses in ((made.rows, 9), (made.over, 0)):
        links = []
        for side_id in town.sides:
            until = now + timedelta(days=9)
            await invites.create(
                db, town.network_id, side_id, "participant", uses or 9, until, None
            )
            link = (await invites.page(db, town.network_id, None, now))[-1]
            if not uses:
                await invites.revoke(db, link.id, now)
            links.append(link.id)
        to["invite_id"] = (links[0], links[1])


async def _exchange(
    db: Db, made: Everything, both: Sequence[Member], to: dict[str, tuple[int, int]], *, open_: bool
) -> None:
    town, now = made.town, made.town.now
    shape = {"network_id": town.network_id, "track": 4, "format": "pair", "created_at": now}
    exchange_id = await db.add(exchanges, **shape, state="open" if open_ else "closed")
    until = now + timedelta(days=3)
    match_id = await db.add(
        matches,
        exchange_id=exchange_id,
        state="active" if open_ else "closed",
        reasons={},
        proposed_at=now,
        active_at=now,
        expires_at=until,
    )
    for each in both:
        who = {"member_id": each.id, "side_id": each.side_id, "answer": "yes"}
        await db.add(matched, match_id=match_id, **who)
    meeting = {"match_id": match_id, "starts_at": until, "minutes": 60, "planned": True}
    meeting_id = await db.add(
        meetings, **meeting, state="agreed" if open_ else "cancelled", created_at=now
    )
    round_id = await stored_rounds.ask(db, exchange_id, now, both[0].id)
    await stored_rounds.set_draft(db, round_id, NOTHING, now)
    if not open_:
        await stored_rounds.set_state(db, round_id, "cancelled")
    task_id = await db.add(
        tasks, match_id=match_id, words="Paint", state="open" if open_ else "done", created_at=now
    )
    for name, id_ in (
        ("exchange_id", exchange_id),
        ("match_id", match_id),
        ("meeting_id", meeting_id),
        ("round_id", round_id),
        ("task_id", task_id),
    ):
        to[name] = (id_, id_)
    need = {"exchange_id": exchange_id, "match_id": match_id, "words": "Chairs", "sort": "things"}
    need_id = await db.add(needs, **need, state="open" if open_ else "closed", created_at=now)
    to["need_id"] = (need_id, need_id)
    to["pledge_id"] = await _each(
        db, pledges, both, need_id=need_id, words="Two", state="offered", created_at=now
    )


async def _each(db: Db, table: Table, both: Sequence[Member], **values: Any) -> tuple[int, int]:
    """A row for a member of each side."""
    one, other = [await db.add(table, member_id=each.id, **values) for each in both]
    return one, other


async def _said_to_many(
    db: Db, made: Everything, both: Sequence[Member], to: dict[str, tuple[int, int]], *, open_: bool
) -> None:
    now, ours = made.town.now, {"network_id": made.town.network_id}
    (exchange_id, _same), sides = to["exchange_id"], made.town.sides
    words, at = {"words": {"en": "Hello"}}, {"created_at": now}
    each: dict[str, int] = {
        "pulse_id": await db.add(
            pulses, exchange_id=exchange_id, **at, state="open" if open_ else "closed",
            words={"texts": {"en": "Hello"}, "good": "many"},
        ),
        "broadcast_id": await db.add(
            broadcasts, **ours, **words, **at, audience="all", state="draft" if open_ else "done"
        ),
        "checkin_id": await db.add(
            checkins, **ours, **words, **at, kind="scale", due_at=now,
            state="planned" if open_ else "done",
        ),
        "brief_id": await db.add(
            briefs, **ours, **at, content={}, state="draft" if open_ else "sent"
        ),
        "freeze_id": await db.add(
            freezes, **ours, region="JO", zones=["Asia/Amman"], began_at=now,
            state="thawing" if open_ else "over",
        ),
        "room_id": await db.add(
            rooms, **ours, **at, chat=f"chat{open_}", telegram_id=-100, kind="channel",
            language="en", state="open" if open_ else "closed",
        ),
        "wording_id": await db.add(
            wordings, **ours, **at, language="en", message="0", original="Hi", words="Hello"
        ),
    }  # fmt: skip
    to |= {name: (id_, id_) for name, id_ in each.items()}
    on_each = list(zip(both, sides, strict=True))
    of_sides: dict[str, list[int]] = {"story_id": [], "report_id": []}
    for member, side_id in on_each:
        own = {"member_id": member.id, "side_id": side_id}
        story = {"exchange_id": exchange_id, "words": "Once", "language": "en"} | at
        state = "consented" if open_ else "withdrawn"
        of_sides["story_id"].append(await db.add(stories, **own, **story, state=state))
        state = "new" if open_ else "closed"
        report = await db.add(reports, **ours, **own, words={"words": "No"}, state=state, at=now)
        of_sides["report_id"].append(report)
    to |= {name: (one, other) for name, (one, other) in of_sides.items()}
    to["answer_id"] = await _each(
        db, checkin_answers, both, checkin_id=each["checkin_id"], state="answered", at=now,
        turn=int(open_),
    )  # fmt: skip
