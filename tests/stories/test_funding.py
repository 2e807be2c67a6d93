"""Track 8: a need of joint work, two pledges to it, and what became of them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.store import exchanges, matches
from bot.store.tables import matched
from tests.play import Stage
from tests.stories.report import reported
from tests.stories.venue import Venue, venue

ACTIVITY = "Help for joint work"
NEED = "Paint for the wall of the school"


async def begins(stage: Stage) -> Venue:
    """Ana and Nour work together; Bea and Omar could give something."""
    at = await venue(stage, 8, "campaign", [["Ana", "Bea", "Carla"], ["Nour", "Omar"]])
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        network_id = at.sides[0].network_id
        work = await exchanges.create(db, network_id, 6, "team", None)
        who = [(at.member_ids["Ana"], at.sides[0].id), (at.member_ids["Nour"], at.sides[1].id)]
        until = now + timedelta(days=3)
        match_id = await matches.propose(db, work, None, who, {"languages": ["en"]}, now, until)
        of_it = matched.c.match_id == match_id
        await db.run(update(matched).where(of_it).values(answer="yes", answered_at=now))
        await matches.activate(db, match_id, now)
    await at.takes_part("Bea", ACTIVITY, "Money", "Things", "Done")
    await at.takes_part("Omar", ACTIVITY, "None of these")
    return at


async def test_two_pledges_and_what_became_of_them(stage: Stage) -> None:
    at = await begins(stage)
    ana, nour, bea, omar = (at.people[name] for name in ("Ana", "Nour", "Bea", "Omar"))
    await at.people["Carla"].says("/needs")
    await at.people["Carla"].sees("There is nothing here for you at the moment.")
    await ana.says("/needs")
    await ana.taps("Tell what we lack")
    await ana.chooses("What does your joint work lack?", "Things")
    await ana.answers("What is it, how much, and for what?", NEED)
    await ana.sees("Waits for somebody of another side in the same work to confirm it")
    await nour.chooses("Can you confirm it?", "Show")
    await nour.chooses(NEED, "Yes, we lack this")
    await nour.sees("Open: people can offer something")
    await stage.passes(days=1)
    for actor, words in ((bea, "Twenty litres of white"), (omar, "My brushes")):
        await actor.chooses("There is joint work that lacks something.", "Show")
        await actor.chooses("Money and things never go through me", "Offer something")
        await actor.answers("What would you give, and when?", words)
        await actor.sees("That is still awaited")
    for words in ("Twenty litres of white", "My brushes"):
        for actor in (ana, nour):
            await actor.says("/needs")
            await actor.taps("Our need: {what}", what=NEED)
            await actor.person.taps(words)
            await actor.taps("Accept it")
            await actor.person.waits()
    for actor in (bea, omar):
        await actor.chooses("What you offered is accepted.", "Show")
        await actor.taps("I have given it")
        await actor.sees("They have not confirmed yet that it arrived.")
    for words in ("Twenty litres of white", "My brushes"):
        await nour.says("/needs")
        await nour.taps("Our need: {what}", what=NEED)
        await nour.person.taps(words)
        await nour.taps("It arrived")
        await nour.person.waits()
    await ana.says("/needs")
    await ana.taps("Our need: {what}", what=NEED)
    await ana.taps("Tell what became of it")
    await ana.answers("What became of it? All who gave read it.", "The wall is white.")
    for actor in (bea, omar):
        await actor.chooses("There is word of what became of something you gave.", "Show")
        card = await actor.sees("What became of it:")
        assert "The wall is white." in card.text
    await at.olga.says("/funding")
    await at.olga.person.taps(NEED[:20])
    card = await at.olga.sees("The wall is white.")
    assert "Ana" in card.text
    assert "Bea" in card.text
    lines = await reported(stage, at.olga, at.sides[0].network_id, 8)
    assert lines[1] == "Took part: 2"
    assert "Nour" not in card.text
    assert "Omar" not in card.text
