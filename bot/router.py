"""From what a person did to the handler that answers it.

A capability's file lists its `Routes`; `join` puts them together; `answer` picks one. Handlers get
a `Turn` and return what to say. They have no way to reach Telegram.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.domain.limits import Limit
from bot.domain.parcels import Parcel
from bot.domain.replies import Button, Command, Say, Value, When, _, button, paragraphs
from bot.domain.rights import Right
from bot.store import attempts, networks
from bot.store.db import Db
from bot.store.people import Person


@dataclass(frozen=True, slots=True)
class Event:
    """What a person did, free of Telegram's shapes.

    Exactly one of `command`, `action` and the rest is set: a command with its `text` behind it, a
    button's `action` with `args`, a `location` (latitude, longitude in degrees), or a `text`; with
    none of them it was something else (a sticker, a voice message…), named by `other`.

    `parcel` is what was sent, whole; of a button what the message it stands under answers.
    `replied_to` is the message it answers. `edited` where the person changed what they sent before.
    `too_fast` where more came of them than is taken in; what it was is not known then.
    """

    command: str = ""
    text: str = ""
    action: str = ""
    args: tuple[str, ...] = ()
    location: tuple[float, float] | None = None
    other: str = ""
    message_id: int | None = None
    parcel: Parcel | None = None
    replied_to: int | None = None
    edited: bool = False
    too_fast: bool = False


@dataclass(frozen=True, slots=True)
class Here:
    """What handlers may know of the bot they run in; whether a machine translates for it.

    Where it is `discreet` strangers see a plain reminder bot; members have a menu of their own.
    """

    username: str
    owners: frozenset[int] = frozenset()
    commands: tuple[Command, ...] = ()
    translates: bool = False
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's move: everything a handler decides by."""

    db: Db
    me: Person
    event: Event
    now: datetime
    here: Here

    def say(self, *args: Any, **named: Any) -> Say:
        """A message to the person whose turn it is."""
        return Say(self.me.id, *args, **named)

    @property
    def is_owner(self) -> bool:
        """Whether the bot is theirs: they claimed it, or the settings name them."""
        return self.me.is_owner or self.me.telegram_id in self.here.owners

    def full_menu(self) -> Say:
        """Telegram's command menu with the coordinators' commands in it, for this person alone."""
        return Say(self.me.id, "", menu=self.here.commands)

    def plain_menu(self) -> list[Say]:
        """The menu everybody has, in place of a full one; nothing where there are no commands."""
        plain = tuple(each for each in self.here.commands if not each.for_coordinators)
        return [Say(self.me.id, "", menu=plain)] if plain else []


Handler = Callable[..., Awaitable[list[Say]]]
Answer = Callable[[Turn], Awaitable[list[Say]]]
Catch = Callable[[Turn], Awaitable[list[Say] | None]]


@dataclass(frozen=True, slots=True)
class Routes:
    """A capability's table: commands (without slash), buttons (by action), and `catch`.

    With a `right` all of them are for those who have it in one of their networks; `needs` has the
    right of each command and button that needs one, `limits` how often each may be used by one
    person. A `catch` sees what was written outside any
    command (a form's answer) and returns None where it isn't meant; `first` sees before it what
    answers an earlier message, and alone what was edited. A button's handler takes its
    args by annotation, `int` or `str`. `instead` sees everything before all others.
    """

    commands: Mapping[str, Answer] = field(default_factory=dict)
    buttons: Mapping[str, Handler] = field(default_factory=dict)
    catch: tuple[Catch, ...] = ()
    first: tuple[Catch, ...] = ()
    instead: tuple[Catch, ...] = ()
    right: Right | None = None
    needs: Mapping[str, Right] = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)

    @property
    def rights(self) -> dict[str, Right]:
        """The right each command and button of this table needs, if it needs one."""
        named = () if self.right is None else (*self.commands, *self.buttons)
        return {**{name: self.right for name in named if self.right}, **self.needs}


