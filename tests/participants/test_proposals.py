"""A proposal: yes, no, a question, silence; and buttons whose time is past."""

from __future__ import annotations

from bot.store import enrolments, matches, pairings
from bot.store.enrolments import Enrolment
from bot.store.matches import Match
from tests.participants.acts import World


async def enrolled(world: World, name: str) -> Enrolment:
    async with world.store.read() as db:
        found = await enrolments.of(db, world.member_ids[name], world.exchange_id)
    assert found is not None
    return found


async def match_of(world: World, match_id: int) -> Match:
    async with world.store.read() as db:
        found = await matches.by_id(db, match_id)
    assert found is not None
    return found


async def test_where_one_stands(world: World) -> None:
    await world.says("eleni", "/match")
    assert "You are number 1 in line on your side." in world.text("eleni")
    assert "The next introductions are planned for" in world.text("eleni")
    await world.says("olga", "/match")
    assert "You do not take part in introductions yourself here." in world.text("olga")


async def test_both_accept_and_learn_only_the_chosen_name(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.says("eleni", "/match")
    assert "Deniz" not in world.text("eleni")
    await world.presses("eleni", "Yes, I would like to meet")
    assert "You said yes." in world.text("eleni")
    world.nobody_else("eleni")
    await world.taps("deniz", "match.yes", match_id)
    assert "Your partner is <b>Eleni</b>" in world.text("deniz")
    assert "• You both speak English." in world.text("deniz")
    assert "These times suit you both." in world.text("deniz")
    assert "you both said yes" in world.text("eleni")
    assert "Deniz" not in world.text("eleni"), "a preview names nobody"
    await world.presses("eleni", "Show")
    assert "Your partner is <b>Deniz</b>" in world.text("eleni")
    assert (await match_of(world, match_id)).state == "active"


async def test_a_second_yes_changes_nothing(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.taps("eleni", "match.yes", match_id)
    await world.taps("eleni", "match.yes", match_id)
    assert "You said yes." in world.text("eleni")
    await world.taps("deniz", "match.yes", match_id)
    await world.taps("deniz", "match.yes", match_id)
    world.nobody_else("deniz")
    assert "Your partner is <b>Eleni</b>" in world.text("deniz")


async def test_another_person_cannot_answer(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.member("maria", 0)
    for action in ("yes", "no", "show", "ask", "words", "leave", "left", "wait"):
        await world.taps("maria", f"match.{action}", match_id)
        assert "That button is from an earlier message" in world.text("maria")
    for args in ((match_id, "none"), (match_id, "nonsense")):
        await world.taps("maria", "match.why", *args)
        assert "That button is from an earlier message" in world.text("maria")
    await world.taps("eleni", "match.yes", 99)
    assert "That button is from an earlier message" in world.text("eleni")
    assert (await match_of(world, match_id)).state == "proposed"


async def test_declining_with_a_reason(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.taps("deniz", "match.yes", match_id)
    await world.taps("eleni", "match.no", match_id)
    assert (await match_of(world, match_id)).state == "proposed", "nothing is declined yet"
    await world.presses("eleni", "The times do not suit me")
    assert "Your place is kept" in world.text("eleni")
    assert "You will be among the first" in world.text("deniz")
    assert "The times do not suit me" in world.text("olga")
    world.nobody_else("eleni", "deniz", "olga", "owner")
    assert (await match_of(world, match_id)).state == "declined"
    assert (await enrolled(world, "deniz")).first
    assert not (await enrolled(world, "eleni")).first
    assert (await enrolled(world, "eleni")).state == "waiting"
    await world.taps("deniz", "match.yes", match_id)
    assert "This introduction is over." in world.text("deniz")
    assert await world.passes(days=5) == []


async def test_declining_in_words_or_without_any(world: World) -> None:
    await world.proposes("eleni", "deniz")
    await world.says("eleni", "/match")
    await world.presses("eleni", "No, thank you")
    await world.presses("eleni", "In my own words")
    await world.says("eleni", "I <b>move</b> house")
    assert "I &lt;b&gt;move&lt;/b&gt; house" in world.text("olga")
    assert "your place is kept" in world.text("deniz")
    await world.member("maria", 0)
    await world.member("can", 1)
    match_id = await world.proposes("maria", "can")
    await world.taps("maria", "match.no", match_id)
    await world.presses("maria", "Back")
    assert "Would you like to meet?" in world.text("maria")
    await world.taps("maria", "match.no", match_id)
    await world.presses("maria", "No reason")
    world.nobody_else("maria", "can")


async def test_who_said_yes_may_change_their_mind(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.taps("eleni", "match.yes", match_id)
    await world.presses("eleni", "I have changed my mind")
    await world.presses("eleni", "No reason")
    assert (await match_of(world, match_id)).state == "declined"
    assert not (await enrolled(world, "eleni")).first


async def test_a_question_to_the_coordinator_and_the_answer(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.taps("eleni", "match.ask", match_id)
    await world.says("eleni", "Is it safe?")
    world.nobody_else("eleni", "olga", "owner")
    assert "Is it safe?" in world.text("olga")
    await world.presses("olga", "Answer")
    await world.says("olga", "It is")
    world.nobody_else("olga", "eleni")
    assert "It is" in world.text("eleni")
    await world.taps("omer", "ask.answer", world.member_ids["eleni"])
    assert "That button is from an earlier message" in world.text("omer")
    await world.taps("deniz", "ask.side", world.member_ids["eleni"])
    assert "That button is from an earlier message" in world.text("deniz")


async def test_a_nudge_after_a_day_and_the_end_after_three(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.taps("eleni", "match.yes", match_id)
    await world.passes(days=1)
    world.nobody_else("deniz")
    assert "Your answer is awaited until" in world.text("deniz")
    await world.passes(days=2)
    world.nobody_else("eleni", "deniz")
    assert "You will be among the first" in world.text("eleni")
    assert world.labels("deniz") == ["Pause for a while", "No, keep my place"]
    assert (await match_of(world, match_id)).state == "expired"
    assert (await enrolled(world, "eleni")).first
    assert not (await enrolled(world, "deniz")).first
    await world.taps("deniz", "match.yes", match_id)
    assert "This introduction is over." in world.text("deniz")


async def test_nobody_is_told_at_night_that_a_proposal_ended(world: World) -> None:
    await world.passes(hours=13)  # past midnight in both towns
    await world.proposes("eleni", "deniz")
    await world.passes(hours=72)
    assert "The time to answer" not in world.text("eleni")
    await world.passes(hours=8)
    assert "The time to answer" in world.text("eleni")


async def test_a_match_with_somebody_gone_is_nobodys(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    async with world.store.begin() as db:
        assert await pairings.held(db, 99) is None
        assert await pairings.of(db, world.people["olga"], match_id) is None
