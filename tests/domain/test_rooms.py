"""Links that add the bot to a group or channel, and what it may do there."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rooms import CHANNEL_RIGHTS, GROUP_RIGHTS, Kind, News, adding_link

RIGHTS = sorted({*GROUP_RIGHTS, *CHANNEL_RIGHTS})
NEEDED: dict[Kind, tuple[str, ...]] = {"group": GROUP_RIGHTS, "channel": CHANNEL_RIGHTS}


@given(st.sampled_from(sorted(NEEDED)), st.frozensets(st.sampled_from(RIGHTS)))
def test_what_suffices_is_what_the_link_asks_for(kind: Kind, can: frozenset[str]) -> None:
    query = parse_qs(urlsplit(adding_link("some_bot", kind, "token")).query)
    asked = set(query["admin"][0].split())
    assert asked == set(NEEDED[kind])
    assert News("bot", -1, kind, can=can).suffices == (asked <= can)


@pytest.mark.parametrize("kind", sorted(NEEDED))
def test_the_token_goes_with_the_link(kind: Kind) -> None:
    link = urlsplit(adding_link("some_bot", kind, "a-b_c"))
    assert (link.hostname, link.path) == ("t.me", "/some_bot")
    assert parse_qs(link.query)[f"start{kind}"] == ["a-b_c"]
