"""/checkins: questions to one's own side; answers that need a person come first."""

from __future__ import annotations

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.people import named
from bot.domain.checkins import KINDS, Tally, asked, tally
from bot.domain.replies import (
    Button,
    Command,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.router import Routes, Turn, too_old
from bot.store import checkins, networks
from bot.store.checkins import Answer, Checkin
from bot.store.networks import Member

URGENT, PAGE, TURNS, READ = 5, 8, 4, 3
STATES: dict[str, Text] = {
    "planned": _("Planned"),
    "done": _("Asked"),
    "stopped": _("Stopped"),
}


async def checkins_(turn: Turn) -> list[Say]:
    """/checkins: of which network, then who should be heard, and what was asked."""
    return await choose(turn, _("Which network?"), "checks.of", first, Right.CHECKINS)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The questions to one's own side in this network."""
    at = await desk(turn, network_id, Right.CHECKINS)
    return [refused(turn)] if at is None else await first(turn, at)


async def page(turn: Turn, network_id: int, before: int) -> list[Say]:
    """Older questions."""
    at = await desk(turn, network_id, Right.CHECKINS)
    return [refused(turn)] if at is None else await first(turn, at, before)


async def first(turn: Turn, at: Desk, before: int = 0) -> list[Say]:
    """Who should be heard, then the questions, the newest first."""
    heard = [] if before else await _to_hear(turn, at)
    found = await checkins.of_side(turn.db, at.side.id, PAGE + 1, before)
    shown = found[:PAGE]
    text = paragraphs(
        _("<b>{side}</b>: questions", side=at.side.name),
        paragraphs(_("They would like to be heard:"), lines(*(_told(*each) for each in heard)))
        if heard
        else None,
        _("Your questions are below.") if shown else _("You have not asked anything yet."),
    )
    rows = [
        (
            button(_("Write to {name}", name=named(member)), "ask.answer", member.id),
            button(_("Seen"), "checks.seen", row.id),
        )
        for row, member, _kind in heard
    ]
    ways = (
        *(button(_name(turn, each), "checks.show", each.id) for each in shown),
        button(_("Older ones"), "checks.page", at.network.id, shown[-1].id)
        if len(found) > PAGE
        else None,
        button(_("Ask something"), "checks.new", at.network.id),
    )
    return [turn.say(text, (*rows, *stacked(*ways)), edit=True)]


def _name(turn: Turn, each: Checkin) -> Value:
    state = STATES.get(each.state, each.state)
    what = KINDS[each.kind].name
    if each.words:
        what_own = asked(each.kind, each.words, turn.me.language)
        return _("{state}: {what}", state=state, what=what_own)
    return _("{state}: {what}", state=state, what=what)


def _told(row: Answer, member: Member, kind: str) -> Value:
    options = KINDS[kind].options
    said = options.get(row.answer, "") if isinstance(row.answer, int) else str(row.answer)
    return _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=named(member), words=said)


async def _to_hear(turn: Turn, at: Desk) -> list[tuple[Answer, Member, str]]:
    found = []
    for row in await checkins.urgent(turn.db, at.side.id, URGENT):
        member = await networks.member(turn.db, row.member_id)
        checkin = await checkins.by_id(turn.db, row.checkin_id)
        if member is not None and checkin is not None and at.sees(member):
            found.append((row, member, checkin.kind))
    return found


async def seen(turn: Turn, answer_id: int) -> list[Say]:
    """An answer was looked at."""
    row = await checkins.answer(turn.db, answer_id)
    member = None if row is None else await networks.member(turn.db, row.member_id)
    at = None if member is None else await desk(turn, member.network_id, Right.CHECKINS)
    if row is None or member is None or at is None or not at.sees(member):
        return [too_old(turn)]
    if row.state == "answered":
        await checkins.leave(turn.db, row.id, "seen")
        await at.note(turn, "checkin.seen")
    return await first(turn, at)


async def _opened(turn: Turn, checkin_id: int) -> tuple[Desk, Checkin] | None:
    found = await checkins.by_id(turn.db, checkin_id)
    at = None if found is None else await desk(turn, found.network_id, Right.CHECKINS)
    if found is None or at is None or found.side_id != at.side.id:
        return None
    return at, found


