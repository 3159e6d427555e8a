"""Attention scores: three ways to say how well a key answers a query.

Every position of a sequence has vectors: a query, a key, each a row of numbers, called features.
Attention compares every query with every key, and a score says how well they go together. Softmax
turns scores into weights later; until then they may be any numbers.

    dot         score(q, k) = q . k
    scaled dot  score(q, k) = q . k / sqrt(d_k)                         Vaswani et al. 2017
    additive    score(q, k) = v . tanh(q w_query + k w_key)             Bahdanau et al. 2014

    query    (..., n_query, d_q)          w_query  (d_q, a)
    key      (..., n_key, d_k)            w_key    (d_k, a)
    scores   (..., n_query, n_key)        v        (a,)

    q = [1, 3, 1, 1],  k = [2, 1, 0, 1]  ->  dot 2 + 3 + 0 + 1 = 6  ->  6 / sqrt(4): scaled 3
    q = [1], k = [2], w_query = [[3, 0]], w_key = [[-1, 5]], v = [2, 1]
        ->  [3, 0] + [-2, 10] = [1, 10]  ->  tanh: [0.762, 1.000]  ->  additive 2.523

A dot product needs equal widths, d_q = d_k. If the entries of q and k are independent, with mean 0
and variance 1, each product of two has mean 0 and variance 1 too, and a sum of d_k of them has
standard deviation sqrt(d_k). Wide vectors make large scores: softmax gives nearly everything to one
key, and its gradient, which training needs, all but vanishes. The division undoes that growth.

Additive scores may compare different widths, and their size is at most sum |v|. But every pair
needs its own tanh of `a` numbers, while all dot products are a single matrix product.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.softmax import softmax
from solutions.drawing import in_single_precision

exercise = Exercise(
    formulas={
        "dot": r"\text{dot:} && \text{score}(q, k) &= q \cdot k",
        "scaled dot": r"\text{scaled dot:} && \text{score}(q, k) &= \frac{q \cdot k}{\sqrt{d_k}}",
        "additive": (
            r"\text{additive:} && \text{score}(q, k) &="
            r" v \cdot \tanh(q\,w_\text{query} + k\,w_\text{key})"
        ),
    },
    hints=[
        "dot_scores: a table with a row for each query and a column for each key is wanted. A"
        " product of two matrices makes such a table: what has to happen to the key first?",
        "dot_scores: exchange the last two axes of the key and leave batch axes where they are."
        " np.swapaxes exchanges any two axes; -1 and -2 are the last two.",
        "scaled_dot_scores: divide what dot_scores returns. The width is the last axis of the"
        " query, and a root from the math module keeps float32 as it is.",
        "additive_scores: project first, each side with its own matrix. Then every pair needs a"
        " vector of `a` numbers: write its shape down, and the shapes that broadcast to it.",
        "additive_scores: the projected queries as (..., n_query, 1, a) and the projected keys"
        " as (..., 1, n_key, a) add up to all pairs; None in an index makes an axis of length"
        " 1. Then tanh, and a product with v uses up the last axis.",
    ],
)


@exercise.reference
def dot_scores(query, key):
    """Compare every query with every key by their dot product.

    Parameters
    ----------
    query : (..., n_query, d_k)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found, as wide as a query.

    Returns
    -------
    scores : (..., n_query, n_key)
        Of the dtype of `query`; entry i, j compares query i with key j.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.1, there called dot-product attention.
    """
    return query @ np.swapaxes(key, -1, -2)


exercise.equivalent("-1, -2", "-2, -1", "Exchanging two axes is the same both ways.")


@exercise.picture
def directions():
    """Eight arrows of length 1, all compared with all: the dot product is the cosine between them.

    Arrows that point the same way score 1, at right angles 0, and opposite ones -1.
    """
    degrees = np.arange(0, 360, 45)
    angles = np.deg2rad(degrees)
    arrows = np.stack([np.cos(angles), np.sin(angles)], axis=-1).round(3)  # (8, 2)
    return [view("degrees", inputs(arrows, arrows), rows=degrees, columns=degrees)]


@exercise.case(points=2)
def dot_products_of_two_positions(rng):
    return inputs(*rng.integers(-4, 5, size=(2, 2, 2)).astype(float))


@exercise.case(tags=("edge",))
def dot_product_of_one_pair(rng):
    return inputs(*rng.normal(size=(2, 1, 3)).round(1))


@exercise.case(tags=("oblong",))
def dot_products_of_fewer_queries_than_keys(rng):
    return inputs(rng.normal(size=(2, 4)).round(1), rng.normal(size=(3, 4)).round(1))


@exercise.case(tags=("batch",))
def dot_products_in_a_batch(rng):
    return inputs(*rng.normal(size=(2, 3, 3, 3)).round(1))


@exercise.case(tags=("batch", "oblong"))
def dot_products_with_two_batch_axes(rng):
    return inputs(rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 3, 6, 5)))


@exercise.case(tags=("float32",))
def dot_products_in_float32(rng):
    return inputs(*rng.normal(size=(2, 4, 3)).astype(np.float32))


@exercise.edit("np.swapaxes(key, -1, -2)", "key.T")
def transposes_the_batch_too():
    """You transpose the key with `.T`, which reverses all of its axes, batch axes too.

    It is what you want for a single sequence only. With a batch, exchange just the last two axes.
    """


@exercise.edit("query @ np.swapaxes(key, -1, -2)", "np.dot(query, key.T)")
def transposes_the_batch_in_np_dot():
    """You use np.dot with `.T`, and neither of the two keeps the sequences of a batch apart.

    `.T` reverses all axes, batch axes too, and np.dot pairs every sequence with every other.
    Exchange just the last two axes, and multiply with `@`.
    """


@exercise.edit("np.swapaxes(key, -1, -2)", "key.transpose(0, 2, 1)")
def names_the_axes_of_a_single_batch():
    """You count on exactly one batch axis, as key.transpose(0, 2, 1) does.

    A single sequence has one axis fewer, and a batch of batches has one more. Count the axes from
    the end; in einsum, `...` stands for those in front.
    """


@exercise.mistake
def knows_a_single_sequence_only(query, key):
    """You write out all axes of a single sequence, as "id,jd->ij" in einsum does.

    With a batch there are more of them than you have named. In einsum `...` stands for those in
    front, and `@` takes any number of them.
    """
    return np.einsum("id,jd->ij", query, key)


@exercise.mistake
def counts_the_new_axes_of_products_from_the_front(query, key):
    """You give query and key their new axes where a single sequence needs them, from the front.

    With a batch they land beside the batch axis, and sequences are paired with each other. Let
    `...` stand for the axes in front.
    """
    return (query[:, None] * key[None]).sum(axis=-1)


@exercise.mistake
def adds_all_products_up(query, key):
    """You add up the products of all positions, so that a single number is left.

    np.sum without an axis takes everything together. A score belongs to a pair of positions, and
    only its features are summed over.
    """
    return np.sum(query * key)


@exercise.mistake
def pairs_every_sequence_with_every_other(query, key):
    """You use np.dot or np.inner, which pair every sequence of a batch with every other one.

    For a single sequence np.dot does what `@` does, and np.inner what `query @ key.T` does. With
    batch axes the queries of one sentence would meet the keys of all, and the result has too many
    axes. `@` keeps sequences apart.
    """
    return np.dot(query, np.swapaxes(key, -1, -2))


@exercise.mistake
def lets_the_keys_ask(query, key):
    """You multiply key by query, so your scores have a row for each key.

    Every query chooses among the keys: queries are rows, keys are columns. Which of the two stands
    first in the product?
    """
    return key @ np.swapaxes(query, -1, -2)


@exercise.mistake
def compares_features_instead_of_positions(query, key):
    """You turn the query on its side and not the key, so you compare features with features.

    The sum runs over positions then, and the table is (d_k, d_k). A score belongs to a pair of
    positions: the features are what is summed over.
    """
    return np.swapaxes(query, -1, -2) @ key


@exercise.mistake
def pairs_the_positions_one_to_one(query, key):
    """You compare each query only with the key at its own position.

    `(query * key).sum(axis=-1)` makes one number for each position. A score is wanted for every
    pair, so n_query times n_key of them.
    """
    return (query * key).sum(axis=-1)


@exercise.edit("np.swapaxes(key, -1, -2)", "np.swapaxes(query, -1, -2)")
def compares_queries_with_queries():
    """You compare the queries with each other, and the keys are never used.

    In the table each query has a row and each key a column. Copied names are worth a second look.
    """


@exercise.edit("query @", "key @")
def compares_keys_with_keys():
    """You compare the keys with each other, and the queries are never used.

    In the table each query has a row and each key a column. Copied names are worth a second look.
    """


@exercise.edit("np.swapaxes(key, -1, -2)", "key")
def does_not_turn_the_key():
    """You multiply query and key as they stand, so features of the one meet positions of the other.

    It runs only where there are as many keys as features. In a product of matrices, rows on the
    left meet columns on the right: what has to happen to the key first?
    """


@exercise.mistake
def multiplies_entry_by_entry(query, key):
    """You multiply query and key entry by entry, and sum nothing up.

    `*` pairs entry with entry, so unequal lengths do not fit. A score is one number for a pair of
    positions: `@` multiplies and sums over the features.
    """
    return query * key


@exercise.mistake
def takes_distances(query, key):
    """You take the squared distance between query and key, with a minus, for the score.

    It is large for vectors that are near, but it is not the dot product: that grows with their
    lengths, too.
    """
    return -((query[..., :, None, :] - key[..., None, :, :]) ** 2).sum(axis=-1)


@exercise.mistake
def compares_directions_only(query, key):
    """You divide by the norms of the vectors: that is the cosine of the angle between them.

    A plain dot product is larger for longer vectors, and a model can use that. Here nothing is
    divided.
    """
    lengths = (
        np.linalg.norm(query, axis=-1)[..., :, None] * np.linalg.norm(key, axis=-1)[..., None, :]
    )
    return dot_scores(query, key) / np.where(lengths == 0, 1, lengths)


@exercise.mistake
def scales_already(query, key):
    """You divide by the root of the width here already.

    The division has a function of its own, the next one. This one returns the plain products.
    """
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


@exercise.edit(
    "np.swapaxes(key, -1, -2)", "key.reshape(*key.shape[:-2], key.shape[-1], key.shape[-2])"
)
def reshapes_the_keys_instead_of_turning_them():
    """You reshape the keys where their last two axes should change places.

    A reshape deals the same numbers out in the same order, so each column mixes several keys. Draw
    a table of 2 x 3 and turn it both ways.
    """


@exercise.reference
def scaled_dot_scores(query, key):
    """Compare every query with every key by their dot product, divided by sqrt(d_k).

    Parameters
    ----------
    query : (..., n_query, d_k)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found, as wide as a query.

    Returns
    -------
    scores : (..., n_query, n_key)
        Of the dtype of `query`; their size does not grow with d_k.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.1; footnote 4 there derives the root.
    """
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


exercise.equivalent("query.shape", "key.shape", "Keys are as wide as queries.")


@exercise.picture
def wide_vectors():
    """One query and six keys, with entries that are all of about the same size.

    The scores of width 64 are about four times as large as those of width 4. Divided by sqrt(d_k),
    both are of about the same size.
    """
    numbers = np.arange(1.0, 6 * 64 + 1)
    query, key = np.sin(numbers[:64] ** 2).reshape(1, 64), np.sin(numbers**3).reshape(6, 64)
    return [
        view(
            f"{name} of width {width}",
            inputs(query[:, :width], key[:, :width]),
            of=function,
            part=(0,),
            columns=range(6),
        )
        for name, function in (("dot", "dot_scores"), ("scaled dot", "scaled_dot_scores"))
        for width in (4, 64)
    ]


@exercise.case(points=2)
def scaled_products_of_two_positions(rng):
    return inputs(*rng.integers(-4, 5, size=(2, 2, 4)).astype(float))


@exercise.case(tags=("edge",))
def scaled_products_of_width_one(rng):
    return inputs(*rng.integers(-4, 5, size=(2, 3, 1)).astype(float))


@exercise.case(tags=("oblong",))
def scaled_products_of_more_queries_than_keys(rng):
    return inputs(rng.normal(size=(5, 4)).round(1), rng.normal(size=(2, 4)).round(1))


@exercise.case(tags=("batch",))
def scaled_products_in_a_batch(rng):
    return inputs(*rng.normal(size=(2, 2, 3, 5)))


@exercise.case(tags=("batch", "oblong"))
def scaled_products_with_two_batch_axes(rng):
    return inputs(rng.normal(size=(3, 2, 5, 6)), rng.normal(size=(3, 2, 4, 6)))


@exercise.case(tags=("large",))
def scaled_products_of_large_vectors(rng):
    return inputs(*(1000 * rng.normal(size=(2, 2, 3)).round(1)))


@exercise.case(tags=("float32",))
def scaled_products_in_float32(rng):
    return inputs(*rng.normal(size=(2, 4, 3)).astype(np.float32))


@exercise.edit(" / math.sqrt(query.shape[-1])", "")
def does_not_scale():
    """You return the plain dot products, without dividing them.

    The wider the vectors, the larger the scores, until softmax gives nearly all weight to one key.
    By what does the formula divide?
    """


@exercise.edit("math.sqrt(query.shape[-1])", "query.shape[-1]")
def divides_by_the_width_itself():
    """You divide by d_k and not by its root, perhaps because you scaled query and key both.

    The spread of the dot products grows with the root of the width. Dividing by the width itself
    flattens the weights, and wide vectors could hardly choose any more.
    """


@exercise.edit("math.sqrt(query.shape[-1])", "query.shape[-1] ** 2")
def divides_by_the_square_of_the_width():
    """You divide by the square of d_k, where the formula has its square root.

    `d ** 2` and `d ** 0.5` are easily mixed. Divided by the square, all scores are nearly 0, and
    softmax gives nearly the same weight to every key.
    """


@exercise.edit("/", "*")
def multiplies_by_the_root():
    """You multiply by the root of d_k where the formula divides by it.

    Wide vectors already make large scores, and this makes them larger still. `d_k ** -0.5` is a
    factor, `math.sqrt(d_k)` a divisor: they are easily mixed.
    """


@exercise.edit("query.shape[-1]", "key.shape[-2]")
def scales_by_the_number_of_keys():
    """You divide by the root of the number of keys.

    A dot product sums over features, so it is the width of query and key that counts, however
    long the sequence is.
    """


@exercise.edit("query.shape[-1]", "query.shape[-2]")
def scales_by_the_number_of_queries():
    """You divide by the root of the number of queries.

    A dot product sums over features, so it is the width of query and key that counts, however
    long the sequence is. Along which axis do the features lie?
    """


@exercise.edit("query.shape[-1]", "len(query)")
def reads_the_width_from_the_first_axis():
    """You take the length of the query, its first axis, for the width.

    len() counts positions, or the sequences of a batch. Features are always last, so count from the
    end.
    """


@exercise.edit("query.shape[-1]", "len(key)")
def reads_the_width_from_the_first_axis_of_the_key():
    """You take the length of the key, its first axis, for the width.

    len() counts positions, or the sequences of a batch. Features are always last, so count from the
    end.
    """


@exercise.edit("math.sqrt", "math.log")
def divides_by_the_logarithm():
    """You divide by the logarithm of d_k, where the formula has its square root.

    The spread of a sum of d_k independent products grows with the root of their number.
    """


@exercise.mistake
def divides_by_the_lengths_of_the_vectors(query, key):
    """You divide by the norms of the vectors: that is the cosine of the angle between them.

    The norm of a vector depends on its entries. The scale depends on nothing but how many entries
    there are.
    """
    lengths = (
        np.linalg.norm(query, axis=-1)[..., :, None] * np.linalg.norm(key, axis=-1)[..., None, :]
    )
    return dot_scores(query, key) / np.where(lengths == 0, 1, lengths)


@exercise.edit("query.shape[-1]", "query.shape[1]")
def reads_the_width_from_the_second_axis():
    """You take the length of the second axis for the width.

    With a single sequence it is; a batch axis in front makes it the number of positions. Features
    are always last, so count from the end.
    """


@exercise.mistake
def scales_the_query_in_place(query, key):
    """Your scores are right, but you divide the caller's own query on the way.

    `query /= ...` writes into it, and whoever called you still needs those vectors. An operation
    without the `=` makes a new array.
    """
    query /= math.sqrt(query.shape[-1])
    return dot_scores(query, key)


@exercise.mistake
def returns_the_weights(query, key):
    """You return the weights, after a softmax, and not the scores.

    Scores may be any numbers. A mask still has to hide some of them before they become weights:
    that comes in the next exercises.
    """
    return softmax(scaled_dot_scores(query, key))


@exercise.edit("math.sqrt", "np.sqrt")
def loses_single_precision():
    """Your numbers are right, but float32 inputs give float64 scores.

    The usual cause is np.sqrt: of a Python int it makes a float64 scalar, which makes float64 of
    every array it meets. A plain Python float does not, and the standard library has a root too.
    """


@exercise.reference
def additive_scores(query, key, w_query, w_key, v):
    """Compare every query with every key by a small neural network.

    Parameters
    ----------
    query : (..., n_query, d_q)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found; its width may be another.
    w_query : (d_q, a)
        Makes `a` numbers of a query.
    w_key : (d_k, a)
        Makes `a` numbers of a key.
    v : (a,)
        How much each of the `a` numbers counts.

    Returns
    -------
    scores : (..., n_query, n_key)
        Of the dtype of `query`.

    Notes
    -----
    Source: Bahdanau, Cho and Bengio 2014, appendix A.1.2, with rows for its columns.
    """
    asked = query @ w_query  # (..., n_query, a)
    offered = key @ w_key  # (..., n_key, a)
    pairs = asked[..., :, None, :] + offered[..., None, :, :]  # (..., n_query, n_key, a)
    return np.tanh(pairs) @ v


exercise.equivalent("[..., :, None, :]", None, "Whole axes may be written in several ways.")


def draw_weights(rng, d_q, d_k, a):
    return (rng.normal(size=shape).round(1) for shape in ((d_q, a), (d_k, a), a))


@exercise.case(tags=("edge",))
def additive_score_of_one_pair(rng):
    return inputs(*rng.normal(size=(2, 1, 1)).round(1), *draw_weights(rng, 1, 1, 2))


@exercise.case(points=2)
def additive_scores_of_two_positions(rng):
    return inputs(*rng.normal(size=(2, 2, 2)).round(1), *draw_weights(rng, 2, 2, 2))


@exercise.case
def a_query_of_zeros(rng):
    key = rng.normal(size=(2, 2)).round(1)
    return inputs(np.zeros((2, 2)), key, *draw_weights(rng, 2, 2, 2))


@exercise.case(tags=("oblong",))
def additive_scores_of_fewer_queries_than_keys(rng):
    query, key = rng.normal(size=(2, 3)).round(1), rng.normal(size=(4, 3)).round(1)
    return inputs(query, key, *draw_weights(rng, 3, 3, 3))


@exercise.case(tags=("oblong",))
def queries_and_keys_of_unequal_widths(rng):
    query, key = rng.normal(size=(3, 2)).round(1), rng.normal(size=(3, 4)).round(1)
    return inputs(query, key, *draw_weights(rng, 2, 4, 5))


@exercise.case(tags=("batch",))
def additive_scores_in_a_batch(rng):
    return inputs(*rng.normal(size=(2, 2, 3, 4)).round(1), *draw_weights(rng, 4, 4, 5))


@exercise.case(tags=("batch", "oblong"))
def additive_scores_with_two_batch_axes(rng):
    query, key = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 3, 2, 6))
    return inputs(query, key, *draw_weights(rng, 5, 6, 3))


@exercise.case(tags=("large",))
def additive_scores_of_large_vectors(rng):
    return inputs(*(1000 * rng.normal(size=(2, 2, 3)).round(1)), *draw_weights(rng, 3, 3, 4))


@exercise.case(tags=("float32",))
def additive_scores_in_float32(rng):
    drawn = (*rng.normal(size=(2, 4, 3)), *draw_weights(rng, 3, 3, 2))
    return inputs(*in_single_precision(drawn))


@exercise.case(hidden=True, tags=("batch", "oblong"))
def a_larger_batch_of_additive_scores(rng):
    query, key = rng.normal(size=(3, 7, 6)), rng.normal(size=(3, 9, 8))
    return inputs(query, key, *draw_weights(rng, 6, 8, 10))


@exercise.edit("np.tanh(pairs)", "pairs")
def forgets_tanh():
    """You leave out tanh.

    The score is then one number from the query plus one from the key. The first is the same for
    all keys, so softmax cancels it, and every query would attend alike.
    """


@exercise.edit("np.tanh(pairs)", "np.maximum(pairs, 0)")
def bends_with_relu():
    """You use relu in the place of tanh.

    relu cuts off what is negative and lets the rest grow without bound. tanh keeps both signs and
    stays between -1 and 1, so that no score is larger than the sum of |v|.
    """


@exercise.edit("np.tanh(pairs)", "1 / (1 + np.exp(-pairs))")
def bends_with_a_sigmoid():
    """You use the sigmoid in the place of tanh.

    Both are S-shaped, but the sigmoid runs from 0 to 1, and tanh from -1 to 1: a pair of zeros
    scores 0 with tanh. What does the formula have?
    """


@exercise.edit(
    "asked[..., :, None, :] + offered[..., None, :, :]",
    "asked[:, :, None, :] + offered[:, None, :, :]",
)
def counts_the_new_axes_behind_one_batch_axis():
    """You put the new axes where exactly one batch axis needs them, counted from the front.

    A single sequence has one axis fewer, and a batch of batches one more. Let `...` stand for the
    axes in front.
    """


@exercise.edit("asked[..., :, None, :] + offered", "asked[..., :, None, :] * offered")
def multiplies_the_two_sides():
    """You multiply the projected query with the projected key, where the formula adds them.

    A product would be 0 as soon as one of the two is. These scores are called additive since the
    two sides are added, inside tanh.
    """


@exercise.mistake
def exchanges_the_weights(query, key, w_query, w_key, v):
    """You project the query with w_key and the key with w_query.

    Where both are equally wide nothing complains. Each side has learned a matrix of its own.
    """
    return additive_scores(query, key, w_key, w_query, v)


@exercise.edit("key @ w_key", "key @ w_query")
def projects_both_sides_alike():
    """You add query and key first and project the sum, so w_key is never used.

    That works only for equal widths, and the model could not learn for each side what matters in
    it. Multiply each side by its own matrix before they meet.
    """


@exercise.mistake
def bends_each_side_by_itself(query, key, w_query, w_key, v):
    """You take tanh of each side by itself, and add afterwards.

    The score is then one number from the query plus one from the key, and every query would attend
    alike. Add the two first, and then take tanh of the sum.
    """
    asked, offered = np.tanh(query @ w_query), np.tanh(key @ w_key)
    return (asked[..., :, None, :] + offered[..., None, :, :]) @ v


@exercise.edit("np.tanh(pairs) @ v", "np.tanh(pairs @ v)")
def bends_after_weighing():
    """You multiply by v first and take tanh of the result.

    Then no score leaves the range from -1 to 1, and tanh sees one number for each pair instead of
    `a` numbers. Take tanh of each of these, and multiply by v afterwards.
    """


@exercise.edit("np.tanh(pairs) @ v", "np.tanh(pairs).sum(axis=-1)")
def adds_the_hidden_units_up():
    """You add the `a` numbers of each pair up as they are, and v is never used.

    Some of them speak for a match and some against it. v holds how much each one counts.
    """


@exercise.mistake
def adds_positions_one_to_one(query, key, w_query, w_key, v):
    """You add the projected queries and keys as they stand, position by position.

    Query i then meets only key i, and unequal lengths do not fit at all. Every pair is wanted:
    give each side an axis of length 1 where the other one counts its positions.
    """
    return np.tanh(query @ w_query + key @ w_key) @ v


@exercise.mistake
def makes_a_row_for_each_key(query, key, w_query, w_key, v):
    """You have the axes of queries and keys the wrong way round: your rows are keys.

    Softmax will share out along the last axis, and that has to be the keys. Which side gets its
    new axis before its positions, and which after them?
    """
    return np.swapaxes(additive_scores(query, key, w_query, w_key, v), -1, -2)


@exercise.mistake
def counts_the_new_axes_from_the_front(query, key, w_query, w_key, v):
    """You put the new axes where a single sequence needs them, counted from the front.

    With a batch they land beside the batch axis, and sequences are paired with each other. Let
    `...` stand for the axes in front.
    """
    return np.tanh((query @ w_query)[:, None] + (key @ w_key)[None]) @ v


@exercise.mistake
def scales_additive_scores_too(query, key, w_query, w_key, v):
    """You divide the additive scores by a root.

    The formula has no root here: v is learned, and sets the size of the score itself. The root
    belongs to the dot products.
    """
    return additive_scores(query, key, w_query, w_key, v) / math.sqrt(len(v))


@exercise.edit(
    "np.tanh(pairs)", "(np.exp(pairs) - np.exp(-pairs)) / (np.exp(pairs) + np.exp(-pairs))"
)
def writes_tanh_as_a_quotient():
    """You write tanh out with exponentials, and large numbers overflow.

    exp(1000) is inf, and inf / inf is nan, where tanh is simply 1. NumPy has a tanh that knows.
    """


@exercise.mistake
def additive_scores_lose_single_precision(query, key, w_query, w_key, v):
    """Your numbers are right, but float32 inputs give float64 scores.

    Something in between is float64: often an array of zeros that collects the scores pair by pair.
    np.zeros can be told the dtype, and broadcasting needs no such array at all.
    """
    return additive_scores(query, key, w_query, w_key, v).astype(np.float64)
