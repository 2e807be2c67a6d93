"""Once in: one's profile, other networks, and who is told."""

from __future__ import annotations

from bot.store import invites, networks, people, roster
from bot.store.founding import NewNetwork, NewSide, found
from tests.participants.acts import World
from tests.participants.newcomers import (
    ENDS,
    begun,
    fills_in,
    invitation,
    member_of,
    newcomer,
    opens,
    settle,
    signs_up,
    uses_left,
)
from tests.play import Stage


async def test_every_answer_can_be_changed_afterwards(world: World) -> None:
    await signs_up(world, "ana")
    await world.says("ana", "/profile")
    assert "These are your answers" in world.text("ana")
    await world.presses("ana", "How to meet")
    await world.presses("ana", "In person")
    assert "In which town" in world.text("ana")
    await world.says("ana", "Nicosia, old town")
    await world.presses("ana", "Time zone")
    await world.says("ana", "Athens")
    await world.presses("ana", "Save")
    member = await member_of(world, "ana")
    assert member is not None
    assert member.told.place == "Nicosia, old town"
    assert member.told.formats == ("in_person",)
    assert member.told.zone == "Europe/Athens"
    assert member.told.languages == ("el",)


async def test_a_profile_left_unsaved_is_as_before(world: World) -> None:
    await signs_up(world, "ana")
    before = await member_of(world, "ana")
    await world.says("ana", "/profile")
    await world.presses("ana", "Name")
    await world.says("ana", "Other")
    await world.presses("ana", "Stop")
    assert "Nothing was changed" in world.text("ana")
    assert await member_of(world, "ana") == before


async def test_another_ones_profile_stays_closed(world: World) -> None:
    await newcomer(world, "ana")
    await world.taps("ana", "profile.of", world.member_ids["eleni"])
    assert "no longer works" in world.text("ana")
    await world.says("ana", "/profile")
    assert "not signed up" in world.text("ana")


async def test_an_open_network_can_be_joined_without_a_link(world: World) -> None:
    await newcomer(world, "ana")
    await world.says("ana", "/start")
    await world.presses("ana", "Choose a network")
    await world.presses("ana", "Two towns")
    await world.presses("ana", "North")
    await world.presses("ana", "Yes, I agree")
    await fills_in(world, "ana")
    await world.presses("ana", "Send")
    member = await member_of(world, "ana")
    assert member is not None
    assert member.side_id == world.side_ids[1]
    await world.taps("ana", "join.side", world.side_ids[0])
    assert "already a member" in world.text("ana")


async def test_a_closed_network_cannot(world: World) -> None:
    await settle(world, open=False)
    await newcomer(world, "ana")
    await world.says("ana", "/join")
    assert "No network is open" in world.text("ana")
    for action, id_ in (("join.network", world.network_id), ("join.side", world.side_ids[0])):
        await world.taps("ana", action, id_)
        assert "not open any more" in world.text("ana")
    await world.taps("ana", "join.side", 1)
    assert "not open any more" in world.text("ana")


async def test_help_shows_what_one_may_do(world: World) -> None:
    await newcomer(world, "ana")
    expected = {"ana": "/join", "eleni": "/match", "olga": "/round", "owner": "/round"}
    for name, command in expected.items():
        await world.says(name, "/help")
        assert command in world.text(name)
        assert ("/people" in world.text(name)) == (name in {"olga", "owner"})


async def test_another_link_frees_the_place_of_the_first(world: World) -> None:
    first = await begun(world)
    second = await invitation(world, 1)
    assert await uses_left(world, first) == 1
    await opens(world, "ana", second)
    assert "Do you agree" in world.text("ana")
    assert (await uses_left(world, first), await uses_left(world, second)) == (1, 1)
    await world.presses("ana", "Yes, I agree")
    assert "Which name" in world.text("ana")
    assert (await uses_left(world, first), await uses_left(world, second)) == (2, 0)