async def show(turn: Turn, checkin_id: int) -> list[Say]:
    """What came of a question, time by time."""
    both = await _opened(turn, checkin_id)
    return [too_old(turn)] if both is None else [await _card(turn, *both)]


async def _card(turn: Turn, at: Desk, found: Checkin) -> Say:
    planned = found.state == "planned" and found.kind in KINDS and found.kind != "pair"
    numbers = await checkins.turns(turn.db, found.id, TURNS)
    times = [await _result(turn, at, found, each) for each in numbers]
    text = paragraphs(
        _("<b>{question}</b>", question=asked(found.kind, found.words, turn.me.language)),
        _("It is asked on {when}.", when=When(found.due_at)) if planned else None,
        ngettext("Then every {n} day.", "Then every {n} days.", found.every_days)
        if planned and found.every_days
        else None,
        *times,
    )
    ways: tuple[Button | None, ...] = (
        *(_to_read(found, each) for each in numbers if not KINDS[found.kind].options),
        button(_("Stop asking"), "checks.stop", found.id) if planned else None,
        button(_("Back"), "checks.of", at.network.id),
    )
    return turn.say(text, stacked(*ways), edit=True)


def _to_read(found: Checkin, number: int) -> Button:
    label = _("Read what was answered, time {n}", n=number + 1)
    return button(label, "checks.read", found.id, number, 0)


async def read(turn: Turn, checkin_id: int, number: int, after: int) -> list[Say]:
    """What was answered at a time, each whole, a few at once; nothing where too few did."""
    both = await _opened(turn, checkin_id)
    if both is None:
        return [too_old(turn)]
    at, found = both
    answers = await checkins.said(turn.db, found.id, number)
    if len(answers) < at.network.settled.fewest:
        return [await _card(turn, at, found)]
    some = answers[after : after + READ]
    more = button(_("Next page"), "checks.read", found.id, number, after + READ)
    ways = stacked(
        more if len(answers) > after + READ else None,
        button(_("Back"), "checks.show", found.id),
    )
    told = paragraphs(*(_("• {words}", words=str(each)) for each in some))
    title = _("Time {n}", n=number + 1)
    return [turn.say(paragraphs(title, told), ways, edit=True)]


async def _result(turn: Turn, at: Desk, found: Checkin, number: int) -> Value:
    """What was said at a time; nothing where too few did."""
    answers = await checkins.said(turn.db, found.id, number)
    fewest = at.network.settled.fewest
    numbers = [each for each in answers if isinstance(each, int)]
    counted = tally(numbers, fewest)
    title = _("Time {n}", n=number + 1)
    if len(answers) < fewest:
        return lines(title, _("Too few have answered to show anything."))
    if counted is None:
        return lines(title, ngettext("{n} answer", "{n} answers", len(answers)))
    return lines(title, *_figures(found.kind, counted))


def _figures(kind: str, counted: Tally) -> list[Value]:
    of = KINDS[kind]
    shares: list[Value] = [
        _("• {answer}: {n}", answer=text, n=counted.counts.get(value, 0))
        for value, text in of.options.items()
    ]
    mean = [_("On average: {mean}", mean=counted.mean)] if of.measures else []
    return [ngettext("{n} answer", "{n} answers", counted.people), *mean, *shares]


async def stop(turn: Turn, checkin_id: int) -> list[Say]:
    """It is not asked any more."""
    both = await _opened(turn, checkin_id)
    if both is None:
        return [too_old(turn)]
    at, found = both
    if found.state == "planned" and found.kind != "pair":
        await checkins.set_state(turn.db, found.id, "stopped")
        await at.note(turn, "checkin.stopped", str(found.id))
    return await show(turn, checkin_id)


MENU = (Command("checkins", _("Ask how people are"), for_coordinators=True),)
ROUTES = Routes(
    {"checkins": checkins_},
    {
        "checks.of": of,
        "checks.page": page,
        "checks.seen": seen,
        "checks.show": show,
        "checks.read": read,
        "checks.stop": stop,
    },
    right=Right.CHECKINS,
)
