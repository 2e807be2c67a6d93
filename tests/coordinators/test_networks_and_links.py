"""Claiming the bot, beginning a network, and letting people in by links."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.domain.replies import Say
from bot.participants import owner
from bot.router import Event, Turn
from bot.store import facts, invites, networks, people
from bot.store.db import Store
from tests.coordinators.town import HERE, NOON, Town, data_of, read


async def labelled(town: Town, who: int, said: Say, label: str) -> list[Say]:
    """Presses the button that has this text."""
    texts = {read(replace(said, text=b.text)): b.data for row in said.buttons for b in row}
    return await town.taps(who, texts[label])


async def fills_in(town: Town, who: int, *answers: str) -> Say:
    """Goes through /newnetwork; what is a button is pressed, the rest is written."""
    (said,) = await town.says(who, "/newnetwork")
    return await fills_in_on(town, who, said, *answers)


async def fills_in_on(town: Town, who: int, said: Say, *answers: str) -> Say:
    """Goes on from a question."""
    for answer in answers:
        shown = [read(replace(said, text=b.text)) for row in said.buttons for b in row]
        if answer in shown:
            said, *_rest = await labelled(town, who, said, answer)
        else:
            said, *_rest = await town.says(who, answer)
    return said


STATEMENTS = "One school for both.\n\n Borders <b>matter</b>."
BRIDGE = (
    "Yes, I agree", "Bridge", "Two",
    "East", "Greek", "Greece",
    "West", "turkish", "United States", "New York",
    "East", "Olga", "Yes, coordinators approve", "Only people with an invitation",
    "Coordinators of every side", STATEMENTS,
)  # fmt: skip


async def test_an_owner_begins_a_network(town: Town) -> None:
    who = await town.person()
    async with town.store.begin() as db:
        await people.make_owner(db, who)
    review = await fills_in(town, who, *BRIDGE)
    assert "New York" in read(review)
    assert "• Borders &lt;b&gt;matter&lt;/b&gt;." in read(review)
    said, menu = await labelled(town, who, review, "Create the network")
    assert "Bridge" in read(said)
    async with town.store.begin() as db:
        (mine,) = await networks.memberships(db, who)
        network = await networks.by_id(db, mine.network_id)
        east, west = await networks.sides_of(db, mine.network_id)
        person = await people.by_id(db, who)
    assert person is not None
    assert (person.consented_at, person.zone) == (town.now, "Europe/Athens")
    assert menu.to == who
    assert network is not None
    assert network.statements == ["One school for both.", "Borders <b>matter</b>."]
    assert (mine.name, mine.told.zone) == ("Olga", "Europe/Athens")
    assert (network.name, network.open, network.approval, network.joint_rounds) == (
        "Bridge", False, True, True,
    )  # fmt: skip
    assert (east.name, east.language, east.country, east.zone) == (
        "East",
        "el",
        "GR",
        "Europe/Athens",
    )
    assert (west.language, west.country, west.zone) == ("tr", "US", "America/New_York")
    assert (mine.role, mine.side_id) == ("owner", east.id)
    (sides,) = await town.taps(who, data_of(said)[0])
    assert read(sides) == "To which side?"


async def test_two_sides_cannot_have_one_name(town: Town) -> None:
    town.owned_by(0)
    who = await town.person()
    async with town.store.begin() as db:
        await people.make_owner(db, who)
    said = await fills_in(town, who, *BRIDGE[:6], "east")
    assert "called that already" in read(said)


async def test_an_owner_named_in_the_settings_may_begin_and_others_may_not(town: Town) -> None:
    who = await town.person()
    (said,) = await town.says(who, "/newnetwork")
    assert read(said).startswith("Only the owner")
    async with town.store.begin() as db:
        person = await people.by_id(db, who)
    assert person is not None
    town.owned_by(person.telegram_id)
    (said,) = await town.says(who, "/newnetwork")
    assert "What is stored" in read(said)
    (said,) = await labelled(town, who, said, "No, thank you")
    assert read(said) == "Nothing was changed."
    said = await fills_in(town, who, "Yes, I agree")
    assert read(said) == "What is the network called?"


@pytest.mark.parametrize(
    ("statements", "problem"),
    [
        ("\n".join("abcdefghi"), "more than 8"),
        ("x" * 201, "201 characters long"),
        ("x" * 4096, "4,096 characters long"),
    ],
)
async def test_statements_that_are_too_many_or_too_long(
    town: Town, statements: str, problem: str
) -> None:
    who = await town.person()
    async with town.store.begin() as db:
        await people.make_owner(db, who)
    said = await fills_in(town, who, *BRIDGE[:-1], statements)
    assert problem in read(said)
    said = await fills_in_on(town, who, said, "Skip")
    assert "<b>Statements:</b> not answered" in read(said)


async def test_the_first_to_open_the_link_owns_the_bot(store: Store) -> None:
    async with store.begin() as db:
        unused = await facts.claim_token(db)
        token = await facts.claim_token(db)
        assert token is not None
        assert unused is not None
        ana, bo = [await people.met(db, id_, "en", NOON) for id_ in (1, 2)]

        async def claim(who: people.Person, with_: str) -> str:
            said, *_menu = await owner.claim(Turn(db, who, Event(), NOON, HERE), with_)
            return read(said)

        assert "does not work" in await claim(bo, unused)
        assert "yours now" in await claim(ana, token)
        assert "does not work" in await claim(bo, token)
        owners = [each.is_owner for each in (await people.by_ids(db, {ana.id, bo.id})).values()]
        assert sorted(owners) == [False, True]
        assert await facts.claim_token(db) is None


async def makes_link(town: Town, who: int, side: int, role: str, uses: int, days: int) -> Say:
    (said,) = await town.taps(who, f"invite.make:{town.sides[side]}:{role}:{uses}:{days}")
    return said


def token_of(said: Say) -> str:
    found = re.search(r"https://t\.me/proxeny_bot\?start=([\w-]{22,})", read(said))
    assert found is not None
    return found[1]


async def test_a_coordinator_s_link_leads_to_their_own_side(town: Town) -> None:
    mine = (await town.member(0, "coordinator")).person_id
    (said,) = await town.says(mine, "/invite")
    for label in ("Participants", "50 people", "30 days"):
        (said,) = await labelled(town, mine, said, label)
    assert said.file is not None
    assert said.file.picture
    assert said.file.data.startswith(b"\x89PNG")
    assert "It works for 50 people." in read(said)
    async with town.store.begin() as db:
        link = await invites.by_token(db, token_of(said))
    assert link is not None
    assert (link.side_id, link.role, link.uses_left) == (town.sides[0], "participant", 50)
    refused = await makes_link(town, mine, 1, "participant", 10, 7)
    assert read(refused).startswith("Only coordinators")


@pytest.mark.parametrize(
    ("role", "uses", "days"),
    [("owner", 1, 7), ("participant", 11, 7), ("participant", 10, 8), ("coordinator", 200, 7)],
)
async def test_a_link_that_is_not_offered_is_not_made(
    town: Town, role: str, uses: int, days: int
) -> None:
    mine = (await town.member(0, "coordinator")).person_id
    said = await makes_link(town, mine, 0, role, uses, days)
    assert "no longer works" in read(said)


async def test_links_are_listed_and_taken_back(town: Town) -> None:
    mine = (await town.member(0, "coordinator")).person_id
    other = (await town.member(1, "coordinator")).person_id
    made = await makes_link(town, mine, 0, "observer", 10, 7)
    (theirs,) = await town.taps(other, f"invite.list:{town.network_id}")
    assert read(theirs) == "No link is in use."
    (listed,) = await town.taps(mine, f"invite.list:{town.network_id}")
    assert "East · observer · 10 uses left" in read(listed)
    (after,) = await town.taps(mine, data_of(listed)[0])
    assert read(after) == "No link is in use."
    async with town.store.begin() as db:
        link = await invites.by_token(db, token_of(made))
    assert link is not None
    assert not link.good(town.now)