async def in_another_network(world: World, answer: str = "Yes, I agree") -> None:
    """Ana, who is in one network, is at the door of a second and answers what is asked there."""
    await signs_up(world, "ana")
    async with world.store.begin() as db:
        sides = [NewSide(name, "en", "IE", "Europe/Dublin") for name in ("East", "West")]
        new = NewNetwork("Two shores", sides, True, False, False)
        await found(db, new, world.people["owner"], 0, world.now)
    await world.says("ana", "/join")
    await world.presses("ana", "Two shores")
    await world.presses("ana", "West")
    assert "Welcome to Two shores" in world.text("ana")
    await world.presses("ana", answer)


async def test_no_to_a_second_network_changes_nothing(world: World) -> None:
    await in_another_network(world, "No, thank you")
    assert "Nothing was changed" in world.text("ana")
    assert await member_of(world, "ana") is not None
    await world.says("ana", "/start")
    assert "in line" in world.text("ana")


async def test_who_moves_has_moved_in_both_networks(world: World) -> None:
    await in_another_network(world)
    await fills_in(world, "ana", "Annie", "Online", "Skip", "All", *ENDS, "Time zone")
    await world.says("ana", "Madrid")
    await world.presses("ana", "Send")
    async with world.store.begin() as db:
        mine = await networks.memberships(db, world.people["ana"])
        person = await people.by_id(db, world.people["ana"])
    assert person is not None
    assert {person.zone, *(each.told.zone for each in mine)} == {"Europe/Madrid"}


async def test_where_nobody_can_approve_the_owner_hears_of_it(world: World) -> None:
    await settle(world, approval=True)
    async with world.store.begin() as db:
        await roster.set_state(db, world.member_ids["omer"], "left")
    await signs_up(world, "ana", 1)
    world.nobody_else("ana", "owner")
    assert "a side that has no coordinator yet" in world.text("owner")


async def test_a_link_taken_back_stays_so_when_a_place_is_given_back(world: World) -> None:
    token = await begun(world)
    async with world.store.begin() as db:
        invite = await invites.by_token(db, token)
        assert invite is not None
        await invites.revoke(db, invite.id, world.now)
    await world.says("ana", "/cancel")
    await world.presses("ana", "Delete my answers")
    await newcomer(world, "ada")
    await opens(world, "ada", token)
    assert "expired" in world.text("ada")


async def test_staff_are_told_who_sees_their_name(world: World) -> None:
    await begun(world)
    assert "Those who look after your side see it" in world.text("ana")
    await newcomer(world, "oya")
    await opens(world, "oya", await invitation(world, 1, "coordinator"))
    await world.presses("oya", "Yes, I agree")
    assert "Only the others who look after your side" in world.text("oya")
    await world.says("oya", "Coordinator North")
    assert "Which languages" in world.text("oya")


async def test_in_two_networks_profile_asks_which(world: World) -> None:
    await in_another_network(world)
    await fills_in(world, "ana", "Annie", "Online", "Skip", "All", *ENDS)
    assert "Greek" in world.text("ana")
    await world.presses("ana", "Send")
    await world.says("ana", "/profile")
    assert world.labels("ana") == ["Two shores", "Two towns"]
    await world.presses("ana", "Two shores")
    assert "Annie" in world.text("ana")


async def test_a_place_is_shared_from_the_keyboard(stage: Stage) -> None:
    async with stage.app.store.begin() as db:
        now = stage.sandbox.clock.now()
        owner = await people.met(db, 1, "en", now)
        sides = [NewSide(name, "en", "IE", "Europe/Dublin") for name in ("East", "West")]
        await found(db, NewNetwork("Two shores", sides, True, False, False), owner.id, 0, now)
    ana = await stage.person("Ana <b>&\u202e")
    await ana.says("/join")
    for label in ("Two shores", "West", "Yes, I agree"):
        await ana.taps(label)
    await ana.sees("Which name")
    await ana.says("Ana")
    for label in ("English", "Done", "Use my location"):
        await ana.taps(label)
    shared = await ana.sees("shares your location once")
    assert shared.keys
    await ana.sends_location(53.35, -6.26)
    await ana.sees("How would you like to meet")
    await ana.taps("Online")
    await ana.sees("What are you interested in")
