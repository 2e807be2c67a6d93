"""Forms in a chat: `bot.domain.forms` between a turn and the `forms` table.

A capability describes a `Flow` and calls `start`; the app gives all flows to `routes` once. A form
begun while another is open sets that one aside and comes back to it at its end.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.forms import (
    ACTION,
    Answers,
    Form,
    Given,
    Move,
    Other,
    Shared,
    State,
    Tap,
    Typed,
    begin,
    final,
    screen,
    take,
)
from bot.domain.replies import Button, Command, Say, Text, Value, _, button, paragraphs, stacked
from bot.router import Event, Routes, Turn, too_old
from bot.store import forms, reminders
from bot.store.db import Db

NUDGE = "form_nudge"
"""The kind of the reminder that a form is unfinished; its subject is the person."""

OVER = "form_over"
"""The kind of the reminder that an unfinished form is deleted; its subject is the person."""

GO_ON = "on"
_DROP = "drop"


@dataclass(frozen=True, slots=True)
class Flow:
    """A form and what becomes of it.

    `build` makes the form, and is called anew at every turn. `done` gets the answers that count;
    the form is closed by then, so it may start another. `cancelled` may say something else than
    the usual. With `keep` a person who stops may go on later.
    """

    name: str
    build: Callable[[Turn, Answers], Awaitable[Form]]
    done: Callable[[Turn, Answers], Awaitable[list[Say]]]
    cancelled: Callable[[Turn, Answers], Awaitable[list[Say]]] | None = None
    keep: bool = False


Flows = Mapping[str, Flow]

MENU = (Command("cancel", _("Leave what you are filling in")),)


def routes(*flows: Flow) -> Routes:
    """The table of all flows: their buttons, /cancel, and whatever is written as an answer."""
    known = {flow.name: flow for flow in flows}

    async def pressed(turn: Turn, visit: int, what: str) -> list[Say]:
        return await _pressed(turn, known, visit, what)

    async def written(turn: Turn) -> list[Say] | None:
        return await _written(turn, known)

    async def cancel(turn: Turn) -> list[Say]:
        if opened := await _opened(turn, known):
            return await _stop(turn, known, opened)
        return [turn.say(_("There is nothing to cancel. /help shows what I can do."))]

    return Routes({"cancel": cancel}, {ACTION: pressed}, (written,))


async def start(
    turn: Turn,
    flow: Flow,
    answers: Answers | None = None,
    at: str = "",
) -> list[Say]:
    """Opens a form with what is known already, at a step if one is named."""
    row = await forms.of(turn.db, turn.me.id)
    aside = [] if row is None else _without(flow, [_entry(row), *row.state["aside"]])
    form = await flow.build(turn, answers or {})
    first = int(turn.now.timestamp() * 1000)
    last = 0 if row is None else int(row.state["visit"])
    state = begin(form, answers or {}, max(first, last + 1), at)
    return await _show(turn, _Opened(flow, form, state, aside))


async def resume(turn: Turn, flow: Flow) -> list[Say] | None:
    """The question this person is at in this flow, None if it isn't the open one."""
    opened = await _opened(turn, {flow.name: flow})
    return None if opened is None else await _resume(turn, opened)


async def carried(turn: Turn, flow: Flow) -> Answers:
    """What the open form has so far, if it is this flow's; else nothing."""
    row = await forms.of(turn.db, turn.me.id)
    return {} if row is None or row.form != flow.name else State.of(row.state).answers


async def go_on(turn: Turn) -> Button | None:
    """A button back to the open form, if there is one."""
    row = await forms.of(turn.db, turn.me.id)
    return None if row is None else button(_("Go on with the questions"), ACTION, 0, GO_ON)


async def left_behind(db: Db, person_id: int, now: datetime) -> bool:
    """Deletes the person's form that is not kept for long, open or set aside; if there was one."""
    row = await forms.of(db, person_id)
    every = [] if row is None else [_entry(row), *row.state["aside"]]
    kept = [each for each in every if not each["state"].get("brief")]
    if row is None or len(kept) == len(every):
        return False
    await forms.drop(db, person_id)
    if kept:
        first, *others = kept
        state = {**first["state"], "aside": others}
        await forms.keep(db, person_id, first["form"], state, now)
    return True


@dataclass(frozen=True, slots=True)
class _Opened:
    """An open form: its flow, the form as it is now, its state, and the forms set aside."""

    flow: Flow
    form: Form
    state: State
    aside: list[dict[str, Any]]


def _entry(row: forms.Open) -> dict[str, Any]:
    return {"form": row.form, "state": {**row.state, "aside": []}}


def _without(flow: Flow, aside: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in aside if each["form"] != flow.name]


async def _opened(turn: Turn, flows: Flows) -> _Opened | None:
    row = await forms.of(turn.db, turn.me.id)
    flow = None if row is None else flows.get(row.form)
    if row is None or flow is None:
        return None
    state = State.of(row.state)
    return _Opened(flow, await flow.build(turn, state.answers), state, row.state["aside"])


