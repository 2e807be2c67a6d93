"""Block and report, over the real sandbox: silent for the other, read by one's own side alone."""

from __future__ import annotations

from sqlalchemy import select

from bot.store import blocks, networks, reports
from bot.store.reports import Report
from bot.store.tables import blocks as block_rows
from bot.store.tables import reports as rows
from tests.delivery.counter import until
from tests.play import Actor, Stage
from tests.stories.circle import circle, joins, sits
from tests.stories.pair import Pair, introduced, pair

ENDED = "An introduction you were in has ended."


async def presses(actor: Actor, data: str) -> None:
    """Presses a button of any message, forged or not."""
    await actor.person.taps_data(data, await actor.person.last())


async def blocks_nour(of: Pair) -> None:
    """Ana blocks Nour from the card of the introduction."""
    await of.ana.says("/match")
    await of.ana.taps("Block or report")
    await of.ana.sees("The other one is not told, whatever you choose.")
    await of.ana.taps("Never again with this person")
    await of.ana.chooses("You two will never be introduced again", "Yes, never again")
    await of.ana.sees("Done. Nobody is told.")


async def apart(of: Pair) -> set[frozenset[int]]:
    """Who is kept apart in the network."""
    async with of.stage.app.store.read() as db:
        found, _last = await blocks.page(db, of.at.sides[0].network_id, 0, 100)
    return {frozenset(each) for each in found}


async def test_a_block_ends_it_in_silence_and_holds(stage: Stage) -> None:
    of = await pair(stage)
    await blocks_nour(of)
    await of.nour.person.sees(ENDED)
    ids = of.at.member_ids
    assert await apart(of) == {frozenset((ids["Ana"], ids["Nour"]))}
    await presses(of.nour, f"relay.write:{of.match_id}")
    await of.nour.sees("This introduction is over.")


async def test_a_block_holds_for_who_is_forgotten_and_comes_back(stage: Stage) -> None:
    of = await pair(stage)
    await blocks_nour(of)
    await of.nour.says("/forget")
    await of.nour.chooses("Delete everything about you?", "Yes, delete everything")
    await of.nour.sees("It is done: everything about you is deleted.")
    async with stage.app.store.begin() as db:
        new = await sits(db, stage, of.nour, of.at.sides[1])
    assert await apart(of) == {frozenset((of.at.member_ids["Ana"], new))}


async def test_who_is_forgotten_leaves_no_block_of_theirs(stage: Stage) -> None:
    of = await pair(stage)
    await blocks_nour(of)
    await of.ana.says("/forget")
    await of.ana.chooses("Delete everything about you?", "Yes, delete everything")
    await of.ana.sees("It is done: everything about you is deleted.")
    async with stage.app.store.read() as db:
        assert await db.rows(select(block_rows)) == []


async def test_in_a_circle_two_do_not_read_each_other(stage: Stage) -> None:
    of = await circle(stage)
    ana, nour, omar = (of.people[name] for name in ("Ana", "Nour", "Omar"))
    await presses(ana, f"safety.ask:{of.match_id}")
    await ana.taps("Never again with this person")
    await ana.sees("With whom never again?")
    await ana.taps("Nour")
    await ana.chooses("You two will never be introduced again", "Yes, never again")
    await ana.sees("Done. Nobody is told.")
    await presses(ana, f"relay.write:{of.match_id}")
    await ana.sees("What you send me now I pass on")
    await ana.person.says("Hello all")
    await omar.person.sees("Hello all")
    await nour.person.sees_not("Hello all")


async def reported(of: Pair, care: Actor) -> Report:
    """Ana reports what Nour sent; the report."""
    await presses(of.nour, f"relay.write:{of.match_id}")
    await of.nour.sees("What you send me now I pass on")
    await of.nour.person.says("Something that frightens")
    await of.ana.person.sees("Something that frightens")
    await until(lambda: _arrived(of))
    await of.ana.taps("Block or report")
    await of.ana.taps("Report something")
    await of.ana.answers("What happened?", "They threaten me")
    await of.ana.answers("Should they read messages, too?", "And this one")
    await of.ana.chooses("Is there another message?", "Skip")
    await of.ana.sees("The safeguarding contact of your side has what you told me now")
    await care.sees("A member of your side reports something.")
    async with of.stage.app.store.read() as db:
        (found,) = await db.all(Report, select(rows))
    return found


async def _arrived(of: Pair) -> bool:
    chat = await of.nour.person.chat()
    return chat[-1].raw.get("reactions") == ["🤝"]


