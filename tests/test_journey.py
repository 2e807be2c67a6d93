"""The whole of it, as a story: a bot is claimed, a network founded, two people meet."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.domain.replies import CountryName, LanguageName, WeekdayName
from bot.i18n import Tongue
from tests.play import Actor, Stage

A_WORKDAY = datetime(2031, 3, 12, 10, tzinfo=UTC)
"""No day of rest and no holiday in Spain or Jordan, and day in both."""


async def test_two_people_meet_across_a_divide(stage: Stage) -> None:
    """From the first start of an empty bot to a second meeting, in English and Arabic."""
    stage.sandbox.clock.move_to(A_WORKDAY)
    olga = await claims(stage)
    await founds_a_network(olga)
    layla = await invites(stage, olga, "A coordinator", "Marsa", "Layla", "ar")
    await joins_the_staff(layla)
    ana = await invites(stage, olga, "Participants", "Aldea", "Ana", "en")
    await signs_up(ana, "Ana", "ES")
    nour = await invites(stage, layla, "Participants", None, "Nour", "ar")
    await signs_up(nour, "نور", "JO")
    await approves(olga, "Ana", ana)
    await approves(layla, "نور", nour)
    await hold_a_round(olga, layla)
    await say_yes(ana, nour)
    await agree_on_a_time(ana, nour)
    await are_reminded(stage, ana, nour)
    await tell_how_it_went(ana, nour)
    await look_back(ana, olga)


async def claims(stage: Stage) -> Actor:
    """Somebody opens the link that was printed at the first start."""
    assert stage.app.claim_link is not None
    olga = await stage.actor("Olga")
    await olga.says("/start " + stage.app.claim_link.partition("start=")[2])
    await olga.sees("This bot is yours now.")
    return olga


async def founds_a_network(olga: Actor) -> None:
    """A network of two sides whose coordinators approve rounds together."""
    await olga.says("/newnetwork")
    await olga.chooses("Do you agree?", "Yes, I agree")
    await olga.answers("What is the network called?", "Aldea and Marsa")
    await olga.chooses("How many sides does it have?", "Two")
    for n, (name, language, country) in enumerate(
        [("Aldea", "English", "Spain"), ("Marsa", "Arabic", "Jordan")], 1
    ):
        await olga.answers(f"What is side {n} called?", name)
        await olga.chooses("Which language do most people", language)
        await olga.answers("calendar does", country)
        await olga.person.waits()
        if "several time zones" in (await olga.person.last()).text:
            await olga.taps("Madrid")
    await olga.chooses("Which side are you on yourself?", "Aldea")
    await olga.answers("Which name may others see?", "Olga")
    await olga.chooses("Should a coordinator approve", "Yes, coordinators approve")
    await olga.chooses("Who can join?", "Only people with an invitation")
    await olga.chooses("Who approves a round", "Coordinators of every side")
    await olga.chooses("Which statements should people", "Skip")
    await olga.chooses("Please check the network", "Create the network")
    await olga.sees("is ready")


async def invites(
    stage: Stage, host: Actor, whom: str, side: str | None, name: str, language: str
) -> Actor:
    """Somebody makes a link, and a guest comes by it."""
    await host.says("/invite")
    await host.chooses("Whom would you like to invite?", whom)
    if side is not None:
        await host.person.taps(side)
    await host.sees("How many people may use the link?")
    await host.person.taps("1")
    await host.sees("For how long should it work?")
    await host.person.taps("7")
    message = await host.sees("The invitation is ready:")
    assert message.raw["photo"], "the link comes as a QR picture too"
    token = re.search(r"start=([\w-]{22,})", message.text)
    assert token is not None
    return await stage.actor(name, language, door=token[1])


async def introduces_themselves(actor: Actor, name: str, language: str, country: str) -> None:
    """What everybody is asked first: consent, a name, languages, a time zone."""
    await actor.chooses("Do you agree?", "Yes, I agree")
    await actor.answers("Which name may others see?", name)
    await actor.sees("Which languages do you speak well enough for a conversation?")
    await actor.person.taps(Tongue(actor.language).label(LanguageName(language)))
    await actor.person.waits()
    await actor.taps("Done")
    await actor.person.waits()
    await actor.person.taps(Tongue(actor.language).label(CountryName(country)))
    await actor.person.waits()


async def joins_the_staff(actor: Actor) -> None:
    """A coordinator agrees to what is stored and gives a name."""
    await introduces_themselves(actor, "ليلى", "ar", "JO")
    await actor.chooses("Please check your answers.", "Send")
    await actor.sees("Thank you. You are in.")


async def signs_up(actor: Actor, name: str, country: str) -> None:
    """Somebody answers all questions, and waits for approval."""
    await answers_all(actor, name, country)
    await actor.sees("A coordinator is looking at your sign-up.")


async def answers_all(actor: Actor, name: str, country: str) -> None:
    """All questions, by buttons wherever there are any."""
    await introduces_themselves(actor, name, "ar", country)
    if country == "ES":
        await actor.person.taps("Madrid")
    await actor.chooses("How would you like to meet?", "Online")
    await actor.chooses("What are you interested in?", "Cooking", "Music", "Done")
    await actor.person.waits()
    for day in range(7):
        await actor.person.taps(Tongue(actor.language).label(WeekdayName(day, "abbreviated")))
        await actor.person.waits()
    await actor.taps("Done")
    await actor.chooses("There may be more people on another side than on yours.", "One")
    await actor.chooses("Please check your answers.", "Send")


async def approves(coordinator: Actor, name: str, newcomer: Actor) -> None:
    """A coordinator is told of the newcomer and takes them in."""
    await coordinator.says("/people")
    await coordinator.person.taps(name)
    await coordinator.taps("Approve")
    await newcomer.sees("Good news: your sign-up was approved")


async def hold_a_round(one: Actor, other: Actor) -> None:
    """One coordinator previews and approves, then the other side's does."""
    await one.says("/round")
    preview = await one.sees("The coordinators of every side approve a round:")
    assert "نور" not in preview.text, "nobody sees the other side's names"
    await one.taps("Approve")
    await one.sees("The round starts when the other coordinators have, too.")
    await other.chooses("A round of introductions is waiting for your approval.", "Show it")
    await other.taps("Approve")
    await other.sees("/pairs shows what comes of it.")


