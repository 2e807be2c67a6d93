"""Two who are introduced, each of whom told all there is to tell, in words of their own."""

from __future__ import annotations

from bot.store import tables as t
from bot.store.db import Db
from tests.participants.acts import World

MINE, THEIRS = "mine", "theirs"
ACCOUNTS = {"eleni": 1_234_500_001, "deniz": 1_234_500_002}


class Filled:
    """Rows of all kinds by two who are introduced to each other, each with words of their own."""

    def __init__(self, world: World, match_id: int) -> None:
        self.world, self.match_id = world, match_id
        self.told: dict[str, list[str]] = {MINE: [], THEIRS: []}

    async def fill(self) -> None:
        async with self.world.store.begin() as db:
            for whose, name, other in ((MINE, "eleni", "deniz"), (THEIRS, "deniz", "eleni")):
                await self._person(db, whose, name)
                await self._rows(db, whose, name, other)

    def words(self, whose: str, what: str) -> str:
        """Something told, and remembered; with what would break a page that does not escape."""
        text = f"{whose}-{what}-<b>&\"'"
        self.told[whose].append(text)
        return text

    async def _person(self, db: Db, whose: str, name: str) -> None:
        world = self.world
        account, person_id = ACCOUNTS[name], world.people[name]
        chat = db.keys.blind(account)
        await db.change(t.people, person_id, telegram_id=account, chat=chat, consented_at=world.now)
        profile = {
            "languages": ["el", "tr"], "levels": {"tr": 1}, "zone": "Asia/Nicosia",
            "formats": ["online"], "place": self.words(whose, "place"),
            "interests": ["music", self.words(whose, "interest")], "opinions": {"0": -2},
            "availability": ["0-morning"], "capacity": 2,
        }  # fmt: skip
        called = {"name": self.words(whose, "name"), "profile": profile, "code": f"{whose}QX"[-8:]}
        await db.change(t.members, world.member_ids[name], **called)

    async def _rows(self, db: Db, whose: str, name: str, other: str) -> None:
        now, me, them = self.world.now, self.world.member_ids[name], self.world.member_ids[other]
        person, match, side = self.world.people[name], self.match_id, self.world.side_ids[0]
        network, exchange = self.world.network_id, self.world.exchange_id

        def say(what: str) -> str:
            return self.words(whose, what)

        made = {"created_at": now}
        form = {
            "step": "words", "picked": [], "found": [], "visit": 1, "editing": False,
            "paused": False, "aside": [],
            "answers": {"words": say("form"), "match": match, "about": str(them), "contact": "123"},
        }  # fmt: skip
        await db.add(t.forms, id=person, form="report", state=form, updated_at=now)
        await db.add(t.talks, id=person, match_id=match, at=now)
        await db.add(t.notes, person_id=person, words=say("note"))
        await db.add(t.covers, id=person, words=[f"secret-{whose}"], own=True)
        await db.add(t.attempts, person_id=person, what="invite", at=now)
        meeting = await db.add(
            t.meetings, match_id=match, state="held", starts_at=now, minutes=60, planned=True,
            proposed_by=me, agenda={"can": {str(me): True, str(them): False}}, **made,
        )  # fmt: skip
        risk = {"answer": "yes", "words": say("risk")}
        await db.add(
            t.logs, meeting_id=meeting, member_id=me, met=True, rating=4, again=True,
            note=say("log"), risk=risk, at=now,
        )  # fmt: skip
        for member in (me, them):
            await db.add(
                t.attendance, meeting_id=meeting, member_id=member, came=True, by_id=me, at=now
            )
        answers = {"citizens_1": "yes", say("outcome"): "no"}
        await db.add(t.outcomes, match_id=match, member_id=me, answers=answers, onward=1, at=now)
        messages = [{"kind": "words", "text": f"said by the other of {whose}", "file": ""}]
        await db.add(
            t.reports, network_id=network, side_id=side, member_id=me, match_id=match,
            about_id=them, words={"words": say("report"), "messages": messages}, state="taken",
            taken_by=them, at=now,
        )  # fmt: skip
        texts = {"en": f"Question of {whose}"}
        pulse = await db.add(
            t.pulses, exchange_id=exchange, words={"texts": {"en": say("pulse")}, "good": "many"},
            state="draft", made_by=me, **made,
        )  # fmt: skip
        await db.add(t.pulse_answers, pulse_id=pulse, member_id=me, side_id=side, own=2, at=now)
        checkin = await db.add(
            t.checkins, network_id=network, words={"en": say("checkin")}, kind="words",
            state="done", due_at=now, made_by=me, **made,
        )  # fmt: skip
        await db.add(
            t.checkin_answers, checkin_id=checkin, member_id=me, answer=say("checked"),
            state="answered", at=now,
        )  # fmt: skip
        await db.add(
            t.stories, exchange_id=exchange, member_id=me, side_id=side, words=say("story"),
            signed=say("signed"), language="en", state="draft", **made,
        )  # fmt: skip
        need = await db.add(
            t.needs, exchange_id=exchange, match_id=match, made_by=me, confirmed_by=them,
            words=say("need"), sort="time", state="open", **made,
        )  # fmt: skip
        await db.add(
            t.pledges, need_id=need, member_id=me, words=say("pledge"), state="offered", **made
        )
        await db.add(
            t.tasks, match_id=match, words=say("task"), member_id=them, made_by=me, state="taken",
            **made,
        )  # fmt: skip
        await db.add(
            t.programme, match_id=match, starts_at=now, words=say("visit"), made_by=me,
            state="agreed", **made,
        )  # fmt: skip
        await db.add(
            t.broadcasts, network_id=network, audience="everybody", words={"en": say("many")},
            state="done", made_by=me, **made,
        )  # fmt: skip
        await db.add(
            t.wordings, network_id=network, language="en", message="0", original="Hi",
            words=[say("wording")], made_by=me, **made,
        )  # fmt: skip
        await db.add(t.briefs, network_id=network, content=texts, state="draft", made_by=me, **made)
        await db.add(
            t.freezes, network_id=network, state="over", made_by=me, began_at=now, region="CY"
        )
        round_id = await db.add(
            t.rounds, exchange_id=exchange, state="done", result={}, created_by=me, **made
        )
        await db.add(t.approvals, round_id=round_id, side_id=side, member_id=me, at=now)
        await db.add(
            t.agreements, what="story", subject_id=need, side_id=side, member_id=me, at=now
        )
        await db.add(
            t.forbidden, network_id=network, low_id=me, high_id=them, by_id=me,
            side_id=None if whose == MINE else side, at=now,
        )  # fmt: skip
        await db.add(
            t.drafted, round_id=round_id, place=1, state="open", one_id=me, other_id=them,
            reasons={"secret": f"draft of {whose}"},
        )  # fmt: skip
        await db.add(
            t.audit, network_id=network, member_id=me, what="people.paused", subject="CODEOTHER",
            details={"x": "hidden detail"}, at=now,
        )  # fmt: skip
        await db.add(
            t.invites, token=f"hash-{whose}", network_id=network, side_id=side, role="observer",
            uses_left=3, expires_at=now, created_by=person, **made,
        )  # fmt: skip
        relayed = await db.add(
            t.relayed, match_id=match, writer_id=person, reader_id=self.world.people[other],
            message_id=77, at=now,
        )  # fmt: skip
        await db.add(
            t.translations, relayed_id=relayed, words={"text": say("letter"), "into": "el"}, at=now
        )
        await db.add(
            t.inbox, id=me % 10**9, seq=1, chat="", person_id=person, state="done", received_at=now
        )
        chats = [db.keys.blind(ACCOUNTS[each]) for each in (name, other)]
        await db.add(t.blocks, by=chats[0], of=chats[1], at=now)
        parts = await db.rows(
            t.matched.select().where(t.matched.c.member_id == me, t.matched.c.match_id == match)
        )
        await db.change(
            t.matched,
            parts[0].id,
            reason=say("reason"),
            contact=say("contact"),
            alias=3 if whose == MINE else 5,
            shows=0,
        )
        rows = await db.rows(t.enrolments.select().where(t.enrolments.c.member_id == me))
        await db.change(t.enrolments, rows[0].id, answers={"own": say("enrolled")})
