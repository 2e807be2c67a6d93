"""Random walks of people over the whole bot: nothing raises, nobody is left out, the rules hold."""

from __future__ import annotations

import pytest

from tests.walks.walk import walk


@pytest.mark.parametrize("seed", range(8))
def test_a_short_walk_over_the_whole_bot(seed: int) -> None:
    walk(seed, 40)


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(1000, 1100))
def test_a_walk_over_the_whole_bot(seed: int) -> None:
    walk(seed, 50)
