"""Track 9: a question to both sides and what each guessed, a story from draft to channel."""

from __future__ import annotations

from bot.sandbox.seen import plain
from bot.store import rooms, stories
from tests.delivery.counter import until
from tests.play import Actor, Stage
from tests.stories.circle import joins
from tests.stories.report import reported
from tests.stories.test_rooms import link_of
from tests.stories.venue import Venue, venue

ACTIVITY = "Questions and stories"
HERE, THERE = ("Ana", "Bea", "Carla", "Dora", "Elsa"), ("Nour", "Omar", "Rana", "Sami", "Tala")
STATEMENT = "Our children should know each other."
STORY = "We cooked together.\nIt was too salty, and we laughed."


async def begins(stage: Stage) -> tuple[Venue, Actor]:
    """Five of each side take part; Ines coordinates the second side."""
    at = await venue(stage, 9, "campaign", [HERE, THERE])
    for name in (*HERE, *THERE):
        await at.takes_part(name, ACTIVITY)
    return at, await joins(stage, at.sides[1], "Ines", "coordinator")


async def answers(actor: Actor, view: str, guess: str) -> None:
    """Somebody opens the question, says what they think, and guesses."""
    await actor.chooses("There is a short question for you.", "Show")
    await actor.sees(STATEMENT)
    await actor.taps(view)
    await actor.sees("how many do you think agree?")
    await actor.person.taps(guess)
    await actor.sees("Afterwards I tell everybody who answered what came of it.")


async def test_what_each_guessed_beside_what_was_so(stage: Stage) -> None:
    at, ines = await begins(stage)
    await at.olga.says("/pulses")
    await at.olga.taps("Ask something new")
    await at.olga.answers("One sentence is best.", STATEMENT)
    await at.olga.chooses("If you skip it, those who speak it read another language.", "Skip")
    await at.olga.chooses("What would be good news to hear", "That many agree with it")
    await at.olga.sees("Nobody has it yet.")
    await at.olga.person.taps("3")
    await at.olga.sees("Your side has agreed.")
    await ines.chooses("A question to all sides awaits your agreement.", "Show")
    await ines.taps("Agree that it is asked")
    await ines.sees("Figures come once it is closed.")
    await stage.passes(days=1)
    for name in HERE:
        await answers(at.people[name], "I agree" if name != "Elsa" else "I disagree", "30")
    for name in THERE:
        await answers(at.people[name], "I rather agree", "50" if name != "Tala" else "100")
    await stage.passes(days=4)
    ana, tala = at.people["Ana"], at.people["Tala"]
    news = await ana.sees("Thank you for answering our question.")
    assert "Of 100 people on your side, 80 agree." in news.text
    assert "100 agree. You guessed 30." in news.text
    news = await tala.sees("Thank you for answering our question.")
    assert "You guessed" not in news.text, "what is not kinder than the guess is not told"
    nour = await at.people["Nour"].sees("Thank you for answering our question.")
    assert "80 agree. You guessed 50." in nour.text
    await ines.says("/pulses")
    await ines.taps(STATEMENT)
    card = await ines.sees("80 of 100 agree.")
    assert "100 of 100 agree. Of the others they guessed 60." in card.text
    lines = await reported(stage, at.olga, at.sides[0].network_id, 9)
    assert lines[1] == "Took part: 10"


async def channel_of(at: Venue) -> int:
    """Olga links a channel; Telegram's id of it."""
    await at.olga.says("/rooms")
    await at.olga.taps("The network's channel")
    await at.olga.sees("What people agreed to publish can be posted in a Telegram channel.")
    channel = await at.olga.person.founds("Bridge news", kind="channel")
    await at.olga.person.opens(await link_of(at.olga, "Add me to the channel"), channel)
    await at.olga.chooses("Is Bridge news the channel of", "Yes")
    await at.olga.sees("Done. I can post in the channel now.")

    async def open_() -> bool:
        async with at.stage.app.store.read() as db:
            room = await rooms.channel_of(db, at.sides[0].network_id)
        return bool(room and room.url)

    await until(open_)
    return channel


async def posts(at: Venue, channel: int) -> list[str]:
    """What stands in the channel."""
    return [plain(each.text) for each in at.stage.sandbox.world.chats[channel].messages.values()]


async def test_a_story_from_draft_to_channel_and_back(stage: Stage) -> None:
    at, ines = await begins(stage)
    channel = await channel_of(at)
    nour = at.people["Nour"]
    await nour.says("/story")
    await nour.chooses("A true story can reach people on all sides.", "Tell a story")
    await nour.chooses("What is it about?", "A meal, a song or a place that I shared with somebody")
    await nour.sees("Name nobody who has not agreed")
    await nour.says(STORY)
    await nour.chooses("Which name should be under it?", "A first name that I write")
    await nour.answers("It need not be your own.", "Huda")
    await nour.sees("It will be published in a channel anybody can read.")
    await nour.taps("Yes, publish it like this")
    await nour.sees("It is being read now")
    await at.olga.chooses("A story awaits your reading.", "Show")
    await at.olga.sees("We cooked together.")
    card = await at.olga.sees("Told by somebody of")
    assert "Nour" not in card.text
    await at.olga.taps("Agree that it is published")
    await at.olga.sees("Your side has agreed.")
    assert await posts(at, channel) == []
    await ines.chooses("A story awaits your reading.", "Show")
    await ines.sees("Told by {name}, of your side.", name="Nour")
    await ines.taps("Agree that it is published")
    await ines.sees("It is in the channel now.")
    await nour.sees("You can take it back at any time")

    async def is_posted() -> bool:
        return await posts(at, channel) == [f"{STORY}\n\n— Huda"]

    await until(is_posted)
    await nour.says("/story")
    await nour.taps("Is in the channel")
    await nour.chooses("Is in the channel", "Take it back")
    await nour.taps("Yes, delete it")
    await nour.sees("It is deleted.")

    async def is_gone() -> bool:
        return await posts(at, channel) == []

    await until(is_gone)
    async with stage.app.store.read() as db:
        assert await stories.of_members(db, [at.member_ids["Nour"]], 1) == []
