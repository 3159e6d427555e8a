"""A times table, printed: every number in columns that line up."""

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["An f-string can pad: f'{7:4d}' is four characters wide."])


@exercise.reference(prints=True)
def print_table(size):
    """Print the products up to `size` times `size`, a row a line, each four characters wide."""
    for row in range(1, size + 1):
        print("".join(f"{row * column:4d}" for column in range(1, size + 1)))


@exercise.case
def a_small_table(rng):
    return inputs(int(rng.integers(2, 5)))


@exercise.case(tags=["long"])
def a_large_table(rng):
    return inputs(12)


@exercise.edit("{row * column:4d}", "{row * column} ")
def does_not_pad():
    """Your numbers do not line up.

    How wide is each of them to be?
    """
