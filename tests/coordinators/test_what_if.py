"""What would help, as a coordinator reads it from the preview."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.store import rounds
from tests.coordinators.test_rounds import both_sides, preview
from tests.coordinators.town import READY, Town, data_of, read


async def told(town: Town, gains: list[dict[str, Any]]) -> str:
    """What the button says of these gains."""
    east, _west = await both_sides(town)
    await town.member(0)
    _text, round_id = await preview(town, east)
    async with town.store.begin() as db:
        found = await rounds.by_id(db, int(round_id))
        assert found is not None
        await db.change(rounds.Round.table, found.id, result=found.result | {"what_if": gains})
    (said,) = await town.taps(east, f"round.what_if:{round_id}")
    assert said.edit
    return read(said)


def gain(kind: str, what: str, people: int, side: int | None = None) -> dict[str, Any]:
    asked = int(what) if kind == "people" else 9
    return {"kind": kind, "what": what, "asked": asked, "people": people, "side": side}


async def test_a_round_that_leaves_people_out_says_what_would_help_and_shows_the_way_back(
    town: Town,
) -> None:
    east, _west = await both_sides(town)
    for _each in range(4):
        await town.member(0, name="Ana", told=replace(READY, availability=("6-morning",)))
        await town.member(1, name="Bo", told=replace(READY, availability=("0-evening",)))
    _text, round_id = await preview(town, east)
    (seen,) = await town.taps(east, f"round.show:{round_id}")
    assert f"round.what_if:{round_id}" in data_of(seen)
    (said,) = await town.taps(east, f"round.what_if:{round_id}")
    text = read(said)
    assert "<b>What would help</b>" in text
    would = "• One more time (Evening: Monday) from those left waiting: 8 more people could be"
    assert would in text
    assert "Bo" not in text
    assert "Ana" not in text
    (back,) = await town.taps(east, data_of(said)[0])
    assert "0 pairs can be introduced" in read(back)


@pytest.mark.parametrize(
    ("kind", "what", "people", "line"),
    [
        (
            "hours",
            "0-evening",
            5,
            "One more time (Evening: Monday) from those left waiting: 5 more",
        ),
        ("language", "tr", 5, "If those left waiting also spoke Turkish: 5 more people"),
        ("people", "1", 1, "With 1 more person on West: a few more people could be introduced."),
        ("people", "5", 12, "With 5 more people on West: 12 more people could be introduced."),
    ],
)
async def test_each_is_told_in_plain_words_and_few_people_are_not_counted(
    town: Town, kind: str, what: str, people: int, line: str
) -> None:
    side = town.sides[1] if kind == "people" else None
    assert f"• {line}" in await told(town, [gain(kind, what, people, side)])


async def test_where_nothing_helps_it_says_so(town: Town) -> None:
    assert "None of it would bring a partner" in await told(town, [])


async def test_where_everybody_has_a_partner_nothing_is_offered(town: Town) -> None:
    east, _west = await both_sides(town)
    await town.member(0)
    await town.member(1)
    _text, round_id = await preview(town, east)
    (seen,) = await town.taps(east, f"round.show:{round_id}")
    assert f"round.what_if:{round_id}" not in data_of(seen)


async def test_of_a_round_that_is_over_or_of_others_nothing_is_told(town: Town) -> None:
    east, _west = await both_sides(town)
    ana = await town.member(0)
    _text, round_id = await preview(town, east)
    (refused,) = await town.taps(ana, f"round.what_if:{round_id}")
    assert "Only coordinators" in read(refused)
    await town.taps(east, f"round.cancel:{round_id}")
    (over,) = await town.taps(east, f"round.what_if:{round_id}")
    assert "no longer used" in read(over)


async def test_a_language_that_few_speak_is_not_named_for_they_may_be_known_by_it(
    town: Town,
) -> None:
    text = await told(town, [gain("language", "lad", 4)])
    assert "None of it would bring a partner" in text
