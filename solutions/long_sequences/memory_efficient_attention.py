"""Memory-efficient attention: exactly full attention, with a few of its scores at a time.

Softmax divides by a sum over all keys, so it seems to need all scores of a query at once. Online
softmax does not. It goes through the keys in blocks of block_size, and keeps three things for each
query: the largest score so far, the sum of exponentials, and the sum of values weighted by them.

    top = -inf, total = 0, mixed = 0, and then for each block of keys, with its scores:
        new    = max(top, largest of scores)          kept = exp(top - new)
        total  = kept · total + sum of exp(scores - new)
        mixed  = kept · mixed + exp(scores - new) · values of the block          top = new
    output = mixed / total

What was added up earlier was measured from the old maximum. `kept` measures it from the new one.

    scores 0, ln 2 | ln 4 in two blocks, values [4], [10] | [1]
    block 1:  top ln 2,  exponentials 1/2, 1              total 3/2,           mixed 2 + 10 = 12
    block 2:  top ln 4,  kept 1/2,  exponential 1         total 3/4 + 1 = 7/4, mixed 6 + 1 = 7
    output 7 / (7/4) = 4                       all at once: (1 · 4 + 2 · 10 + 4 · 1) / 7 = 4

Scores are divided by sqrt(d_k), as ever. The last block may be shorter. Causal, position i sees the
keys up to its own; a block of which it sees nothing adds 0. Held at one time are n · block_size
scores: memory grows with n, and not with its square. FlashAttention computes in this way.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.attention import attention
from solutions.drawing import draw_one_length, in_single_precision, waves

exercise = Exercise(
    tags={
        "causal": "for all keys and wrong where it is causal",
        "blocks": "for a single block and wrong for several",
        "rising": "unless the largest score comes late",
        "shorter_end": "unless the last block is shorter",
        "scaled": "where d_k is 1 and wrong where it is not",
        "wider_values": "where values are as wide as keys and wrong where they are not",
        "memory": "but for how much it holds at one time",
    },
    hints=[
        "What has a shape (..., n, 1), one number for each query? Two of the three things that are"
        " kept do. The third is as wide as a value.",
        "range(0, n, block_size) counts the keys that blocks begin with, and a slice from start to"
        " start + block_size ends by itself where there are no more.",
        "np.maximum compares two arrays element by element; scores.max(axis=-1, keepdims=True) is"
        " the largest of each row. Work out new and kept before top is written over.",
        "Before the first block, top is minus infinity: exp(-inf - new) is 0, so nothing is kept.",
        "Causal: key start + c stands in column c of the scores of a block, and row i is query i."
        " Where the key comes later than the query, the score is minus infinity.",
    ],
)


@exercise.reference
def memory_efficient_attention(query, key, value, block_size, causal=False):
    """Work out full attention, block of keys by block of keys.

    Parameters
    ----------
    query, key : (..., n, d_k)
        One vector for each position.
    value : (..., n, d_v)
        What each position hands over.
    block_size : int
        How many keys a block has: 1 or more, and perhaps more than there are.
    causal : bool
        Whether a position sees itself and those before it only.

    Returns
    -------
    output : (..., n, d_v)
        What full attention returns. The memory that it takes grows with n, and not with its square.

    Notes
    -----
    Milakov and Gimelshein 2018; Rabe and Staats 2021; scaled by 1 / sqrt(d_k).
    """
    n, d_k = query.shape[-2:]
    top, total, mixed = -np.inf, 0, 0  # they become (..., n, 1), (..., n, 1) and (..., n, d_v)
    for start in range(0, n, block_size):
        keys = slice(start, start + block_size)
        scores = query @ key[..., keys, :].swapaxes(-1, -2) / math.sqrt(d_k)  # (..., n, block)
        if causal:
            places = start + np.arange(scores.shape[-1])
            scores = np.where(places <= np.arange(n)[:, None], scores, -np.inf)
        new = np.maximum(top, scores.max(axis=-1, keepdims=True))
        kept = np.exp(top - new)
        exponentials = np.exp(scores - new)
        total = kept * total + exponentials.sum(axis=-1, keepdims=True)
        mixed = kept * mixed + exponentials @ value[..., keys, :]
        top = new
    return mixed / total


exercise.equivalent("swapaxes(-1, -2)", "swapaxes(-2, -1)", "It exchanges the same two axes.")
exercise.equivalent("0, 0", None, "At first nothing is kept, whatever it is.")
exercise.equivalent(
    "top, scores.max(axis=-1, keepdims=True)",
    "scores.max(axis=-1, keepdims=True), top",
    "The larger of two is the same either way round.",
)
exercise.equivalent("d_k = query", "d_k = key", "Queries and keys have one shape.")


@exercise.picture
def blocks_change_nothing():
    """Whom eight positions look at: a row for each of them, a column for each that it could see.

    In blocks of three keys, the last of them shorter, the weights are those of one block with all
    keys. Causal, they are those of full attention with a causal mask.
    """
    arrays = 2 * waves(8, 3), 2 * waves(16, 3)[8:], np.eye(8)
    labels = {"rows": range(8), "columns": range(8)}
    return [
        view("blocks of 8", inputs(*arrays, 8), **labels),
        view("blocks of 3", inputs(*arrays, 3), **labels),
        view("blocks of 3, causal", inputs(*arrays, 3, causal=True), **labels),
    ]


def draw_call(rng, n, d_k, d_v, block_size, batch=()):
    """Draw queries, keys and values of one length, and take a size of blocks."""
    return [*draw_one_length(rng, n, d_k, d_v, batch), block_size]


def in_order(query, key, value, block_size, sign):
    """Return a call in which scores fall from key to key, or rise."""
    key = sign * np.sort(sign * key, axis=0)
    return abs(query) + 0.5, key, value, block_size


@exercise.case(tags=("edge",))
def one_position(rng):
    return inputs(*draw_call(rng, 1, 1, 1, 1))


@exercise.case(points=2)
def one_block_of_all_keys(rng):
    return inputs(*draw_call(rng, 4, 1, 1, 4))


@exercise.case(tags=("edge",))
def a_block_longer_than_the_text(rng):
    return inputs(*draw_call(rng, 3, 1, 1, 5))


@exercise.case(tags=("scaled",))
def one_block_and_four_features(rng):
    return inputs(*draw_call(rng, 3, 4, 4, 3))


@exercise.case(tags=("wider_values",))
def one_block_and_wider_values(rng):
    return inputs(*draw_call(rng, 3, 1, 3, 3))


@exercise.case(tags=("blocks",))
def scores_that_are_all_equal(rng):
    query, *rest = draw_call(rng, 4, 1, 1, 2)
    return inputs(0 * query, *rest)


@exercise.case(tags=("blocks", "rising"))
def values_that_are_all_equal(rng):
    query, key, value, block_size = in_order(*draw_call(rng, 6, 1, 1, 2), sign=1)
    return inputs(query, key, np.full_like(value, value[0]), block_size)


@exercise.case(points=2, tags=("blocks",))
def the_largest_score_comes_first(rng):
    return inputs(*in_order(*draw_call(rng, 6, 1, 1, 2), sign=-1))


@exercise.case(points=2, tags=("blocks", "rising"))
def the_largest_score_comes_last(rng):
    return inputs(*in_order(*draw_call(rng, 6, 1, 1, 2), sign=1))


@exercise.case(tags=("blocks", "rising"))
def blocks_of_one_key(rng):
    return inputs(*draw_call(rng, 4, 1, 1, 1))


@exercise.case(tags=("blocks", "shorter_end"))
def a_shorter_last_block(rng):
    return inputs(*in_order(*draw_call(rng, 5, 1, 1, 2), sign=-1))


@exercise.case(tags=("blocks", "shorter_end", "rising", "scaled"))
def blocks_and_several_features(rng):
    return inputs(*draw_call(rng, 7, 3, 3, 3))


@exercise.case(tags=("batch",))
def a_batch_of_texts(rng):
    return inputs(*draw_call(rng, 3, 1, 1, 3, batch=(2,)))


@exercise.case(tags=("batch", "blocks", "rising", "scaled"))
def heads_of_a_batch(rng):
    return inputs(*draw_call(rng, 4, 2, 2, 2, batch=(2, 2)))


@exercise.case(tags=("large",))
def scores_around_one_thousand(rng):
    query, key, *rest = draw_call(rng, 4, 1, 1, 4)
    return inputs(query + 30, key + 30, *rest)


@exercise.case(tags=("large",))
def scores_around_minus_one_thousand(rng):
    query, key, *rest = draw_call(rng, 4, 1, 1, 4)
    return inputs(query - 30, key + 30, *rest)


@exercise.case(tags=("large",))
def queries_of_very_different_lengths(rng):
    query, key, *rest = draw_call(rng, 4, 1, 1, 4)
    lengths = 10.0 ** np.arange(4)[:, None]
    return inputs((abs(query) + 0.5) * lengths, abs(key) + 2, *rest)


@exercise.case(tags=("large", "blocks", "rising"))
def scores_that_rise_by_thousands(rng):
    query, key, *rest = draw_call(rng, 6, 1, 1, 2)
    return inputs(abs(query) + 30, key + 50 * np.arange(6)[:, None], *rest)


@exercise.case(tags=("causal",))
def causal_in_one_block(rng):
    return inputs(*draw_call(rng, 4, 1, 1, 4), causal=True)


@exercise.case(points=2, tags=("causal", "blocks"))
def causal_in_two_blocks(rng):
    return inputs(*in_order(*draw_call(rng, 4, 1, 1, 2), sign=-1), causal=True)


@exercise.case(tags=("causal", "blocks", "shorter_end", "rising"))
def causal_with_a_shorter_block(rng):
    return inputs(*draw_call(rng, 7, 1, 1, 3), causal=True)


@exercise.case(tags=("float32", "scaled", "blocks"))
def float32_inputs(rng):
    *arrays, block_size = draw_call(rng, 4, 3, 2, 2)
    return inputs(*in_single_precision(arrays), block_size)


@exercise.case(tags=("float32", "scaled", "blocks", "causal"))
def float32_and_causal(rng):
    *arrays, block_size = draw_call(rng, 4, 3, 2, 2)
    return inputs(*in_single_precision(arrays), block_size, causal=True)


@exercise.case(
    hidden=True, tags=("batch", "blocks", "shorter_end", "rising", "scaled", "wider_values")
)
def a_larger_batch(rng):
    return inputs(*draw_call(rng, 11, 4, 5, 4, batch=(2, 3)))


@exercise.case(
    hidden=True,
    tags=("batch", "blocks", "shorter_end", "rising", "scaled", "wider_values", "causal"),
)
def a_larger_batch_and_causal(rng):
    return inputs(*draw_call(rng, 11, 4, 5, 4, batch=(2, 3)), causal=True)


LONG = 2048  # positions: a table of their scores is 32 MiB, ten times what is allowed


@exercise.case(
    points=2,
    tags=("memory", "long", "blocks", "rising", "scaled", "causal"),
    memory=(
        3 * 2**20,
        "a table of all 2048 x 2048 scores is 32 MiB, and those of one block of keys are 0.25",
    ),
)
def two_thousand_positions(rng):
    *arrays, _ = draw_call(rng, 64, 2, 1, 0)
    return inputs(*(np.tile(array, (LONG // 64, 1)) for array in arrays), 16, causal=True)


KEPT = "kept = np.exp(top - new)"
MIXED = "mixed = kept * mixed + exponentials @ value[..., keys, :]"


@exercise.edit("total = kept * total +", "total = total +")
def does_not_rescale_the_total():
    """You add to the sum of exponentials without rescaling it.

    What is in it was measured from the old maximum: multiply it by exp(top - new) first.
    """


@exercise.edit("mixed = kept * mixed +", "mixed = mixed +")
def does_not_rescale_the_mix():
    """You add to the weighted sum of values without rescaling it.

    What is in it was measured from the old maximum: multiply it by exp(top - new) first.
    """


@exercise.edit(KEPT, "kept = np.ones_like(new)")
def rescales_nothing():
    """You rescale nothing when the maximum grows, or write over the old one before it is used.

    What was added up earlier was measured from the old maximum: multiply it by exp(top - new).
    """


@exercise.edit(KEPT, "kept = np.where(np.isinf(top), 0 * new, np.exp(new - top))")
def rescales_the_wrong_way_round():
    """You rescale by exp(new - top), and the factor is exp(top - new).

    Measured from a larger maximum, what was added up earlier is smaller.
    """


@exercise.edit("np.exp(scores - new)", "np.exp(scores - scores.max(axis=-1, keepdims=True))")
def measures_each_block_from_its_own_maximum():
    """You measure the scores of a block from its own maximum, and the rest from the largest so far.

    All terms of a sum have to be measured from the same number: that is `new`.
    """


@exercise.edit(
    "np.maximum(top, scores.max(axis=-1, keepdims=True))", "scores.max(axis=-1, keepdims=True)"
)
def forgets_the_earlier_maximum():
    """You take the maximum of the block alone, even where an earlier one was larger.

    Then the factor for what was added up explodes, and a block of which a query sees nothing has no
    maximum at all.
    """


@exercise.edit(
    "new = np.maximum(top, scores.max(axis=-1, keepdims=True))", "new = np.zeros_like(top)"
)
def subtracts_no_maximum():
    """You exponentiate scores as they are. Large ones overflow, and very low ones are all 0."""


@exercise.edit("= -np.inf, 0, 0", "= 0, 0, 0")
def begins_with_a_maximum_of_zero():
    """You begin with a maximum of 0, which no score below it can ever replace.

    If all scores of a query are very low, all its exponentials are 0. Begin with minus infinity.
    """


@exercise.edit("scores.max(axis=-1, keepdims=True)", "scores.max()")
def takes_one_maximum_for_all_queries():
    """You take the maximum of all scores in the block.

    Where a query has much lower ones, all its exponentials are 0. Each query has its own.
    """


@exercise.edit("return mixed / total", "return mixed")
def forgets_to_divide():
    """You return the weighted sum without dividing it by the sum of exponentials."""


@exercise.edit(MIXED, "mixed = (kept * mixed + exponentials @ value[..., keys, :]) / total")
def divides_in_every_block():
    """You divide by the sum after each block, and go on adding to what was divided.

    Divide once, after the last block.
    """


@exercise.edit(
    f"{MIXED}\n        top = new\n    return mixed / total",
    f"{MIXED} / total\n        top = new\n    return mixed".replace("kept *", "(kept *").replace(
        " / total", ") / total"
    ),
)
def divides_in_every_block_only():
    """You divide by the sum in each block, and in the end no more.

    For one block that is right. With several, what was divided once is divided again in each later
    block: keep the plain sum, and divide once, after the last block.
    """


@exercise.edit(MIXED, "mixed = mixed + kept * (exponentials @ value[..., keys, :])")
def rescales_what_is_new():
    """You multiply what a block adds to the values by `kept`, and not what is there already.

    The new terms are measured from the new maximum. It is the old ones that are not.
    """


def over_blocks(query, key, value, block_size, causal):
    """Return what attention makes of each block of keys alone; zeros for who sees none of it."""
    n, parts = query.shape[-2], []
    for start in range(0, n, block_size):
        keys = slice(start, start + block_size)
        mask = np.arange(n)[:, None] >= np.arange(n)[keys] if causal else None
        parts.append(attention(query, key[..., keys, :], value[..., keys, :], mask)[0])
    return parts


@exercise.mistake
def averages_over_the_blocks(query, key, value, block_size, causal=False):
    """You take a softmax for each block, and the mean of what they give.

    So each block counts the same, however large its scores are. One softmax goes over all keys.
    """
    parts = over_blocks(query, key, value, block_size, causal)
    return sum(parts) / len(parts)


@exercise.mistake
def adds_a_softmax_for_each_block(query, key, value, block_size, causal=False):
    """You take a softmax for each block, and add up what they give.

    Then the weights of a query do not sum to 1, but to the number of blocks.
    """
    return sum(over_blocks(query, key, value, block_size, causal))


@exercise.edit(
    "-np.inf, 0, 0  # they become (..., n, 1), (..., n, 1) and (..., n, d_v)\n"
    "    for start in range(0, n, block_size)",
    "-np.inf, np.zeros_like(query[..., :1]), np.zeros_like(value)\n"
    "    for start in range(0, n - block_size + 1, block_size)",
)
def leaves_a_shorter_block_out():
    """You stop where no whole block is left. The keys that remain count, too."""


@exercise.edit("range(0, n, block_size)", "range(0, max(n - block_size, 0) + 1, block_size)")
def leaves_a_shorter_block_out_behind_others():
    """You stop where no whole block is left behind the others. The keys that remain count, too.

    A range that goes up to n takes them along: the slice of the last block ends by itself.
    """


@exercise.mistake
def counts_zeros_of_padding(query, key, value, block_size, causal=False):
    """You fill the last block up with zeros, and let them take part in the softmax.

    A key of zeros has the score 0, which is a share of the weights like any other.
    """
    n = query.shape[-2]
    sides = [(0, 0)] * (query.ndim - 2) + [(0, -n % block_size), (0, 0)]
    padded = (np.pad(array, sides) for array in (query, key, value))
    return memory_efficient_attention(*padded, block_size, causal=causal)[..., :n, :]


@exercise.mistake
def fills_the_last_block_up_with_zeros(query, key, value, block_size, causal=False):
    """You make a shorter last block as long as the others, with zeros that take part.

    A key of zeros has the score 0, which is a share of the weights like any other. A shorter block
    needs nothing: its scores are fewer, and that is all.
    """
    block_size = min(block_size, query.shape[-2])
    return counts_zeros_of_padding(query, key, value, block_size, causal=causal)


@exercise.edit("value[..., keys, :]", "value[..., : scores.shape[-1], :]")
def mixes_the_first_values_again_and_again():
    """You mix the values of the first block in each block. They go along with the keys."""


@exercise.edit("places = start + np.arange", "places = np.arange")
def counts_places_within_the_block():
    """You compare places within the block with places in the text.

    Column c of a block is key start + c. So later blocks show the future.
    """


@exercise.edit("places <= np.arange", "start <= np.arange")
def hides_whole_blocks_only():
    """You hide the blocks that begin after a query, and nothing inside of a block.

    In the block that a query stands in, the keys behind it are the future as well.
    """


@exercise.edit("places <= np.arange", "places < np.arange")
def hides_each_position_from_itself():
    """You hide each position from itself, and the first one sees nothing. Causal is j <= i."""


@exercise.edit(
    "places <= np.arange(n)[:, None]", "places <= np.maximum(np.arange(n) - 1, 0)[:, None]"
)
def hides_all_but_the_first_from_themselves():
    """You hide each position from itself, all but the first. Causal is j <= i."""


@exercise.edit("places <= np.arange", "places >= np.arange")
def sees_the_future_only():
    """You hide the past and let a position see what comes after it. Causal is j <= i."""


@exercise.edit("scores, -np.inf)\n", "scores, scores.dtype.type(0))\n")
def gives_the_future_a_score_of_zero():
    """You give keys of the future a score of 0, and exp(0) is a share of the weights.

    Minus infinity gives none.
    """


@exercise.edit("if causal:", "if False:")
def is_never_causal():
    """You do not use `causal`: a position sees all keys in any case."""


@exercise.edit(" / math.sqrt(d_k)", "")
def leaves_the_scale_out():
    """You do not divide the scores by the square root of d_k. This is attention as ever."""


@exercise.edit("math.sqrt(d_k)", "d_k")
def divides_by_the_width():
    """You divide the scores by d_k, and not by its square root."""


@exercise.edit("math.sqrt(d_k)", "math.sqrt(block_size)")
def scales_by_the_size_of_a_block():
    """You divide by the root of block_size. Scores grow with d_k, the width of a key."""


@exercise.edit(
    "kept = np.exp(top - new)\n        exponentials = np.exp(scores - new)",
    "kept = np.exp2(top - new)\n        exponentials = np.exp2(scores - new)",
)
def takes_powers_of_two():
    """You take powers of 2. Kernels do so, but multiply their scores by log2(e) before."""


@exercise.edit("key[..., keys, :].swapaxes(-1, -2)", "key[..., keys, :].T")
def transposes_all_axes():
    """You transpose with .T, which turns all axes round: batch axes come last then.

    swapaxes(-1, -2) exchanges the last two.
    """


@exercise.edit("math.sqrt(d_k)", "np.sqrt(d_k)")
def loses_single_precision():
    """Your output is right, but float32 inputs come back as float64.

    np.sqrt of a whole number is a float64 of NumPy's, and so is what np.zeros and np.full make
    without a dtype. Whatever meets one of these becomes float64.
    """
