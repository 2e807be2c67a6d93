"""Track 1: officials in an informal circle, and an observer who reads a brief and nothing else."""

from __future__ import annotations

from io import BytesIO

import aiohttp
from pypdf import PdfReader

from bot.capabilities import routes
from bot.domain.policy import Policy
from bot.domain.rights import may
from bot.sandbox import Message
from bot.store.tables import networks
from tests.play import Actor, Stage, said
from tests.stories.circle import Circle, circle, joins
from tests.stories.test_circle import is_planned, takes_place, tells


async def downloaded(actor: Actor, message: Message) -> bytes:
    """The file that came with a message."""
    address = f"{actor.person.url}{message.raw['document']['url']}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return await answer.read()


async def reads(actor: Actor) -> tuple[str, str]:
    """Taps what shows a brief; the words of its HTML and of its PDF."""
    html = await actor.sees("To read on a screen or to print:")
    pdf = await actor.sees("To pass on:")
    pages = PdfReader(BytesIO(await downloaded(actor, pdf))).pages
    words = "\n".join(each.extract_text() for each in pages)
    return (await downloaded(actor, html)).decode(), words


async def three_of_a_side_may_be_shown(of: Circle) -> None:
    """A circle has three of each side: the network has settled to show as few."""
    async with of.stage.app.store.begin() as db:
        await db.change(networks, of.network_id, policy=Policy(fewest=3).as_json())


async def test_an_official_reads_what_came_of_a_circle(stage: Stage) -> None:
    of = await circle(stage, 1)
    await three_of_a_side_may_be_shown(of)
    for number in (1, 2, 3):
        await is_planned(of, number)
        await takes_place(of, number)
        await tells(of.people["Bea"], of, number)
    ines = await joins(stage, of.sides[1], "Ines", "coordinator")
    otto = await joins(stage, of.sides[0], "Otto", "observer", "ar")

    await of.olga.says("/brief")
    await of.olga.chooses("What should a new brief be about?", "One activity")
    await of.olga.chooses("Which activity?", "Informal circle")
    await of.olga.chooses("Of which time?", "The last three months")
    await of.olga.sees("The coordinators of these sides have not agreed yet:")
    await of.olga.taps("Read it")
    for text in await reads(of.olga):
        assert "3 meetings were held." in text
        assert "Nobody speaks for an office." not in text
        assert not any(name in text for name in (*of.people, "Olga", "Ines"))
    await of.olga.taps("Agree that observers read it")
    await of.olga.sees("Your side has agreed.")
    await ines.chooses("A brief awaits your agreement.", "Show")
    await ines.taps("Agree that observers read it")
    await ines.sees("All sides have agreed.")

    await otto.chooses("There is something new to read.", "Show")
    html, _pdf = await reads(otto)
    assert '<html lang="ar" dir="rtl">' in html
    assert said("ar", "Who took part") in html
    await otto.says("/briefs")
    await otto.sees("Which one would you like to read?")
    await sees_nothing_else(otto)


async def sees_nothing_else(observer: Actor) -> None:
    """Whatever else is for those who run a network is closed to an observer."""
    all_of_it = routes()
    for name in sorted(all_of_it.needs.keys() & all_of_it.commands.keys()):
        if not may("observer", all_of_it.needs[name]):
            await observer.says(f"/{name}")
            await observer.sees("Only coordinators of the network can do that.")
