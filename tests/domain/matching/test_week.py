"""Hours of the week, the same for everybody."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.matching import week_hours

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_hours_are_those_of_the_coming_week_on_the_clocks_of_the_zone() -> None:
    winter = week_hours(["0-morning"], "Europe/Athens", NOW)
    summer = week_hours(["0-morning"], "Europe/Athens", datetime(2026, 3, 30, tzinfo=UTC))
    assert (winter, summer) == ({7, 8, 9}, {6, 7, 8})
    assert week_hours(["0-morning"], "Pacific/Auckland", NOW) == {164, 165, 166}
    assert week_hours(["0-morning"], "Asia/Kolkata", NOW) == {4, 5}
    assert week_hours(["7-morning", "0-noon", "", "x"], "UTC", NOW) == frozenset()
    assert week_hours(["0-morning"], "Mars/Base", NOW) == frozenset()
