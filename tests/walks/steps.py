"""What a walk is made of: steps that mean something wherever they stand, so that any can be left
out when a walk that fails is made shorter.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.walks.cast import NAMES, SOULS
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
    "\u200fشكرا\u200e",
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
WAYS_OUT = ("pause.sure:7", "pause.sure:0", "pause.end", "match.all")


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody does something; `n`, `m` and `k` choose among what there is, modulo its number."""

    does: str
    who: str
    n: int
    m: int
    k: int


async def taps(town: Town, step: Step) -> None:
    """Buttons of the newest message, one after what the other brought."""
    for n in (step.n, step.m, step.k)[: 1 + step.k % 3]:
        chat = town.chats[step.who]
        if at := chat.newest:
            await town.presses(step.who, chat.messages[at][n % len(chat.messages[at])], at)


async def taps_an_older_message(town: Town, step: Step) -> None:
    """A button that is still to be seen further up."""
    chat = town.chats[step.who]
    if found := sorted(id_ for id_, each in chat.messages.items() if each):
        at = found[-1 - step.n % min(6, len(found))]
        await town.presses(step.who, chat.messages[at][step.m % len(chat.messages[at])], at)


async def taps_what_was_once(town: Town, step: Step) -> None:
    """A button somebody once had: they themselves, or another."""
    other = step.who if step.k % 2 else NAMES[step.m % len(NAMES)]
    if ever := town.chats[other].ever:
        await town.presses(step.who, ever[step.n % len(ever)], town.chats[step.who].newest)


async def forges(town: Town, step: Step) -> None:
    """Callback data no button has, about rows there are."""
    ids, random = await town.ids(), Random(step.n)
    args = [
        random.choice(FORGED) if random.random() < 0.3 else str(random.choice(ids))
        for _ in range(step.m % 4)
    ]
    await town.presses(step.who, ":".join((ACTIONS[step.k % len(ACTIONS)], *args)))


async def commands(town: Town, step: Step) -> None:
    """A command, now and then with something behind it."""
    behind = f" {WORDS[step.m % len(WORDS)]}" if step.k % 8 == 0 else ""
    await town.says(step.who, f"/{COMMANDS[step.n % len(COMMANDS)]}{behind}")


async def writes(town: Town, step: Step) -> None:
    """A text, fitting or not."""
    await town.says(step.who, WORDS[step.n % len(WORDS)])


async def shares(town: Town, step: Step) -> None:
    """Something that is no text."""
    await town.shares(step.who, **SHARED[step.n % len(SHARED)])


async def opens_a_link(town: Town, step: Step) -> None:
    """A link that works, or worked, or never did."""
    known = (*town.doors.payloads, "claim-me", "x" * 32, "../..")
    await town.says(step.who, f"/start {known[step.n % len(known)]}")


async def signs_up(town: Town, step: Step) -> None:
    """By a link and through the questions, not always to the end."""
    side = SOULS[step.who].side
    door = town.doors.sides[step.n % 2 if side is None else side]
    await town.says(step.who, f"/start {door}")
    await _fills_in(town, step.who, step.m, 40 if step.k % 4 else step.k % 12)


async def fills_in(town: Town, step: Step) -> None:
    """Whatever form is open, to its end."""
    await _fills_in(town, step.who, step.n, 30)


async def _fills_in(town: Town, name: str, n: int, at_most: int) -> None:
    for each in range(at_most):
        messages = town.chats[name].messages
        at = max(messages, default=0)
        shown = [data for data in messages.get(at, ()) if data.startswith("form:")]
        if not shown:
            return
        if data := _answer(shown, n + each):
            await town.presses(name, data, at)
        else:
            asked = await town.asked(name)
            fitting = {"name": SOULS[name].shown, "at": f"{town.now:%Y-%m}-28 12:00"}
            await town.says(name, fitting.get(asked, WORDS[n % len(WORDS)]))


