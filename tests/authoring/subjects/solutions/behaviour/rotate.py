"""Rotate: the first becomes the last, in the list itself."""

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["A list has pop and append."])


@exercise.reference(changes="things")
def rotate(things, steps=1):
    """Move the first of some things to the end, as often as it is said, in the list itself."""
    for _ in range(steps):
        things.append(things.pop(0))


@exercise.case
def once(rng):
    return inputs([1, 2, int(rng.integers(3, 9))])


@exercise.case(tags=["option"])
def twice(rng):
    return inputs(list("abcd"), steps=2)


@exercise.mistake
def rotates_the_other_way(things, steps=1):
    """You move the last to the front.

    Which end does the first of them go to?
    """
    for _ in range(steps):
        things.insert(0, things.pop())


@exercise.mistake
def makes_another_list(things, steps=1):
    """You return a new list, and leave the one that you were given as it is.

    Whoever called you looks at their own list.
    """
    return things[steps:] + things[:steps]
