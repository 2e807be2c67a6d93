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

EFFORT = 2.0
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

    Proven unless a step runs out of `effort` (some 200 people); then the best pairs found, at the
    least those of `down_the_line`. Same arguments as above.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = effort
    reached: list[tuple[Ints, int]] = []
    taken = down_the_line(edges, score, rank)
    for goal in (np.ones_like(score), rank[edges].sum(axis=1), score):
        model, chosen = _model(edges, len(rank), reached, taken)
        model.maximize(cp_model.LinearExpr.weighted_sum(chosen, goal.tolist()))
        if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            taken = np.array([solver.value(each) for each in chosen], np.int64)
        reached.append((goal, int(goal @ taken)))
    return [(int(a), int(b)) for a, b in edges[taken > 0]]


def _model(
    edges: Ints, people: int, reached: Sequence[tuple[Ints, int]], hint: Ints
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """At most one pair a person, with no less of each earlier goal than was reached."""
    model = cp_model.CpModel()
    chosen = [model.new_bool_var(f"{a}-{b}") for a, b in edges]
    of_person: list[list[cp_model.IntVar]] = [[] for _ in range(people)]
    for (a, b), each, value in zip(edges, chosen, hint.tolist(), strict=True):
        of_person[a].append(each)
        of_person[b].append(each)
        model.add_hint(each, value)
    for touching in of_person:
        model.add_at_most_one(touching)
    for group in connected(edges):
        # Implied, but it spares the search for a proof that an odd one out remains.
        inside = {each.index: each for person in group for each in of_person[person]}
        model.add(cp_model.LinearExpr.sum(list(inside.values())) <= len(group) // 2)
    for goal, value in reached:
        model.add(cp_model.LinearExpr.weighted_sum(chosen, goal.tolist()) >= value)
    return model, chosen


def down_the_line(edges: Ints, score: Ints, rank: Ints) -> Ints:
    """Which pairs are made if each in turn, from the head of the line, takes the best one free."""
    taken = np.zeros(len(edges), np.int64)
    gone: set[int] = set()
    for at in np.lexsort((-score, -rank[edges].max(axis=1))):
        if not gone.intersection(edges[at].tolist()):
            gone.update(edges[at].tolist())
            taken[at] = 1
    return taken


def connected(edges: Ints) -> list[set[int]]:
    """The people who hang together by the edges, group by group."""
    group_of: dict[int, set[int]] = {}
    for a, b in edges.tolist():
        one = group_of.get(a, {a})
        if b not in one:
            joined = one | group_of.get(b, {b})
            group_of |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in group_of.values()}.values())
