"""Dijkstra: how far it is from one place to every other.

A graph is a dict: for every place, a dict of its neighbours with the length of the way there. No
length is negative, so of all places that are not done yet, the nearest is done for good.
"""

import heapq

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=[
        "Which place's distance can no longer get smaller?",
        "A heap gives the nearest first. What is popped twice was done the first time.",
    ],
    tags={"grid": "unless places are pairs"},
)


@exercise.reference
def distances(graph, start):
    """Find how far it is from `start` to every place that can be reached.

    Returns
    -------
    distances : dict
        The length of the shortest way to each of them.
    """
    done = {}
    heap = [(0.0, start)]
    while heap:
        distance, place = heapq.heappop(heap)
        if place in done:
            continue
        done[place] = distance
        for neighbour, length in graph[place].items():
            heapq.heappush(heap, (distance + length, neighbour))
    return done


@exercise.case
def a_detour_is_shorter(rng):
    short = float(rng.integers(1, 4))
    return inputs({0: {1: 9.0, 2: short}, 1: {}, 2: {1: short}}, 0)


@exercise.case(tags=["edge"])
def a_place_that_cannot_be_reached(rng):
    return inputs({0: {1: float(rng.integers(1, 9))}, 1: {0: 1.0}, 2: {}}, 0)


@exercise.case(tags=["grid"])
def places_on_a_grid(rng):
    places = [(row, column) for row in range(3) for column in range(3)]
    lengths = rng.uniform(1, 5, size=(9, 9)).round(1)
    graph = {
        a: {
            b: float(lengths[i, j])
            for j, b in enumerate(places)
            if abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1
        }
        for i, a in enumerate(places)
    }
    return inputs(graph, (0, 0))


@exercise.edit("distance + length", "distance + 1.0")
def counts_the_steps():
    """You count the steps, and every step has a length of its own.

    What is added to the distance when you go on to a neighbour?
    """


@exercise.edit("distance + length", "length")
def forgets_the_way_so_far():
    """You forget how far it was until there.

    A way's length is that of all its steps together.
    """