async def _pressed(turn: Turn, flows: Flows, visit: int, what: str) -> list[Say]:
    opened = await _opened(turn, flows)
    if opened is None:
        return [too_old(turn)]
    if what == GO_ON:
        return await _resume(turn, opened)
    if what == "stop" and visit == opened.state.visit:
        return await _stop(turn, flows, opened)
    if what == _DROP and visit == opened.state.visit:
        return await _drop(turn, flows, opened)
    return await _take(turn, flows, opened, Tap(visit, what))


async def _written(turn: Turn, flows: Flows) -> list[Say] | None:
    opened = await _opened(turn, flows)
    if opened is None or opened.state.paused:
        return None
    return await _take(turn, flows, opened, _given(turn.event))


def _given(event: Event) -> Given:
    if event.location is not None:
        return Shared(*event.location)
    return Typed(event.text) if event.text else Other(event.parcel)


async def _take(turn: Turn, flows: Flows, opened: _Opened, given: Given) -> list[Say]:
    move = take(opened.form, replace(opened.state, paused=False), given)
    if move.sent:
        return _put_away(turn, opened, await _done(turn, flows, opened, move))
    form = await opened.flow.build(turn, move.state.answers)
    said = await _show(turn, replace(opened, form=form, state=move.state), move)
    return _put_away(turn, opened, said)


def _put_away(turn: Turn, opened: _Opened, said: list[Say]) -> list[Say]:
    """Takes away the key that shares a place: it must not be at hand where people write on."""
    asked = screen(opened.form, opened.state).ask_location
    if not asked or any(each.ask_location for each in said):
        return said
    return [turn.say(_("All right."), no_keyboard=True), *said]


async def _done(turn: Turn, flows: Flows, opened: _Opened, move: Move) -> list[Say]:
    await _close(turn, opened)
    said = await opened.flow.done(turn, final(opened.form, move.state))
    return [*said, *await _aside(turn, flows, opened)]


async def _close(turn: Turn, opened: _Opened) -> None:
    done = (NUDGE, OVER) if opened.form.kept_hours else (NUDGE,)
    await reminders.cancel(turn.db, turn.me.id, *done)
    await forms.drop(turn.db, turn.me.id)
    if opened.aside:
        first, *others = opened.aside
        state = {**first["state"], "aside": others}
        await forms.keep(turn.db, turn.me.id, first["form"], state, turn.now)


async def _aside(turn: Turn, flows: Flows, closed: _Opened) -> list[Say]:
    """The question that waited meanwhile, if a form was set aside and is the open one now."""
    opened = await _opened(turn, flows) if closed.aside else None
    if opened is None or opened.state.paused or opened.flow.name != closed.aside[0]["form"]:
        return []
    return [replace(said, edit=False) for said in await _show(turn, opened)]


async def _show(turn: Turn, opened: _Opened, move: Move | None = None) -> list[Say]:
    """Stores the state and says the question, after the note if there is one."""
    await _keep(turn, opened)
    seen = screen(opened.form, opened.state)
    text: Value = seen.text if move is None else paragraphs(move.note, seen.text)
    edit = move is None or not move.stale
    return [turn.say(text, seen.rows, edit=edit, ask_location=seen.ask_location)]


async def _keep(turn: Turn, opened: _Opened) -> None:
    state = {**opened.state.as_json(), "aside": opened.aside, "brief": bool(opened.form.kept_hours)}
    await forms.keep(turn.db, turn.me.id, opened.flow.name, state, turn.now)
    if hours := opened.form.nudge_hours:
        due_at = turn.now + timedelta(hours=hours)
        await reminders.schedule(turn.db, NUDGE, turn.me.id, due_at, turn.me.id, opened.form.name)
    if hours := opened.form.kept_hours:
        await reminders.cancel(turn.db, turn.me.id, OVER)
        due_at, tag = turn.now + timedelta(hours=hours), str(opened.state.visit)
        await reminders.schedule(turn.db, OVER, turn.me.id, due_at, turn.me.id, tag)


async def _resume(turn: Turn, opened: _Opened) -> list[Say]:
    return await _show(turn, replace(opened, state=replace(opened.state, paused=False)))


async def _stop(turn: Turn, flows: Flows, opened: _Opened) -> list[Say]:
    if not opened.flow.keep:
        return _put_away(turn, opened, await _drop(turn, flows, opened))
    await _keep(turn, replace(opened, state=replace(opened.state, paused=True)))
    await reminders.cancel(turn.db, turn.me.id, NUDGE)
    visit = opened.state.visit
    ways = stacked(
        button(_("Go on"), ACTION, visit, GO_ON),
        button(_("Delete my answers"), ACTION, visit, _DROP),
    )
    text = _("Stopped. Your answers so far are kept, and you can go on whenever you like.")
    return _put_away(turn, opened, [turn.say(text, ways, edit=True)])


async def _drop(turn: Turn, flows: Flows, opened: _Opened) -> list[Say]:
    await _close(turn, opened)
    said = [turn.say(_left(opened), edit=True)]
    if opened.flow.cancelled is not None:
        said = await opened.flow.cancelled(turn, final(opened.form, opened.state))
    return [*said, *await _aside(turn, flows, opened)]


def _left(opened: _Opened) -> Text:
    if opened.flow.keep:
        return _("Your answers are deleted. /start begins again.")
    return _("Stopped. Nothing was changed.")
