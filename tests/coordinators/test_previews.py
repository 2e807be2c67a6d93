"""What a preview says of how good the round is, how its pairs are chosen, and what would help."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.coordinators.how import chosen
from bot.domain.matching import Rules
from bot.domain.people import Profile
from bot.i18n import Tongue
from bot.store import rounds
from bot.store.tables import exchanges
from tests.coordinators.test_rounds import both_sides, held, preview
from tests.coordinators.town import READY, Told, Town, data_of, read


async def drafted(town: Town, **result: Any) -> Told:
    """A preview whose result is as given."""
    east = await town.member(0, "coordinator")
    await town.member(0)
    await town.member(1)
    _text, round_id = await preview(town, east)
    async with town.store.begin() as db:
        found = await rounds.by_id(db, int(round_id))
        assert found is not None
        await db.change(rounds.Round.table, found.id, result=found.result | result)
    (said,) = await town.says(east, "/round")
    return Told(said.to, read(said), data_of(said))


@pytest.mark.parametrize(
    ("most", "score", "best", "said"),
    [
        (3, 987, 1000, "Proven: of the best possible, this round reaches at least 98.7%."),
        (3, 99_999, 100_000, "Proven: of the best possible, this round reaches at least 99.9%."),
        (3, 1000, 1000, "Proven: of the best possible, this round reaches at least 100%."),
        (2, 1000, 1000, "No better round is possible: that is proven."),
    ],
)
async def test_how_near_a_round_is_to_the_best_is_never_said_too_high(
    town: Town, most: int, score: int, best: int, said: str
) -> None:
    proof = {"people": 2, "most_people": most, "score": score, "best_score": best}
    seen = await drafted(town, certificate=proof, left={"1": 1})
    assert said in seen.text
    assert ("Nobody more" in seen.text) == (most == 2)


async def test_without_pairs_nothing_is_said_of_how_well_they_fit(town: Town) -> None:
    proof = {"people": 0, "most_people": 0, "score": 0, "best_score": 0}
    seen = await drafted(town, certificate=proof, left={"1": 1})
    assert "best possible" not in seen.text
    assert "No better round" not in seen.text
    assert "Nobody more could be given a partner" in seen.text


async def test_how_pairs_are_chosen_is_told_with_a_way_back(town: Town) -> None:
    seen = await drafted(town)
    how = next(each for each in seen.data if each.startswith("round.how"))
    (told,) = await town.taps(seen.to, how)
    assert "at least 2 hours a week in common" in read(told)
    assert "• interests in common: 40%" in read(told)
    assert told.edit
    (back,) = await town.taps(seen.to, data_of(told)[0])
    assert "1 pair can be introduced" in read(back)


def test_all_weights_have_names() -> None:
    rules = Rules(
        needs=10, level=10, distance=10, agree=True, fit=True, alike={"age": 5}, mixed={"role": 5}
    )
    said = Tongue("en").say(chosen(rules)).replace("\u2068", "").replace("\u2069", "")
    for each in ("opinions that agree", "same answer to “age”", "different answers to “role”"):
        assert each in said
    assert "what this exchange asks for" in said
    percents = [int(line.rpartition(": ")[2][:-1]) for line in said.splitlines() if "%" in line]
    assert sum(percents) == 100
    assert "How well" not in Tongue("en").say(chosen(Rules(interests=0, opinions=0, hours=0)))


async def test_who_is_left_out_and_their_coordinator_hear_what_would_have_helped(
    town: Town,
) -> None:
    east, west = await both_sides(town)
    ana = await town.member(0, name="Ana", told=replace(READY, availability=("6-morning",)))
    for _each in range(6):
        await town.member(1, told=replace(READY, availability=("0-evening",)))
    text, round_id = await preview(town, east)
    would = "With one more time (Evening: Monday), 6 people would fit."
    assert f"• Ana: nobody there has time when they have. {would}" in text
    await town.taps(east, f"round.approve:{round_id}")
    told = await held(town, west, round_id)
    (mine,) = [each.text for each in told if each.to == ana.person_id]
    assert would in mine


async def test_a_language_spoken_a_little_is_known_to_the_matching(town: Town) -> None:
    east = await town.member(0, "coordinator")
    little = replace(READY, levels={"en": 1})
    assert Profile.of(little.as_json()) == little
    await town.member(0, told=little)
    await town.member(1)
    exchange_id = await town.exchange()
    async with town.store.begin() as db:
        await db.change(exchanges, exchange_id, rules={"least_level": 2})
    text, _round_id = await preview(town, east)
    assert "0 pairs can be introduced" in text
