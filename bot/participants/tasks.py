"""What a team or circle has to do: add a task, take it, until when, done, given back, dropped."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.calendar import local_day, wall
from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import (
    Button,
    Say,
    Text,
    Value,
    _,
    button,
    in_rows,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.forms import Flow, start
from bot.participants.sure import asked_first
from bot.router import Routes, Turn, too_old
from bot.store import tasks
from bot.store.db import Db
from bot.store.groups import Group
from bot.store.tasks import Task
from bot.together import in_group, leads, suggestions, tell, to_group, words_of

LONGEST = 200
SHORT = 40
"""Characters of a task on a button, and in a list that would not fit into a message otherwise."""

MOST_WHOLE = 12
"""So many tasks a list shows in all their words."""

DUE_DAYS = (2, 4, 7, 14, 21, 28)
DUE_HOUR = 20
"""A task is due in the evening of its day, by the clock of who took it."""


async def section(db: Db, group: Group) -> tuple[Value, tuple[Button, ...]]:
    """What a group's page says of its tasks, and the way to them."""
    to_do, done = await tasks.to_do(db, group.match.id), await tasks.done_count(db, group.match.id)
    text = _(
        "Tasks: {to_do}, {done}",
        to_do=ngettext("{n} to do", "{n} to do", len(to_do)),
        done=ngettext("{n} done", "{n} done", done),
    )
    return text, (button(_("Tasks"), "task.list", group.match.id),)


async def listed(turn: Turn, match_id: int) -> list[Say]:
    """What there is to do, and what is done, counted."""
    group = await in_group(turn, match_id)
    return group if isinstance(group, list) else [await _list(turn, group)]


async def _list(turn: Turn, group: Group, news: Text | None = None) -> Say:
    found = await tasks.to_do(turn.db, group.match.id)
    done = await tasks.done_count(turn.db, group.match.id)
    points = [_line(group, each, short=len(found) > MOST_WHOLE) for each in found]
    text = paragraphs(
        news,
        _("<b>What your group has to do</b>"),
        lines(*points) if points else _("Nothing at the moment."),
        ngettext("{n} task is done.", "{n} tasks are done.", done) if done else None,
    )
    match_id, room = group.match.id, len(found) < tasks.MOST
    ways = (
        *(button(_short(words_of(group, each)), "task.show", each.id) for each in found),
        button(_("Add a task"), "task.add", match_id) if room else None,
        button(_("Suggestions"), "task.ideas", match_id) if room and _ideas(group, found) else None,
        to_group(match_id),
    )
    return turn.say(text, stacked(*ways), edit=True)


def _short(words: Value) -> Value:
    if isinstance(words, str) and len(words) > SHORT:
        return f"{words[: SHORT - 1]}…"
    return words


def _line(group: Group, task: Task, *, short: bool = False) -> Text:
    words = _short(words_of(group, task)) if short else words_of(group, task)
    taker = next((each for each in group.seats if each.member.id == task.member_id), None)
    if taker is None:
        return _("• {words}", words=words)
    who = _("you") if taker.id == group.me.id else taker.name
    if task.due_at is None:
        return _("• {words} ({who})", words=words, who=who)
    day = local_day(task.due_at, group.me.zone)
    return _("• {words} ({who}, until {day})", words=words, who=who, day=day)


def _ideas(group: Group, found: list[Task]) -> list[tuple[int, Text]]:
    """The suggestions that are no task yet, by number."""
    known = {each.words for each in found}
    return [(n, idea) for n, idea in enumerate(suggestions(group)) if n not in known]


async def ideas(turn: Turn, match_id: int) -> list[Say]:
    """What such groups often do."""
    group = await in_group(turn, match_id)
    if isinstance(group, list):
        return group
    found = _ideas(group, await tasks.to_do(turn.db, match_id))
    each = (button(idea, "task.pick", match_id, n) for n, idea in found)
    back = button(_("Back"), "task.list", match_id)
    return [turn.say(_("Which of these shall be a task?"), stacked(*each, back), edit=True)]


async def pick(turn: Turn, match_id: int, number: int) -> list[Say]:
    """A suggestion becomes a task."""
    group = await in_group(turn, match_id)
    if isinstance(group, list):
        return group
    if number in dict(_ideas(group, await tasks.to_do(turn.db, match_id))):
        await _new(turn, group, number)
    return [await _list(turn, group)]


async def _new(turn: Turn, group: Group, words: str | int) -> None:
    if len(await tasks.to_do(turn.db, group.match.id)) < tasks.MOST:
        await tasks.add(turn.db, group.match.id, words, group.me.member.id, turn.now)


async def add(turn: Turn, match_id: int) -> list[Say]:
    """Asks for a new task."""
    group = await in_group(turn, match_id)
    return group if isinstance(group, list) else await start(turn, TASK, {"match": match_id})


async def _form(_turn: Turn, _answers: Answers) -> Form:
    ask = _("What is to be done? One sentence is best. Everybody in the group reads it.")
    return Form("task", asked_first(Step("words", ask, Words(LONGEST), _("Task"))), review=False)


async def _added(turn: Turn, answers: Answers) -> list[Say]:
    group = await in_group(turn, int(answers["match"]))
    if isinstance(group, list):
        return group
    await _new(turn, group, str(answers["words"]))
    return [await _list(turn, group)]


