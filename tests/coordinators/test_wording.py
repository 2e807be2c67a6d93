"""Messages in a network's own words: found, checked, saved, said, and undone."""

from __future__ import annotations

from bot.coordinators import wording
from bot.delivery import work
from bot.domain.replies import Say, _
from bot.store import audit, wordings
from bot.store.networks import Member
from tests.coordinators.test_exchanges import ending
from tests.coordinators.town import Town, data_of, read

SPOKEN = _("Which network?")


async def begun(town: Town, search: str = "which network") -> tuple[Member, Say]:
    town.able(wording)
    mine = await town.member(0, "coordinator")
    (listed,) = await town.says(mine, "/wording")
    (asked,) = await town.taps(mine, ending(listed, f"change:{town.network_id}"))
    await town.taps(mine, ending(asked, "=en"))
    (which,) = await town.says(mine, search)
    return mine, which


async def heard(town: Town, member: Member, said: Say) -> str:
    async with town.store.begin() as db:
        await work.put(db, [(Say(member.person_id, said.text), None)], town.now)
    return (await town.works())[-1].text


async def test_a_message_is_said_in_other_words_until_they_are_undone(town: Town) -> None:
    mine, which = await begun(town)
    (asked,) = await town.taps(mine, data_of(which)[0])
    assert "Which network?" in read(asked)
    (check,) = await town.says(mine, "Which bridge is it about?")
    assert "Which bridge" in read(check)
    (saved,) = await town.taps(mine, ending(check, ":send"))
    assert await heard(town, mine, Say(0, SPOKEN)) == "Which bridge is it about?"
    (shown,) = await town.taps(mine, data_of(saved)[0])
    assert "Which network?" in read(shown)
    (undone,) = await town.taps(mine, next(d for d in data_of(shown) if "undo" in d))
    assert "usually say" in read(undone)
    assert await heard(town, mine, Say(0, SPOKEN)) == "Which network?"
    async with town.store.begin() as db:
        kept = await audit.page(db, town.network_id)
    assert [each.what for each in kept] == ["wording.undone", "wording.changed"]


async def test_each_change_can_be_taken_off_one_by_one(town: Town) -> None:
    mine = (await begun(town))[0]
    async with town.store.begin() as db:
        for words in ("One", "Two"):
            about = (town.network_id, "en", SPOKEN.id, [words], mine.id)
            await wordings.add(db, *about, town.now)
    assert await heard(town, mine, Say(0, SPOKEN)) == "Two"
    async with town.store.begin() as db:
        (newest,) = await wordings.page(db, town.network_id)
    (said,) = await town.taps(mine, f"wording.undo:{newest.id}")
    assert "from before" in read(said)
    assert await heard(town, mine, Say(0, SPOKEN)) == "One"
    (gone,) = await town.taps(mine, f"wording.undo:{newest.id}")
    assert "earlier message" in read(gone)


async def test_words_that_would_not_do_are_asked_again(town: Town) -> None:
    mine, which = await begun(town, "{network} is ready")
    (asked,) = await town.taps(mine, data_of(which)[0])
    assert "{network}" in read(asked)
    for text, why in {
        "It is ready": "keep this",
        "{network} of {name}": "does not have this",
        "{network": "brace",
        "{network!r}": "only a name",
        "<b>{network}</b>": "without tags",
        "{network} & more": "leave out the signs",
        "{network}" * 100: "too long",
    }.items():
        (said,) = await town.says(mine, text)
        assert why in read(said), text


async def test_what_is_nowhere_said_is_not_found(town: Town) -> None:
    _mine, said = await begun(town, "xylophone zebra")
    assert "not say that anywhere" in read(said)


async def test_only_its_own_people_hear_it_and_never_a_broken_one(town: Town) -> None:
    mine, _which = await begun(town)
    stranger = await town.person()
    async with town.store.begin() as db:
        about = (town.network_id, "en", SPOKEN.id, ["{nothing.here}"], mine.id)
        await wordings.add(db, *about, town.now)
        found = await wordings.of_people(db, {mine.person_id, stranger})
    assert set(found) == {mine.person_id}
    assert await heard(town, mine, Say(0, SPOKEN)) == "Which network?"
