"""What is stored about somebody, as JSON and as a page in their language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from bot.domain.replies import (
    Joined,
    LanguageName,
    Plain,
    Text,
    Value,
    When,
    ZoneName,
    _,
    lines,
)
from bot.i18n import Tongue
from bot.participants.answers import AGREEMENT
from bot.participants.mydata_words import CODED, LABELS, SECTIONS, WORDS
from bot.pictures.page import Block, Heading, Page, Paragraph, Table
from bot.store.mydata import Entry, Section
from bot.store.mydata_kept import WITHHELD

SPACED = ("network", "side", "activity", "with", "met_at", "question")
"""What a row is about comes first, in this order."""


def as_json(found: Sequence[Section], now: datetime, tongue: Tongue) -> bytes:
    """Plain English keys, ISO times in UTC; names as they read them."""
    told: dict[str, Any] = {"made_at": now.isoformat()}
    told |= {each.name: [_json(entry, tongue) for entry in each.entries] for each in found}
    told["not_in_here"] = [tongue.label(reason) for reason, _columns in WITHHELD]
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def _json(value: Any, tongue: Tongue) -> Any:
    match value:
        case Mapping():
            return {key: _json(each, tongue) for key, each in value.items()}
        case list() | tuple():
            return [_json(each, tongue) for each in value]
        case datetime():
            return value.isoformat()
        case str() | bool() | int() | float() | None:
            return value
        case _:
            return tongue.label(value)


def as_page(found: Iterable[Section], now: datetime) -> Page:
    """The same to be read."""
    blocks = chain.from_iterable(_section(each) for each in found)
    withheld = (Paragraph(reason) for reason, _columns in WITHHELD)
    made = Paragraph(_("Made on {when}.", when=When(now)))
    last = Heading(_("What is not in here"))
    return Page(_("What is stored about you"), (made, *blocks, last, *withheld))


def _section(section: Section) -> Iterable[Block]:
    yield Heading(SECTIONS[section.name])
    for entry in section.entries:
        yield Table((), tuple(_row(section.name, *each) for each in _ordered(entry)))


def _ordered(entry: Entry) -> list[tuple[str, Any]]:
    first = [(key, entry[key]) for key in SPACED if key in entry]
    return first + [(key, value) for key, value in entry.items() if key not in SPACED]


def _row(section: str, key: str, value: Any) -> tuple[Value, Value]:
    if section == "counts" and key == "what":
        return LABELS[key], SECTIONS[str(value)]
    if isinstance(value, str) and (words := WORDS.get(f"{section}.{value}")):
        return LABELS[key], words
    return LABELS[key], _value(key, value)


def _value(key: str, value: Any) -> Value:
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return When(value)
        case list():
            return Joined(tuple(_value(key, each) for each in value), "\n")
        case Mapping():
            return _answered(key, value)
        case str() if key == "language":
            return LanguageName(value)
        case str() if key == "time_zone":
            return ZoneName(value)
        case str() if key in CODED:
            return WORDS.get(value, value)
        case str():
            return Joined(tuple(value.split("\n")), "\n")
        case int() | float():
            return Plain(str(value))
        case _:
            return value  # type: ignore[no-any-return]  # a name, a text


def _answered(key: str, value: Mapping[str, Any]) -> Value:
    """A question and its answer, or what an answer holds."""
    if set(value) != {"question", "answer"}:
        return lines(*(_value(key, each) for each in value.values()))
    answer = value["answer"]
    if key == "opinions":
        answer = AGREEMENT.get(str(answer), answer)
    text: Text = _("{question}: {answer}", question=value["question"], answer=_value(key, answer))
    return text
