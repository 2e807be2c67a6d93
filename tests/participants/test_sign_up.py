"""Coming in: the link, consent, the questions, and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.people import Profile
from bot.router import Event
from bot.store import exchanges, invites, networks, people, roster
from bot.store.founding import NewNetwork, NewSide, found
from tests.participants.acts import World
from tests.participants.newcomers import (
    STATEMENTS,
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
from tests.play import Stage


async def begun(world: World, name: str = "ana") -> str:
    """Somebody at the first question; their token."""
    await newcomer(world, name)
    token = await invitation(world, uses=2)
    await opens(world, name, token)
    await world.presses(name, "Yes, I agree")
    return token


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
        (enrolment,) = await exchanges.enrolments_of(db, member.id)
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
        assert await exchanges.enrolments_of(db, member.id) == []


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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("A", "a little short"),
        ("x" * 4096, "characters long"),
        ("@ana", "without links"),
        ("ana.com", "without links"),
        ("https://x.y", "without links"),
        ("Ana 12345678", "phone numbers"),
        ("۰۱۲۳۴۵", "phone numbers"),
        ("!!!", "letters in it"),
        ("\u202e\u200b", "write your answer"),
        ("\u3164\u3164", "write your answer"),
        ("Your Coordinator", "take that for a coordinator"),
        ("المنسق", "take that for a coordinator"),
        ("Proxeny bot", "take that for a coordinator"),
    ],
)
async def test_names_that_will_not_do(world: World, words: str, said: str) -> None:
    await begun(world)
    await world.says("ana", words)
    assert said in world.text("ana")
    assert "Which name" in world.text("ana")


@pytest.mark.parametrize("name", ["<b>Ana</b>", "Ana\n& co", "عبد الله", "Añá-2", "🌻 Sun"])
async def test_names_that_will(world: World, name: str) -> None:
    await begun(world)
    await world.says("ana", name)
    assert "Which languages" in world.text("ana")


async def test_stickers_and_places_are_answered_everywhere(world: World) -> None:
    await settle(world, statements=STATEMENTS)
    await begun(world)
    path = ("Greek", "Done", "Cyprus", "Nicosia", "Both suit me", "", "Skip", "Skip", "I agree")
    for label in ("", *path):
        await world.does("ana", Event(other="attachment"))
        assert "cannot read" in world.text("ana") or "only read text" in world.text("ana")
        if "Where do you live" not in world.text("ana"):
            await world.does("ana", Event(location=(35.0, 33.0)))
            assert "did not keep it" in world.text("ana")
        await (world.presses("ana", label) if label else world.says("ana", "Nicosia"))
    assert "When could you" in world.text("ana")


async def test_a_location_gives_the_time_zone_and_is_not_kept(world: World) -> None:
    await begun(world)
    await fills_in(world, "ana", "Ana", "Greek", "Done", "Use my location")
    assert world.to("ana")[0].ask_location
    await world.does("ana", Event(location=(41.0, 29.0)))
    for label in ("Online", "Skip", "All", "Done"):
        await world.presses("ana", label)
    assert "Istanbul" in world.text("ana")
    await world.presses("ana", "Send")
    member = await member_of(world, "ana")
    assert member is not None
    assert member.told.zone == "Europe/Istanbul"
    assert "41" not in str(member.profile)


async def test_an_unknown_place_is_asked_again(world: World) -> None:
    await begun(world)
    await fills_in(world, "ana", "Ana", "Greek", "Done", "Another country")
    await world.says("ana", "Mars/Olympus")
    assert "do not know that place" in world.text("ana")
    await world.says("ana", "Ισπανία")
    assert "same time as yours" in world.text("ana")
    await world.presses("ana", "Madrid")
    assert "like to meet" in world.text("ana")


async def test_statements_are_asked_and_may_be_skipped(world: World) -> None:
    await settle(world, statements=STATEMENTS)
    await begun(world)
    path = ("Greek", "Done", "Cyprus", "Nicosia", "Online", "Skip", "I rather disagree", "Skip")
    await fills_in(world, "ana", "Ana", *path, "All", "Done")
    assert "Question 2: not answered" in world.text("ana").replace("<b>", "").replace("</b>", "")
    await world.presses("ana", "Send")
    member = await member_of(world, "ana")
    assert member is not None
    assert member.told.opinions == {"0": -1}


async def test_old_buttons_and_second_taps_are_answered(world: World) -> None:
    await begun(world)
    await world.says("ana", "Ana")
    before = world.to("ana")[0].buttons
    await world.presses("ana", "Greek")
    await world.presses("ana", "Done")
    for old in (before[0][0], before[-1][0]):
        await world.taps("ana", "form", *old.args)
        assert "earlier question" in world.text("ana")
        assert "Where do you live" in world.text("ana")
    await world.taps("ana", "form", "nonsense", "x")
    assert "no longer works" in world.text("ana")
    await world.taps("eleni", "form", *before[0][0].args)
    assert "no longer works" in world.text("eleni")


async def test_sent_twice_is_signed_up_once(world: World) -> None:
    await begun(world)
    await fills_in(world, "ana")
    send = world.to("ana")[0].buttons[-1][0]
    await world.presses("ana", "Send")
    await world.taps("ana", "form", *send.args)
    assert "no longer works" in world.text("ana")


async def test_the_language_can_change_on_the_way(world: World) -> None:
    await begun(world)
    await world.says("ana", "/language")
    await world.presses("ana", "English")
    await world.presses("ana", "Go on with the questions")
    assert "Which name" in world.text("ana")
    await world.taps("ana", "language.set", "xx")
    assert "no longer works" in world.text("ana")


async def test_stopping_keeps_the_answers_until_one_goes_on(world: World) -> None:
    await begun(world)
    await world.says("ana", "Ana")
    await world.presses("ana", "Stop")
    assert "are kept" in world.text("ana")
    await world.says("ana", "hello")
    assert "Which languages" not in world.text("ana")
    assert await world.passes(days=3) == []
    await world.says("ana", "/start")
    assert "Which languages" in world.text("ana")


async def test_cancelled_answers_are_deleted_and_the_place_is_free_again(world: World) -> None:
    token = await begun(world)
    assert await uses_left(world, token) == 1
    await world.says("ana", "/cancel")
    await world.presses("ana", "Delete my answers")
    assert "deleted" in world.text("ana")
    assert await uses_left(world, token) == 2
    await world.says("ana", "/cancel")
    assert "nothing to cancel" in world.text("ana")


async def test_an_unfinished_form_is_nudged_once(world: World) -> None:
    await begun(world)
    await world.passes(hours=23)
    assert world.said == []
    await world.says("ana", "Ana")
    await world.passes(hours=23)
    assert world.said == []
    await world.passes(hours=30)
    assert "You began to answer" in world.text("ana")
    await world.presses("ana", "Go on")
    assert "Which languages" in world.text("ana")
    assert await world.passes(days=5) == []


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
    await fills_in(world, "ana", "Annie", "Online", "Skip", "All", "Done", "Time zone")
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
    await fills_in(world, "ana", "Annie", "Online", "Skip", "All", "Done")
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
