"""Run-length coding: `aaab` is three times a, once b.

Neighbours that are equal are one run. A text becomes the list of its runs, each a pair of the
character and how often it stands there.
"""

from itertools import groupby

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=[
        "When does a run end?",
        "Keep the last pair, and compare each character with its first.",
    ],
    tags={"comes_again": "unless a character comes again later"},
)


@exercise.reference
def encode(text):
    """Return the runs of a text.

    Returns
    -------
    runs : list of (character, count)
        In the order in which they stand there.
    """
    return [(character, len(list(run))) for character, run in groupby(text)]


@exercise.case
def three_and_one(rng):
    return inputs("".join(rng.choice(list("xyz"), 2, replace=False).repeat([3, 1])))


@exercise.case(tags=["comes_again"])
def a_character_comes_again(rng):
    first, second = rng.choice(list("abc"), 2, replace=False)
    return inputs(f"{first}{first}{second}{first}")


@exercise.case(tags=["edge"])
def nothing_at_all(rng):
    return inputs("")


@exercise.mistake
def counts_the_whole_text(text):
    """You count a character in the whole text, and not in one run.

    In `aaba` there are two runs of a. Where does the first end?
    """
    return [(character, text.count(character)) for character in dict.fromkeys(text)]


@exercise.mistake
def loses_the_last_run(text):
    """Your last run is missing.

    A run is written down when the next begins. Which one has no next?
    """
    return encode(text)[:-1]
