"""Random walks of people over the whole bot: nothing raises, nobody is left out, the rules hold."""

from __future__ import annotations

import pytest

from tests.walks.walk import walk


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_short_walk_over_the_whole_bot(seed: int) -> None:
    """Seeds whose walks are short in time, too."""
    walk(seed, 40)


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [0, 5, *range(1000, 1100)])
def test_a_walk_over_the_whole_bot(seed: int) -> None:
    walk(seed, 50)
