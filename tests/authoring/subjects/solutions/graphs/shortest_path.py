"""A shortest path: from one place to another, over as few others as possible.

A graph is a dict: for every place, the list of its neighbours. Often there are several shortest
paths, and any of them will do.
"""

from collections import deque

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=[
        "Which places are one step away, and which are two?",
        "Remember for each place from where you came to it first.",
    ],
    tags={"detour": "unless a detour comes first"},
)


@exercise.reference
def shortest_path(graph, start, goal):
    """Find a shortest path; there always is one.

    Returns
    -------
    path : list
        Every place on the way, `start` and `goal` included.
    """
    before = {start: None}
    waiting = deque([start])
    while waiting:
        place = waiting.popleft()
        for neighbour in graph[place]:
            if neighbour not in before:
                before[neighbour] = place
                waiting.append(neighbour)
    path = [goal]
    while before[path[-1]] is not None:
        path.append(before[path[-1]])
    return path[::-1]


@exercise.check
def any_shortest_path(path, wanted, graph, start, goal):
    """Allow whatever leads there in as few steps as the reference."""
    if not path or [path[0], path[-1]] != [start, goal]:
        return f"the path has to begin at {start!r} and end at {goal!r}"
    for one, next_one in _steps(path):
        if next_one not in graph[one]:
            return f"there is no way from {one!r} to {next_one!r}"
    if len(path) > len(wanted):
        return f"it has {len(path) - 1} steps, and {len(wanted) - 1} are enough"


def _steps(path):
    return zip(path, path[1:], strict=False)


@exercise.case
def two_ways_round_a_square(rng):
    return inputs({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, "a", "d")


@exercise.case(tags=["detour"])
def a_detour_comes_first(rng):
    goal = int(rng.integers(4, 9))
    return inputs({0: [1, 2], 1: [goal], 2: [3], 3: [goal], goal: []}, 0, goal)


@exercise.mistake
def leaves_out_the_start(graph, start, goal):
    """Your path begins with the second place.

    Whoever walks it has to know where it begins.
    """
    return shortest_path(graph, start, goal)[1:]


@exercise.edit("waiting.popleft()", "waiting.pop()")
def goes_deep_first():
    """You go on from the place that you saw last, and so you go deep before you go wide.

    What is seen first is nearer. Which end of the row is that?
    """
