"""What gets through the gate while an account floods, and what is told of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.capabilities import routes
from bot.delivery.events import Unreadable, chat_of, read
from bot.delivery.gate import Gate
from bot.delivery.ours import MISSED, TOO_FAST, PassedOver
from bot.domain.limits import PROTECTS
from bot.domain.missed import Missed

NOW, ANA, BO, GROUP = 1_790_000_000, 5_100_000_001, 5_100_000_002, -100_200_300
BURST = 40


def message(id_: int, text: str = "", who: int = ANA, chat: int = 0, **more: Any) -> dict[str, Any]:
    """An update with a message; its number in the chat is 1000 more."""
    where = {"id": chat or who, "type": "supergroup" if chat else "private"}
    sender = {"id": who, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    content = {"message_id": 1000 + id_, "from": sender, "chat": where, "date": NOW}
    return {"update_id": id_, "message": content | {"text": text or f"{id_}"} | more}


def tap(id_: int, data: str) -> dict[str, Any]:
    """An update with a tap on a button of ours."""
    under = message(1)["message"] | {"from": {"id": 1, "is_bot": True}}
    sender = message(1)["message"]["from"]
    return {"update_id": id_, "callback_query": {"from": sender, "message": under, "data": data}}


def flooded(many: int = BURST + 20) -> Gate:
    """A gate just after a flood of messages."""
    gate = Gate()
    gate.sift([message(n) for n in range(1, many + 1)], NOW)
    return gate


def ids(gate: Gate, *updates: Mapping[str, Any], now: float = NOW) -> list[int]:
    """Which of these are let in as they are."""
    let_in, _ = gate.sift(updates, now)
    return [each["update_id"] for each in let_in if not {MISSED, TOO_FAST} & each.keys()]


def missed(gate: Gate, *updates: Mapping[str, Any], now: float = NOW) -> list[PassedOver]:
    """What is told of what was dropped, along with these."""
    let_in, _ = gate.sift(updates, now)
    return [found for each in let_in if isinstance(found := read(each), PassedOver)]


@pytest.mark.parametrize(
    "text", ["/quick", "/quick blue door", "/QUICK@proxeny_bot", "/forget", "/delete"]
)
def test_what_protects_gets_through_a_flood(text: str) -> None:
    assert ids(flooded(), message(900, text)) == [900]
    assert ids(flooded(), message(900, "/match"), message(901, text[1:])) == []


@pytest.mark.parametrize("data", ["quick.now", "forget.sure"])
def test_buttons_that_protect_get_through_a_flood_of_taps(data: str) -> None:
    gate = Gate()
    ids(gate, *(tap(200 + n, "press:1") for n in range(BURST + 20)))
    assert ids(gate, tap(900, data), tap(901, "press:1")) == [900]


def test_what_protects_exists_and_has_no_limit_elsewhere() -> None:
    every = routes()
    assert every.commands.keys() | every.buttons.keys() >= PROTECTS
    assert PROTECTS.isdisjoint(every.limits)


def test_what_protects_is_not_endless_either() -> None:
    gate = flooded()
    assert ids(gate, *(message(n, "/quick") for n in range(900, 1000))) == list(range(900, 905))
    gate.people.a_second = 0  # it is the spare one that fills
    later = [message(n, "/quick", date=NOW + 10) for n in (1000, 1001)]
    assert ids(gate, *later, now=NOW + 10) == [1000]


def test_in_calm_the_spare_bucket_is_kept() -> None:
    gate = Gate()
    ids(gate, *(message(n, "/quick") for n in range(1, BURST + 1)))
    assert ids(gate, *(message(n, "/quick") for n in range(900, 910))) == list(range(900, 905))


def test_only_ones_own_words_in_ones_own_chat_are_spared() -> None:
    gate = flooded()
    forward = message(900, "/quick", forward_origin={"type": "user"})
    edited = {"update_id": 901, "edited_message": message(901, "/quick")["message"]}
    group = message(902, "/quick@proxeny_bot", chat=GROUP)
    odd = message(904, "/quick", location="here")
    flood = [message(n, chat=GROUP) for n in range(300, 300 + BURST)]
    ids(gate, *flood)
    assert ids(gate, forward, edited, group, message(903, "/quick", via_bot={"id": 9}), odd) == []
    assert ids(gate, message(905, "/quick")) == [905], "none of these used it up"


def test_the_first_that_is_too_many_is_told_though_what_protects_came_between() -> None:
    gate = Gate()
    ids(gate, *(message(n) for n in range(1, BURST + 1)))
    let_in, _ = gate.sift([message(900, "/quick"), message(901)], NOW)
    assert "message" in let_in[0]
    assert let_in[1][TOO_FAST]["message_id"] == 1901


def test_what_was_dropped_is_told_before_what_is_let_in_next() -> None:
    gate = flooded()
    let_in, _ = gate.sift([message(900, "/quick")], NOW)
    (told, quick) = let_in
    dropped = [Missed(n, 1000 + n, NOW) for n in range(BURST + 2, BURST + 21)]
    assert read(told) == PassedOver(ANA, tuple(dropped))
    assert (told["update_id"], chat_of(told)) == (-BURST - 21, ANA)
    assert quick["update_id"] == 900
    assert missed(gate, message(901, "/quick")) == [], "once"


def test_who_stays_silent_is_told_of_when_others_come() -> None:
    gate = flooded()
    assert missed(gate, message(900, who=BO)) == []
    (told,) = missed(gate, message(901, who=BO), now=NOW + 60)
    assert (told.telegram_id, len(told.messages)) == (ANA, 19)


def test_only_messages_of_ones_own_chat_are_told_and_only_so_many() -> None:
    gate = flooded(BURST + 2000)
    ids(gate, *(message(n, chat=GROUP, who=BO) for n in range(300, 400)))
    (of_ana,) = missed(gate, message(9000, "/quick"), message(9001, who=BO))
    assert (of_ana.telegram_id, len(of_ana.messages)) == (ANA, 300)


@pytest.mark.parametrize("marker", [{}, {"from": 1}, {"from": {"id": ANA}, "those": [[1]]}])
def test_what_only_looks_like_our_own_is_odd(marker: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read({"update_id": 1, MISSED: marker})


def test_what_could_not_be_stored_is_told_the_next_time() -> None:
    gate = flooded()
    for _ in range(3):
        _, before = gate.sift([message(900, "/quick")], NOW)
        gate.restore(before)
    (told,) = missed(gate, message(900, "/quick"))
    assert len(told.messages) == 19
