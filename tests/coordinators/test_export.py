"""/export: own side only, codes for names unless asked twice, and figures of five or more."""

from __future__ import annotations

import csv
import io
import json

import pytest

from bot.coordinators import export
from bot.domain.replies import Say
from bot.store import audit
from tests.coordinators.figures import pair
from tests.coordinators.town import Town, data_of, read


@pytest.fixture
async def able(town: Town) -> Town:
    """The town, whose coordinators can use /export."""
    town.able(export)
    return town


def rows_of(said: Say) -> list[dict[str, str]]:
    """The rows of the CSV file that was sent."""
    assert said.file is not None
    assert said.file.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(said.file.data.decode("utf-8-sig"))))


async def noted(town: Town) -> list[str]:
    """What was written down, the newest first."""
    async with town.store.read() as db:
        return [each.what for each in await audit.page(db, town.network_id)]


async def test_people_are_of_ones_own_side_and_by_code(able: Town) -> None:
    olga = await able.member(0, "coordinator", "Olga")
    ana, omar = await pair(able, held=2)
    (said,) = await able.taps(olga, f"export.file:{able.network_id}:people")
    found = {row["code"]: row for row in rows_of(said)}
    assert set(found[str(ana.code)].items()) >= {
        ("introductions", "1"),
        ("meetings", "2"),
        ("activities", "1"),
        ("joined_week", "2026-W10"),
        ("state", "active"),
    }
    assert omar.code not in found
    assert said.file is not None
    assert b"Qone" not in said.file.data
    assert (await noted(able))[0] == "export.people"


async def test_names_come_after_a_plain_question_and_are_written_down(able: Town) -> None:
    olga = await able.member(0, "coordinator", "Olga")
    await able.member(0, name='=HYPERLINK("x")')
    await able.member(1, name="Omar")
    (asked,) = await able.taps(olga, f"export.names:{able.network_id}")
    assert asked.file is None
    assert "can put people at risk" in read(asked)
    assert await noted(able) == []
    (said,) = await able.taps(olga, data_of(asked)[0])
    assert [row["name"] for row in rows_of(said) if row["role"] != "owner"] == [
        "Olga",
        '\'=HYPERLINK("x")',
    ]
    assert await noted(able) == ["export.names"]


async def test_figures_of_all_sides_leave_out_too_few(able: Town) -> None:
    olga = await able.member(0, "coordinator", "Olga")
    for number in range(5):
        await pair(able, held=3 if number else 1)
    (said,) = await able.taps(olga, f"export.file:{able.network_id}:figures")
    found = {(r["about"], r["side"], r["figure"]): r["value"] for r in rows_of(said)}
    assert found["network", "West", "met"] == "5"
    assert found["network", "West", "thrice"] == ""
    assert found["track 4", "", "meetings"] == "13"
    assert found[f"exchange {await able.exchange()}", "", "rating"] == "4.0"


async def test_both_together_are_json(able: Town) -> None:
    olga = await able.member(0, "coordinator", "Olga")
    (said,) = await able.taps(olga, f"export.file:{able.network_id}:all")
    assert said.file is not None
    found = json.loads(said.file.data)
    assert [each["role"] for each in found["people"]] == ["owner", "coordinator"]
    assert {each["about"] for each in found["figures"]} == {"network", "track 4"}
    assert "Olga" not in said.file.data.decode()
    (first,) = await able.says(olga, "/export")
    assert f"export.names:{able.network_id}" in data_of(first)
    (old,) = await able.taps(olga, f"export.file:{able.network_id}:secrets")
    assert "no longer works" in read(old)
