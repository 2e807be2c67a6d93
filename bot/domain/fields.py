"""The kinds of question a form can ask: what each shows, and what it makes of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any, TypeAlias

from bot.domain.parcels import Parcel
from bot.domain.replies import (
    Listed,
    Text,
    Value,
    _,
    ngettext,
)
from bot.domain.tidy import tidy


class Wrong(Exception):
    """An answer that will not do; `text` tells the person why and what would."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: what is stored, and what is shown."""

    value: str
    text: Value


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a question: what it shows, and what a tap on it says to the question."""

    text: Value
    what: str


Grid: TypeAlias = tuple[tuple[Choice, ...], ...]
"""The buttons of a question, row by row."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a question holds before it is answered: what was picked, and what typing found."""

    picked: tuple[str, ...] = ()
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A finished answer, as JSON."""

    value: Any


Outcome: TypeAlias = Draft | Answered | None
"""The next draft, the answer, or None for a button that isn't there."""

Find: TypeAlias = Callable[[str], tuple[str, ...]]
"""What somebody may have meant by what they typed: values, the likeliest first. May raise Wrong."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question. This one takes no answer; the others say what they take."""

    def opened(self, _answer: Any, /) -> Draft:
        """The draft to begin with, given the earlier answer or None."""
        return Draft()

    def rows(self, _draft: Draft, /) -> Grid:
        """The buttons."""
        return ()

    def tapped(self, _draft: Draft, _what: str, /) -> Outcome:
        """What a tap makes of the draft; may raise Wrong."""
        return None

    def typed(self, _draft: Draft, _text: str, /) -> Outcome:
        """What a text makes of it; may raise Wrong."""
        raise Wrong(_("Please choose with the buttons."))

    def shared(self, _latitude: float, _longitude: float, /) -> Outcome:
        """What a shared location (degrees) makes of it; may raise Wrong."""
        raise Wrong(_("I did not need a location here, and did not keep it."))

    def sent(self, _parcel: Parcel, /) -> Outcome:
        """What a picture, a voice message or the like makes of it; may raise Wrong."""
        raise Wrong(self.unread())

    def unread(self) -> Text:
        """What to say to a sticker, a voice message, a picture."""
        return _("I cannot read that. Please choose with the buttons.")

    def hint(self, _draft: Draft, /) -> Text | None:
        """What to add to the question."""
        return None

    def asks_location(self, _draft: Draft, /) -> bool:
        """Whether the keyboard should offer to share where one is."""
        return False

    def show(self, answer: Any, /) -> Value:
        """The answer as the review shows it."""
        return str(answer)


def tag(value: str) -> str:
    """A name of `value` that fits a button: itself if it is short and plain, else a hash of it."""
    plain = value.isascii() and len(value) <= 32 and not {":", "#"} & set(value)
    return value if plain else "#" + blake2s(value.encode(), digest_size=8).hexdigest()


def tagged(values: Iterable[str], wanted: str) -> str | None:
    """The value whose `tag` is wanted."""
    return next((value for value in values if tag(value) == wanted), None)


def in_grid(choices: Iterable[Choice], width: int) -> Grid:
    """Choices side by side, `width` a row."""
    each = tuple(choices)
    return tuple(each[at : at + width] for at in range(0, len(each), width))


def unique(*groups: Iterable[str]) -> tuple[str, ...]:
    """All values in order, each once."""
    return tuple(dict.fromkeys(value for group in groups for value in group))


