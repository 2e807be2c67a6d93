"""The table of rights, walked: every command and button × role × side × state, four ways.

What somebody may do is decided by `bot.domain.rights` alone. Each turn is rolled back, so that all
of them find the same network.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.capabilities import routes
from bot.domain.replies import Say
from bot.domain.rights import RIGHTS, ROLES, Reach, Right, may, reach
from bot.i18n import Tongue
from bot.router import Event, Here, Turn, answer
from bot.store import people
from bot.store.db import Db
from tests.coordinators.everything import Everything, settled_with_everything
from tests.coordinators.town import Town

ROUTES = routes()
GUARDED = ROUTES.needs
COMMANDS = sorted(name for name in GUARDED if name in ROUTES.commands)
BUTTONS = sorted(name for name in GUARDED if name in ROUTES.buttons)
IDLE = ("paused", "held", "pending", "declined", "left")
"""States in which nobody has any right."""


class Undone(Exception):
    """Raised at the end of a turn, so that it leaves nothing behind."""


@pytest.fixture
async def all_of_it(town: Town) -> Everything:
    return await settled_with_everything(town)


@asynccontextmanager
async def undone(town: Town) -> AsyncIterator[Db]:
    """A transaction that never happened."""
    try:
        async with town.store.begin() as db:
            yield db
            raise Undone
    except Undone:
        pass


async def turn(town: Town, person_id: int, event: Event) -> list[Say]:
    """What somebody is answered, with nothing changed by it."""
    said: list[Say] = []
    async with undone(town) as db:
        me = await people.by_id(db, person_id)
        assert me is not None
        said.extend(await answer(ROUTES, Turn(db, me, event, town.now, Here("proxeny_bot"))))
    return said


def ways(name: str, things: Everything, at: int) -> list[Event]:
    """How one may try: by command, by a tap, by old or forged buttons of the other network."""
    if name in ROUTES.commands:
        return [
            Event(command=name),
            Event(command=name, text="1 2 3"),
            Event(action="go", args=(name,)),
        ]
    wanted = list(inspect.signature(ROUTES.buttons[name]).parameters.values())[1:]
    tap = tuple(things.of(each.name, each.annotation, at) for each in wanted)
    old = tuple(things.old(each.name, each.annotation, at) for each in wanted)
    nothing = tuple("1" for _each in wanted)
    return [
        Event(action=name, args=args, message_id=7) for args in dict.fromkeys((tap, old, nothing))
    ]


def is_refusal(said: list[Say]) -> bool:
    """Whether they were turned away, and nobody else heard of it."""
    text = Tongue("en").say(said[0].text)
    return len(said) == 1 and text.startswith("Only coordinators of the network can do that.")


def shown_to(said: list[Say], person_id: int) -> str:
    """All that a person reads, buttons included."""
    tongue = Tongue("en")
    mine = [each for each in said if each.to == person_id]
    buttons = [tongue.label(key.text) for each in mine for row in each.buttons for key in row]
    return "\n".join([*(tongue.say(each.text) for each in mine), *buttons])


@pytest.mark.parametrize("role", ROLES)
async def test_the_table_is_walked_and_no_name_of_the_other_side_is_read(
    all_of_it: Everything, role: str
) -> None:
    wrong, read = [], []
    for at in (0, 1):
        me = all_of_it.members[role, at, "active"]
        for name, right in GUARDED.items():
            for event in ways(name, all_of_it, at):
                said = await turn(all_of_it.town, me.person_id, event)
                if is_refusal(said) and may(role, right) and event.args[:1] != ("1",):
                    wrong.append((name, event, "is refused, and may"))
                if not is_refusal(said) and not may(role, right):
                    wrong.append((name, event, "is answered, and may not"))
                text = shown_to(said, me.person_id)
                read += [(name, word) for word in all_of_it.names_of(1 - at) if word in text]
    assert wrong == []
    assert read == []


@pytest.mark.parametrize("state", IDLE)
async def test_nobody_has_a_right_who_is_not_active(all_of_it: Everything, state: str) -> None:
    answered = [
        (name, role)
        for role in ROLES
        for name in GUARDED
        for event in ways(name, all_of_it, 0)[:1]
        if not is_refusal(
            await turn(all_of_it.town, all_of_it.members[role, 0, state].person_id, event)
        )
    ]
    assert answered == []


@pytest.mark.parametrize("at", [0, 1])
async def test_strangers_and_owners_of_other_networks_are_refused(
    all_of_it: Everything, at: int
) -> None:
    answered = []
    for name in GUARDED:
        for event in ways(name, all_of_it, at):
            strange = await turn(all_of_it.town, all_of_it.stranger, event)
            if not is_refusal(strange):
                answered.append((name, event, "a stranger"))
            if name in ROUTES.buttons and ROUTES.buttons[name].__name__ != "back":
                said = await turn(all_of_it.town, all_of_it.elsewhere.person_id, event)
                answered += [(name, event, word) for word in all_of_it.words_in(said)]
    assert answered == []


def test_every_right_opens_something_and_everything_of_coordinators_needs_one() -> None:
    within = {Right.NAME_CONTACTS}  # what /invite asks for before it shows that choice
    assert set(GUARDED.values()) == set(Right) - within
    assert set(RIGHTS) == set(Right)
    assert all(
        reach(role, Right.SAFEGUARD) is Reach.NONE for role in ROLES if role != "safeguarding"
    )
    assert {name for name in COMMANDS if not may("owner", GUARDED[name])} <= {"safeguard"}
