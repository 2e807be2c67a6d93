"""What a member told, as it is stored and as it is understood."""

from __future__ import annotations

from bot.domain.people import FIRST, LITTLE, WELL, Profile


def test_a_language_nobody_asked_about_is_spoken_well() -> None:
    told = Profile(("en", "el", "tr"), levels={"el": FIRST, "tr": LITTLE, "ar": FIRST})
    assert told.spoken == {"en": WELL, "el": FIRST, "tr": LITTLE}


def test_what_is_stored_comes_back_and_older_answers_are_understood() -> None:
    told = Profile(("en",), "UTC", ("online",), levels={"en": LITTLE}, capacity=3)
    assert Profile.of(told.as_json()) == told
    old = Profile.of({"languages": ["en"], "zone": "UTC"})
    assert (old.spoken, old.capacity) == ({"en": WELL}, 1)
