"""People to match, few and arbitrary, and what a pair of them is by the definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from hypothesis import strategies as st

from bot.domain.matching import Candidate, Result, Rules, may_meet
from bot.domain.matching.pair import terms

EVENINGS = frozenset({18, 19, 20, 42, 43, 44})
SPOTS = {"Kos": (36.9, 27.3), "Bodrum": (37.0, 27.4), "Athens": (38.0, 23.7)}
TIMES = [
    *(EVENINGS, EVENINGS, EVENINGS | {8, 9, 10}, frozenset({8, 9, 10}), frozenset({8, 18, 19})),
    *(frozenset({9, 160}), frozenset[int]()),
]
FORMATS = [
    *(frozenset({"online"}), frozenset({"online"}), frozenset({"online", "in_person"})),
    *(frozenset({"in_person"}), frozenset[str]()),
]
Ids = frozenset[int]


def one(id_: int, side: int, **more: object) -> Candidate:
    """Somebody who speaks English and has time on two evenings, unless told otherwise."""
    told: dict[str, object] = {
        "languages": {"en": 2},
        "hours": EVENINGS,
        "formats": frozenset({"online"}),
    }
    return Candidate(id_, side, **(told | more))  # type: ignore[arg-type]


def some(*values: object) -> st.SearchStrategy[frozenset[object]]:
    return st.frozensets(st.sampled_from(values))


def person(id_: int, sides: int, roomy: bool) -> st.SearchStrategy[Candidate]:
    return st.builds(
        Candidate,
        id=st.just(id_),
        side=st.integers(1, sides),
        languages=st.dictionaries(
            st.sampled_from(("en", "ar", "el")), st.integers(1, 3), min_size=1
        ),
        hours=st.sampled_from(TIMES),
        formats=st.sampled_from(FORMATS),
        place=st.sampled_from(["", "Kos", " kos ", "Bodrum", "Athens"]),
        interests=some("food", "music", "films"),  # type: ignore[arg-type]
        opinions=st.dictionaries(st.sampled_from("012"), st.integers(-2, 2)),
        answers=st.dictionaries(st.sampled_from(("age", "role")), st.sampled_from("xy")),
        offers=some("milk", "honey"),  # type: ignore[arg-type]
        needs=some("milk", "honey"),  # type: ignore[arg-type]
        capacity=st.integers(1, 3) if roomy else st.just(1),
        waited=st.integers(0, 2),
        first=st.booleans(),
    )


@st.composite
def people(
    draw: st.DrawFn, sides: int = 2, most: int = 8, *, roomy: bool = False
) -> list[Candidate]:
    """Up to so many people of up to so many sides; if `roomy` some take more than one partner."""
    return [draw(person(100 + at, sides, roomy)) for at in range(draw(st.integers(0, most)))]


def weights() -> st.SearchStrategy[float]:
    return st.sampled_from([0, 0, 1, 2.5, 40])


def rules() -> st.SearchStrategy[Rules]:
    """Rules of every sort."""
    return st.builds(
        Rules,
        least_hours=st.integers(1, 3),
        least_level=st.integers(1, 2),
        same=st.sampled_from([(), (), ("role",)]),
        fit=st.sampled_from([False, False, True]),
        reach_km=st.sampled_from([0, 30.0, 500.0]),
        spots=st.sampled_from([{}, SPOTS]),
        agree=st.booleans(),
        interests=weights(),
        opinions=weights(),
        hours=weights(),
        needs=weights(),
        level=weights(),
        distance=weights(),
        alike=st.sampled_from([{}, {"age": 10.0}]),
        mixed=st.sampled_from([{}, {"shoe": 10.0}]),
    )


def id_pairs() -> st.SearchStrategy[set[Ids]]:
    """Pairs of ids of such people."""
    return st.sets(st.frozensets(st.integers(100, 109), min_size=2, max_size=2), max_size=4)


def worth(a: Candidate, b: Candidate, who: Sequence[Candidate], settled: Rules) -> int:
    """The score of a pair, in points, by the definition."""
    statements = len({each for other in who for each in other.opinions})
    return sum(terms(a, b, settled, statements).values())


def allowed(who: Sequence[Candidate], never: set[Ids], settled: Rules) -> list[tuple[int, int]]:
    """The places of each two who may be paired."""
    return [
        (a, b)
        for a, b in combinations(range(len(who)), 2)
        if may_meet(who[a], who[b], settled) and frozenset({who[a].id, who[b].id}) not in never
    ]


def rounds(edges: list[tuple[int, int]], room: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    """Every set of pairs that gives nobody more partners than they have room for."""
    if not edges:
        yield []
        return
    (a, b), rest = edges[0], edges[1:]
    yield from rounds(rest, room)
    if room[a] and room[b]:
        less = [each - (at in (a, b)) for at, each in enumerate(room)]
        for others in rounds(rest, less):
            yield [(a, b), *others]


def order(
    pairs: list[tuple[int, int]], who: Sequence[Candidate], scores: Mapping[tuple[int, int], int]
) -> object:
    """How good a round is: people, the line from its head on, few pairs, score."""
    line = sorted(range(len(who)), key=lambda at: (not who[at].first, -who[at].waited, at))
    paired = {at for pair in pairs for at in pair}
    served = [at in paired for at in line]
    return len(paired), served, -len(pairs), sum(scores[pair] for pair in pairs)


def made(result: Result, who: Sequence[Candidate]) -> list[tuple[int, int]]:
    """The pairs of a round, as places."""
    at = {each.id: place for place, each in enumerate(who)}
    return sorted(
        (min(a, b), max(a, b)) for a, b in ((at[p.one], at[p.other]) for p in result.pairs)
    )
