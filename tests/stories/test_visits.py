"""Tracks 4 and 5: a team visits who has room for it, and a class meets a class of its level."""

from __future__ import annotations

from tests.play import Actor, Stage
from tests.stories.report import reported
from tests.stories.venue import venue

TEAM = "A sports team"


async def introduced(one: Actor, other: Actor) -> str:
    """Both say yes; what the one reads of the other's group."""
    for actor in (one, other):
        await actor.chooses("There is somebody you could meet.", "Yes, I would like to meet")
        await actor.person.waits()
    await one.chooses("There is good news about your introduction", "Show")
    return (await one.meets_partner()).text


async def test_a_team_visits_who_has_room_for_it(stage: Stage) -> None:
    at = await venue(stage, 4, "delegation", [["Ana", "Bea"], ["Nour", "Omar"]])
    await at.takes_part("Ana", "Visits of groups", TEAM, "We would like to visit", "14", "Skip")
    await at.takes_part("Bea", "Visits of groups", TEAM, "We would like to visit", "40", "Skip")
    await at.takes_part(
        "Nour", "Visits of groups", TEAM, "We would like to have guests", "16", "Skip"
    )
    choir = "A choir, band or dance group"
    await at.takes_part(
        "Omar", "Visits of groups", choir, "We would like to have guests", "60", "Skip"
    )
    await at.holds_a_round()
    ana, nour = at.people["Ana"], at.people["Nour"]
    for name in ("Bea", "Omar"):
        await at.people[name].sees("I could not find anybody for you yet.")
    card = await introduced(ana, nour)
    assert "Group: A sports team" in card
    assert "Room for guests: 16" in card
    await at.meets(ana, nour, 2)
    lines = await reported(stage, at.olga, at.sides[0].network_id, 4)
    assert lines[1:4] == ["Took part: 4", "Met: 2", "Introductions: 1"]


async def test_a_class_meets_a_class_of_its_level(stage: Stage) -> None:
    at = await venue(stage, 5, "delegation", [["Ana"], ["Nour", "Omar"]])
    await at.takes_part("Omar", "Class with class", "History", "Primary school", "9")
    for name, pupils in (("Ana", "24"), ("Nour", "22")):
        await at.takes_part(name, "Class with class", "History", "Secondary school", pupils)
    await at.holds_a_round()
    await at.people["Omar"].sees("I could not find anybody for you yet.")
    ana = at.people["Ana"]
    card = await introduced(ana, at.people["Nour"])
    assert "Class size: 22" in card
    assert "The programme" in (await ana.person.last()).labels
    await at.meets(ana, at.people["Nour"], 2)
    lines = await reported(stage, at.olga, at.sides[0].network_id, 5)
    assert lines[1:4] == ["Took part: 3", "Met: 2", "Introductions: 1"]
