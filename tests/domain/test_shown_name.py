"""The name somebody chooses for others to see."""

from __future__ import annotations

import pytest

from bot.domain.fields import Wrong
from bot.domain.replies import _
from bot.domain.shown_name import (
    checked_name,
    checked_participants_name,
    has_link,
    participants_name,
    staff_name,
)


@pytest.mark.parametrize("name", ["A", "ana.com", "@ana", "Ana 123456", "!!!"])
def test_names_nobody_may_have(name: str) -> None:
    for check in (checked_name, checked_participants_name):
        with pytest.raises(Wrong):
            check(name)


@pytest.mark.parametrize(
    "name", ["Coordinator", "coordinadora Eva", "Koordinatör", "Συντονίστρια η συντονιστής",
             "المنسق", "הרכז", "Safeguarding", "PROXENY", "Telegram help", "Admin", "the bot"]
)  # fmt: skip
def test_names_that_only_staff_may_have(name: str) -> None:
    assert checked_name(name) == name
    with pytest.raises(Wrong, match="take that for"):
        checked_participants_name(name)


@pytest.mark.parametrize("name", ["Ana", "عبد الله", "רחל", "Botan", "Abbott", "Νίκος", "Adm. X"])
def test_names_that_will_do(name: str) -> None:
    assert checked_participants_name(name) == name
    assert not has_link(name)


def test_each_is_told_who_sees_it() -> None:
    asked = [participants_name("name"), staff_name("own", _("Your name"))]
    assert [each.key for each in asked] == ["name", "own"]
    assert asked[0].question({}) != asked[1].question({})