def join(*tables: Routes) -> Routes:
    """All tables as one; raises ValueError where two claim the same command or button."""
    commands: dict[str, Answer] = {}
    buttons: dict[str, Handler] = {}
    for table in tables:
        if twice := (commands.keys() & table.commands) | (buttons.keys() & table.buttons):
            raise ValueError(f"claimed twice: {', '.join(sorted(twice))}")
        commands.update(table.commands)
        buttons.update(table.buttons)
    needs = {name: right for table in tables for name, right in table.rights.items()}
    limits = {name: limit for table in tables for name, limit in table.limits.items()}
    catches = tuple(catch for table in tables for catch in table.catch)
    first = tuple(catch for table in tables for catch in table.first)
    instead = tuple(catch for table in tables for catch in table.instead)
    return Routes(commands, buttons, catches, first, instead, needs=needs, limits=limits)


LARGEST = 2**63 - 1
"""No row has a larger id: databases hold no larger number."""

TOO_FAST = _(
    "That was too fast for me, so I did not take in all of it. Please wait half a minute, then "
    "send again what is missing."
)

IN_DANGER = _(
    "/reports shows what you have reported, and lets you write to the safeguarding contact of your "
    "side. If you are in danger now, please call the emergency services where you are."
)

GO = "go"
"""The action of a button that stands for a command."""


def go(text: Value, command: str) -> Button:
    """A button that does what a command (without slash) does."""
    return button(text, GO, command)


async def answer(routes: Routes, turn: Turn) -> list[Say]:
    """What the bot says to the turn: never nothing, unless a handler means it."""
    if turn.event.too_fast:  # also to who hides, whose word it may have been: it tells nothing
        return [turn.say(TOO_FAST, hidden=turn.me.state == "hidden")]
    if (said := await _caught(routes.instead, turn)) is not None:
        return said
    if turn.event.action == GO:
        turn = replace(turn, event=Event(command=":".join(turn.event.args) or "/"))
    if why_not := await _why_not(routes, turn):
        return [why_not]
    event = turn.event
    if event.action:
        return await _press(routes, turn)
    if event.edited:
        return await _caught(routes.first, turn) or []
    if handler := routes.commands.get(event.command):
        return await handler(turn)
    if not event.command:
        catches = (*(routes.first if event.replied_to else ()), *routes.catch)
        if (said := await _caught(catches, turn)) is not None:
            return said
    return [turn.say(_("Sorry, I did not understand that. /help shows what I can do."))]


async def _why_not(routes: Routes, turn: Turn) -> Say | None:
    """What to say to who may not do that, or not as fast or as often."""
    what = turn.event.action or turn.event.command
    need, limit = routes.needs.get(what), routes.limits.get(what)
    if need is not None and not await networks.has(turn.db, turn.me.id, need):
        return refused(turn)
    if limit is not None and (until := await attempts.spend(turn.db, turn.me.id, limit, turn.now)):
        return too_often(turn, limit, until)
    return None


async def _caught(catches: Iterable[Catch], turn: Turn) -> list[Say] | None:
    for catch in catches:
        if (said := await catch(turn)) is not None:
            return said
    return None


async def _press(routes: Routes, turn: Turn) -> list[Say]:
    handler = routes.buttons.get(turn.event.action)
    args = None if handler is None else _arguments(handler, turn.event.args)
    if handler is None or args is None:
        return [too_old(turn)]
    return await handler(turn, *args)


def refused(turn: Turn) -> Say:
    """The answer to those who may not do that."""
    return turn.say(_("Only coordinators of the network can do that. /help shows what you can do."))


def too_old(turn: Turn) -> Say:
    """The answer to a button whose time is past."""
    return turn.say(_("That button is from an earlier message and no longer works. See /help."))


def too_often(turn: Turn, limit: Limit, until: datetime) -> Say:
    """The answer to those who did something more often than one may, and when they may again."""
    text = _("That was a lot in a short time. It works again from {when} on.", when=When(until))
    return turn.say(paragraphs(text, IN_DANGER if limit.danger else None))


def _arguments(handler: Handler, given: tuple[str, ...]) -> list[int | str] | None:
    """The button's args as the handler's annotations want them, None where they don't fit."""
    wanted = list(inspect.signature(handler).parameters.values())[1:]
    if len(wanted) != len(given):
        return None
    args: list[int | str] = []
    for parameter, text in zip(wanted, given, strict=True):
        if parameter.annotation not in {int, "int"}:
            args.append(text)
        elif text.isascii() and text.isdigit() and int(text[:20]) <= LARGEST:
            args.append(int(text))
        else:
            return None
    return args
