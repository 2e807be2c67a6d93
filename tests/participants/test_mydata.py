"""What is stored about somebody is given to them: all of it, and nothing of anybody else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy import Column, Table

from bot.domain.replies import Say
from bot.i18n import Tongue
from bot.participants.mydata_files import as_json, as_page
from bot.participants.mydata_words import LABELS, SECTIONS
from bot.pictures.as_html import as_html
from bot.store import mydata, people
from bot.store import tables as t
from bot.store.db import Store
from bot.store.mydata_kept import ABOUT, COUNTED, KEPT, OF_NOBODY, UNTOLD, WITHHELD
from tests.participants.acts import World
from tests.participants.told import ACCOUNTS, MINE, THEIRS, Filled


def references() -> Iterator[Column[Any]]:
    """Every column that names a person or a member, or is one's own row id."""
    for table in t.metadata.sorted_tables:
        for column in table.c:
            named = column.references(t.people.c.id) or column.references(t.members.c.id)
            if named or column.name == "person_id":
                yield column
    yield from (each.c.id for each in (t.people, t.forms, t.talks, t.covers, t.translations))
    yield from (t.blocks.c.by, t.blocks.c.of)


def test_every_column_that_names_somebody_is_given_counted_or_withheld_for_a_reason() -> None:
    given = {each.whose for each in KEPT}
    counted = {column for column, _at in COUNTED.values()}
    withheld = {column for _reason, columns in WITHHELD for column in columns}
    assert set(references()) == given | counted | withheld
    assert not (given & counted | given & withheld | counted & withheld)


def test_every_table_is_somebodys_or_nobodys() -> None:
    whose = {column.table for column in references()} | {t.translations}
    assert whose | set(OF_NOBODY) == set(t.metadata.tables.values())
    assert not whose & set(OF_NOBODY)


def test_every_column_of_what_is_given_is_given_or_left_out_for_a_reason() -> None:
    left = {f"{table.name}.{name}" for table, name in _columns() if not _told(table, name)}
    assert left == set(UNTOLD)


def _columns() -> Iterator[tuple[Table, str]]:
    for table in {each.table: None for each in KEPT}:
        yield from ((table, column.name) for column in table.c if column.name != "id")


def _told(table: Table, name: str) -> bool:
    ours = [each for each in KEPT if each.table is table]
    given = any(name in each.given or each.whose.name == name for each in ours)
    about = name in ABOUT and not (table is t.matched and name == "match_id")
    return given or about or table.c[name] in {c for _reason, cs in WITHHELD for c in cs}


def test_every_part_and_field_has_a_name_on_the_page() -> None:
    assert {each.name for each in KEPT} | set(COUNTED) | {"counts"} == set(SECTIONS)
    assert {key for each in KEPT for key in each.given.values()} - {""} <= set(LABELS)


@pytest.fixture
async def filled(world: World) -> Filled:
    """Eleni and Deniz have told everything there is to tell."""
    made = Filled(world, await world.introduces("eleni", "deniz"))
    await made.fill()
    return made


def of(filled: Filled, name: str) -> Any:
    return filled.world.people[name]


async def given(filled: Filled, language: str) -> tuple[str, str]:
    """Both files for Eleni, as texts."""
    async with filled.world.store.read() as db:
        me = await people.by_id(db, of(filled, "eleni"))
        assert me is not None
        found = await mydata.gather(db, me)
        again = await mydata.gather(db, me)
    tongue = Tongue(language, "Asia/Nicosia")
    now = filled.world.now
    assert as_json(found, now, tongue) == as_json(again, now, tongue)
    page = as_html(as_page(found, now), tongue)
    return as_json(found, now, tongue).decode(), page.decode()


