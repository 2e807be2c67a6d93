"""Briefs: made by one side, agreed to by every side, then for observers to read."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.coordinators import brief, briefs
from bot.store import audit
from bot.store import briefs as stored
from bot.store.briefs import Kept
from bot.store.networks import Member
from bot.store.tables import stories
from tests.coordinators.figures import pair
from tests.coordinators.town import Town, data_of, read


@pytest.fixture
async def able(town: Town) -> Town:
    """The town, whose coordinators can use /brief and observers /briefs."""
    town.able(brief, briefs)
    return town


async def draft(town: Town, olga: Member, exchange_id: int = 0, months: int = 0) -> Kept:
    """A draft that Olga made just now."""
    await town.taps(olga, f"brief.make:{town.network_id}:{exchange_id}:{months}")
    async with town.store.read() as db:
        return (await stored.page(db, town.network_id, "draft"))[0]


async def words_in(town: Town, reader: Member, action: str, id_: int) -> tuple[str, str]:
    """What the HTML and the PDF of a brief say."""
    html, pdf = await town.taps(reader, f"{action}:{id_}")
    assert html.file is not None
    assert pdf.file is not None
    pages = PdfReader(BytesIO(pdf.file.data)).pages
    return html.file.data.decode(), "\n".join(each.extract_text() for each in pages)


async def test_a_brief_goes_out_once_every_side_agrees(able: Town) -> None:
    olga = await able.member(0, "coordinator", "Olga")
    ines = await able.member(1, "coordinator", "Ines")
    otto = await able.member(1, "observer", "Otto")
    kept = await draft(able, olga)
    (refused,) = await able.taps(otto, f"briefs.open:{kept.id}")
    assert "no longer works" in read(refused)
    mine, asked = await able.taps(olga, f"brief.agree:{kept.id}")
    assert "Your side has agreed." in read(mine)
    assert (asked.to, read(asked)) == (ines.person_id, "A brief awaits your agreement.")
    (again,) = await able.taps(olga, f"brief.agree:{kept.id}")
    assert "have not agreed yet: West" in read(again)
    done, told = await able.taps(ines, data_of(asked)[0].replace("show", "agree"))
    assert "All sides have agreed." in read(done)
    assert (told.to, read(told)) == (otto.person_id, "There is something new to read.")
    html, pdf = await able.taps(otto, data_of(told)[0])
    assert [each.file.name for each in (html, pdf) if each.file] == ["brief.html", "brief.pdf"]
    (late,) = await able.taps(ines, f"brief.agree:{kept.id}")
    assert "Observers have it." in read(late)
    async with able.store.read() as db:
        noted = [each.what for each in await audit.page(db, able.network_id)]
    assert noted == ["brief.sent", "brief.agreed", "brief.agreed", "brief.made"]


async def test_it_tells_figures_and_no_names(able: Town) -> None:
    olga = await able.member(0, "coordinator", "Olga")
    two = [await pair(able, held=3 if number else 1, onward=1) for number in range(5)]
    able.later(minutes=1)
    kept = await draft(able, olga, await able.exchange(), 3)
    for text in await words_in(able, olga, "brief.read", kept.id):
        assert "13 meetings were held." in text
        assert "They lasted 20 hours in all." in text
        assert "fewer than 5" in text
        assert "See something differently" in text
        assert "10 times, something was carried on to others." in text
        for name in ("Qone", "Qtwo", "Olga", *(str(each.code) for one in two for each in one)):
            assert name not in text


async def test_stories_are_quoted_while_they_are_published(able: Town) -> None:
    olga = await able.member(0, "coordinator", "Olga")
    ana = await able.member(0, name="Ana")
    of = {"exchange_id": await able.exchange(), "language": "en", "signed": "Ana"}
    async with able.store.begin() as db:
        told = {"member_id": ana.id, "side_id": ana.side_id, "words": "We <baked> bread."}
        when = {"created_at": able.now, "published_at": able.now}
        id_ = await db.add(stories, **told, **of, **when, state="published")
    able.later(minutes=1)
    kept = await draft(able, olga)
    html, pdf = await words_in(able, olga, "brief.read", kept.id)
    assert "We &lt;baked&gt; bread." in html
    assert "We <baked> bread." in pdf
    assert "Ana" not in html + pdf
    async with able.store.begin() as db:
        await db.change(stories, id_, state="withdrawn")
    html, pdf = await words_in(able, olga, "brief.read", kept.id)
    assert "bread" not in html + pdf


async def test_a_draft_takes_the_place_of_the_one_before(able: Town) -> None:
    olga = await able.member(0, "coordinator", "Olga")
    await able.member(1, "coordinator", "Ines")
    first = await draft(able, olga)
    await able.taps(olga, f"brief.agree:{first.id}")
    second = await draft(able, olga)
    (said,) = await able.taps(olga, f"brief.show:{first.id}")
    assert read(said).startswith("Only coordinators")
    (said,) = await able.taps(olga, f"brief.show:{second.id}")
    assert "have not agreed yet: East and West" in read(said)
    (first_page,) = await able.taps(olga, f"brief.drop:{second.id}")
    assert f"brief.show:{second.id}" not in data_of(first_page)


async def test_a_side_without_a_coordinator_is_named(able: Town) -> None:
    olga = await able.member(0, "coordinator", "Olga")
    (said,) = await able.taps(olga, f"brief.make:{able.network_id}:0:12")
    assert "West has no coordinator yet who could agree" in read(said)
    (old,) = await able.taps(olga, f"brief.make:{able.network_id}:0:7")
    assert "no longer works" in read(old)


async def test_briefs_are_paged_and_of_one_activity_too(able: Town) -> None:
    otto = await able.member(1, "observer", "Otto")
    olga = await able.member(0, "coordinator", "Olga")
    (none,) = await able.says(otto, "/briefs")
    assert read(none) == "There is no brief to read yet."
    ids = []
    for _number in range(stored.PAGE + 1):
        kept = await draft(able, olga)
        ids.append(kept.id)
        async with able.store.begin() as db:
            await stored.send(db, kept.id, able.now)
    (first,) = await able.says(otto, "/briefs")
    shown = [each for each in data_of(first) if each.startswith("briefs.open")]
    assert shown == [f"briefs.open:{each}" for each in reversed(ids[1:])]
    (last,) = await able.taps(otto, data_of(first)[-1])
    assert data_of(last) == [f"briefs.open:{ids[0]}"]
    (lists,) = await able.taps(olga, f"brief.list:{able.network_id}:0")
    (times,) = await able.taps(olga, data_of(lists)[0])
    assert [each.split(":")[-1] for each in data_of(times)[:3]] == ["3", "12", "0"]
