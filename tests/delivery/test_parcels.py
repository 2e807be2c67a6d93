"""What is read of a message that could be passed on."""

from __future__ import annotations

import pytest

from bot.delivery.parcels import read
from bot.domain.revealing import showing


@pytest.mark.parametrize(
    "kind", ["url", "email", "phone_number", "mention", "text_link", "text_mention"]
)
def test_whatever_telegram_finds_in_words_is_asked_about(kind: str) -> None:
    found = [{"type": kind, "offset": 4, "length": 8}]
    message = {"message_id": 1, "text": "see ahmad.io", "entities": found}
    parcel = read(message)
    assert parcel
    assert showing(parcel)
    plain = read({**message, "entities": [{"type": "bold", "offset": 4, "length": 8}]})
    assert plain
    assert showing(plain) == []


def test_a_sticker_of_a_set_a_place_and_a_venue_are_asked_about() -> None:
    where = {"latitude": 1, "longitude": 2}
    for content in (
        {"sticker": {"file_id": "F", "set_name": "ana_by_bot"}},
        {"location": where},
        {"location": where, "venue": {"location": where, "title": "Home", "address": "x"}},
    ):
        parcel = read({"message_id": 1, **content})
        assert parcel
        assert len(showing(parcel)) == 1
    bare = read({"message_id": 1, "sticker": {"file_id": "F"}})
    assert bare
    assert showing(bare) == []
