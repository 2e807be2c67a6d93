"""Coming in: the link, consent, and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.people import Profile
from bot.store import enrolments, invites
from tests.participants.acts import World
from tests.participants.newcomers import (
    begun,
    fills_in,
    invitation,
    known,
    member_of,
    newcomer,
    opens,
    settle,
    signs_up,
    uses_left,
)


async def test_a_newcomer_signs_up_and_waits_in_line(world: World) -> None:
    await settle(world, approval=False)
    await signs_up(world, "ana")
    assert "Your answers are stored" in world.text("ana")
    assert "number 2 in line" in world.text("ana")
    member = await member_of(world, "ana")
    assert member is not None
    assert (member.name, member.role, member.state) == ("Ana", "participant", "active")
    assert member.told == Profile(
        ("el",), "Asia/Nicosia", ("online",), "", ("music",), {},
        ("0-morning", "0-afternoon", "0-evening"),
    )  # fmt: skip
    async with world.store.begin() as db:
        (enrolment,) = await enrolments.of_member(db, member.id)
    assert enrolment.state == "waiting"


async def test_where_approval_is_needed_the_coordinator_of_the_side_hears_of_it(
    world: World,
) -> None:
    await settle(world, approval=True)
    await signs_up(world, "ana")
    assert "A coordinator is looking" in world.text("ana")
    assert "waits for approval" in world.text("olga")
    assert "Ana" not in world.text("olga")
    world.nobody_else("ana", "olga", "owner")
    member = await member_of(world, "ana")
    assert member is not None
    assert member.state == "pending"
    async with world.store.begin() as db:
        assert await enrolments.of_member(db, member.id) == []


async def test_a_coordinator_answers_three_questions(world: World) -> None:
    await newcomer(world, "oya")
    await opens(world, "oya", await invitation(world, 1, "coordinator"))
    await world.presses("oya", "Yes, I agree")
    await fills_in(world, "oya", "Oya", "Turkish", "Done", "Türkiye")
    await world.presses("oya", "Send")
    member = await member_of(world, "oya")
    assert member is not None
    assert (member.role, member.state, member.told.zone) == (
        "coordinator",
        "active",
        "Europe/Istanbul",
    )


async def test_consent_comes_first_and_no_leaves_nothing(world: World) -> None:
    await newcomer(world, "ana")
    token = await invitation(world)
    await opens(world, "ana", token)
    for part in ("What is stored", "Who sees it", "not end-to-end encrypted", "/forget"):
        assert part in world.text("ana")
    await world.presses("ana", "No, thank you")
    assert "Nothing about you is kept" in world.text("ana")
    await world.passes(minutes=2)
    assert not await known(world, "ana")
    assert await uses_left(world, token) == 1


async def test_who_never_agrees_is_forgotten_after_a_week(world: World) -> None:
    await newcomer(world, "ana")
    await world.says("ana", "/start")
    await opens(world, "ana", await invitation(world))
    await world.passes(days=6)
    assert await known(world, "ana")
    await world.passes(days=2)
    assert not await known(world, "ana")


async def test_who_agreed_is_not(world: World) -> None:
    await signs_up(world, "ana")
    await world.passes(days=9)
    assert await member_of(world, "ana") is not None


@pytest.mark.parametrize("payload", ["hello", "x" * 32, "claim-" + "x" * 32, "é" * 30])
async def test_an_unknown_link_is_said_clearly(world: World, payload: str) -> None:
    await newcomer(world, "ana")
    await opens(world, "ana", payload)
    assert "link" in world.text("ana")


async def test_links_cannot_be_guessed(world: World) -> None:
    await newcomer(world, "ana")
    token = await invitation(world)
    for n in range(5):
        await opens(world, "ana", f"{n}" * 32)
        assert "not known" in world.text("ana")
    await opens(world, "ana", token)
    assert "too many links" in world.text("ana")
    world.now += timedelta(hours=1, seconds=1)
    await opens(world, "ana", token)
    assert "Welcome" in world.text("ana")


async def test_a_link_that_expired_was_used_up_or_taken_back(world: World) -> None:
    await newcomer(world, "ana")
    for days, uses, said in ((-1, 1, "expired"), (7, 0, "used up")):
        await opens(world, "ana", await invitation(world, uses=uses, days=days))
        assert said in world.text("ana")
    token = await invitation(world)
    await opens(world, "ana", token)
    async with world.store.begin() as db:
        invite = await invites.by_token(db, token)
        assert invite is not None
        await invites.revoke(db, invite.id, world.now)
    await world.presses("ana", "Yes, I agree")
    assert "can no longer be used" in world.text("ana")


async def test_the_last_place_goes_to_one_of_two(world: World) -> None:
    token = await invitation(world, uses=1)
    agree = {}
    for name in ("ana", "ada"):
        await newcomer(world, name)
        agree[name] = (await opens(world, name, token))[0].buttons[0][0]
    for name, said in (("ana", "Which name"), ("ada", "can no longer be used")):
        await world.taps(name, "form", *agree[name].args)
        assert said in world.text(name)
    assert await uses_left(world, token) == 0


async def test_a_second_tap_of_a_member_changes_nothing(world: World) -> None:
    token = await invitation(world)
    await opens(world, "eleni", token)
    assert "already a member" in world.text("eleni")
    assert "in line" in world.text("eleni")
    assert await uses_left(world, token) == 1


async def test_the_link_again_goes_on_where_one_was(world: World) -> None:
    token = await begun(world)
    await world.says("ana", "Ana")
    await opens(world, "ana", token)
    assert "Which languages" in world.text("ana")
    assert await uses_left(world, token) == 1
