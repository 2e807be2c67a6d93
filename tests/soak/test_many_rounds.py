"""Thousands of small rounds against brute force: a bound that is wrong would be the worst."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, seed, settings

from bot.domain.matching import Candidate, Rules
from tests.domain.matching.strangers import Ids, id_pairs, people, rules
from tests.domain.matching.test_match import check_best

THOROUGH = settings(
    max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@pytest.mark.soak
@THOROUGH
@seed(20261122)
@given(people(), id_pairs(), rules())
def test_thousands_of_rounds_of_two_sides(
    who: list[Candidate], never: set[Ids], settled: Rules
) -> None:
    check_best(who, never, settled)


@pytest.mark.soak
@THOROUGH
@seed(20261123)
@given(people(sides=4, most=6), id_pairs(), rules())
def test_thousands_of_rounds_of_more_sides(
    who: list[Candidate], never: set[Ids], settled: Rules
) -> None:
    check_best(who, never, settled)