def _answer(shown: list[str], n: int) -> str:
    """The button that leads on; "" where something is to be written."""
    by = {each.split(":", 2)[2]: each for each in shown}
    for last in ("send", "on"):
        if last in by:
            return by[last]
    if "done" in by and any(each.startswith("-") for each in by):
        return by["done"]
    ways = [data for what, data in by.items() if what[:1] in {"=", "+"}]
    return ways[n % len(ways)] if ways else ""


async def hold_a_round(town: Town, _step: Step) -> None:
    """Both coordinators approve whatever round there is."""
    for name in ("olga", "omer"):
        await town.says(name, "/round")
        await _press(town, name, "round.approve")


async def all_say_yes(town: Town, step: Step) -> None:
    """Whoever is asked to meet somebody would like to, perhaps but one."""
    for name in NAMES:
        if name != step.who or step.n % 3:
            await _press(town, name, "match.yes")


async def plans_to_meet(town: Town, step: Step) -> None:
    """Proposes a time; whoever has one proposed agrees."""
    await town.says(step.who, "/meet")
    await _press(town, step.who, "meet.at", step.n)
    for other in NAMES if step.m % 4 else ():
        await _press(town, other, "match.show")
        await _press(town, other, "meet.agree")


async def tells(town: Town, step: Step) -> None:
    """Tells how a meeting was, planned here or not."""
    await town.says(step.who, "/log")
    if not await _press(town, step.who, ("log.open", "log.met")[step.k % 2], step.n):
        await _press(town, step.who, "log.days")
        await _press(town, step.who, "log.day", step.n)
    await _fills_in(town, step.who, step.n, 8)


async def takes_up(town: Town, step: Step) -> None:
    """What a card offers, to the end."""
    await town.says(step.who, "/" + ("match", "match", "history", "join")[step.m % 4])
    offers = ("match.leave", "relay.write", "match.ask", "ask.side", "match.no", "meet.days")
    await _press(town, step.who, offers[step.k % len(offers)], step.n)
    for action in ("match.left", "match.words", "meet.type", "join.side"):
        await _press(town, step.who, action, step.n)
    await _fills_in(town, step.who, step.n, 8)


async def _press(town: Town, name: str, action: str, n: int = 0) -> bool:
    newest = sorted(town.chats[name].messages.items())[-3:]
    found = [(at, data) for at, each in newest for data in each if data.split(":")[0] == action]
    if found:
        at, data = found[n % len(found)]
        await town.presses(name, data, at)
    return bool(found)


async def blocks_or_unblocks(town: Town, step: Step) -> None:
    """Stops the bot; the next time, or by writing, lets it back."""
    await town.blocks(step.who, not town.chats[step.who].blocked)


async def takes_a_way_out(town: Town, step: Step) -> None:
    """For a while, rarely for good."""
    for_good = step.m % 6 == 0
    await town.presses(step.who, "forget.sure" if for_good else WAYS_OUT[step.n % len(WAYS_OUT)])


async def time_passes(town: Town, step: Step) -> None:
    """Hours or days, with the bot up or down."""
    hours, minutes = HOURS[step.n % len(HOURS)], step.m % 60
    await town.passes(jump=step.k % 4 == 0, hours=hours, minutes=minutes)


Does = Callable[[Town, Step], Awaitable[None]]
WEIGHTS: dict[Does, int] = {
    taps: 30,
    taps_an_older_message: 12,
    taps_what_was_once: 8,
    forges: 8,
    commands: 14,
    writes: 8,
    shares: 3,
    opens_a_link: 3,
    signs_up: 4,
    fills_in: 6,
    hold_a_round: 4,
    all_say_yes: 5,
    plans_to_meet: 5,
    tells: 5,
    takes_up: 9,
    blocks_or_unblocks: 3,
    takes_a_way_out: 6,
    time_passes: 12,
}
BY_NAME = {each.__name__: each for each in WEIGHTS}