async def say_yes(ana: Actor, nour: Actor) -> None:
    """Both learn what they share, and nothing that identifies, until both have said yes."""
    for actor in (ana, nour):
        proposal = await actor.sees("There is somebody you could meet.")
        assert "Ana" not in proposal.text
        assert "نور" not in proposal.text
    await ana.taps("Yes, I would like to meet")
    await ana.person.waits()
    await nour.taps("Yes, I would like to meet")
    assert "Ana" not in (await nour.meets_partner()).text
    await ana.chooses("There is good news about your introduction: you both said yes.", "Show")
    assert "نور" not in (await ana.meets_partner()).text


async def agree_on_a_time(ana: Actor, nour: Actor) -> None:
    """One proposes a time that suits both, the other agrees; both get a calendar file."""
    await ana.says("/meet")
    times = await ana.sees("These times suit you both.")
    await ana.person.taps(times.labels[2])
    await ana.person.sees("You proposed")
    await nour.chooses("A time to meet is proposed:", "Show")
    await nour.taps("Agree to this time")
    for actor in (ana, nour):
        agreed = await actor.sees("It is agreed: you meet on")
        assert agreed.raw["document"]["mime"] == "text/calendar"


async def are_reminded(stage: Stage, ana: Actor, nour: Actor) -> None:
    """A day before and an hour before, and asked after the end; never by name."""
    for reminder in (
        "A reminder: you have a conversation on",
        "Your conversation begins soon:",
        "You had a conversation planned for",
    ):
        await stage.next_reminder()
        for actor, partner in ((ana, "نور"), (nour, "Ana")):
            message = await actor.sees(reminder)
            assert partner not in message.text


async def tell_how_it_went(ana: Actor, nour: Actor) -> None:
    """Each tells on their own; the private question comes last; a next meeting is offered."""
    for actor in (ana, nour):
        await actor.taps("Yes")
        await actor.chooses("How was it? Your partner does not see your answers.", "5: very good")
        await actor.chooses("Would you like to note something?", "Skip")
        await actor.chooses("Would you like to meet again?", "Yes")
        await actor.chooses("One private question:", "No")
        await actor.chooses("It is meeting again that matters most.", "Find the next time")
        await actor.sees("These times suit you both.")


async def look_back(ana: Actor, olga: Actor) -> None:
    """What was, for a participant and for a coordinator."""
    await ana.says("/history")
    told = await ana.sees("<b>Your meetings</b>")
    assert "نور" not in told.text, "she has not seen that name"
    await olga.says("/stats")
    await olga.sees("fewer than 5")
    await olga.says("/pairs")
    await olga.person.sees("Ana")
