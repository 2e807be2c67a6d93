"""A random walk of people over the whole bot, as a state machine hypothesis can shrink.

All draws are small numbers taken modulo what there is, so that a walk can be walked again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.walks.cast import NAMES, SOULS
from tests.walks.founding import Shape
from tests.walks.town import DOES, Town

COMMANDS = (*sorted(DOES.routes.commands), "nonsense", "", "start@proxeny_bot", "START")
ACTIONS = (*sorted(DOES.routes.buttons), "go", "nobody", "")
WORDS = (
    "2026-12-03 17:30",
    "2020-01-01 12:00",
    "hello",
    "Greece",
    "Atlantis",
    "English",
    "<b>&amp;{name}",
    "x" * 4096,
    "😀" * 2048,
    "\u202e\u2066\x00\x07",
    "‏شكرا‎",
    " \n\t ",
    "e\u0301" * 40,
    "\ud83d",
    "3",
)
SHARED: tuple[dict[str, Any], ...] = (
    {"sticker": {}},
    {"voice": {}},
    {"photo": [{}], "caption": "hello"},
    {"location": {"latitude": 35.17, "longitude": 33.36}},
    {"location": {"latitude": 0.0, "longitude": 0.0}},
    {"location": {"latitude": -91, "longitude": 999}},
    {"contact": {"phone_number": "1"}},
    {"text": ""},
)
FORGED = ("", "1", "0", "-1", "x", "9" * 19, "9" * 25, "٣", "\u202e", "none", "yes", "all", "GO")
HOURS = (0, 1, 3, 8, 25, 80, 400)

who = st.sampled_from(NAMES)
some = st.integers(0, 999)


class Walk(RuleBasedStateMachine):
    """Everybody does whatever they can, could earlier, or never could."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.town: Town | None = None

    def run(self, step: Coroutine[Any, Any, None]) -> None:
        """Takes a step."""
        self.loop.run_until_complete(step)

    @property
    def at(self) -> Town:
        """Where the walk is."""
        assert self.town is not None
        return self.town

    @initialize(flags=st.tuples(*[st.booleans()] * 4))
    def founds(self, flags: tuple[bool, bool, bool, bool]) -> None:
        self.town = self.loop.run_until_complete(Town.open(Shape(*flags)))

    @rule(name=who, taps=st.lists(some, min_size=1, max_size=5))
    def taps(self, name: str, taps: list[int]) -> None:
        """Buttons of the newest message, each after what the one before brought."""
        for n in taps:
            chat = self.at.chats[name]
            if at := chat.newest:
                self.run(self.at.presses(name, chat.messages[at][n % len(chat.messages[at])], at))

    @rule(name=who, n=some, m=some)
    def taps_an_older_message(self, name: str, n: int, m: int) -> None:
        """A button that is still to be seen."""
        chat = self.at.chats[name]
        if found := sorted(id_ for id_, each in chat.messages.items() if each):
            at = found[n % len(found)]
            self.run(self.at.presses(name, chat.messages[at][m % len(chat.messages[at])], at))

    @rule(name=who, other=who, n=some)
    def taps_what_was_once(self, name: str, other: str, n: int) -> None:
        """A button somebody once had: they themselves, or another."""
        ever = self.at.chats[other].ever
        if ever:
            self.run(self.at.presses(name, ever[-1 - n % len(ever)], self.at.chats[name].newest))

    @rule(name=who, action=st.sampled_from(ACTIONS), args=st.lists(st.tuples(some, some)))
    def forges(self, name: str, action: str, args: list[tuple[int, int]]) -> None:
        """Callback data no button has, about rows there are."""
        ids = self.loop.run_until_complete(self.at.ids())
        given = [str(ids[n % len(ids)]) if m % 3 else FORGED[n % len(FORGED)] for n, m in args[:4]]
        self.run(self.at.presses(name, ":".join((action, *given))))

    @rule(name=who, command=st.sampled_from(COMMANDS), n=some)
    def commands(self, name: str, command: str, n: int) -> None:
        """A command, now and then with something behind it."""
        behind = f" {WORDS[n % len(WORDS)]}" if n % 5 == 0 else ""
        self.run(self.at.says(name, f"/{command}{behind}"))

    @rule(name=who, n=some)
    def writes(self, name: str, n: int) -> None:
        """A text, fitting or not."""
        self.run(self.at.says(name, (*WORDS, SOULS[name].shown)[n % (len(WORDS) + 1)]))

    @rule(name=who, content=st.sampled_from(SHARED))
    def shares(self, name: str, content: dict[str, Any]) -> None:
        """Something that is no text."""
        self.run(self.at.shares(name, **content))

    @rule(name=who, n=some)
    def opens_a_link(self, name: str, n: int) -> None:
        """A link that works, or worked, or never did."""
        known = (*self.at.doors.payloads, "claim-me", "x" * 32, "../..")
        self.run(self.at.says(name, f"/start {known[n % len(known)]}"))

    @rule(name=st.sampled_from(("yannis", "selin", "zed", "eleni")), n=some, until=some)
    def signs_up(self, name: str, n: int, until: int) -> None:
        """By a link and through the questions, not always to the end."""
        side = SOULS[name].side
        self.run(self.at.says(name, f"/start {self.at.doors.sides[side if side is not None else n % 2]}"))
        self.run(self._fills_in(name, n, 40 if until % 4 else until % 12))

    @rule(name=who, n=some)
    def fills_in(self, name: str, n: int) -> None:
        """Whatever form is open, to its end."""
        self.run(self._fills_in(name, n, 30))

    async def _fills_in(self, name: str, n: int, at_most: int) -> None:
        for step in range(at_most):
            chat = self.at.chats[name]
            at = max(chat.messages, default=0)
            shown = [each for each in chat.messages.get(at, ()) if each.startswith("form:")]
            if not shown:
                return
            data = _answer(shown, n + step)
            if data:
                await self.at.presses(name, data, at)
            else:
                await self.at.says(name, SOULS[name].shown)

    @rule()
    def hold_a_round(self) -> None:
        """Both coordinators approve whatever round there is."""
        for name in ("olga", "omer"):
            self.run(self.at.says(name, "/round"))
            self._press(name, "round.approve")

    @rule(but=who)
    def all_say_yes(self, but: str) -> None:
        """Whoever is asked to meet somebody would like to."""
        for name in NAMES:
            if name != but:
                self.run(self.at.says(name, "/match"))
                self._press(name, "match.yes")

    @rule(name=who, n=some)
    def plans_to_meet(self, name: str, n: int) -> None:
        """Proposes a time; whoever has one proposed agrees."""
        self.run(self.at.says(name, "/meet"))
        self._press(name, "meet.at", n)
        for other in NAMES if n % 3 else ():
            self.run(self.at.says(other, "/meet"))
            self._press(other, "meet.agree")

    def _press(self, name: str, action: str, n: int = 0) -> None:
        chat = self.at.chats[name]
        found = [
            (id_, data)
            for id_, each in sorted(chat.messages.items())[-3:]
            for data in each
            if data.partition(":")[0] == action
        ]
        if found:
            at, data = found[n % len(found)]
            self.run(self.at.presses(name, data, at))

    @rule(name=who)
    def blocks_or_unblocks(self, name: str) -> None:
        """Stops the bot; the next time, or by writing, lets it back."""
        self.run(self.at.blocks(name, not self.at.chats[name].blocked))

    @rule(name=who, n=some)
    def forgets_or_pauses(self, name: str, n: int) -> None:
        """The ways out, for good or for a while."""
        ways = ("pause.sure:7", "pause.sure:0", "pause.end", "forget.sure")
        self.run(self.at.presses(name, ways[n % len(ways)]))

    @rule(hours=st.sampled_from(HOURS), minutes=st.integers(0, 59), was_down=st.booleans())
    def time_passes(self, hours: int, minutes: int, was_down: bool) -> None:
        """Hours or days, with the bot up or down."""
        self.run(self.at.passes(jump=was_down, hours=hours, minutes=minutes))

    def teardown(self) -> None:
        """Leaves nothing behind."""
        if self.town is not None:
            self.run(self.town.close())
        self.loop.close()


def _answer(shown: list[str], n: int) -> str:
    """The button that leads on; "" where something is to be written."""
    by = {each.partition(":")[2].partition(":")[2]: each for each in shown}
    for last in ("send", "on"):
        if last in by:
            return by[last]
    picked = any(each.startswith("-") for each in by)
    if picked and "done" in by:
        return by["done"]
    ways = [data for what, data in by.items() if what[:1] in {"=", "+"}]
    return ways[n % len(ways)] if ways else ""