@dataclass(frozen=True, slots=True)
class One(Kind):
    """One of several options, `width` a row.

    With `find` others can be typed, and `named` names those.
    """

    options: tuple[Option, ...]
    width: int = 1
    find: Find | None = None
    named: Callable[[str], Value] = str

    def rows(self, draft: Draft, /) -> Grid:
        values = unique(self._values(), draft.found)
        return in_grid(
            (Choice(self.show_one(each), "=" + tag(each)) for each in values), self.width
        )

    def tapped(self, draft: Draft, what: str, /) -> Outcome:
        chosen = tagged(unique(self._values(), draft.found), what.removeprefix("="))
        return Answered(chosen) if what.startswith("=") and chosen is not None else None

    def typed(self, draft: Draft, text: str, /) -> Outcome:
        found = _found(self.find, text)
        return Answered(found[0]) if len(found) == 1 else Draft(draft.picked, found)

    def unread(self) -> Text:
        return _unread(self.find)

    def show(self, answer: Any, /) -> Value:
        return self.show_one(str(answer))

    def show_one(self, value: str) -> Value:
        """One of the values, as its button shows it."""
        texts = {option.value: option.text for option in self.options}
        return texts[value] if value in texts else self.named(value)

    def _values(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class Many(One):
    """Some of several options: a list in the order of choosing.

    With `none` it may be none of them, which is what the last button says until one is picked.
    What was picked and is no option any more counts only where others can be typed.
    """

    at_least: int = 1
    at_most: int = 40
    none: Text | None = None

    def opened(self, answer: Any, /) -> Draft:
        return Draft(self._known(answer or ()))

    def rows(self, draft: Draft, /) -> Grid:
        values = unique(self._values(), draft.picked, draft.found)
        choices = (ticked(self.show_one(each), tag(each), each in draft.picked) for each in values)
        end = _("Done") if self.none is None or draft.picked else self.none
        return (*in_grid(choices, self.width), (Choice(end, "done"),))

    def tapped(self, draft: Draft, what: str, /) -> Outcome:
        if what == "done":
            return self._done(draft)
        values = unique(self._values(), draft.picked, draft.found)
        chosen = tagged(values, what[1:])
        if chosen is None or what[:1] not in {"+", "-"}:
            return None
        return self._with(draft, (chosen,)) if what[0] == "+" else _without(draft, chosen)

    def typed(self, draft: Draft, text: str, /) -> Outcome:
        found = _found(self.find, text)
        return self._with(draft, found) if len(found) == 1 else Draft(draft.picked, found)

    def show(self, answer: Any, /) -> Value:
        known = self._known(answer)
        if self.none is not None and not known:
            return self.none
        return Listed(tuple(self.show_one(each) for each in known))

    def _known(self, answer: Iterable[str]) -> tuple[str, ...]:
        options = self._values()
        return tuple(each for each in answer if self.find is not None or each in options)

    def _with(self, draft: Draft, values: tuple[str, ...]) -> Draft:
        picked = unique(draft.picked, values)
        if len(picked) > self.at_most:
            most = self.at_most
            raise Wrong(ngettext("You can choose only one.", "You can choose up to {n}.", most))
        return Draft(picked, draft.found)

    def _done(self, draft: Draft) -> Answered:
        least = 0 if self.none is not None else self.at_least
        if len(draft.picked) < least:
            raise Wrong(
                ngettext("Please choose at least one.", "Please choose at least {n}.", least)
            )
        return Answered(list(draft.picked))


def _found(find: Find | None, text: str) -> tuple[str, ...]:
    if find is None:
        raise Wrong(_("Please choose with the buttons."))
    if not (found := find(tidy(text))):
        raise Wrong(_("I could not find that. Please write it another way."))
    return found


def _unread(find: Find | None) -> Text:
    if find is None:
        return _("I cannot read that. Please choose with the buttons.")
    return _("I cannot read that. Please choose with the buttons, or write your answer.")


def _without(draft: Draft, value: str) -> Draft:
    return Draft(tuple(each for each in draft.picked if each != value), draft.found)


def ticked(text: Value, name: str, chosen: bool) -> Choice:
    """A button that can be on or off; a second tap of the same one changes nothing."""
    return Choice(_("✓ {option}", option=text), "-" + name) if chosen else Choice(text, "+" + name)


@dataclass(frozen=True, slots=True)
class Words(Kind):
    """A text of up to `longest` characters, tidied; `check` may put it right or raise Wrong."""

    longest: int = 500
    check: Callable[[str], str] = str
    paragraphs: bool = False

    def typed(self, _draft: Draft, text: str, /) -> Outcome:
        words = tidy(text, paragraphs=self.paragraphs)
        if not words:
            raise Wrong(self.unread())
        if len(words) > self.longest:
            raise Wrong(
                _(
                    "That is {length} characters long. Please keep it to {longest}.",
                    length=len(words),
                    longest=self.longest,
                )
            )
        return Answered(self.check(words))

    def unread(self) -> Text:
        return _("I can only read text here. Please write your answer.")

    def show(self, answer: Any, /) -> Value:
        words = str(answer)
        return words if len(words) <= 300 else words[:299] + "…"
