"""Each command and each button of a coordinator refuses everybody else."""

from __future__ import annotations

import inspect

import pytest

from bot.coordinators import invite, newnetwork, pairs, people, rounds, stats
from bot.domain.replies import Say
from bot.store import invites, matches, networks
from bot.store import rounds as stored_rounds
from bot.store.networks import Member
from tests.coordinators.town import CAPABILITIES, Town, found, read

COMMANDS = [name for each in CAPABILITIES for name in each.ROUTES.commands]
BUTTONS = {name: h for each in CAPABILITIES for name, h in each.ROUTES.buttons.items()}
NOTHING = {"pairs": 0, "people": {}, "own": {}, "left": {}, "certificate": {}}
KINDS = ["participant", "observer", "safeguarding", "stranger", "elsewhere", "paused"]


async def somebody(town: Town, kind: str) -> int:
    """A person who must not do what a coordinator of the town does."""
    if kind == "stranger":
        return await town.person()
    if kind == "elsewhere":
        return (await elsewhere(town)).person_id
    if kind == "paused":
        return (await town.member(0, "coordinator", state="paused")).person_id
    return (await town.member(0, kind)).person_id


async def elsewhere(town: Town) -> Member:
    """A coordinator of another network."""
    owner = await town.person()
    async with town.store.begin() as db:
        network_id = await found(db, owner, town.now)
        (side, _other) = await networks.sides_of(db, network_id)
    return await town.member(0, "coordinator", network_id=network_id, side_id=side.id)


async def things(town: Town) -> dict[str, int | str]:
    """One of each thing a button may be about, by the name of the handler's argument."""
    coordinator = await town.member(0, "coordinator")
    ana, bo = await town.member(0, name="Ana"), await town.member(1, name="Bo")
    pending = await town.member(0, state="pending")
    exchange_id = await town.exchange()
    async with town.store.begin() as db:
        who = [(ana.id, ana.side_id), (bo.id, bo.side_id)]
        far = town.now.replace(year=2027)
        match_id = await matches.propose(db, exchange_id, None, who, {}, town.now, far)
        round_id = await stored_rounds.ask(db, exchange_id, town.now, coordinator.id)
        await stored_rounds.set_draft(db, round_id, NOTHING, town.now)
        side_id = town.sides[0]
        await invites.create(db, town.network_id, side_id, "participant", 9, far, None)
        (link,) = await invites.of_network(db, town.network_id, town.now)
    return {
        "network_id": town.network_id,
        "side_id": side_id,
        "member_id": pending.id,
        "match_id": match_id,
        "round_id": round_id,
        "exchange_id": exchange_id,
        "invite_id": link.id,
        "role": "participant",
        "uses": 10,
        "days": 7,
        "state": "all",
        "after": 0,
    }


def callback(action: str, given: dict[str, int | str]) -> str:
    names = list(inspect.signature(BUTTONS[action]).parameters)[1:]
    return ":".join([action, *(str(given[name]) for name in names)])


def is_refusal(said: list[Say]) -> bool:
    return len(said) == 1 and read(said[0]).startswith("Only ")


@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_else_does_what_a_coordinator_does(town: Town, kind: str) -> None:
    given = await things(town)
    who = await somebody(town, kind)
    # A coordinator of another network may use the commands, for that network.
    commands = [] if kind == "elsewhere" else COMMANDS
    answers = {name: await town.says(who, f"/{name}") for name in commands}
    answers |= {action: await town.taps(who, callback(action, given)) for action in BUTTONS}
    assert {name for name, said in answers.items() if not is_refusal(said)} == set()
    async with town.store.begin() as db:
        member = await networks.member(db, int(given["member_id"]))
        match = await matches.by_id(db, int(given["match_id"]))
        round_ = await stored_rounds.by_id(db, int(given["round_id"]))
        link = await invites.by_id(db, int(given["invite_id"]))
        assert member
        assert match
        assert round_
        assert link
        states = (member.state, match.state, round_.state, link.uses_left)
    assert states == ("pending", "proposed", "draft", 9)


async def test_a_coordinator_is_answered_by_all_of_them(town: Town) -> None:
    given = await things(town)
    mine = await town.member(0, "coordinator")
    for action in BUTTONS:
        assert not is_refusal(await town.taps(mine, callback(action, given))), action


async def test_a_coordinator_does_not_decide_or_see_the_other_side_s_people(town: Town) -> None:
    given = await things(town)
    other = await town.member(1, "coordinator")
    about = [name for name, h in BUTTONS.items() if "member_id" in inspect.signature(h).parameters]
    for action in about:
        assert is_refusal(await town.taps(other, callback(action, given))), action
    assert len(about) > 5


def test_every_capability_has_its_line_in_the_menu() -> None:
    for each in (newnetwork, invite, people, rounds, pairs, stats):
        assert [command.name for command in each.MENU] == list(each.ROUTES.commands)
        assert all(command.for_coordinators for command in each.MENU)
