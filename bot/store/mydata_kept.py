"""What is kept of a person, column by column: what they are given of it, and what not and why.

Every column that names a person or a member is in one of `KEPT`, `COUNTED` and `WITHHELD`; a test
fails for one that is in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select

from bot.domain.groups import OUT
from bot.domain.replies import Text, _
from bot.store import tables as t
from bot.store.tables import metadata


@dataclass(frozen=True, slots=True)
class Whose:
    """Somebody as rows name them: the person, their members (also where they left), the chats."""

    person_id: int
    member_ids: tuple[int, ...]
    chats: tuple[str, ...]

    def own(self, column: Column[Any]) -> ColumnElement[bool]:
        """The rows whose `column` names them."""
        if column.table is t.blocks:
            return column.in_(self.chats)
        if column.references(t.members.c.id):
            return column.in_(self.member_ids)
        return column == self.person_id


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows that are somebody's, by the column that says so, and the keys of what is given of them.

    A key of "" spreads what is in the column over keys of its own. `where` finds rows that another
    column leads to.
    """

    name: str
    whose: Column[Any]
    given: Mapping[str, str]
    where: Callable[[Whose], ColumnElement[bool]] | None = None

    @property
    def table(self) -> Table:
        """The table they are in."""
        return metadata.tables[str(self.whose.table)]

    def rows(self, whose: Whose) -> ColumnElement[bool]:
        """Which rows are theirs."""
        return whose.own(self.whose) if self.where is None else self.where(whose)


def _same(*names: str, **named: str) -> dict[str, str]:
    return {name: name for name in names} | named


def _met_in(whose: Whose) -> ColumnElement[bool]:
    """Meetings of the matches they are in; of a group only while they are in it."""
    theirs = (t.matched.c.member_id.in_(whose.member_ids), t.matched.c.answer.not_in(OUT))
    return t.meetings.c.match_id.in_(select(t.matched.c.match_id).where(*theirs))


def _wrote(whose: Whose) -> ColumnElement[bool]:
    mine = select(t.relayed.c.id).where(t.relayed.c.writer_id == whose.person_id)
    return t.translations.c.relayed_id.in_(mine)


_AT, _MADE = _same("at"), _same("state", created_at="made_at")

KEPT: tuple[Kept, ...] = (
    Kept(
        "you",
        t.people.c.id,
        _same("telegram_id", "language", "state", zone="time_zone", consented_at="agreed_at")
        | _same("discreet", "discreet_own", is_owner="owns_the_bot", created_at="first_seen_at"),
    ),
    Kept(
        "networks",
        t.members.c.person_id,
        _same("name", "role", "state", "paused_until", "joined_at", "code", profile=""),
    ),
    Kept("open_questions", t.forms.c.id, _same("form", "updated_at", state="")),
    Kept(
        "activities",
        t.enrolments.c.member_id,
        _same("state", "waiting_since", "rounds_waited", "answers", first="goes_first"),
    ),
    Kept(
        "introductions",
        t.matched.c.member_id,
        _same("answer", "answered_at", "reason", "contact", leads="you_lead", alias="known_as")
        | _same(shows="you_show", offers="you_would_show"),
    ),
    Kept("writing_to", t.talks.c.id, _AT),
    Kept("being_translated", t.translations.c.id, _same("words", "at"), _wrote),
    Kept(
        "meetings",
        t.meetings.c.proposed_by,
        _same("starts_at", "minutes", "state", "number", "planned", created_at="made_at")
        | _same(proposed_by="proposed_by_you", agenda=""),
        _met_in,
    ),
    Kept(
        "told_of_meetings",
        t.logs.c.member_id,
        _same("met", "rating", "again", "note", risk="", at="at"),
    ),
    Kept("attended", t.attendance.c.member_id, _same("came", "at")),
    Kept("came_of_it", t.outcomes.c.member_id, _same("answers", "at", onward="led_on")),
    Kept("reports", t.reports.c.member_id, _same("state", "at", "changed_at", words="")),
    Kept("questions_to_all", t.pulse_answers.c.member_id, _same("own", "guess", "at")),
    Kept(
        "checkins",
        t.checkin_answers.c.member_id,
        _same("answer", "state", "urgent", "no_more", "at"),
    ),
    Kept(
        "stories",
        t.stories.c.member_id,
        _same("words", "signed", "language", "state", "published_at", created_at="made_at"),
    ),
    Kept("needs", t.needs.c.made_by, _MADE | _same("words", "sort", "closed_at")),
    Kept("needs_confirmed", t.needs.c.confirmed_by, _same("sort", "state")),
    Kept("pledges", t.pledges.c.member_id, _MADE | _same("words", "changed_at")),
    Kept("tasks", t.tasks.c.made_by, _MADE | _same("words", "due_at", "done_at")),
    Kept("tasks_taken", t.tasks.c.member_id, _same("state", "due_at", "done_at")),
    Kept("programme", t.programme.c.made_by, _MADE | _same("words", "starts_at")),
    Kept("notes", t.notes.c.person_id, _same("words", "due_at")),
    Kept("attempts", t.attempts.c.person_id, _same("what", "at")),
    Kept(
        "invitations",
        t.invites.c.created_by,
        _same("role", "uses_left", "opened", "revoked", "expires_at", created_at="made_at"),
    ),
    Kept("pulses", t.pulses.c.made_by, _MADE | _same("words", "closes_at")),
    Kept(
        "checkins_made",
        t.checkins.c.made_by,
        _MADE | _same("words", "kind", "due_at", "every_days"),
    ),
    Kept("broadcasts", t.broadcasts.c.made_by, _MADE | _same("words", "audience", "done_at")),
    Kept("wordings", t.wordings.c.made_by, _same("language", "words", created_at="made_at")),
    Kept("briefs", t.briefs.c.made_by, _MADE | _same("sent_at")),
    Kept("freezes", t.freezes.c.made_by, _same("state", "region", "began_at", "thawed_at")),
    Kept("rounds", t.rounds.c.created_by, _MADE),
    Kept("rounds_approved", t.approvals.c.member_id, _AT),
    Kept("agreements", t.agreements.c.member_id, _same("what", "at")),
    Kept("kept_apart", t.forbidden.c.by_id, _AT),
    Kept("attendance_noted", t.attendance.c.by_id, _AT),
    Kept("reports_taken", t.reports.c.taken_by, _same("state", "changed_at")),
    Kept("log", t.audit.c.member_id, _same("what", "at")),
)
"""What is given, in its order."""

