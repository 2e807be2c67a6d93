"""What a network has settled: read by who runs it, changed by its owner, written down."""

from __future__ import annotations

from datetime import date

from bot import quiet
from bot.coordinators import (
    network,
    network_days,
    network_knobs,
    network_sides,
    network_statements,
)
from bot.domain.policy import Policy
from bot.store import audit, exchanges, networks
from bot.store.networks import Member, Network
from tests.coordinators.town import Town, data_of, read

ALL = (network, network_days, network_sides, network_statements)


async def owner_of(town: Town) -> Member:
    town.able(*ALL)
    return await town.member(0, "owner")


async def now_of(town: Town) -> Network:
    async with town.store.begin() as db:
        found = await networks.by_id(db, town.network_id)
        assert found is not None
        return found


async def noted(town: Town) -> list[str]:
    async with town.store.begin() as db:
        return [each.what for each in await audit.page(db, town.network_id)]


async def test_every_value_can_be_chosen_and_is_written_down(town: Town) -> None:
    owner = await owner_of(town)
    (at_a_glance,) = await town.says(owner, "/network")
    assert "East" in read(at_a_glance)
    for name in network_knobs.KNOBS:
        (asked,) = await town.taps(owner, f"network.knob:{town.network_id}:{name}")
        for data in data_of(asked)[:-1]:
            assert len(data.encode()) <= 64
            (said,) = await town.taps(owner, data)
            assert "Done" in read(said)
            assert network_knobs.present(name, await now_of(town)) == int(data.split(":")[-1])
    assert set(await noted(town)) == {"network.set"}


async def test_a_value_nobody_offers_changes_nothing(town: Town) -> None:
    owner, at = await owner_of(town), town.network_id
    for said in (f"quiet_from:{at}", "fewest:1", "nothing:1", "own_days:3"):
        (answer,) = await town.taps(owner, f"network.set:{at}:{said}")
        assert "earlier message" in read(answer)
    assert (await now_of(town)).settled == Policy()


async def test_a_coordinator_reads_and_does_not_change(town: Town) -> None:
    await owner_of(town)
    mine, at = await town.member(0, "coordinator"), town.network_id
    for part in ("of", "sides", "days", "asks", "knobs"):
        (said,) = await town.taps(mine, f"network.{part}:{at}")
        assert not read(said).startswith("Only ")
        changing = ("network.knob:", "network.side:", "network.add_day:", "network.reword:")
        assert not [data for data in data_of(said) if data.startswith(changing)]
    for what in ("set:{}:open:1", "add_day:{}", "reword:{}:99", "unask:{}:0", "knob:{}:open"):
        (said,) = await town.taps(mine, "network." + what.format(at))
        assert read(said).startswith("Only ")


async def test_opinions_count_in_no_activity_once_they_are_off(town: Town) -> None:
    owner, at = await owner_of(town), town.network_id
    weights = []
    for value in (0, 1):
        await town.taps(owner, f"network.set:{at}:opinions:{value}")
        async with town.store.begin() as db:
            weights += [each.asks.opinions for each in await exchanges.open_in(db, at)]
    assert weights[0] == 0 < weights[1]


async def test_on_a_day_of_its_own_nothing_is_sent(town: Town) -> None:
    owner, at = await owner_of(town), town.network_id
    ana = await town.member(1)
    async with town.store.begin() as db:
        assert await quiet.allowed_from(db, ana.person_id, town.now) == town.now
    await add_day(town, owner, "yes", "4.3.")
    assert (await now_of(town)).settled.own_days == ("--03-04",)
    async with town.store.begin() as db:
        begins = await quiet.allowed_from(db, ana.person_id, town.now)
    assert begins.date() == date(2026, 3, 5)
    (shown,) = await town.taps(owner, f"network.days:{at}")
    (removed,) = await town.taps(owner, data_of(shown)[0])
    assert "none yet" in read(removed)
    await town.taps(owner, data_of(shown)[0])
    assert (await noted(town))[:2] == ["network.day_removed", "network.day_added"]


async def add_day(town: Town, owner: Member, yearly: str, day: str) -> None:
    (asked,) = await town.taps(owner, f"network.add_day:{town.network_id}")
    yes_or_no = [data for data in data_of(asked) if data.endswith(f"={yearly}")]
    await town.taps(owner, yes_or_no[0])
    (check,) = await town.says(owner, day)
    sent = [data for data in data_of(check) if data.endswith(":send")]
    assert sent, read(check)
    await town.taps(owner, sent[0])


async def test_a_day_that_is_none_is_asked_again(town: Town) -> None:
    owner = await owner_of(town)
    (asked,) = await town.taps(owner, f"network.add_day:{town.network_id}")
    await town.taps(owner, next(data for data in data_of(asked) if data.endswith("=no")))
    for text in ("31.2.", "never", "1.1.2020"):
        (said,) = await town.says(owner, text)
        assert "do not know that day" in read(said)


async def test_other_words_get_another_place_and_opinions_stay_with_the_old(town: Town) -> None:
    owner, at = await owner_of(town), town.network_id
    await reword(town, owner, 99, "Bread is good")
    await reword(town, owner, 99, "Rain is good")
    await reword(town, owner, 0, "Bread is very good")
    assert (await now_of(town)).statements == ["", "Rain is good", "Bread is very good"]
    (shown,) = await town.taps(owner, f"network.asks:{at}")
    assert read(shown).count("•") == 2
    (one,) = await town.taps(owner, f"network.ask:{at}:1")
    assert "no longer count" in read(one)
    (gone,) = await town.taps(owner, f"network.ask:{at}:0")
    assert "changed meanwhile" in read(gone)
    await town.taps(owner, f"network.unask:{at}:1")
    await town.taps(owner, f"network.unask:{at}:1")
    assert (await now_of(town)).statements == ["", "", "Bread is very good"]
    assert (await noted(town)).count("network.statements") == 4


async def reword(town: Town, owner: Member, place: int, words: str) -> None:
    await town.taps(owner, f"network.reword:{town.network_id}:{place}")
    (check,) = await town.says(owner, words)
    await town.taps(owner, next(data for data in data_of(check) if data.endswith(":send")))


async def test_a_side_is_changed_answer_by_answer(town: Town) -> None:
    owner, at = await owner_of(town), town.network_id
    (shown,) = await town.taps(owner, f"network.sides:{at}")
    (review,) = await town.taps(owner, data_of(shown)[0])
    edits = [data for data in data_of(review) if ".country" in data or ".name" in data]
    await town.taps(owner, next(data for data in edits if "name" in data))
    (review,) = await town.says(owner, "West")
    assert "called that already" in read(review)
    (review,) = await town.says(owner, "Dawn")
    (said,) = await town.taps(owner, next(d for d in data_of(review) if d.endswith(":send")))
    assert "Dawn" in read(said)
    async with town.store.begin() as db:
        first, second = await networks.sides_of(db, at)
    assert (first.name, second.name) == ("Dawn", "West")
    assert await noted(town) == ["network.side"]
