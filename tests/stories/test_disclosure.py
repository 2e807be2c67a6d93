"""Two show each other who they are, step by step, over the real sandbox."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.disclosure import PSEUDONYMS
from bot.domain.policy import Policy
from bot.store.tables import matched, networks
from tests.play import Actor, Stage
from tests.stories.pair import Pair, introduced, pair

MORE = "Your partner shows you more of who they are."


async def card(actor: Actor) -> str:
    """What somebody sees of their partner, newly opened."""
    await actor.says("/meet")
    await actor.person.waits()
    return (await actor.person.last()).text


async def opens(of: Pair, actor: Actor) -> None:
    """Somebody looks at what they show."""
    await actor.person.taps_data(f"disclose.ask:{of.match_id}", await actor.person.last())
    await actor.sees("You two show each other as much as each of you wants, a step at a time.")


async def test_they_begin_with_pseudonyms(stage: Stage) -> None:
    of = await pair(stage)
    for actor, other in ((of.ana, "Nour"), (of.nour, "Ana")):
        seen = await card(actor)
        assert other not in seen
        assert any(each.id in seen for each in PSEUDONYMS)


async def test_one_shows_a_name_alone_and_hides_it_again(stage: Stage) -> None:
    of = await pair(stage)
    await opens(of, of.ana)
    await of.ana.taps("Show my name now")
    await of.nour.chooses(MORE, "Show")
    await of.nour.sees("You see the name they chose.")
    assert "Ana" in await card(of.nour)
    assert "Nour" not in await card(of.ana)
    await opens(of, of.ana)
    await of.ana.taps("Hide my name again")
    await of.ana.sees("What they have seen, or find in earlier messages, I cannot take from them.")
    assert "Ana" not in await card(of.nour)


async def test_names_are_shown_only_together_if_one_wants_it_so(stage: Stage) -> None:
    of = await pair(stage)
    await opens(of, of.ana)
    await of.ana.taps("Show it when they show theirs")
    await of.nour.chooses("Your partner would show you more of who they are", "Show")
    await of.nour.sees("They would show their name if you showed yours.")
    assert "Ana" not in await card(of.nour)
    await opens(of, of.nour)
    await of.nour.taps("Show it when they show theirs")
    await of.ana.sees(MORE)
    assert "Ana" in await card(of.nour)
    assert "Nour" in await card(of.ana)


async def test_how_to_be_reached_comes_after_the_name_and_goes_at_the_end(stage: Stage) -> None:
    of = await pair(stage)
    await of.ana.person.taps_data(f"disclose.step:{of.match_id}:2:1", await of.ana.person.last())
    await of.ana.sees("You two show each other")
    await of.ana.taps("Show my name now")
    await of.ana.taps("Show how to reach me now")
    await of.ana.answers("How can they reach you?", "@ana_diaz")
    await of.ana.person.sees("@ana_diaz")
    await of.nour.sees(MORE)
    assert "To reach them: @ana_diaz" in await card(of.nour)
    await of.ana.person.taps_data(f"match.leave:{of.match_id}", await of.ana.person.last())
    await of.ana.taps("Yes, end it")
    await of.nour.person.sees("has ended")
    async with stage.app.store.read() as db:
        kept = await db.rows(select(matched.c.contact).where(matched.c.contact.is_not(None)))
    assert kept == []


async def test_a_network_can_show_names_at_once(stage: Stage) -> None:
    of = await pair(stage, (("Ana", "Bea"), ("Nour", "Omar")))
    async with stage.app.store.begin() as db:
        network_id = of.at.sides[0].network_id
        await db.change(networks, network_id, policy=Policy(staged=False).as_json())
    await introduced(of.at, "Bea", "Omar")
    bea = of.at.people["Bea"]
    await bea.says("/meet")
    assert "Omar" in (await bea.person.sees("Your partner is")).text


async def test_strangers_see_and_change_nothing(stage: Stage) -> None:
    of = await pair(stage)
    olga = of.at.olga
    for data in ("disclose.ask:{}", "disclose.step:{}:1:1", "disclose.back:{}:1"):
        await olga.person.taps_data(data.format(of.match_id), await olga.person.last())
        await olga.sees("That button is from an earlier message")
    assert "Ana" not in await card(of.nour)
