"""Random walks of people over the whole bot: nothing raises, nobody is left out, the rules hold."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.walks.machine import Walk

ANYHOW = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    print_blob=True,
)


@pytest.mark.timeout(300)
def test_short_walks_over_the_whole_bot() -> None:
    """The same walks every time."""
    short = settings(ANYHOW, max_examples=8, stateful_step_count=40, derandomize=True)
    run_state_machine_as_test(Walk, settings=short)


@pytest.mark.soak
@pytest.mark.timeout(1000)
def test_long_walks_over_the_whole_bot() -> None:
    """Others every time."""
    run_state_machine_as_test(
        Walk, settings=settings(ANYHOW, max_examples=100, stateful_step_count=50)
    )