class Words(HTMLParser):
    """The text of a page, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not {"src", "href", "onclick", "onload"} & {name for name, _value in attrs}


def bare(text: str) -> str:
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", text)


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_all_that_somebody_told_is_in_both_files_and_nothing_of_anybody_else(
    filled: Filled, language: str
) -> None:
    data, page = await given(filled, language)
    read = Words()
    read.feed(page)
    text = bare(read.text)
    for told in filled.told[MINE]:
        assert json.dumps(told)[1:-1] in data, told
        assert told in text, told
    others = [*filled.told[THEIRS], str(ACCOUNTS["deniz"]), "theirs", "said by the other"]
    others += [
        "Olga",
        "Omer",
        "Deniz",
        "CODEOTHER",
        "hidden detail",
        "draft of",
        "hash-",
        "secret-",
    ]
    for each in others:
        assert each not in data, each
        assert each not in text, each
    assert str(ACCOUNTS["eleni"]) in data
    assert read.tags <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "tr"),
        *("th", "td", "br"),
    }


async def test_no_number_of_any_row_is_in_them(filled: Filled) -> None:
    data, page = await given(filled, "en")
    async with filled.world.store.read() as db:
        for table in t.metadata.sorted_tables:
            if "id" not in table.c or table is t.inbox:
                continue
            for row in await db.rows(table.select()):
                assert str(row.id) not in data, table.name
                assert str(row.id) not in page, table.name


async def test_the_partner_is_called_as_they_show_themselves(filled: Filled) -> None:
    data, _page = await given(filled, "en")
    (one,) = json.loads(data)["introductions"]
    assert one["with"] == "Coral"
    assert one["known_as"] == "Brook"
    async with filled.world.store.begin() as db:
        theirs = t.matched.c.member_id == filled.world.member_ids["deniz"]
        await db.run(t.matched.update().where(theirs).values(shows=1))
    data, _page = await given(filled, "en")
    assert json.loads(data)["introductions"][0]["with"] == filled.told[THEIRS][2]


async def test_before_both_said_yes_the_other_one_has_no_name_and_an_end_no_reason(
    world: World,
) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.taps("deniz", "match.no", match_id)
    await world.presses("deniz", "No reason")
    async with world.store.read() as db:
        me = await people.by_id(db, world.people["eleni"])
        assert me is not None
        found = {each.name: each for each in await mydata.gather(db, me)}
    (one,) = found["introductions"].entries
    assert "with" not in one
    assert one["over"] is True
    assert not {"why", "state", "declined"} & set(one)


async def test_times_are_iso_and_the_page_has_them_in_their_own_zone(filled: Filled) -> None:
    data, page = await given(filled, "en")
    assert json.loads(data)["you"][0]["agreed_at"] == "2026-11-23T09:00:00+00:00"
    assert "11:00" in page
    assert 'lang="en" dir="ltr"' in page
    _data, page = await given(filled, "ar")
    assert 'lang="ar" dir="rtl"' in page


async def test_who_asks_is_asked_first_and_gets_two_files_without_a_telling_name(
    world: World,
) -> None:
    await world.says("eleni", "/privacy")
    await world.presses("eleni", "Give me everything about me")
    assert "anybody who looks at your phone" in world.text("eleni")
    assert files(world.to("eleni")) == []
    await world.presses("eleni", "No")
    assert files(world.to("eleni")) == []
    await world.says("eleni", "/mydata")
    await world.presses("eleni", "Yes, give them to me")
    world.nobody_else("eleni")
    assert files(world.to("eleni")) == ["data.html", "data.json"]


def files(said: list[Say]) -> list[str]:
    return [each.file.name for each in said if each.file]


async def test_somebody_of_whom_hardly_anything_is_known_gets_that(store: Store) -> None:
    async with store.begin() as db:
        me = await people.met(db, 5, "en", World(store).now)
        found = await mydata.gather(db, me)
    assert [each.name for each in found] == ["you"]


async def test_it_is_quick_for_who_was_there_for_years(filled: Filled) -> None:
    world = filled.world
    async with world.store.begin() as db:
        for at in range(200):
            meeting = await db.add(
                t.meetings, match_id=filled.match_id, state="held", minutes=60, planned=True,
                starts_at=world.now + timedelta(days=at), created_at=world.now,
            )  # fmt: skip
            who = {"meeting_id": meeting, "member_id": world.member_ids["eleni"], "at": world.now}
            await db.add(t.logs, **who, met=True, note="x" * 1000)
    data, page = await given(filled, "en")
    assert len(data) < 1_000_000
    assert len(page) < 2_000_000
