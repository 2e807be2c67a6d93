"""The nine tracks."""

from __future__ import annotations

from bot.domain.tracks import CITIZENS, TRACKS


def test_there_are_nine_by_their_number_and_citizens_meet_in_pairs() -> None:
    assert list(TRACKS) == [each.number for each in TRACKS.values()] == list(range(1, 10))
    assert "pair" in TRACKS[CITIZENS].formats
    assert all(each.formats for each in TRACKS.values())