async def _task(turn: Turn, task_id: int) -> tuple[Group, Task] | list[Say]:
    """A task that is still to be done and its group, locked; else what to say instead."""
    known = await tasks.by_id(turn.db, task_id)
    group = [too_old(turn)] if known is None else await in_group(turn, known.match_id)
    if isinstance(group, list):
        return group
    task = await tasks.by_id(turn.db, task_id)
    if task is None or task.state not in ("open", "taken"):
        return [await _list(turn, group, _("That task is done or dropped. This is what is left:"))]
    return group, task


async def show(turn: Turn, task_id: int) -> list[Say]:
    """A task and what can be done with it."""
    found = await _task(turn, task_id)
    return found if isinstance(found, list) else [_card(turn, *found)]


def _card(turn: Turn, group: Group, task: Task) -> Say:
    me = group.me.member.id
    mine, may_drop = task.member_id == me, leads(group) or task.made_by == me
    ways = (
        button(_("I take it"), "task.take", task.id) if task.state == "open" else None,
        button(_("It is done"), "task.done", task.id) if mine else None,
        button(_("Choose a day"), "task.days", task.id) if mine else None,
        button(_("Give it back"), "task.back", task.id) if mine else None,
        button(_("Drop it"), "task.drop", task.id) if may_drop else None,
        button(_("Back"), "task.list", group.match.id),
    )
    return turn.say(_line(group, task), stacked(*ways), edit=True)


async def take(turn: Turn, task_id: int) -> list[Say]:
    """Takes a task, and asks until when."""
    found = await _task(turn, task_id)
    if isinstance(found, list):
        return found
    group, task = found
    if task.state == "taken":
        return [_card(turn, group, task)]
    await tasks.take(turn.db, task.id, group.me.member.id)
    return [_ask_day(turn, group, task)]


async def days(turn: Turn, task_id: int) -> list[Say]:
    """Asks until when."""
    found = await _task(turn, task_id)
    if isinstance(found, list):
        return found
    group, task = found
    mine = task.member_id == group.me.member.id
    return [_ask_day(turn, group, task) if mine else _card(turn, group, task)]


def _ask_day(turn: Turn, group: Group, task: Task) -> Say:
    today = local_day(turn.now, group.me.zone)
    each = (button(today + timedelta(days=n), "task.by", task.id, n) for n in DUE_DAYS)
    later = stacked(button(_("Without a day"), "task.show", task.id))
    text = paragraphs(
        _("You have it: {words}", words=words_of(group, task)),
        _("Until when? I will remind you a day before."),
    )
    return turn.say(text, (*in_rows(each, 2), *later), edit=True)


async def by(turn: Turn, task_id: int, number: int) -> list[Say]:
    """Takes the day: so many from today."""
    found = await _task(turn, task_id)
    if isinstance(found, list):
        return found
    group, task = found
    if number not in DUE_DAYS:
        return [too_old(turn)]
    if task.member_id == group.me.member.id:
        zone = group.me.zone
        day = local_day(turn.now, zone) + timedelta(days=number)
        await tasks.set_due(turn.db, task, wall(day, DUE_HOUR, zone), turn.me.id, turn.now)
    return [await _list(turn, group)]


async def done(turn: Turn, task_id: int) -> list[Say]:
    """Whoever took it has done it; the others hear of it."""
    found = await _task(turn, task_id)
    if isinstance(found, list):
        return found
    group, task = found
    if task.member_id != group.me.member.id:
        return [_card(turn, group, task)]
    await tasks.finish(turn.db, task.id, turn.now)
    news = _("Your group has done one more of its tasks.")
    way = button(_("Show"), "task.list", group.match.id)
    mine = await _list(turn, group, _("Done. Thank you."))
    return [mine, *(each.as_reminder() for each in tell(group.present, news, way))]


async def back(turn: Turn, task_id: int) -> list[Say]:
    """Somebody else may take it."""
    found = await _task(turn, task_id)
    if isinstance(found, list):
        return found
    group, task = found
    if task.member_id == group.me.member.id:
        await tasks.give_back(turn.db, task.id)
    return [await _list(turn, group)]


async def drop(turn: Turn, task_id: int) -> list[Say]:
    """Asks whether to drop a task: those who lead may, and who made it."""
    found = await _task(turn, task_id)
    if isinstance(found, list):
        return found
    group, task = found
    if not (leads(group) or task.made_by == group.me.member.id):
        return [_card(turn, group, task)]
    text = _("Drop this task? {words}", words=words_of(group, task))
    ways = stacked(
        button(_("Yes, drop it"), "task.dropped", task.id),
        button(_("No, keep it"), "task.show", task.id),
    )
    return [turn.say(text, ways, edit=True)]


async def dropped(turn: Turn, task_id: int) -> list[Say]:
    """Drops a task."""
    found = await _task(turn, task_id)
    if isinstance(found, list):
        return found
    group, task = found
    if leads(group) or task.made_by == group.me.member.id:
        await tasks.drop(turn.db, task.id)
    return [await _list(turn, group)]


TASK = Flow("task", _form, _added)
FLOWS = (TASK,)
ROUTES = Routes(
    buttons={
        "task.list": listed,
        "task.ideas": ideas,
        "task.pick": pick,
        "task.add": add,
        "task.show": show,
        "task.take": take,
        "task.days": days,
        "task.by": by,
        "task.done": done,
        "task.back": back,
        "task.drop": drop,
        "task.dropped": dropped,
    }
)
