"""Counting words: how often each of them stands in a text, in whatever case it is written.

Words are what stands between white space; `The` and `the` are one word.
"""

from collections import Counter

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=[
        "Which method of a text gives a list of its words?",
        "A dict gives 0 for a word it does not know with .get(word, 0).",
    ]
)


@exercise.reference
def count_words(text):
    """Count the words of a text.

    Returns
    -------
    counts : dict
        Every word in lower case, and how often it is there.
    """
    return Counter(text.lower().split())


@exercise.case
def three_words(rng):
    return inputs(" ".join(rng.choice(["to", "be", "or"], 3)))


@exercise.case(tags=["option"])
def capitals(rng):
    return inputs("The " + " ".join(rng.choice(["the", "cat", "Cat"], 4)))


@exercise.case(tags=["edge"])
def more_space_than_words(rng):
    return inputs("  a\n\n" + " " * int(rng.integers(2, 5)) + "a  ")


@exercise.edit(".lower()", "")
def keeps_capitals():
    """You count `The` and `the` apart.

    What should become of the letters before they are counted?
    """


@exercise.edit(".split()", ".split(' ')")
def splits_at_every_space():
    """You split at every single space, so that two of them have an empty word between them.

    What does `split` do where it is told nothing?
    """
