"""Track 3: what one offers the other needs, sector by sector, from the questions to a deal."""

from __future__ import annotations

from bot.store import outcomes, pairings
from tests.play import Actor, Stage
from tests.stories.report import reported
from tests.stories.venue import Venue, venue

ACTIVITY = "Business contacts"
TELLING = (
    ("Have you bought, sold or lent each other anything?", "Yes"),
    ("Have you begun something together that will go on?", "No"),
    ("Have you told family or friends about these meetings?", "Yes"),
    ("Has somebody else joined in because of you?", "Skip"),
)


async def enrol(at: Venue) -> None:
    """Two growers and hauliers, two makers of software and of pictures; one of each a side."""
    for name, sector, offers, needs in (
        ("Ana", "Food and farming", "Food and farm produce", "Transport and storage"),
        ("Bea", "Technology", "Software and technology", "Design and media"),
        ("Nour", "Food and farming", "Transport and storage", "Customers"),
        ("Omar", "Technology", "Design and media", "Skilled work by hand"),
    ):
        await at.takes_part(name, ACTIVITY, sector, offers, "Done", needs, "Done", "Skip")


async def introduce(one: Actor, other: Actor) -> None:
    """Both say yes; then each sees the other's sector, and something to begin with."""
    for actor in (one, other):
        proposal = await actor.sees("There is somebody you could meet.")
        assert "Sector" not in proposal.text
    await one.taps("Yes, I would like to meet")
    await one.person.waits()
    await other.taps("Yes, I would like to meet")
    card = await other.meets_partner()
    assert "Sector: Food and farming" in card.text
    assert "A question to begin with:" in card.text


async def test_offers_meet_needs_and_something_comes_of_it(stage: Stage) -> None:
    at = await venue(stage, 3, "pair", [["Ana", "Bea"], ["Nour", "Omar"]])
    await enrol(at)
    await at.holds_a_round()
    ana, nour = at.people["Ana"], at.people["Nour"]
    await introduce(ana, nour)
    for name in ("Bea", "Omar"):
        await at.people[name].sees("There is somebody you could meet.")
    await at.meets(ana, nour, 2)
    assert "What came of it" not in (await ana.person.last()).labels
    await ana.says("/meet")
    second = await ana.sees("A question for your next meeting:")
    assert "You speak first." in second.text, "the side the policy names begins"
    await nour.says("/meet")
    await nour.sees("The other one speaks first.")
    await at.meets(ana, nour, 1)
    await ana.taps("What came of it")
    for question, answer in TELLING:
        await ana.chooses(question, answer)
    await ana.sees("Others see this only in sums over many people")
    await ends(at, ana, nour)


async def ends(at: Venue, ana: Actor, nour: Actor) -> None:
    """What Ana told is kept; when she ends it, Nour is asked what came of it, too."""
    async with at.stage.app.store.read() as db:
        (found,) = await pairings.active_of(db, await person_id(at, ana))
        told = await outcomes.of(db, found.match.id, at.member_ids["Ana"])
    assert told
    assert told.answers == {"deal": "yes", "joint": "no", "told": "yes"}
    assert told.onward == 2
    await ana.says("/match")
    await ana.taps("End this introduction")
    await ana.taps("Yes, end it")
    await ana.sees("The introduction has ended.")
    await nour.chooses("An introduction you were in has ended.", "What came of it")
    await nour.sees(TELLING[0][0])
    lines = await reported(at.stage, at.olga, at.sides[0].network_id, 3)
    assert lines[1:] == [
        "Took part: 4",
        "Met: 2",
        "Introductions: 1",
        "Meetings held: 2, third meetings: 0",
        "Carried on to others: 2",
    ]


async def person_id(at: Venue, actor: Actor) -> int:
    from bot.store import people

    async with at.stage.app.store.begin() as db:
        return (await people.met(db, actor.person.id, "en", at.stage.sandbox.clock.now())).id
