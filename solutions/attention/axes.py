"""Axes: a warm-up in five lines of NumPy, one for each slip that later exercises invite.

A sentence of n words is a table (n, d): a row for each word, and in it d numbers, its features.
Several sentences make a stack of tables, (batch, n, d). Functions of this course take all of
these: (..., n, d), where `...` is any number of axes in front, also none. So count axes from the
end: -1 is the features and -2 the words, whatever stands in front.

NumPy lines shapes up from the right, and stretches an axis of length 1. A sum loses the axis that
it runs along; with keepdims=True it stays, of length 1, and the result lines up with x again.

    x = [[1, 1, 2],    x.sum(axis=-1)                 (2,)     [4, 10]       x / it: refused
         [2, 3, 5]]    x.sum(axis=-1, keepdims=True)  (2, 1)   [[4], [10]]   x / it: by rows

    shares(x)  =  [[1/4, 1/4, 2/4], [2/10, 3/10, 5/10]]

An axis of length 1 is also how pairs are made: x[..., None] puts one at the end. A column (n, 1)
minus a row (1, m) is a table (n, m) of everything on the left with everything on the right.

Two more habits. An array that you are given belongs to somebody else: `x -= 1` changes it for
them, `x - 1` makes a new one. And float32 should stay float32, which takes half the memory. A
Python number leaves it alone; a NumPy number of another type, such as np.sqrt(3), does not.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view

exercise = Exercise(
    formulas={
        "shares(x)": (
            r"\text{shares}(x) ="
            r" \begin{bmatrix} 1/4 & 1/4 & 2/4 \\ 2/10 & 3/10 & 5/10 \end{bmatrix}"
        ),
    },
    hints=[
        "shares: the sum of each row, with its axis kept, divides the table row by row.",
        "centre: the words are the last axis but one. Which number is that, counted from the end?",
        "swap_last_two: np.swapaxes exchanges any two axes. `.T` turns round all of them, which is"
        " the same for a table and not for a stack of tables.",
        "pair_differences: `left` becomes a column and `right` a row. An index of None adds the"
        " axis; `...` before it stands for all axes in front.",
        "divide_by_root: x.shape[-1] is d. math.sqrt of it is a Python number.",
    ],
)


@exercise.reference
def shares(x):
    """Divide every number by the sum of its row.

    Parameters
    ----------
    x : (..., n)
        Numbers above 0.

    Returns
    -------
    shares : (..., n)
        Every row sums to 1.
    """
    return x / x.sum(axis=-1, keepdims=True)


@exercise.picture
def rows():
    """Four rows, each a share-out of its own: the larger the number, the larger its share.

    The last row is a hundred times the first, and its shares are the same. The sums that divide
    have the shape (4, 1): one for each row.
    """
    first = np.array([4.0, 2.0, 1.0, 1.0, 2.0])
    x = np.stack([first, first[::-1], np.ones(5), 100 * first])
    return [view("(4, 5) / (4, 1)", inputs(x), rows=range(4), columns=range(5))]


@exercise.case
def one_row(rng):
    return inputs(rng.uniform(1, 9, size=3).round())


@exercise.case
def a_square_table(rng):
    return inputs(rng.uniform(1, 9, size=(3, 3)).round())


@exercise.case(tags=("oblong",))
def an_oblong_table(rng):
    return inputs(rng.uniform(1, 9, size=(2, 3)).round())


@exercise.case(tags=("batch",))
def a_stack_of_tables(rng):
    return inputs(rng.uniform(1, 9, size=(2, 3, 4)).round())


@exercise.case(tags=("float32",))
def a_table_in_float32(rng):
    return inputs(rng.uniform(1, 9, size=(2, 3)).astype(np.float32))


@exercise.edit(", keepdims=True", "")
def lets_the_axis_go():
    """You sum without keepdims, and the axis is gone.

    Shapes line up from the right, so (2, 3) and (2,) do not fit. In a square table they fit by
    accident, and each number is divided by the sum of another row.
    """


@exercise.edit("axis=-1, keepdims=True", "")
def sums_everything():
    """You divide by the sum of the whole array, so all numbers together sum to 1.

    Each row is to sum to 1 by itself. A sum without an axis runs over all of them.
    """


@exercise.edit("x.sum(", "x.max(")
def divides_by_the_largest():
    """You divide by the largest number of each row, and its shares do not sum to 1."""


@exercise.edit("axis=-1", "axis=0")
def sums_along_the_first_axis():
    """You sum along the first axis, so columns sum to 1 and not rows.

    A row runs along the last axis, which is -1 however many there are.
    """


@exercise.edit("axis=-1", "axis=1")
def sums_along_axis_one():
    """You sum along axis 1, which is the last one of a table only.

    A single row has no axis 1, and in a stack of tables it is another axis. Count from the end.
    """


@exercise.mistake
def divides_in_place(x):
    """Your shares are right, but you write them into the caller's own array.

    `x /= ...` changes x for everybody who holds it. An operation without the `=` makes a new array.
    """
    x /= x.sum(axis=-1, keepdims=True)
    return x


@exercise.edit("x / x", "x.astype(np.float64) / x")
def makes_float64_of_it():
    """Your shares are right, but float32 comes back as float64.

    Something in between is float64: a conversion, or an array made without a dtype.
    """


@exercise.reference
def centre(x):
    """Subtract from every feature its mean over the words of the sentence.

    Parameters
    ----------
    x : (..., n, d)
        Sentences of n words with d features.

    Returns
    -------
    centred : (..., n, d)
        In every sentence, each feature has the mean 0.
    """
    return x - x.mean(axis=-2, keepdims=True)


@exercise.case
def two_words(rng):
    return inputs(rng.normal(size=(2, 2)).round(1))


@exercise.case(tags=("oblong",))
def more_words_than_features(rng):
    return inputs(rng.normal(size=(4, 2)).round(1))


@exercise.case(tags=("batch",))
def several_sentences(rng):
    return inputs(rng.normal(size=(3, 2, 4)).round(1))


@exercise.case(tags=("batch",))
def two_axes_in_front(rng):
    return inputs(rng.normal(size=(2, 2, 3, 4)).round(1))


@exercise.case(tags=("float32",))
def words_in_float32(rng):
    return inputs(rng.normal(size=(4, 3)).astype(np.float32))


@exercise.edit("axis=-2", "axis=0")
def counts_the_axis_from_the_front():
    """You take the mean along axis 0, which is the words of a single sentence only.

    In a stack, axis 0 is the sentences, and each would be compared with the others. Count from the
    end: features are -1, words are -2.
    """


@exercise.edit("axis=-2", "axis=1")
def takes_axis_one_for_the_words():
    """You take the mean along axis 1.

    In one sentence (n, d) that is the features, in a stack (batch, n, d) the words, and with more
    axes in front something else. Counted from the end, the words are always the same axis.
    """


@exercise.edit("axis=-2", "axis=-1")
def takes_the_mean_of_each_word():
    """You take the mean of each word over its features.

    The mean asked for is that of one feature over all words of the sentence: it runs down a column.
    """


@exercise.edit("axis=-2, keepdims=True", "")
def takes_the_mean_of_everything():
    """You subtract one mean, that of the whole array.

    Each feature of each sentence has a mean of its own. Along which axis does it run?
    """


@exercise.edit(", keepdims=True", "")
def lets_the_words_go():
    """You take the mean without keepdims, and the axis of the words is gone.

    For one sentence (d,) still lines up with (n, d). For a stack it does not: (batch, d) would need
    an axis of length 1 in the place of the words.
    """


@exercise.mistake
def subtracts_in_place(x):
    """Your differences are right, but you write them into the caller's own array.

    `x -= ...` changes x for everybody who holds it. An operation without the `=` makes a new array.
    """
    x -= x.mean(axis=-2, keepdims=True)
    return x


@exercise.reference
def swap_last_two(x):
    """Exchange the last two axes: rows become columns.

    Parameters
    ----------
    x : (..., n, m)
        Tables.

    Returns
    -------
    swapped : (..., m, n)
        Entry (j, i) is entry (i, j) of x.
    """
    return np.swapaxes(x, -1, -2)


exercise.equivalent("-1, -2", "-2, -1", "Exchanging two axes is the same both ways.")


@exercise.picture
def rows_become_columns():
    """A table (3, 6) of numbers that grow row by row, and what its last two axes exchanged make.

    Read down a column of the new table: it is a row of the old one. The numbers have not been
    folded anew, as reshape would do.
    """
    x = np.arange(1.0, 19.0).reshape(3, 6)
    turned = view("(6, 3)", inputs(x), rows=range(6), columns=range(3))
    return [view("(3, 6)", inputs(x.T), rows=range(3), columns=range(6)), turned]


@exercise.case
def a_square_table_turned(rng):
    return inputs(rng.normal(size=(2, 2)).round(1))


@exercise.case(tags=("oblong",))
def an_oblong_table_turned(rng):
    return inputs(rng.normal(size=(2, 3)).round(1))


@exercise.case(tags=("batch",))
def a_stack_of_tables_turned(rng):
    return inputs(rng.normal(size=(2, 3, 4)).round(1))


@exercise.case(tags=("batch",))
def two_axes_in_front_of_tables(rng):
    return inputs(rng.normal(size=(2, 3, 4, 5)).round(1))


@exercise.edit("np.swapaxes(x, -1, -2)", "x.T")
def turns_all_axes_round():
    """You reverse the order of all axes, with `.T` or np.transpose.

    For a table that is the same. In a stack (batch, n, m) it also moves the batch to the end; only
    the last two axes are to change places.
    """


@exercise.edit("np.swapaxes(x, -1, -2)", "x.reshape(*x.shape[:-2], x.shape[-1], x.shape[-2])")
def reshapes_instead():
    """You reshape: the shape is right and the numbers stand in the wrong places.

    reshape reads all numbers in the order that they had and folds them anew. To exchange two axes
    is something else: entry (i, j) moves to (j, i).
    """


@exercise.edit("-1, -2", "0, 1")
def swaps_the_first_two():
    """You exchange the first two axes.

    In a table these are the last two as well; in a stack, one of them is the batch.
    """


@exercise.edit("-1, -2", "1, 2")
def swaps_axes_one_and_two():
    """You exchange axes 1 and 2, which are the last two of a stack (batch, n, m) only.

    A single table has no axis 2, and with more axes in front they are others. Count from the end.
    """


@exercise.edit("np.swapaxes(x, -1, -2)", "x")
def leaves_the_axes_where_they_are():
    """You return the table as it came.

    Rows are to become columns. If you did exchange them: np.swapaxes returns what it made, and
    leaves x alone.
    """


@exercise.reference
def pair_differences(left, right):
    """Subtract every number on the right from every number on the left.

    Parameters
    ----------
    left : (..., n)
        Rows of numbers.
    right : (..., m)
        As many rows, perhaps of another length.

    Returns
    -------
    differences : (..., n, m)
        Entry (i, j) is left i minus right j, for each pair of rows.
    """
    column, row = left[..., :, None], right[..., None, :]
    return column - row  # (..., n, 1) - (..., 1, m)


exercise.equivalent("[..., :, None]", None, "Whole axes may be written in several ways.")


@exercise.picture
def pairs():
    """Positions 0 to 7 minus positions 0 to 7: a column (8, 1) minus a row (1, 8) is a table.

    Every pair has a place in it. Along a diagonal the difference is the same, and in the middle,
    where a position meets itself, it is 0.
    """
    places = np.arange(8.0)
    return [view("(8, 1) - (1, 8)", inputs(places, places), rows=range(8), columns=range(8))]


@exercise.case
def two_and_two(rng):
    return inputs(rng.normal(size=2).round(1), rng.normal(size=2).round(1))


@exercise.case(tags=("oblong",))
def two_and_three(rng):
    return inputs(rng.normal(size=2).round(1), rng.normal(size=3).round(1))


@exercise.case(tags=("edge", "oblong"))
def one_against_three(rng):
    return inputs(rng.normal(size=1).round(1), rng.normal(size=3).round(1))


@exercise.case(tags=("batch",))
def as_many_rows_as_numbers(rng):
    return inputs(rng.normal(size=(3, 3)).round(1), rng.normal(size=(3, 3)).round(1))


@exercise.case(tags=("batch", "oblong"))
def pairs_of_several_rows(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), rng.normal(size=(2, 4)).round(1))


@exercise.case(tags=("float32",))
def pairs_in_float32(rng):
    left, right = rng.normal(size=(2, 3)).astype(np.float32)
    return inputs(left, right)


@exercise.edit("column - row", "left - right")
def pairs_equal_places_only():
    """You subtract number by number: the first from the first, the second from the second.

    Every number on the left is to meet every one on the right. That is a table, and it takes one
    more axis on each side.
    """


@exercise.edit("column - row", "row - column")
def subtracts_the_left_from_the_right():
    """You subtract the left from the right, so every sign is the wrong way round.

    Entry (i, j) is left i minus right j.
    """


@exercise.edit("left[..., :, None], right[..., None, :]", "left[..., None, :], right[..., :, None]")
def puts_the_left_along_the_columns():
    """You make a row of `left` and a column of `right`, so the table lies on its side.

    Row i of the result belongs to number i on the left: along which axis does `left` have to run?
    """


@exercise.edit("left[..., :, None], right[..., None, :]", "left[:, None], right")
def pairs_along_the_first_axis():
    """You pair what stands along the first axis, and that is numbers in a single row only.

    With rows stacked, the first axis is the rows, for `left[:, None]` as for a loop over `left`.
    Pairs are made along the last one: `...` stands for whatever is in front.
    """


@exercise.edit("column - row", "np.subtract.outer(left, right)")
def pairs_rows_with_other_rows():
    """You pair every row on the left with every row on the right as well.

    An outer difference takes all numbers of one array with all of the other. Rows that are stacked
    belong together one by one; only the last axis makes pairs.
    """


@exercise.edit("column - row", "np.abs(column - row)")
def drops_the_sign():
    """You return the distance between the two numbers, without its sign.

    Left minus right is below 0 where the right is larger.
    """


@exercise.reference
def divide_by_root(x):
    """Divide all numbers by the square root of d, the length of the last axis.

    Parameters
    ----------
    x : (..., d)
        Vectors.

    Returns
    -------
    scaled : (..., d)
        Of the shape and the dtype of x.
    """
    d = x.shape[-1]
    return x / math.sqrt(d)


@exercise.case
def one_vector(rng):
    return inputs(rng.normal(size=3).round(1))


@exercise.case(tags=("oblong",))
def two_vectors(rng):
    return inputs(rng.normal(size=(2, 3)).round(1))


@exercise.case(tags=("batch",))
def a_stack_of_vectors(rng):
    return inputs(rng.normal(size=(4, 2, 3)))


@exercise.case(tags=("float32",))
def vectors_in_float32(rng):
    return inputs(rng.normal(size=(2, 3)).astype(np.float32))


@exercise.edit("math.sqrt(d)", "np.sqrt(d)")
def takes_the_root_in_float64():
    """Your numbers are right, but float32 vectors come back as float64.

    np.sqrt of an int is a NumPy number, a float64, and float32 divided by it is float64. Python's
    own numbers do not do that to an array. Which function gives you one?
    """


@exercise.edit("math.sqrt(d)", "d")
def divides_without_the_root():
    """You divide by d itself, where its square root was asked for."""


@exercise.edit("x.shape[-1]", "len(x)")
def counts_the_vectors():
    """You take the length of the first axis, and that is the number of vectors.

    For one vector it is d as well. The features are the last axis, whatever is in front.
    """


@exercise.edit("x.shape[-1]", "x.shape[1]")
def takes_the_length_of_axis_one():
    """You take the length of axis 1, which is the last one of a table only.

    A single vector has no axis 1, and in a stack it is another one. Count from the end.
    """


@exercise.edit("x.shape[-1]", "x.size")
def counts_all_numbers():
    """You take the root of how many numbers there are in all.

    d is the length of the last axis. It does not grow when more vectors are handed in.
    """


@exercise.edit("x / math.sqrt(d)", "x / np.linalg.norm(x, axis=-1, keepdims=True)")
def divides_by_the_length():
    """You divide each vector by its own length, the root of the sum of its squares.

    d is how many numbers there are in it, whatever they are.
    """


@exercise.edit("x / math.sqrt(d)", "x * math.sqrt(d)")
def multiplies_by_the_root():
    """You multiply by the root of d; what was asked for is to divide by it."""


@exercise.mistake
def scales_in_place(x):
    """Your numbers are right, but you write them into the caller's own array.

    `x /= ...` changes x for everybody who holds it. An operation without the `=` makes a new array.
    """
    x /= math.sqrt(x.shape[-1])
    return x
