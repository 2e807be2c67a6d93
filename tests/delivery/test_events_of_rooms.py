"""What is read of groups and channels: a token, a request, the bot's own part. Nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.events import Heard, Unreadable, read, without_talk
from bot.domain.rooms import News

TOKEN = "a" * 32
ANA = {"id": 5_100_000_001, "is_bot": False, "first_name": "Ana"}
GROUP = {"id": -1_002_100_000_001, "type": "supergroup", "title": "Circle"}
CHANNEL = GROUP | {"type": "channel"}


def message(text: object, **more: Any) -> dict[str, Any]:
    """A message of Ana in the group."""
    body = {"message_id": 7, "chat": GROUP, "from": ANA, "text": text}
    return {"update_id": 1, "message": body | more}


def change(status: str, chat: dict[str, Any] = GROUP, **rights: bool) -> dict[str, Any]:
    """The bot's part in a chat, changed by Ana."""
    member = {"user": {"id": 1, "is_bot": True}, "status": status} | rights
    return {
        "update_id": 1,
        "my_chat_member": {"chat": chat, "from": ANA, "new_chat_member": member},
    }


@pytest.mark.parametrize("text", [f"/start {TOKEN}", f"/start@some_bot {TOKEN}"])
def test_a_token_is_read(text: str) -> None:
    update = message(text)
    news = News("token", GROUP["id"], "group", ANA["id"], "Circle", token=TOKEN)
    assert read(update) == news
    assert without_talk(update) == update


@given(st.text() | st.sampled_from(["/start", "/start short", "/forget", f"/start {TOKEN} x"]))
def test_talk_is_not_read_and_not_kept(text: str) -> None:
    assert read(message(text)) is None
    assert without_talk(message(text)) == {"update_id": 1}


@pytest.mark.parametrize("text", [None, 5, [], {"x": 1}])
def test_talk_without_text_is_not_kept_either(text: object) -> None:
    assert without_talk(message(text)) == {"update_id": 1}


def test_malformed_talk_is_not_kept() -> None:
    assert without_talk(message("x", migrate_to_chat_id="no")) == {"update_id": 1}
    assert without_talk(message(f"/start {TOKEN}", **{"from": "no"})) == {"update_id": 1}


def test_a_bot_s_token_is_not_read() -> None:
    assert read(message(f"/start {TOKEN}", **{"from": ANA | {"is_bot": True}})) is None


def test_what_is_said_in_private_is_kept() -> None:
    private = {"id": ANA["id"], "type": "private"}
    update = message("hello", chat=private)
    assert without_talk(update) == update
    assert isinstance(read(update), Heard)


def test_a_group_that_moves() -> None:
    news = read(message(None, migrate_to_chat_id=-1_002_000_000_009))
    assert isinstance(news, News)
    assert (news.what, news.moved_to, news.by) == ("moved", -1_002_000_000_009, 0)


@pytest.mark.parametrize(
    ("status", "rights", "here", "suffices"),
    [
        ("administrator", {"can_invite_users": True, "can_restrict_members": True}, True, True),
        ("administrator", {"can_invite_users": True, "can_restrict_members": False}, True, False),
        ("member", {}, True, False),
        ("left", {}, False, False),
        ("kicked", {}, False, False),
    ],
)
def test_the_bot_s_own_part(
    status: str, rights: dict[str, bool], here: bool, suffices: bool
) -> None:
    news = read(change(status, **rights))
    assert isinstance(news, News)
    assert (news.what, news.here, news.suffices, news.by) == ("bot", here, suffices, ANA["id"])


def test_a_channel_is_told_from_a_group() -> None:
    news = read(change("administrator", CHANNEL, can_post_messages=True, can_invite_users=True))
    assert isinstance(news, News)
    assert (news.kind, news.suffices) == ("channel", True)


def test_somebody_asks_to_be_let_in() -> None:
    request = {"chat": GROUP, "from": ANA, "user_chat_id": ANA["id"], "date": 1}
    news = read({"update_id": 1, "chat_join_request": request})
    assert news == News("asked", GROUP["id"], "group", ANA["id"], "Circle")


@pytest.mark.parametrize(
    "spoiled",
    [{"chat": {}}, {"chat": GROUP | {"id": 5}}, {"chat": GROUP | {"type": "x"}}, {"from": None}],
)
def test_a_bad_shape_is_unreadable(spoiled: dict[str, Any]) -> None:
    request = {"chat": GROUP, "from": ANA} | spoiled
    with pytest.raises(Unreadable):
        read({"update_id": 1, "chat_join_request": request})
