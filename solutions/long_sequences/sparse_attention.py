"""Sparse attention: a chosen few of all pairs, and no time or memory for the others.

Neighbours alone are too few where something far away matters. A sparse pattern names which pairs
of positions are looked at. The strided one of the Sparse Transformer is causal and has two parts:

    strided_mask[i, j]  =  j <= i  and  (i - j < stride  or  (i - j) % stride == 0)

    stride 3, position 7:    local part 5, 6, 7    strided part 1, 4, 7    together 1, 4, 5, 6, 7

Two layers reach everything before: whole strides ahead in one, the rest in the other. But a mask
saves nothing: all n · n scores are there before it hides most of them. What saves is to name whole
blocks, which are small products of matrices, and to compute no others. The text is cut into blocks
of block_size, and a layout of truths says which block of queries sees which block of keys:

    layout[i, j]: block i of the queries sees block j of the keys, all of it

    block_size 2, layout [[1, 0], [1, 1]], queries of zeros, values [4], [8], [0], [4]
    queries 0 and 1 see keys 0, 1:           weights 1/2 each    output 6
    queries 2 and 3 see keys 0, 1, 2, 3:     weights 1/4 each    output 4

One softmax goes over all the keys that a query sees, whichever blocks they are in. Inside of a
block nothing is masked. Queries whose row of the layout is empty see nothing: they get zeros.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.attention import attention
from solutions.attention.masking import masked_softmax
from solutions.attention.softmax import softmax
from solutions.drawing import draw_one_length, in_single_precision, waves

exercise = Exercise(
    tags={
        "scaled": "where d_k is 1 and wrong where it is not",
        "wider_values": "where values are as wide as keys and wrong where they are not",
        "several_blocks": "where each query sees one block and wrong where it sees several",
        "no_block": "unless a block of queries sees no block at all",
        "whole_strides": "for a stride of 1 and wrong for others",
        "memory": "but for how much it holds at one time",
    },
    hints=[
        "strided_mask: np.arange(n)[:, None] - np.arange(n) is how far back each key lies, for all"
        " pairs at once. Each part of the pattern is a question about that number.",
        "strided_mask: `|` is or, `&` is and, element by element. Put brackets around each"
        " comparison.",
        "block_sparse_attention: go through the rows of the layout. Row i belongs to the queries"
        " from i · block_size on; which keys do they see?",
        "block_sparse_attention: np.repeat(row, block_size) says of each key whether it is seen."
        " Used as an index, key[..., seen, :], such truths leave those that are, side by side.",
        "block_sparse_attention: with these your attention does the rest, and needs no mask. What"
        " becomes of a row without any key?",
    ],
)


@exercise.reference
def strided_mask(n, stride):
    """Say which positions see which in the causal strided pattern.

    Parameters
    ----------
    n : int
        How many positions there are.
    stride : int
        How many positions the local part has, i itself included, and how far apart those of the
        strided part are. 1 or more.

    Returns
    -------
    mask : bool (n, n)
        True where position i, the row, sees position j.

    Notes
    -----
    Child et al. 2019, section 4.3; its two heads together.
    """
    back = np.arange(n)[:, None] - np.arange(n)  # how far before i position j is
    return (back >= 0) & ((back < stride) | (back % stride == 0))


exercise.equivalent("back < stride", "back <= stride", "What is stride back is in the other part.")


@exercise.picture
def local_and_strided():
    """The strided pattern for two strides: a row for each position, a column for what it sees.

    Along the diagonal are the last few positions, and parallel to it lines that are `stride` apart.
    """
    labels = {"rows": range(12), "columns": range(12)}
    return [view(f"stride {stride}", inputs(12, stride), **labels) for stride in (3, 5)]


@exercise.case(points=2, tags=("whole_strides",))
def a_stride_of_two(rng):
    return inputs(int(rng.integers(6, 9)), 2)


@exercise.case(points=2, tags=("whole_strides",))
def a_stride_of_three(rng):
    return inputs(int(rng.integers(8, 11)), 3)


@exercise.case(tags=("whole_strides",))
def a_stride_of_four(rng):
    return inputs(int(rng.integers(10, 13)), 4)


@exercise.case(tags=("edge",))
def a_stride_of_one(rng):
    return inputs(int(rng.integers(4, 7)), 1)


@exercise.case(tags=("edge", "whole_strides"))
def a_stride_longer_than_the_text(rng):
    return inputs(4, int(rng.integers(5, 9)))


@exercise.case(tags=("edge",))
def a_single_position(rng):
    return inputs(1, int(rng.integers(1, 4)))


@exercise.case(hidden=True, tags=("long", "whole_strides"))
def a_longer_text(rng):
    return inputs(int(rng.integers(40, 50)), 7)


@exercise.edit("(back < stride) | ", "")
def leaves_the_local_part_out():
    """You have the strided part alone. The last `stride` positions are seen as well."""


@exercise.edit(" | (back % stride == 0)", "")
def leaves_the_strided_part_out():
    """You have the local part alone. What lies a multiple of `stride` back is seen as well."""


@exercise.edit("(back < stride) | ", "(back < stride) & ")
def wants_both_at_once():
    """You ask for both parts at once, and then only i itself is left.

    A position is seen if it is in the one part or in the other.
    """


@exercise.edit("back < stride", "back < stride - 1")
def ends_the_local_part_too_early():
    """Your local part has one position less than `stride`. Position i itself is one of them."""


@exercise.edit(
    "back = np.arange(n)[:, None] - np.arange(n)",
    "back = abs(np.arange(n)[:, None] - np.arange(n))",
)
def looks_into_the_future():
    """You let positions see what comes after them.

    The pattern is causal: j is at most i, however near it is.
    """


@exercise.edit("((back < stride) | (back % stride == 0))", "(back < stride) | (back % stride == 0)")
def holds_the_local_part_alone_to_the_past():
    """You hold the local part to the past, and the strided one looks ahead as well.

    `&` goes before `|`, so a & b | c is (a & b) | c. Put brackets around the two parts.
    """


@exercise.edit("back < stride", "np.arange(n)[:, None] // stride == np.arange(n) // stride")
def cuts_the_local_part_into_blocks():
    """You cut the text into blocks for the local part. It goes along with each position.

    Position i sees the last `stride` positions, itself included, wherever a block would begin.
    """


@exercise.edit("back % stride == 0", "np.arange(n) % stride == stride - 1")
def takes_the_last_of_every_stride():
    """You let all positions see the same columns: stride - 1, 2 · stride - 1 and so on.

    That is a part of the fixed pattern. Here strides are counted back from i.
    """


@exercise.edit("(back >= 0) &", "(back > 0) &")
def hides_each_position_from_itself():
    """You hide each position from itself. It is 0 places back, which is in both parts."""


@exercise.edit("back % stride == 0", "np.arange(n) % stride == 0")
def counts_strides_from_the_start():
    """You count strides from the start of the text, so that all see the same columns.

    They are counted back from i: each position has stops of its own, on lines along the diagonal.
    """


@exercise.edit("back % stride == 0", "(n - 1 - np.arange(n)) % stride == 0")
def counts_strides_from_the_end():
    """You count strides from the end of the text. They are counted back from i."""


@exercise.mistake
def draws_the_fixed_pattern(n, stride):
    """You draw the other pattern of that paper, the fixed one: its parts begin at set positions.

    In the strided one both parts go along with i: its last `stride` positions, and what lies a
    multiple of `stride` before it.
    """
    i, j = np.arange(n)[:, None], np.arange(n)
    return (j <= i) & ((i // stride == j // stride) | (j % stride == stride - 1))


@exercise.edit("np.arange(n)[:, None] - np.arange(n)", "np.arange(n) - np.arange(n)[:, None]")
def turns_rows_and_columns_round():
    """You have queries in columns. Row i says what position i sees, and that is not the future."""


@exercise.mistake
def marks_what_is_hidden(n, stride):
    """You write True where a position may not be seen. Here True means that it may."""
    return ~strided_mask(n, stride)


@exercise.mistake
def fills_the_mask_with_numbers(n, stride):
    """Your pattern is right, but of numbers. A mask is of truths: leave out the conversion."""
    return strided_mask(n, stride).astype(float)


@exercise.mistake
def fills_the_mask_with_integers(n, stride):
    """Your pattern is right, but of integers. A mask is of truths, and ~ of 1 is not 0 but -2."""
    return strided_mask(n, stride).astype(int)


@exercise.reference
def block_sparse_attention(query, key, value, block_size, layout):
    """Let blocks of queries attend to the blocks of keys that are named for them.

    Parameters
    ----------
    query, key : (..., n, d_k)
        One vector for each position.
    value : (..., n, d_v)
        What each position hands over.
    block_size : int
        How many positions a block has; n is a multiple of it.
    layout : bool (blocks, blocks)
        layout[i, j]: the queries of block i see all keys of block j.

    Returns
    -------
    output : (..., n, d_v)
        Weighted sums of the values that are seen; zeros where none is. The memory that it takes
        grows with the blocks that are named.

    Notes
    -----
    Child et al. 2019, section 5.4; scaled by 1 / sqrt(d_k).
    """
    output = np.zeros((*query.shape[:-1], value.shape[-1]), query.dtype)
    for i, row in enumerate(layout):
        if row.any():
            queries = slice(i * block_size, (i + 1) * block_size)
            seen = np.repeat(row, block_size)  # (n,): whether a key is in a block that is named
            part = query[..., queries, :], key[..., seen, :], value[..., seen, :]
            output[..., queries, :], _ = attention(*part)
    return output


for same in ("key", "value"):
    exercise.equivalent("*query.shape", f"*{same}.shape", "All have the same axes but the last.")
    exercise.equivalent("query.dtype", f"{same}.dtype", "All are of one dtype.")


@exercise.picture
def named_blocks():
    """Whom sixteen positions look at, in blocks of four: a row for each, a column for what it sees.

    The first layout names the block itself and the one before it, the second one also the first
    block of the text for everybody. What is not named is not computed.
    """
    near = np.eye(4, dtype=bool) | np.eye(4, k=-1, dtype=bool)
    first = near | (np.arange(4) == 0)
    arrays = waves(16, 2), waves(32, 2)[16:], np.eye(16)
    labels = {"rows": range(16), "columns": range(16)}
    return [
        view(title, inputs(*arrays, 4, layout), **labels)
        for title, layout in (("near", near), ("near and first", first))
    ]


def draw_call(rng, layout, block_size=2, d_k=1, d_v=1, batch=()):
    """Draw queries, keys and values for a layout, which is given as rows of zeros and ones."""
    layout = np.array(layout, dtype=bool)
    n = len(layout) * block_size
    return [*draw_one_length(rng, n, d_k, d_v, batch), block_size, layout]


THREE = [[1, 0, 0], [1, 0, 1], [0, 1, 1]]


@exercise.case(tags=("edge",))
def one_block_of_everything(rng):
    return inputs(*draw_call(rng, [[1]], 3))


@exercise.case(points=2)
def each_block_sees_itself(rng):
    return inputs(*draw_call(rng, np.eye(3)))


@exercise.case(points=2)
def each_block_sees_another_one(rng):
    return inputs(*draw_call(rng, np.roll(np.eye(3), 1, axis=0)))


@exercise.case(tags=("several_blocks",))
def blocks_of_one_position(rng):
    return inputs(*draw_call(rng, THREE, 1))


@exercise.case(tags=("several_blocks",))
def queries_of_zeros(rng):
    query, *rest = draw_call(rng, THREE)
    return inputs(0 * query, *rest)


@exercise.case(points=2, tags=("several_blocks",))
def one_block_or_two(rng):
    return inputs(*draw_call(rng, THREE))


@exercise.case(tags=("several_blocks",))
def every_block_sees_every_block(rng):
    return inputs(*draw_call(rng, np.ones((3, 3))))


@exercise.case(tags=("no_block",))
def a_block_that_sees_nothing(rng):
    return inputs(*draw_call(rng, [[1, 0, 0], [0, 0, 0], [0, 0, 1]]))


@exercise.case(tags=("edge", "no_block"))
def no_block_is_named(rng):
    return inputs(*draw_call(rng, np.zeros((2, 2))))


@exercise.case(tags=("scaled",))
def keys_of_four_features(rng):
    return inputs(*draw_call(rng, np.eye(3), d_k=4, d_v=4))


@exercise.case(tags=("wider_values",))
def values_that_are_wider_than_keys(rng):
    return inputs(*draw_call(rng, np.eye(3), d_v=3))


@exercise.case(tags=("batch",))
def a_batch_of_texts(rng):
    return inputs(*draw_call(rng, np.eye(3), batch=(2,)))


@exercise.case(tags=("batch", "scaled", "several_blocks"))
def heads_of_a_batch(rng):
    return inputs(*draw_call(rng, THREE, d_k=2, d_v=2, batch=(2, 2)))


@exercise.case(tags=("large", "several_blocks"))
def scores_around_minus_one_thousand(rng):
    query, key, *rest = draw_call(rng, THREE)
    return inputs(query - 30, key + 30, *rest)


@exercise.case(tags=("float32", "scaled", "several_blocks"))
def float32_inputs(rng):
    *arrays, block_size, layout = draw_call(rng, THREE, d_k=3, d_v=2)
    return inputs(*in_single_precision(arrays), block_size, layout)


@exercise.case(hidden=True, tags=("batch", "scaled", "several_blocks", "no_block", "wider_values"))
def a_larger_layout(rng):
    layout = rng.random((6, 6)) < 0.4
    layout[2] = False
    return inputs(*draw_call(rng, layout, 3, d_k=4, d_v=5, batch=(2, 2)))


def draw_long(rng, block_size, layout):
    """Draw 2048 positions, 64 of them again and again; a table of their scores is 32 MiB."""
    layout = np.asarray(layout, dtype=bool)
    arrays = (np.tile(rng.normal(size=(64, d)).round(1), (32, 1)) for d in (2, 2, 1))
    return inputs(*arrays, block_size, layout)


@exercise.case(
    points=2,
    tags=("memory", "long", "scaled", "several_blocks"),
    memory=(
        3 * 2**20,
        "a table of all 2048 x 2048 scores is 32 MiB, and those of the named blocks are 1",
    ),
)
def two_thousand_positions_in_small_blocks(rng):
    return draw_long(rng, 32, np.eye(64) + np.eye(64, k=-1))


@exercise.case(
    tags=("memory", "long", "scaled", "no_block"),
    memory=(
        9 * 2**20,
        "the one block that is named has 2 MiB of scores, its queries with all keys have 8, and a"
        " table of all 2048 x 2048 has 32",
    ),
)
def one_large_block(rng):
    layout = np.zeros((4, 4))
    layout[2, 1] = 1
    return draw_long(rng, 512, layout)


def by_rows(query, key, value, sees, weigh=masked_softmax):
    """Weigh all keys for some queries at a time, so that no table of all of them is made here."""
    n, d_k = query.shape[-2:]
    outputs = []
    for start in range(0, n, 64):
        rows = query[..., start : start + 64, :]
        mask = sees(np.arange(n)[start : start + 64, None], np.arange(n))
        outputs.append(weigh(rows @ key.swapaxes(-1, -2) / math.sqrt(d_k), mask) @ value)
    return np.concatenate(outputs, axis=-2)


@exercise.edit("enumerate(layout)", "enumerate(layout.T)")
def transposes_the_layout():
    """You take columns of the layout for its rows.

    layout[i, j]: i is the block of the queries, j that of the keys.
    """


@exercise.edit("np.repeat(row, block_size)", "np.repeat(row | True, block_size)")
def ignores_the_layout():
    """You let every query see every key. The layout says which blocks it sees."""


@exercise.edit(
    "np.repeat(row, block_size)", "np.repeat(row | (np.arange(len(row)) == i), block_size)"
)
def sees_its_own_block_in_any_case():
    """You let each block see itself, even where the layout does not name it."""


@exercise.mistake
def adds_a_softmax_for_each_block(query, key, value, block_size, layout):
    """You take a softmax for each block of keys, and add up what they give.

    Then the weights of a query that sees two blocks sum to 2. One softmax goes over all the keys
    that it sees.
    """
    return over_blocks(query, key, value, block_size, layout, sum)


@exercise.mistake
def averages_over_the_blocks(query, key, value, block_size, layout):
    """You take a softmax for each block of keys, and the mean of what they give.

    So each block counts the same, however well its keys fit. One softmax goes over all the keys
    that a query sees.
    """
    return over_blocks(query, key, value, block_size, layout, lambda parts: sum(parts) / len(parts))


@exercise.mistake
def keeps_the_last_block_only(query, key, value, block_size, layout):
    """You write the result of each block over that of the block before it.

    Of several blocks that a query sees, only the last one is left. One softmax goes over all.
    """
    return over_blocks(query, key, value, block_size, layout, lambda parts: parts[-1])


def over_blocks(query, key, value, block_size, layout, together):
    """Attend to each block of keys alone, and put together what they give."""
    output = np.zeros((*query.shape[:-1], value.shape[-1]), query.dtype)
    cut = [slice(i * block_size, (i + 1) * block_size) for i in range(len(layout))]
    for i, row in enumerate(layout):
        parts = [
            attention(query[..., cut[i], :], key[..., cut[j], :], value[..., cut[j], :])[0]
            for j in np.flatnonzero(row)
        ]
        if parts:
            output[..., cut[i], :] = together(parts)
    return output


@exercise.edit("if row.any():", "if True:")
def attends_to_no_key_at_all():
    """You call the softmax where a block of queries sees no key, and it has no maximum then.

    Such queries are left out: their output is zeros.
    """


@exercise.mistake
def makes_nan_where_no_block_is_named(query, key, value, block_size, layout):
    """You get nan where a query sees nothing: all its scores are -inf, and 0 / 0 is left.

    Its output is zeros.
    """
    output = block_sparse_attention(query, key, value, block_size, layout)
    output[..., ~np.repeat(layout.any(axis=1), block_size), :] = np.nan
    return output


@exercise.mistake
def averages_where_no_block_is_named(query, key, value, block_size, layout):
    """You give a query that sees nothing the mean of all values.

    That is what a very low score in the place of each forbidden one comes to. Its output is zeros.
    """
    output = block_sparse_attention(query, key, value, block_size, layout)
    empty = ~np.repeat(layout.any(axis=1), block_size)
    output[..., empty, :] = value.mean(axis=-2, keepdims=True)
    return output


@exercise.mistake
def tiles_the_layout(query, key, value, block_size, layout):
    """You repeat the layout as a whole, side by side, in the place of each of its entries.

    np.tile(layout, ...) puts copies next to each other. np.repeat, or np.kron with a block of ones,
    makes each entry as large as a block.
    """
    blocks = len(layout)
    return by_rows(query, key, value, lambda i, j: layout[i % blocks, j % blocks])


@exercise.edit("enumerate(layout)", "enumerate(np.tril(layout))")
def drops_blocks_of_the_future():
    """You leave out the blocks that come after the one that asks. The layout says who sees what.

    It may name later blocks as well. Where it is to be causal, it names none.
    """


@exercise.edit(
    "if row.any():\n", "row = row if row.any() else np.arange(len(row)) == i\n        if True:\n"
)
def gives_an_empty_row_its_own_block():
    """You let a block of queries that is to see nothing see itself. Its output is zeros."""


@exercise.mistake
def hides_the_future_inside_of_blocks(query, key, value, block_size, layout):
    """You add a causal mask. A block that is named is seen whole: nothing inside is masked."""
    return by_rows(
        query,
        key,
        value,
        lambda i, j: layout[i // block_size, j // block_size] & (j <= i),
    )


@exercise.mistake
def removes_weights_after_the_softmax(query, key, value, block_size, layout):
    """You take the softmax over all keys, and remove those that are not seen afterwards.

    What is left of a row no longer sums to 1. The softmax is to see nothing but the named blocks.
    """
    return by_rows(
        query,
        key,
        value,
        lambda i, j: layout[i // block_size, j // block_size],
        lambda scores, mask: softmax(scores) * mask,
    )


@exercise.mistake
def gives_the_rest_a_score_of_zero(query, key, value, block_size, layout):
    """You give keys that are not seen a score of 0, and exp(0) = 1 is a share as well.

    What a block of queries does not see is to have no weight at all.
    """
    return by_rows(
        query,
        key,
        value,
        lambda i, j: layout[i // block_size, j // block_size],
        lambda scores, mask: softmax(scores * mask),
    )


@exercise.edit("(*query.shape[:-1], value.shape[-1])", "query.shape")
def makes_the_output_as_wide_as_a_query():
    """You make the output as wide as a query. It is as wide as a value, which may differ."""


@exercise.edit("key[..., seen, :]", "key[seen]")
def counts_axes_from_the_front():
    """You look keys up along the first axis, which in a batch is the texts.

    `key[..., seen, :]` leaves all axes in front alone.
    """


@exercise.edit(", query.dtype", "")
def loses_single_precision():
    """Your output is right, but float32 inputs come back as float64.

    np.zeros without a dtype is float64, whatever is written into it.
    """
