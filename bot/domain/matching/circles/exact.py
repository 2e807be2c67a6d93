"""The best circles of a few people (some 60), by CP-SAT, one goal after the other.

Each circle goes by the first in line of its members of one side (the asymmetric representatives of
Campêlo, Campos and Corrêa, Discrete Applied Mathematics 156, 2008), so that the same circles in
another order are no other solution.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations

from ortools.sat.python.cp_model import FEASIBLE, OPTIMAL, CpModel, CpSolver, IntVar, LinearExpr

from bot.domain.matching.circles.people import Group, Kind, People, bits

AT_ONCE = 30
"""So many people of the line make one goal; 2 to the power of more is too large for CP-SAT."""


@dataclass(frozen=True, slots=True)
class Model:
    """Who sits with whom. Circles go by their first in line of `side`.

    `seats` has a variable for each person (second) in the circle that goes by another (first), or
    by themselves; `gaps` one for each side of a circle, 1 where it has one more or one less.
    """

    people: People
    side: Group
    cp: CpModel = field(default_factory=CpModel)
    seats: dict[tuple[int, int], IntVar] = field(default_factory=dict)
    gaps: list[IntVar] = field(default_factory=list)


def worth(people: People, circles: Sequence[Group]) -> tuple[int, str, int]:
    """What is optimised before the score, the greater the better.

    How many sit in circles; who does, from the head of the line; how even the circles are.
    """
    seated = sum(circles)
    line = f"{seated:0{len(people.who)}b}"[::-1]
    gaps = [abs(each - people.shape.size) for circle in circles for each in people.counts(circle)]
    return seated.bit_count(), line, -sum(gaps)


def best_seats(
    people: People, pool: Group, known: Sequence[Group], effort: float, seed: int
) -> list[Group]:
    """The circles of those in `pool` that are worth most, or the `known` ones if none are found.

    Proven unless it runs out of `effort`, in deterministic seconds of CP-SAT.
    """
    model = Model(people, min((pool & each for each in people.sides.values()), key=int.bit_count))
    for first in bits(model.side):
        earlier = model.side & ((1 << first) - 1)
        _add_circle(model, first, pool & ~earlier)
    for each in bits(pool):
        model.cp.add_at_most_one(_seats_of(model, each))
    goals = _goals(model, pool)
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = effort / len(goals)
    best = list(known)
    for goal in goals:
        model.cp.maximize(goal)
        _hint(model, best)
        if solver.solve(model.cp) not in (OPTIMAL, FEASIBLE):
            break
        best = _found(model, solver)
        model.cp.add(goal >= round(solver.objective_value))
    return max(list(known), best, key=lambda circles: worth(people, circles))


def _seats_of(model: Model, one: int) -> list[IntVar]:
    return [seat for (_first, each), seat in model.seats.items() if each == one]


def _goals(model: Model, pool: Group) -> list[LinearExpr]:
    """What is maximised: how many sit, who sits by the line, how even the circles are."""
    line = [LinearExpr.sum(_seats_of(model, each)) for each in bits(pool)]
    return [
        LinearExpr.sum(line),
        *(
            LinearExpr.weighted_sum(some, [1 << at for at in reversed(range(len(some)))])
            for start in range(0, len(line), AT_ONCE)
            for some in [line[start : start + AT_ONCE]]
        ),
        -LinearExpr.sum(model.gaps),
    ]


def _hint(model: Model, circles: Sequence[Group]) -> None:
    taken = {(next(bits(circle & model.side)), each) for circle in circles for each in bits(circle)}
    model.cp.model_proto.clear_solution_hint()
    for key, seat in model.seats.items():
        model.cp.add_hint(seat, key in taken)


def _found(model: Model, solver: CpSolver) -> list[Group]:
    circles: Counter[int] = Counter()
    for (first, each), seat in model.seats.items():
        circles[first] += solver.value(seat) << each
    return [circle for circle in circles.values() if circle]


def _add_circle(model: Model, first: int, pool: Group) -> None:
    """The circle that goes by `first`, with all who could sit in it with them."""
    people, cp = model.people, model.cp
    joins = [each for each in bits(pool) if people.agree(1 << first | 1 << each)]
    seat = {each: cp.new_bool_var(f"{each} with {first}") for each in joins}
    there = seat[first]
    for each in joins:
        model.seats[first, each] = seat[each]
        cp.add_implication(seat[each], there)
    for one, other in combinations(joins, 2):
        if people.apart[one] >> other & 1:
            cp.add_at_most_one(seat[one], seat[other])
    for kind in people.kinds:
        _share(cp, kind, kind.of[first], seat, there)
    _size(model, seat, there)


def _share(cp: CpModel, kind: Kind, things: int, seat: dict[int, IntVar], there: IntVar) -> None:
    """All of a circle share enough things; those the same people lack are one variable."""
    lacking = Counter(
        tuple(each for each in seat if not kind.has[thing] >> each & 1) for thing in bits(things)
    )
    shared = []
    for at, (who, many) in enumerate(lacking.items()):
        all_have = cp.new_bool_var(f"{kind.why} {at} of {there.name}")
        for each in who:
            cp.add_at_most_one(all_have, seat[each])
        shared.append(many * all_have)
    cp.add(LinearExpr.sum(shared) >= kind.need * there)


def _size(model: Model, seat: dict[int, IntVar], there: IntVar) -> None:
    """As many of each side as may be, and one who leads if asked for."""
    people, shape, cp = model.people, model.people.shape, model.cp
    counts = []
    for name, side in people.sides.items():
        count = LinearExpr.sum([own for each, own in seat.items() if side >> each & 1])
        cp.add(count >= shape.fewest * there)
        gap = cp.new_bool_var(f"side {name} of {there.name}")
        cp.add(count <= shape.size * there + gap)
        cp.add(count >= shape.size * there - gap)
        model.gaps.append(gap)
        counts.append(count)
        if shape.leads:
            lead = people.leaders & side
            cp.add(LinearExpr.sum([own for each, own in seat.items() if lead >> each & 1]) >= there)
    for one, other in permutations(counts, 2):
        cp.add(one - other <= 1)
