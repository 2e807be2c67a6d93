"""The programme of a visit: points one group proposes and the other agrees to."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.calendar import local_day, wall
from bot.domain.fields import One, Option, Words, Wrong
from bot.domain.forms import Answers, Form, Step
from bot.domain.meetings import Party
from bot.domain.replies import (
    Button,
    Plain,
    Say,
    Text,
    Value,
    When,
    ZoneName,
    _,
    button,
    lines,
    paragraphs,
    stacked,
)
from bot.forms import Flow, start
from bot.kept_times import holy_day
from bot.participants.plans import party
from bot.participants.sure import asked_first
from bot.partners import held, tell
from bot.router import Routes, Turn, too_old
from bot.store import kept as kept_by
from bot.store import programme, reminders
from bot.store.pairings import Pairing
from bot.store.programme import MOST, Item

FARTHEST = 366
LONGEST = 100
"""Characters of a point: all of them fit into one message."""

SHOWN_DAYS = 14
HOURS = tuple(range(7, 23))
REMIND = "programme_day"


async def show(turn: Turn, match_id: int) -> list[Say]:
    """The programme as it stands."""
    pairing = await held(turn, match_id)
    return pairing if isinstance(pairing, list) else [await _screen(turn, pairing)]


async def _screen(turn: Turn, pairing: Pairing) -> Say:
    found = await _ahead(turn, pairing)
    told = [_line(n, each, pairing) for n, each in enumerate(found, 1)]
    text = paragraphs(
        _("<b>The programme</b>"),
        lines(*told) if told else _("Nothing is planned yet. Either group can propose something."),
    )
    ways = [way for n, each in enumerate(found, 1) if (way := _way(turn, n, each, pairing))]
    match_id = pairing.match.id
    add = button(_("Propose something"), "programme.add", match_id) if len(found) < MOST else None
    return turn.say(text, stacked(*ways, add, button(_("Back"), "match.show", match_id)), edit=True)


async def _ahead(turn: Turn, pairing: Pairing) -> list[Item]:
    """Its points from today on: what is past stays in memory, not in the plan."""
    today = wall(local_day(turn.now, pairing.me.zone), 0, pairing.me.zone)
    return await programme.of_match(turn.db, pairing.match.id, today)


def _line(n: int, item: Item, pairing: Pairing) -> Text:
    when = When(item.starts_at)
    if item.state == "agreed":
        return _("{n}. {when}: {words}", n=n, when=when, words=item.words)
    if item.made_by == pairing.me.member.id:
        return _(
            "{n}. {when}: {words} (they have not agreed yet)", n=n, when=when, words=item.words
        )
    return _("{n}. {when}: {words} (proposed to you)", n=n, when=when, words=item.words)


def _way(turn: Turn, n: int, item: Item, pairing: Pairing) -> Button | None:
    if item.starts_at <= turn.now:
        return None
    if item.state == "proposed" and item.made_by != pairing.me.member.id:
        return button(_("Agree to point {n}", n=n), "programme.agree", item.id)
    return button(_("Take out point {n}", n=n), "programme.drop", item.id)


async def add(turn: Turn, match_id: int) -> list[Say]:
    """Asks for the day, the hour and what is planned."""
    pairing = await held(turn, match_id)
    return pairing if isinstance(pairing, list) else await start(turn, POINT, {"match": match_id})


async def _form(turn: Turn, answers: Answers) -> Form:
    pairing = await held(turn, int(answers["match"]))
    if isinstance(pairing, list):
        steps = (Step("gone", _("This introduction is over."), One(()), _("Programme")),)
        return Form("programme", steps, review=False)
    day = _day(await _open_days(turn, pairing))
    hours = tuple(Option(str(hour), Plain(f"{hour}:00")) for hour in HOURS)
    at = _("At what time does it begin? It is {city} time.", city=ZoneName(pairing.me.zone))
    words = _("What is planned? Both groups read it, so please write no private address.")
    return Form(
        "programme",
        (
            Step("day", _("On which day? Choose it, or write it like 2027-03-14."), day, _("Day")),
            Step("hour", at, One(hours, 4), _("Time")),
            *asked_first(Step("words", words, Words(LONGEST), _("What"))),
        ),
        send=_("Propose it"),
    )


def _day(allowed: list[date]) -> One:
    def find(text: str) -> tuple[str, ...]:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return ()
        if day not in allowed:
            raise Wrong(
                _("That day is past, too far ahead, or a holiday for one of you. Which other day?")
            )
        return (day.isoformat(),)

    shown = tuple(Option(day.isoformat(), day) for day in allowed[:SHOWN_DAYS])
    return One(shown, 2, find, date.fromisoformat)


async def _open_days(turn: Turn, pairing: Pairing) -> list[date]:
    """Days of the next year that are no holiday and no holy day for either of the two."""
    kept = await kept_by.of_members(turn.db, pairing.member_ids)
    both: list[tuple[Party, frozenset[str]]] = []
    for half in pairing.halves:
        keeps = kept.get(half.member.id, frozenset())
        both.append((party(half, keeps), keeps))
    first = local_day(turn.now, pairing.me.zone)
    days = [first + timedelta(days=n) for n in range(1, FARTHEST)]
    return [
        day
        for day in days
        if not pairing.policy.rests(day)
        and not any(who.holiday(day) or holy_day(keeps, day) for who, keeps in both)
    ]


async def _proposed(turn: Turn, answers: Answers) -> list[Say]:
    pairing = await held(turn, int(answers["match"]))
    if isinstance(pairing, list):
        return pairing
    day = date.fromisoformat(answers["day"])
    at = wall(day, int(answers["hour"]), pairing.me.zone)
    if at <= turn.now:
        return [too_old(turn)]
    if len(await _ahead(turn, pairing)) >= MOST:
        return [await _screen(turn, pairing)]
    match_id, me = pairing.match.id, pairing.me.member.id
    await programme.add(turn.db, match_id, at, str(answers["words"]), me, turn.now)
    mine = turn.say(_("Proposed. I will tell you when the other group agrees."), _to(match_id))
    return [mine, *_tell(pairing, _("Something is proposed for your programme."))]


def _to(match_id: int) -> tuple[tuple[Button, ...], ...]:
    return stacked(button(_("See the programme"), "programme.show", match_id))


def _tell(pairing: Pairing, news: Text) -> list[Say]:
    ways = _to(pairing.match.id)
    return [Say(each.to, each.text, ways) for each in tell(pairing, news)]


async def _found(turn: Turn, item_id: int) -> tuple[Pairing, Item] | list[Say]:
    item = await programme.by_id(turn.db, item_id)
    pairing = [too_old(turn)] if item is None else await held(turn, item.match_id)
    if item is None or isinstance(pairing, list):
        return pairing if isinstance(pairing, list) else []
    now = await programme.by_id(turn.db, item_id)  # read again, now that the match is held
    if now is None or now.state == "dropped" or now.starts_at <= turn.now:
        return [await _screen(turn, pairing)]
    return pairing, now


async def agree(turn: Turn, item_id: int) -> list[Say]:
    """Agrees to what the other group proposed; both are reminded of it a day before."""
    found = await _found(turn, item_id)
    if isinstance(found, list):
        return found
    pairing, item = found
    if item.state != "proposed" or item.made_by == pairing.me.member.id:
        return [await _screen(turn, pairing)]
    await programme.set_state(turn.db, item_id, "agreed")
    due_at = item.starts_at - timedelta(days=1)
    for half in pairing.halves:
        if due_at > turn.now:
            await reminders.schedule(turn.db, REMIND, item_id, due_at, half.person.id)
    news = _("A point of your programme is agreed.")
    return [await _screen(turn, pairing), *_tell(pairing, news)]


async def drop(turn: Turn, item_id: int) -> list[Say]:
    """Asks whether to take a point out."""
    found = await _found(turn, item_id)
    if isinstance(found, list):
        return found
    pairing, item = found
    ask: Value = _(
        "Take this out of the programme? {when}: {words}",
        when=When(item.starts_at),
        words=item.words,
    )
    ways = stacked(
        button(_("Yes, take it out"), "programme.out", item_id),
        button(_("No, go back"), "programme.show", pairing.match.id),
    )
    return [turn.say(ask, ways, edit=True)]


async def out(turn: Turn, item_id: int) -> list[Say]:
    """Takes a point out."""
    found = await _found(turn, item_id)
    if isinstance(found, list):
        return found
    pairing, _item = found
    await programme.set_state(turn.db, item_id, "dropped")
    await reminders.cancel(turn.db, item_id, REMIND)
    news = _("A point was taken out of your programme.")
    return [await _screen(turn, pairing), *_tell(pairing, news)]


POINT = Flow("programme", _form, _proposed)
FLOWS = (POINT,)
ROUTES = Routes(
    buttons={
        "programme.show": show,
        "programme.add": add,
        "programme.agree": agree,
        "programme.drop": drop,
        "programme.out": out,
    }
)
