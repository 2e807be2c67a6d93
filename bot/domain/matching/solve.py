"""The best pairs there are: most people first, then who waited longest, then the score.

In that order, strictly. That the priorities may simply be added up is no approximation: the sets of
people a matching can cover form a matroid, so a largest one with the highest sum is the one that
takes the longest waiting, then the next longest, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from ortools.sat.python import cp_model

from bot.domain.matching.score import BEST

Ints = npt.NDArray[np.int64]
Edge = tuple[int, int]

EFFORT = 60.0
"""How long each step may search with more than two sides, in deterministic seconds of CP-SAT."""


def two_sides(edges: Ints, score: Ints, rank: Ints, left: Sequence[int]) -> list[Edge]:
    """The best pairs of two sides, proven, by min-cost flow.

    `edges` is (n, 2) with the members of `left` in the first column, `score` (n) goes with it,
    `rank` (by person) is higher for those who go earlier.
    """
    people = len(rank)
    source, sink = people, people + 1
    on_left = np.isin(np.arange(people), left)
    worth = rank * (people * BEST + 1)
    ids = np.arange(people)
    tails = np.concatenate([edges[:, 0], np.where(on_left, source, ids)])
    heads = np.concatenate([edges[:, 1], np.where(on_left, ids, sink)])
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tails, heads, np.ones(len(tails), np.int64), -np.concatenate([score, worth])
    )
    flow.set_node_supply(source, people)
    flow.set_node_supply(sink, -people)
    flow.solve_max_flow_with_min_cost()
    used = flow.flows(arcs[: len(edges)]) > 0
    return [(int(a), int(b)) for a, b in edges[used]]


def many_sides(
    edges: Ints, score: Ints, rank: Ints, seed: int, effort: float = EFFORT
) -> list[Edge]:
    """The best pairs of any two different sides, by CP-SAT in three steps, one a goal.

    Proven unless a step runs out of `effort`; then the best pairs found. Same arguments as above.
    """
    model = cp_model.CpModel()
    chosen = [model.new_bool_var(f"{a}-{b}") for a, b in edges]
    of_person: list[list[cp_model.IntVar]] = [[] for _ in rank]
    for (a, b), each in zip(edges, chosen, strict=True):
        of_person[a].append(each)
        of_person[b].append(each)
    for touching in of_person:
        model.add_at_most_one(touching)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = effort
    pairs: list[Edge] = []
    for goal in (np.ones_like(score), rank[edges].sum(axis=1), score):
        wanted = cp_model.LinearExpr.weighted_sum(chosen, [int(each) for each in goal])
        model.maximize(wanted)
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        values = [solver.boolean_value(each) for each in chosen]
        pairs = [(int(a), int(b)) for (a, b), taken in zip(edges, values, strict=True) if taken]
        model.add(wanted >= int(goal @ np.array(values, np.int64)))
    return pairs