async def test_a_report_goes_to_ones_own_side_with_what_one_chose(stage: Stage) -> None:
    of = await pair(stage)
    care = await joins(stage, of.at.sides[0], "Cleo", "safeguarding")
    theirs = await joins(stage, of.at.sides[1], "Yasmin", "coordinator")
    report = await reported(of, care)
    assert report.about_id == of.at.member_ids["Nour"]
    assert [each["text"][-24:] for each in report.messages] == [
        "Something that frightens",
        "And this one",
    ]
    await care.taps("Open the report")
    await care.person.sees("They added 2 messages.")
    await care.taps("Show what they added")
    await care.person.sees("Something that frightens")
    await care.person.sees("And this one")
    for actor in (theirs, of.at.olga, of.nour):
        await actor.person.sees_not("threaten")


async def test_a_report_rests_the_messages_and_can_be_followed(stage: Stage) -> None:
    of = await pair(stage)
    care = await joins(stage, of.at.sides[0], "Cleo", "safeguarding")
    report = await reported(of, care)
    for actor, seen in (
        (of.ana, "You told the safeguarding contact of your side about this."),
        (of.nour, "Your partner is away for a while."),
    ):
        await presses(actor, f"relay.write:{of.match_id}")
        await actor.sees(seen)
    await of.ana.says("/reports")
    await of.ana.person.sees("not read yet")
    await care.taps("Open the report")
    await care.taps("I look after it")
    await of.ana.sees("There is news for you.")
    await of.ana.taps("Show")
    await of.ana.person.sees("somebody looks after it")
    await presses(care, f"safeguard.close:{report.id}")
    await of.ana.person.waits()
    await presses(of.ana, f"relay.write:{of.match_id}")
    await of.ana.sees("What you send me now I pass on")


async def test_a_picture_can_be_reported(stage: Stage) -> None:
    of = await pair(stage)
    care = await joins(stage, of.at.sides[0], "Cleo", "safeguarding")
    await presses(of.nour, f"relay.write:{of.match_id}")
    await of.nour.sees("What you send me now I pass on")
    await of.nour.person.sends_voice(b"OggS")
    await until(lambda: _arrived(of))
    await of.ana.taps("Block or report")
    await of.ana.taps("Report something")
    await of.ana.answers("What happened?", "A voice that frightens")
    await of.ana.chooses("Should they read messages, too?", "Skip")
    await care.taps("Open the report")
    await care.taps("Show what they added")

    async def heard() -> bool:
        return any(m.raw.get("voice") and m.from_bot for m in await care.person.chat())

    await until(heard)


async def test_a_report_about_somebody_of_a_circle(stage: Stage) -> None:
    of = await circle(stage)
    care = await joins(stage, of.sides[0], "Cleo", "safeguarding")
    bea, nour, omar = (of.people[name] for name in ("Bea", "Nour", "Omar"))
    await presses(bea, f"safety.ask:{of.match_id}")
    await bea.taps("Report something")
    await bea.chooses("Whom is it about?", "Nour")
    await bea.answers("What happened?", "Loud words")
    await bea.chooses("Should they read messages, too?", "Skip")
    await care.sees("A member of your side reports something.")
    await presses(bea, f"relay.write:{of.match_id}")
    await bea.sees("What you send me now I pass on")
    await bea.person.says("Hello all")
    await omar.person.sees("Hello all")
    await nour.person.sees_not("Hello all")
    async with stage.app.store.read() as db:
        ids = of.member_ids
        resting = await reports.resting(db, of.match_id, ids["Nour"])
    assert resting == {ids["Bea"]}


async def test_strangers_can_neither_block_nor_report(stage: Stage) -> None:
    of = await pair(stage)
    olga = of.at.olga
    nour = of.at.member_ids["Nour"]
    for data in (
        f"safety.ask:{of.match_id}",
        f"safety.whom:{of.match_id}",
        f"safety.blocked:{of.match_id}:{nour}",
        f"report.ask:{of.match_id}",
        f"relay.write:{of.match_id}",
    ):
        await presses(olga, data)
        await olga.sees("That button is from an earlier message")
    assert await apart(of) == set()
    assert await introduced(of.at, "Ana", "Nour")


async def test_the_longest_report_fits(stage: Stage) -> None:
    of = await pair(stage)
    care = await joins(stage, of.at.sides[0], "Cleo", "safeguarding")
    async with stage.app.store.begin() as db:
        ana = await networks.member(db, of.at.member_ids["Ana"])
        assert ana
        messages = [{"kind": "words", "text": "y" * 3900, "file": ""}] * 6
        told = {"words": "x" * 2000, "messages": messages}
        report_id = await reports.add(db, ana, None, told, stage.sandbox.clock.now())
    await presses(care, f"safeguard.show:{report_id}")
    await care.person.sees("xxxx")
    await care.taps("Show what they added")

    async def all_there() -> bool:
        return sum("yyyy" in m.text for m in await care.person.chat()) == 6

    await until(all_there)
