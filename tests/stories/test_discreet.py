"""What is written to somebody discreet is covered until they tap it, and goes after two days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.delivery.gate import Gate
from bot.delivery.render import call, covered
from bot.domain.policy import Policy
from bot.domain.replies import File, Plain, Say
from bot.i18n import Tongue
from bot.participants import cover
from bot.sandbox import Message
from bot.sandbox.html import parse_html
from bot.sandbox.shapes import RefusedError
from bot.store.people import Person
from bot.store.tables import networks
from tests.conftest import KEYS
from tests.delivery.counter import until
from tests.play import Actor, Stage, sqlite, staged
from tests.stories.pair import pair
from tests.stories.test_hiding import menu
from tests.stories.venue import venue
from tests.test_journey import answers_all


def hides_all(message: Message) -> bool:
    """Whether nothing of it is seen before it is tapped."""
    return message.html.startswith("<tg-spoiler>") and message.html.count("</tg-spoiler>") == 1


async def turns_on(actor: Actor) -> None:
    """Chooses that everything is covered."""
    await actor.says("/discreet")
    await actor.chooses("I write to you openly", "Cover what you write me")
    await actor.sees("What I write to you is covered until you tap it.")


async def test_all_is_covered_for_who_wants_it(stage: Stage) -> None:
    two = await pair(stage)
    await turns_on(two.nour)
    for sent in ("/start", "/match", "/help", "/privacy", "/profile", "/history", "nonsense"):
        await two.nour.says(sent)
        for each in await two.nour.person.waits():
            assert hides_all(each), each.html
    await two.ana.says("/match")
    assert not hides_all(await two.ana.meets_partner())


async def test_back_to_open(stage: Stage) -> None:
    two = await pair(stage)
    await turns_on(two.nour)
    await two.nour.taps("Write openly")
    seen = await two.nour.sees("I write to you openly")
    assert not hides_all(seen)


async def test_a_sensitive_network_covers_for_all_but_those_who_chose(stage: Stage) -> None:
    at = await venue(stage, 4, "pair", (("Ana", "Bea"), ("Nour",)))
    await turns_on(at.people["Bea"])
    await at.people["Bea"].taps("Write openly")
    await at.people["Bea"].sees("I write to you openly")
    await at.olga.says("/network")
    await at.olga.taps_one("How it works", "Sensitive", "Yes, cover it")
    for name, covers in (("Ana", True), ("Nour", True), ("Bea", False)):
        await at.people[name].says("/privacy")
        assert hides_all(await at.people[name].sees("What is stored, and why")) is covers


async def test_who_comes_to_a_sensitive_network_is_covered_from_the_first_word(
    stage: Stage,
) -> None:
    at = await venue(stage, 4, "pair", (("Ana",), ("Nour",)))
    async with stage.app.store.begin() as db:
        (network_id,) = [row.id for row in await db.rows(select(networks.c.id))]
        policy = Policy(sensitive=True).as_json()
        await db.change(networks, network_id, policy=policy, open=True)
    eva = await stage.actor("Eva")
    await eva.says("/join")
    await eva.taps_one("Aldea & Marsa", at.sides[0].name)
    assert hides_all(await eva.sees("Welcome to"))


async def test_what_is_two_days_old_goes_by_itself(stage: Stage) -> None:
    two = await pair(stage)
    await turns_on(two.nour)
    await two.ana.says("/help")
    await two.ana.person.waits()
    before = len(await two.ana.person.chat())
    await stage.passes(hours=40)
    await two.nour.says("/help")
    await two.nour.person.waits()
    kept = len(await two.nour.person.chat())
    assert kept > 5
    await stage.passes(hours=5)

    async def only_new() -> bool:
        return len(await two.nour.person.chat()) < 5

    await until(only_new)
    assert len(await two.ana.person.chat()) >= before
    await stage.passes(hours=1)
    now = stage.sandbox.clock.unix()
    ages = [now - each.raw["date"] for each in await two.nour.person.chat()]
    assert all(age < timedelta(hours=48).total_seconds() for age in ages)


READER = Person(1, 5, "en", None, "here", False, None, None, discreet=True)  # type: ignore[arg-type]


def test_files_have_no_name_and_pictures_are_covered() -> None:
    made = call(Say(1, Plain("Here"), file=File("people of Marsa.csv", b"x")), READER, None)
    assert made["files"]["document"][0] == "file.csv"
    picture = call(Say(1, Plain("Here"), file=File("x.png", b"x", picture=True)), READER, None)
    assert picture["params"]["has_spoiler"] is True
    assert picture["params"]["caption"] == "<tg-spoiler>Here</tg-spoiler>"


@given(st.lists(st.sampled_from(["<b>", "</b>", "<code>x</code>", "<tg-spoiler>y</tg-spoiler>"])))
def test_whatever_is_covered_is_one_spoiler_for_telegram(parts: list[str]) -> None:
    whole = "".join(parts) if parts.count("<b>") == parts.count("</b>") else "<b>x</b>"
    try:
        text, entities = parse_html(whole)
    except RefusedError:  # the parts make no HTML to begin with
        return
    shown, found = parse_html(covered(whole))
    assert shown == text
    assert not entities or [each["type"] for each in found].count("spoiler") == 1


async def test_a_discreet_bot_shows_strangers_a_reminder_bot(tmp_path: Path) -> None:
    """Its page and its menu say nothing of networks; members have a menu of their own."""
    async with staged(sqlite(tmp_path), KEYS, discreet=True) as stage:
        profile = stage.sandbox.world.profile
        for language in ("", "ar", "he", "el", "tr", "es"):
            texts = [profile.texts[kind, language] for kind in ("description", "short_description")]
            tongue = Tongue(language or "en")
            assert texts == [tongue.label(cover.HELLO), tongue.label(cover.SHORT)]
        stranger = await stage.actor("Sam")
        assert await menu(stranger) == ["start", "list", "help"]
        at = await venue(stage, 4, "pair", (("Ana",), ("Nour",)))
        async with stage.app.store.begin() as db:
            (network_id,) = [row.id for row in await db.rows(select(networks.c.id))]
            await db.change(networks, network_id, open=True)
        await stranger.says("/join")
        await stranger.taps_one("Aldea & Marsa", at.sides[0].name)
        await answers_all(stranger, "Sam", "ES")
        await stranger.sees("Thank you. Your answers are stored.")

        async def own_menu() -> bool:
            return set(await menu(stranger)) > {"match", "forget"}

        await until(own_menu)


async def test_what_was_too_much_to_take_in_goes_too_though_nothing_more_comes(
    stage: Stage,
) -> None:
    actor, other = await stage.actor("Ana"), await stage.actor("Bo")
    await turns_on(actor)
    stage.app.receiver.gate = Gate()
    for number in range(80):
        await actor.says(f"picture {number}")
    await actor.sees("That was too fast for me")
    stage.sandbox.clock.advance(timedelta(hours=1))
    await other.says("/help")
    await other.sees("/privacy")
    await stage.passes(hours=46)

    async def none_of_theirs() -> bool:
        return all(each.from_bot for each in await actor.person.chat())

    await until(none_of_theirs)