COUNTED: Mapping[str, tuple[Column[Any], Column[Any]]] = {
    "messages_from_you": (t.inbox.c.person_id, t.inbox.c.received_at),
    "messages_to_you": (t.outbox.c.person_id, t.outbox.c.created_at),
    "passed_on_by_you": (t.relayed.c.writer_id, t.relayed.c.at),
    "passed_on_to_you": (t.relayed.c.reader_id, t.relayed.c.at),
    "reminders": (t.reminders.c.person_id, t.reminders.c.due_at),
    "blocks": (t.blocks.c.by, t.blocks.c.at),
}
"""Of what only is given how many there are, the first and the last time."""

WITHHELD: tuple[tuple[Text, tuple[Column[Any], ...]], ...] = (
    (
        _("Whether anybody reported you: who speaks of a risk must be safe to do so."),
        (t.reports.c.about_id,),
    ),
    (
        _("Whether anybody wants not to meet you, and whom you blocked."),
        (t.blocks.c.of, t.forbidden.c.low_id, t.forbidden.c.high_id),
    ),
    (
        _("Drafts of introductions: they name others, and perhaps nothing comes of them."),
        (
            *(t.drafted.c.one_id, t.drafted.c.other_id),
            *(t.drafted_seats.c.member_id, t.left_out.c.member_id),
        ),
    ),
    (
        _("The list of who has been introduced to whom. Your introductions are in here."),
        (t.pairs.c.low_id, t.pairs.c.high_id),
    ),
    (
        _("The word that shows what is hidden, if you have one: it would be of no use in a file."),
        (t.covers.c.id,),
    ),
)
"""Why something is not given, and the columns it is about."""

UNTOLD: Mapping[str, str] = {
    "people.chat": "a hash of the account number",
    "matched.match_id": "what it is about is given by name",
    "checkin_answers.turn": "a number without a meaning outside",
    "rounds.result": "of all who wait",
    "rounds.progress": "of the machine",
    "rounds.told_to": "of the machine",
    "rounds.checked_at": "of the machine",
    "rounds.approved_at": "of all sides",
    "rounds.shown": "which messages show it, to whom",
    "invites.token": "a hash of the link",
    "needs.outcome": "written by either of two",
    "broadcasts.total": "of others",
    "broadcasts.told_to": "of the machine",
    "broadcasts.shown": "which message shows it",
    "checkins.told_to": "of the machine",
    "briefs.content": "figures of the network",
    "wordings.message": "a hash of the words of the bot",
    "wordings.original": "words of the bot",
    "freezes.zones": "those of the region",
    "freezes.step": "of all",
    "agreements.subject_id": "what is agreed to may be another's",
    "audit.subject": "may be the code of another",
    "audit.details": "may be about another",
    "translations.relayed_id": "which message it is",
    "translations.tries": "of the machine",
}
"""Columns of what is kept that are not given, and why; with those that `ABOUT` names instead."""

ABOUT = (
    *("network_id", "side_id", "exchange_id", "match_id", "meeting_id", "need_id"),
    *("pulse_id", "checkin_id", "round_id"),
)
"""The columns of a row that say what it is about: given as names."""

OF_NOBODY = (t.networks, t.sides, t.exchanges, t.matches, t.drafted_groups, t.rooms, t.facts)
"""The tables that name no person."""
