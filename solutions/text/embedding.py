"""Embedding: each token is a row of a table, on the way in and on the way out.

An id is only a name: 104 is not "one more" than 103. So a model keeps a table (V, d) with a row of
d numbers for each of its V tokens, its vocabulary. To embed a text is to look up the rows of its
ids. Training moves the rows, until tokens that are used alike have rows that are alike.

On the way out, the model has made a vector x for what should come next. Its dot product with each
row says how well each token fits: V numbers, called logits. Many models use one and the same table
for both, which is then called tied.

    logits_j = sum over k of x_k table_jk

    table = [[1, 0], [0, 2], [1, 1]]             three tokens, two features
    embed([2, 0])      =  [[1, 1], [1, 0]]
    unembed([[3, 1]])  =  [[3, 2, 4]]            token 2 fits best

    ids     (..., n)       integers from 0 to V - 1
    x       (..., n, d)    a vector for each position
    logits  (..., n, V)    a number for each position and each token; no softmax yet

An id that is not in the table is an error. NumPy finds one that is too large, and raises an
IndexError; but it reads -1 as the last row, and nobody hears of the mistake.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.softmax import softmax
from solutions.drawing import waves

exercise = Exercise(
    formulas={
        "logits_j": r"\text{logits}_j = \textstyle\sum_k x_k \, \text{table}_{jk}",
    },
    tags={"first_token": "unless the id 0 is there"},
    hints=[
        "embed: an array of integers is an index. What is the shape of table[ids], if ids is (2, 3)"
        " and the table (5, 4)?",
        "embed: only what is below 0 needs a check of yours. (ids < 0).any() says whether there is"
        " such an id.",
        "embed: `raise IndexError(...)`, with words that say which ids there are.",
        "unembed: every position meets every row. A dot product of rows with rows is a matrix"
        " product with one side turned: (..., n, d) and (d, V) make (..., n, V).",
    ],
)


@exercise.reference
def embed(ids, table):
    """Look up the vector of every id.

    Parameters
    ----------
    ids : int (..., n)
        A text, or several, as ids.
    table : (V, d)
        A row for each token of the vocabulary.

    Returns
    -------
    x : (..., n, d)
        The rows as they are, with no factor.

    Raises
    ------
    IndexError
        An id is below 0, or V or more.
    """
    if (ids < 0).any():
        raise IndexError(f"an id is below 0; there are ids from 0 to {len(table) - 1}")
    return table[ids]


@exercise.picture
def rows_of_a_table():
    """A table of six tokens, and the rows that the ids 4, 1, 1 and 5 stand for.

    The same id has the same vector wherever it stands: that it is the second or the third word is
    not in it.
    """
    table = waves(6, 8)
    ids = np.array([4, 1, 1, 5])
    return [
        view("the whole table", inputs(np.arange(6), table), rows=range(6), columns=range(8)),
        view("ids 4, 1, 1, 5", inputs(ids, table), rows=ids, columns=range(8)),
    ]


@exercise.case
def one_id(rng):
    return inputs(np.array([rng.integers(1, 4)]), rng.normal(size=(4, 4)).round(1))


@exercise.case(points=2, tags=("oblong",))
def a_short_text(rng):
    return inputs(rng.permutation(np.array([3, 1, 4, 1])), rng.normal(size=(5, 2)).round(1))


@exercise.case(tags=("oblong", "first_token"))
def the_first_token_and_the_last(rng):
    return inputs(np.array([0, 4, 0]), rng.normal(size=(5, 3)).round(1))


@exercise.case(tags=("batch", "oblong"))
def several_texts(rng):
    return inputs(rng.integers(1, 6, size=(2, 3)), rng.normal(size=(6, 4)).round(1))


@exercise.case(tags=("batch", "oblong"))
def texts_under_two_batch_axes(rng):
    return inputs(rng.integers(1, 7, size=(2, 3, 4)), rng.normal(size=(7, 2)))


@exercise.case(tags=("float32", "oblong"))
def a_float32_table(rng):
    return inputs(rng.integers(1, 5, size=3), rng.normal(size=(5, 3)).astype(np.float32))


@exercise.case(raises=IndexError, tags=("refusal",))
def refuses_an_id_that_is_too_large(rng):
    return inputs(np.array([1, 5, 2]), rng.normal(size=(5, 3)).round(1))


@exercise.case(raises=IndexError, tags=("refusal", "edge"))
def refuses_an_id_below_zero(rng):
    return inputs(np.array([-1, 1, 2]), rng.normal(size=(5, 3)).round(1))


@exercise.case(raises=IndexError, tags=("refusal", "batch"))
def refuses_one_bad_id_of_many(rng):
    ids = rng.integers(1, 5, size=(3, 4))
    ids[2, 1] = -3
    return inputs(ids, rng.normal(size=(5, 3)).round(1))


@exercise.edit("(ids < 0).any()", "False")
def lets_negative_ids_through():
    """You look up ids below 0, and NumPy counts those from the end of the table.

    -1 becomes the last token, and nobody hears that something went wrong. Raise an IndexError.
    """


@exercise.edit("(ids < 0).any()", "ids[..., 0].min() < 0")
def checks_the_first_id_only():
    """You check the first id of each text only.

    A bad one may stand anywhere. A comparison of the whole array, and `any`, ask all of them.
    """


@exercise.mistake
def moves_bad_ids_into_the_table(ids, table):
    """You move ids that are out of range to the nearest one that is in the table.

    The text then says something else, without a word about it. Raise an IndexError.
    """
    return table[np.clip(ids, 0, len(table) - 1)]


@exercise.mistake
def starts_over_behind_the_table(ids, table):
    """You take ids that are out of range modulo V, so that they start over in the table.

    The text then says something else, without a word about it. Raise an IndexError.
    """
    return table[ids % len(table)]


@exercise.mistake
def raises_another_error(ids, table):
    """You refuse ids that are out of range, with another exception than an IndexError.

    It is what NumPy raises for an index that is too large, and what those who call this catch.
    """
    if ((ids < 0) | (ids >= len(table))).any():
        raise ValueError("an id is out of range")
    return table[ids]


@exercise.edit("table[ids]", "table[ids - 1]")
def counts_ids_from_one():
    """You look one row too far up: you count ids from 1.

    The id 0 is the first row, and V - 1 the last.
    """


@exercise.edit("table[ids]", "len(table[0]) ** 0.5 * table[ids]")
def scales_by_the_root_of_d():
    """You multiply the vectors by the square root of d.

    The transformer of 2017 does that where it adds positions. It belongs there; here the rows come
    as they are.
    """


@exercise.edit("table[ids]", "np.take(table, ids)")
def looks_up_single_numbers():
    """You look up single numbers in the flattened table.

    np.take without an axis counts through all numbers of the table. A token is a whole row.
    """


@exercise.edit("table[ids]", "np.moveaxis(table[:, ids], 0, -1)")
def looks_up_columns():
    """You look up columns of the table, and tokens are its rows.

    `table[:, ids]` takes the second axis for that of the tokens. The table is (V, d).
    """


@exercise.edit("table[ids]", "table[:, ids]")
def returns_columns():
    """You look up columns of the table, and tokens are its rows.

    `table[:, ids]` takes the second axis for that of the tokens. The table is (V, d).
    """


@exercise.mistake
def refuses_the_id_zero(ids, table):
    """You refuse the id 0, which is the first row of the table.

    Only what is below 0 is no id.
    """
    if (ids <= 0).any():
        raise IndexError
    return table[ids]


@exercise.mistake
def refuses_the_last_id(ids, table):
    """You refuse the id V - 1, which is the last row of the table.

    Only V or more is too large.
    """
    if (ids < 0).any() or (ids >= len(table) - 1).any():
        raise IndexError
    return table[ids]


@exercise.edit("table[ids]", "np.eye(len(table))[ids] @ table")
def multiplies_in_float64():
    """Your vectors are right, but those of a float32 table come back as float64.

    A one-hot matrix makes them by a product, and np.eye and np.zeros are float64 unless told
    otherwise. To look a row up takes no product at all.
    """


@exercise.edit("table[ids]", "table[ids].reshape(-1, table.shape[-1])")
def runs_texts_together():
    """You make one long text of all the texts of a batch.

    The result has the axes of the ids, and one more for the features.
    """


@exercise.edit("table[ids]", "table[ids] * (ids != 0)[..., None]")
def takes_the_id_zero_for_padding():
    """You make the vectors of the id 0 all zeros.

    Some models keep the first row for padding. Here it is a token like the others.
    """


@exercise.reference
def unembed(x, table):
    """Score every token of the vocabulary at every position.

    Parameters
    ----------
    x : (..., n, d)
        What a model has made for each position.
    table : (V, d)
        The table that ids were embedded with.

    Returns
    -------
    logits : (..., n, V)
        The dot product of each vector with each row of the table.

    Notes
    -----
    Source: Press and Wolf 2017, on tied embeddings.
    """
    return x @ table.T


@exercise.case
def a_square_table(rng):
    return inputs(rng.normal(size=(3, 3)).round(1), rng.normal(size=(3, 3)).round(1))


@exercise.case(points=2, tags=("oblong",))
def more_tokens_than_features(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), rng.normal(size=(5, 3)).round(1))


@exercise.case(tags=("edge", "oblong"))
def one_position(rng):
    return inputs(rng.normal(size=(1, 2)).round(1), rng.normal(size=(4, 2)).round(1))


@exercise.case(tags=("batch", "oblong"))
def a_batch(rng):
    return inputs(rng.normal(size=(2, 3, 4)), rng.normal(size=(6, 4)))


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes(rng):
    return inputs(rng.normal(size=(2, 2, 3, 4)), rng.normal(size=(5, 4)))


@exercise.case(tags=("float32", "oblong"))
def float32_inputs(rng):
    x, table = rng.normal(size=(3, 4)), rng.normal(size=(6, 4))
    return inputs(x.astype(np.float32), table.astype(np.float32))


@exercise.edit("table.T", "table")
def multiplies_by_the_table_as_it_is():
    """You multiply by the table as it lies, and not by its rows as columns.

    (n, d) and (V, d) do not fit, except where V equals d, and there the numbers are wrong. A vector
    is to meet each row.
    """


@exercise.edit("x @ table.T", "table @ x")
def multiplies_the_other_way_round():
    """You multiply the table by x, and the order of a matrix product matters.

    (V, d) and (n, d) do not fit, except where they are square, and there the numbers are wrong. A
    row of the result belongs to a position: x comes first.
    """


@exercise.edit("x @ table.T", "table.T @ x")
def multiplies_the_turned_table_by_x():
    """You multiply the table by x, and the order of a matrix product matters.

    (d, V) and (n, d) do not fit, except where they are square, and there the numbers are wrong. A
    row of the result belongs to a position: x comes first.
    """


@exercise.edit("x @ table.T", "table @ x.T")
def has_a_row_for_each_token():
    """You make a row for each token and a column for each position, and the reverse is wanted.

    With texts stacked, `.T` also moves the batch to the end. Let x be first, and turn the table.
    """


@exercise.edit("x @ table.T", 'np.einsum("nd,vd->nv", x, table)')
def names_two_axes_only():
    """You name two axes of x, and there may be more in front.

    `...` in the letters of np.einsum, on both sides of the arrow, stands for them.
    """


@exercise.edit("x @ table.T", "x @ table.T / table.shape[-1] ** 0.5")
def divides_by_the_root_of_d():
    """You divide by the square root of d, as attention does with its scores.

    Logits are the plain dot products. A model learns how large they should be.
    """


@exercise.edit("x @ table.T", "x @ table.T * table.shape[-1] ** 0.5")
def multiplies_by_the_root_of_d():
    """You multiply by the square root of d.

    Logits are the plain dot products, without a factor.
    """


@exercise.mistake
def returns_probabilities(x, table):
    """You return probabilities, and logits are wanted.

    Whoever asks for logits applies the softmax later, or needs none: the largest logit is also the
    most probable token.
    """
    return softmax(x @ table.T)


@exercise.edit("x @ table.T", "x @ (table / np.linalg.norm(table, axis=-1, keepdims=True)).T")
def compares_directions_only():
    """You divide the rows by their lengths.

    A dot product grows with the length of the row, and that is meant: a token that is frequent can
    have a long one.
    """


@exercise.edit("x @ table.T", "(x @ table.T).argmax(axis=-1)")
def chooses_a_token():
    """You return the best token at each position, and the scores of all of them are wanted."""


@exercise.edit("x @ table.T", "(x @ table.T)[..., -1, :]")
def scores_the_last_position_only():
    """You score the last position only.

    That is enough to write one more token. Here every position has its scores, as training needs
    them.
    """


@exercise.edit("x @ table.T", "x.astype(np.float64) @ table.T")
def loses_single_precision():
    """Your logits are right, but float32 comes back as float64.

    Something in between is float64: a conversion, or an array made without a dtype.
    """
