"""What the bot says, before it is put into anybody's language.

A handler returns a list of `Say`. Texts are message ids with named values; `bot.i18n` turns them
into a person's language, escapes every value for HTML and wraps foreign ones in bidi isolates.
Texts are joined with `lines` and `paragraphs`, never glued.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from typing import Literal, TypeAlias

from bot.domain.parcels import Parcel
from bot.domain.rights import Right


@dataclass(frozen=True, slots=True)
class Text:
    """A message id (English, HTML allowed, `{name}` placeholders) and its values."""

    id: str
    values: dict[str, Value] = field(default_factory=dict)
    plural: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """Texts one under the other."""

    parts: tuple[Value, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Values as a list in the reader's language: "a, b and c"; `style` is CLDR's."""

    items: tuple[Value, ...]
    style: Literal["standard", "or"] = "standard"


@dataclass(frozen=True, slots=True)
class When:
    """An instant (aware), shown in the reader's own zone, the zone named."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Hour:
    """The time of day of an instant in the reader's own zone, for a button: "Tue 3 Mar, 17:00"."""

    at: datetime


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language by its code, named in the reader's language (`own`: in its own)."""

    code: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class CountryName:
    """A territory by its ISO 3166 code, named in the reader's language."""

    code: str


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A time zone by its IANA name, as its city in the reader's language."""

    name: str


@dataclass(frozen=True, slots=True)
class WeekdayName:
    """A day of the week, 0 = Monday; `width` is CLDR's (wide, abbreviated, short)."""

    day: int
    width: str = "wide"


@dataclass(frozen=True, slots=True)
class Plain:
    """A value that stays as it is but for HTML: links, numbers with a shape of their own."""

    text: str


Value: TypeAlias = (
    str
    | int
    | float
    | date
    | Text
    | Joined
    | Listed
    | When
    | Hour
    | LanguageName
    | CountryName
    | ZoneName
    | WeekdayName
    | Plain
)


def _(message: str, /, **values: Value) -> Text:
    """A text to be said in the reader's language; `values` fill its `{placeholders}`."""
    return Text(message, values)


def ngettext(one: str, many: str, n: int, /, **values: Value) -> Text:
    """A text that depends on a number, which fills `{n}`."""
    return Text(one, {"n": n, **values}, plural=many, count=n)


def lines(*parts: Value | None) -> Joined:
    """Parts on lines of their own; `None` is left out."""
    return Joined(tuple(part for part in parts if part is not None), "\n")


def paragraphs(*parts: Value | None) -> Joined:
    """Parts with an empty line between; `None` is left out."""
    return Joined(tuple(part for part in parts if part is not None), "\n\n")


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button.

    `action` and `args` become its callback data (64 bytes at the most); with `url` it opens a
    link instead. Who presses it is authorised anew by the handler of `action`.
    """

    text: Value
    action: str = ""
    args: tuple[str | int, ...] = ()
    url: str = ""

    @property
    def data(self) -> str:
        """The callback data: `action:arg:arg`."""
        return ":".join((self.action, *map(str, self.args)))


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


def button(text: Value, action: str, *args: str | int) -> Button:
    """A button that does `action` with `args`."""
    return Button(text, action, args)


def stacked(*buttons: Button | None) -> Rows:
    """One button a row; `None` is left out."""
    return tuple((each,) for each in buttons if each is not None)


def in_rows(buttons: Iterable[Button], width: int) -> Rows:
    """Buttons side by side, `width` a row."""
    each = tuple(buttons)
    return tuple(each[at : at + width] for at in range(0, len(each), width))


@dataclass(frozen=True, slots=True)
class File:
    """Bytes that go with a message: a picture (shown) or a document (to save)."""

    name: str
    data: bytes
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A line of Telegram's command menu; `right` is what it needs, if it needs one."""

    name: str
    about: Text
    for_coordinators: bool = False
    right: Right | None = None


class Priority(IntEnum):
    """Which waiting message goes first."""

    ANSWER = 0
    REMINDER = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True)
class Say:
    """One message to one person, or to a room.

    `to` is a person's row id; 0 with a `room`, the row id of a Telegram group or channel. `about`
    is the row id of the broadcast it belongs to. `edit` rewrites the message whose button was
    pressed, where there was one. A `key` is said at the most once, whoever returns it and however
    often. With `ask_location` the keyboard offers to share where one is, with `no_keyboard` it
    goes. With a `menu` nothing is written: these become the commands of Telegram's menu in that
    person's chat.

    With a `parcel` that is passed on, the text its caption; `relay` is then the row id of what was
    relayed, and `translates` that of what this is a translation of. `answers` is the message in the
    reader's chat that it answers, `at` one of the bot's there that it rewrites, `changes` the row
    id of what was relayed and is rewritten once it is there; `erase` those that go; `arrived` is a
    message of the reader that is marked as passed on. Who hides hears only what is `hidden`.
    """

    to: int
    text: Value
    buttons: Rows = ()
    edit: bool = False
    file: File | None = None
    priority: Priority = Priority.ANSWER
    key: str = ""
    ask_location: bool = False
    no_keyboard: bool = False
    menu: tuple[Command, ...] = ()
    room: int = 0
    about: int = 0
    parcel: Parcel | None = None
    relay: int = 0
    answers: int | None = None
    at: int | None = None
    changes: int = 0
    erase: tuple[int, ...] = ()
    arrived: int | None = None
    translates: int = 0
    hidden: bool = False

    def with_key(self, key: str) -> Say:
        """The same message, said at the most once under `key`."""
        return replace(self, key=key)

    def as_reminder(self) -> Say:
        """The same message, behind the answers that wait."""
        return replace(self, priority=Priority.REMINDER)
