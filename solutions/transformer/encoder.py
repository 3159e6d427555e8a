"""Encoder: a stack of blocks, each of which reads what the one below has written.

One block lets every position look at every other once. A word may depend on another whose own
meaning must be found first, so one look is not enough: the paper stacks six blocks. They are alike
in form and differ in what they have learned, so each has parameters of its own.

    x_0 = x,   x_1 = block_1(x_0),   ...,   x_N = block_N(x_(N-1))        the result is x_N

    x, result  (..., n, d)   a block keeps the shape, and so does any number of them
    blocks     a list of N parameters of encoder blocks, the first one first; N may be 0
    mask       (..., n, n)   or any shape of two axes or more that broadcasts to it

    Take the block of the encoder_block lesson. It made [[-1, 1], [-1, 1]] of [[4, 0], [0, 2]]. Let
    a second one be like it, but with w_out = [[0, 0], [5, 0]]. In both rows it finds
    attention [-1, 1]  ->  sum [-2, 2]  ->  y = [-1, 1]  ->  feed-forward [5, 0]  ->  sum [4, 1]
    and so the encoder's result is [[1, -1], [1, -1]].

The mask goes to every block, not just to the first: hiding the padding in one block does not remove
it, and the next block would see it again. A stack of no blocks returns x.

Post-norm blocks end in a norm, so nothing more follows the last one. Stacks of pre-norm blocks
need a norm at their end, which is why libraries offer one. The stack is described in Vaswani et al.
2017, section 3.1.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import (
    draw_blocks,
    draw_mask,
    draw_vectors,
    in_single_precision,
    neutral,
    plain_block,
    scaled,
    waves,
)
from solutions.transformer.encoder_block import encoder_block
from solutions.transformer.layer_norm import layer_norm

exercise = Exercise(
    formulas={
        "x_0 = x": (
            r"x_0 = x, \quad x_1 = \text{block}_1(x_0), \quad \dots,"
            r" \quad x_N = \text{block}_N(x_{N-1})"
        ),
    },
    hints=[
        "All the work is done by the block that you have written. What goes into the first one, and"
        " what into the second?",
        "A loop over the list. Each turn of it needs the parameters of its own block and the result"
        " of the turn before. The other arguments are the same in each.",
        "Let one name stand for the vectors. It begins as the input, each turn of the loop gives it"
        " what encoder_block makes of it, and after the loop it is returned. Without any turns it"
        " is still the input.",
    ],
)


@exercise.reference
def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """Pass a sequence through a stack of encoder blocks.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    blocks : list
        The parameters of each block, as encoder_block takes them, in the order of their use.
    num_heads : int
        The number of heads in every block; d must be divisible by it.
    mask : bool (..., n, n) or None
        True where a position may attend to another, the same in every block; any shape of two axes
        or more that broadcasts to this one.
    activation : str
        What stands inside the feed-forward parts: "relu" or "gelu".
    eps : float
        The eps of all norms.

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`; without blocks, `x` itself.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1.
    """
    for params in blocks:
        x = encoder_block(x, params, num_heads, mask=mask, activation=activation, eps=eps)
    return x


@exercise.picture
def more_and_more_alike():
    """Six vectors after one block and after six blocks with the same parameters.

    Each block blends the vectors with those they are like. After six, rows 1 to 3 can no longer be
    told apart.
    """
    x, block = waves(6, 8), plain_block(8)
    counts = {"1 block": 1, "6 blocks": 6}
    return [
        view(title, inputs(x, [block] * count, 2), rows=range(6)) for title, count in counts.items()
    ]


def draw_stack(rng, count, d, f, *but):
    """Draw blocks of which only what is in `but` has biases, and gains that differ.

    The gains are large, so that every block is given vectors beside which no eps can be seen.
    """
    return neutral(draw_blocks(rng, count, d, f), *but, gain=30.0)


@exercise.case(points=2)
def one_block_with_plain_norms(rng):
    return inputs(draw_vectors(rng, 2, 4), neutral(draw_blocks(rng, 1, 4, 6)), 1)


@exercise.case(points=3)
def two_blocks_with_plain_norms(rng):
    return inputs(draw_vectors(rng, 2, 4), neutral(draw_blocks(rng, 2, 4, 6)), 2)


@exercise.case
def three_blocks(rng):
    return inputs(draw_vectors(rng, 3, 4), draw_stack(rng, 3, 4, 6), 2)


@exercise.case(tags=("edge",))
def no_blocks(rng):
    return inputs(draw_vectors(rng, 2, 4), [], 2)


@exercise.case
def norms_with_gains_and_biases(rng):
    blocks = scaled(draw_stack(rng, 2, 4, 6, "norm_1", "norm_2"), w_output=10, w_out=10)
    return inputs(draw_vectors(rng, 3, 4), blocks, 2)


@exercise.case
def biases_in_every_attention(rng):
    return inputs(draw_vectors(rng, 3, 4), draw_stack(rng, 2, 4, 6, "attention"), 2)


@exercise.case
def biases_in_every_feed_forward_part(rng):
    return inputs(draw_vectors(rng, 3, 4), draw_stack(rng, 2, 4, 6, "feed_forward"), 2)


@exercise.case(tags=("edge",))
def a_sequence_of_zeros(rng):
    return inputs(np.zeros((3, 4)), draw_stack(rng, 2, 4, 6, "feed_forward"), 2)


@exercise.case
def blocks_that_forget_what_came_in(rng):
    blocks = draw_stack(rng, 2, 4, 6, "feed_forward")
    for params in blocks:
        params["norm_1"] = {"gain": np.zeros(4), "bias": np.zeros(4)}
    return inputs(draw_vectors(rng, 3, 4), blocks, 2)


@exercise.case(tags=("mask",))
def causal_mask_on_one_sequence(rng):
    x, blocks = draw_vectors(rng, 3, 4), draw_stack(rng, 2, 4, 6)
    return inputs(x, blocks, 2, mask=np.tri(3, dtype=bool))


@exercise.case(tags=("mask", "empty_row"))
def a_position_that_may_attend_to_nothing(rng):
    mask = np.array([[True, True, False], [False, False, False], [False, True, True]])
    return inputs(draw_vectors(rng, 3, 4), draw_stack(rng, 2, 4, 6), 2, mask=mask)


@exercise.case(tags=("option",))
def gelu_in_every_block(rng):
    blocks = neutral(draw_blocks(rng, 2, 4, 6))
    return inputs(draw_vectors(rng, 3, 4), blocks, 2, activation="gelu")


@exercise.case(tags=("option",))
def an_eps_other_than_the_default(rng):
    blocks = scaled(neutral(draw_blocks(rng, 2, 4, 6)), w_output=0.1, w_out=0.1)
    return inputs(0.1 * draw_vectors(rng, 3, 4), blocks, 2, eps=0.5)


@exercise.case(tags=("small",))
def a_tiny_spread_is_held_down_by_eps(rng):
    blocks = neutral(draw_blocks(rng, 2, 4, 6), "feed_forward")
    blocks = scaled(blocks, w_output=0.01, w_out=0.01)
    return inputs(0.001 * draw_vectors(rng, 3, 4), blocks, 2)


@exercise.case(tags=("batch", "oblong"))
def one_batch_axis(rng):
    return inputs(draw_vectors(rng, 2, 3, 6), draw_stack(rng, 2, 6, 5), 3)


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes(rng):
    return inputs(draw_vectors(rng, 2, 3, 5, 4), draw_stack(rng, 2, 4, 8), 2)


@exercise.case(tags=("batch", "mask", "broadcast"))
def every_sequence_with_padding_of_its_own(rng):
    mask = np.arange(4) < rng.permutation([2, 3])[:, None, None]
    return inputs(draw_vectors(rng, 2, 4, 6), draw_stack(rng, 2, 6, 8), 2, mask=mask)


@exercise.case(tags=("batch", "edge"))
def sequences_of_one_position(rng):
    return inputs(draw_vectors(rng, 3, 1, 4), draw_stack(rng, 2, 4, 6), 2)


@exercise.case(tags=("large",))
def large_magnitudes(rng):
    return inputs(50 * draw_vectors(rng, 3, 4), draw_stack(rng, 2, 4, 6), 2)


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    return inputs(*in_single_precision((draw_vectors(rng, 4, 6), draw_stack(rng, 2, 6, 8))), 2)


@exercise.case(tags=("float32", "mask", "option"))
def float32_inputs_with_a_mask_and_gelu(rng):
    drawn = draw_vectors(rng, 4, 6), neutral(draw_blocks(rng, 2, 6, 8))
    mask = np.tri(4, dtype=bool)
    return inputs(*in_single_precision(drawn), 3, mask=mask, activation="gelu")


@exercise.case(tags=("mask", "option"))
def all_options_on_one_sequence(rng):
    x, mask = 0.1 * draw_vectors(rng, 3, 4), draw_mask(rng, [True, True, False], 3)
    blocks = scaled(draw_blocks(rng, 2, 4, 6), w_output=0.1, w_out=0.1)
    return inputs(x, blocks, 2, mask=mask, activation="gelu", eps=0.5)


@exercise.case(hidden=True, tags=("batch", "mask", "option"))
def everything_at_once(rng):
    x, mask = rng.normal(size=(2, 7, 12)), rng.random((2, 7, 7)) < 0.5
    blocks = scaled(draw_blocks(rng, 4, 12, 20), w_output=0.1, w_out=0.1)
    return inputs(x, blocks, 3, mask=mask, activation="gelu", eps=0.01)


@exercise.edit("for params in blocks:", "for params in blocks[:1]:")
def stops_after_the_first_block():
    """You stop after the first block.

    A `return` inside the loop ends it in its first turn. How far is it indented?
    """


@exercise.edit("for params in blocks:", "for params in blocks[:-1]:")
def forgets_the_last_block():
    """You leave the last block out.

    range(len(blocks) - 1) is one short, because the end of a range is not part of it. You need no
    numbers to go through a list.
    """


@exercise.edit("for params in blocks:", "for params in blocks[1:]:")
def skips_the_first_block():
    """You leave the first block out.

    `range(1, ...)` begins with the second, because lists count from 0. You need no numbers to go
    through a list.
    """


@exercise.edit("for params in blocks:", "for params in blocks[-1:]:")
def gives_every_block_the_input():
    """You give every block the input of the encoder, so only the last one has an effect.

    What the blocks below have found is computed and dropped. A block reads what the one before it
    has written.
    """


@exercise.edit("for params in blocks:", "for params in blocks[:1] * len(blocks):")
def uses_the_first_parameters_for_all():
    """You use the parameters of the first block for all of them.

    The blocks are alike in form, but each has learned something else. Which parameters belong to
    this turn of the loop?
    """


@exercise.edit("for params in blocks:", "for params in blocks[-1:] * len(blocks):")
def uses_the_last_parameters_for_all():
    """You use the parameters of the last block for all of them.

    The blocks are alike in form, but each has learned something else. Which parameters belong to
    this turn of the loop?
    """


@exercise.edit("for params in blocks:", "for params in [*blocks[:1], *blocks]:")
def passes_the_first_block_twice():
    """You pass the first block twice: once before the loop, and once more in it.

    Each block is passed once. Let the loop do all of them.
    """


@exercise.edit("for params in blocks:", "for params in blocks[::-1]:")
def climbs_from_the_top():
    """You pass the blocks in reverse, the last one first.

    Each block has been trained on what the one before it in the list makes.
    """


@exercise.mistake
def adds_x_to_the_result(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """You add x once more to the result of the whole stack.

    The residual connections are inside the blocks, one around each part. The stack itself has
    none.
    """
    if not blocks:
        return x
    return x + encoder(x, blocks, num_heads, mask=mask, activation=activation, eps=eps)


@exercise.edit("encoder_block(x", "x + encoder_block(x")
def adds_x_below_every_block():
    """You add to the result of each block what went into it.

    A block has its residual connections inside, one around each part, and ends in a norm. Its
    result goes on as it is.
    """


@exercise.mistake
def gives_every_block_the_sum_so_far(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """You add what went in to what every block but the last returns.

    The sum then goes into the next block. A block has its residual connections inside, and its
    result goes on as it is.
    """
    for index, params in enumerate(blocks):
        written = encoder_block(x, params, num_heads, mask=mask, activation=activation, eps=eps)
        x = written if index == len(blocks) - 1 else x + written
    return x


@exercise.mistake
def adds_a_final_norm(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """You normalise the result once more.

    Stacks of pre-norm blocks need that, and PyTorch's nn.Transformer does it always. A post-norm
    block ends in a norm already, and the parameters hold no gain and no bias for another one.
    """
    x = encoder(x, blocks, num_heads, mask=mask, activation=activation, eps=eps)
    width = x.shape[-1]
    return layer_norm(x, np.ones(width, x.dtype), np.zeros(width, x.dtype), eps=eps)


@exercise.mistake
def returns_what_every_block_wrote(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """You return a list with the result of every block.

    It is good to look at, but a decoder reads what the last block has written, and only that.
    """
    written = []
    for params in blocks:
        x = encoder_block(x, params, num_heads, mask=mask, activation=activation, eps=eps)
        written.append(x)
    return written


@exercise.mistake
def counts_on_a_first_block(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """You count on at least one block, and a stack of none ends in an error.

    It happens where the result gets its name only inside the loop, or where blocks[0] stands
    outside of it. With no blocks, the vectors that went in come out.
    """
    if not blocks:
        raise UnboundLocalError("no result without blocks")
    return encoder(x, blocks, num_heads, mask=mask, activation=activation, eps=eps)


@exercise.edit("for params in blocks:", "while blocks:\n        params = blocks.pop(0)")
def empties_the_list():
    """Your result is right, but you take the blocks out of the caller's own list.

    `blocks.pop(0)` leaves the caller with an empty list, and the model has forgotten everything. A
    `for` loop only looks.
    """


@exercise.mistake
def masks_the_first_block_only(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """You hand the mask to the first block only.

    Hiding the padding in one block does not remove it: the second block sees it again.
    """
    x = encoder(x, blocks[:1], num_heads, mask=mask, activation=activation, eps=eps)
    return encoder(x, blocks[1:], num_heads, activation=activation, eps=eps)


@exercise.mistake
def masks_the_last_block_only(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """You hand the mask to the last block only.

    By then the vectors have looked at the padding and carry it in themselves. Every block needs the
    mask.
    """
    x = encoder(x, blocks[:-1], num_heads, activation=activation, eps=eps)
    return encoder(x, blocks[-1:], num_heads, mask=mask, activation=activation, eps=eps)


@exercise.edit("mask=mask", "mask=np.tri(x.shape[-2], dtype=bool)")
def always_hides_the_future():
    """You use a causal mask, whatever mask the caller gives or does not give.

    An encoder reads in both directions: a word may look at those after it. The caller decides what
    is hidden.
    """


@exercise.edit(", mask=mask", "")
def keeps_the_mask_to_itself():
    """You take a mask and do not hand it on to the blocks.

    Every position still sees every other, padding included, and nothing would tell you so.
    """


@exercise.edit("mask=mask", "mask=None if mask is None else ~mask")
def inverts_the_mask():
    """You hide what may be attended to, and let the positions attend to the rest.

    PyTorch's layers mark what is forbidden. In this course True says "may attend", from here down
    to masked_softmax: pass the mask on unchanged.
    """


@exercise.edit("mask=mask", "mask=np.tri(x.shape[-2], dtype=bool) if mask is None else mask")
def hides_the_future():
    """You use a causal mask where the caller gives none.

    A decoder does that. An encoder reads in both directions, so without a mask every position may
    attend to every other.
    """


@exercise.edit("num_heads", "1")
def attends_with_one_head():
    """You attend with a single head, whatever `num_heads` says.

    The weights do not tell how many heads they were trained for: they have the same shapes for any
    number. So it has to be handed on.
    """


@exercise.edit(", activation=activation", "")
def keeps_the_activation_to_itself():
    """You take an activation and do not hand it on, so it is always relu.

    That is only the default, here and in the blocks. A model trained with gelu gives other numbers
    with relu.
    """


@exercise.edit("activation=activation", 'activation="gelu"')
def always_uses_gelu():
    """You use gelu in every block, whatever `activation` says.

    The model of 2017 has relu, which is the default here. Let the caller choose, and hand the
    choice on.
    """


@exercise.edit(", eps=eps", "")
def keeps_eps_to_itself():
    """You take an eps and do not hand it on, so all norms use 1e-5.

    That is only the default, here and in the blocks. A model trained with another one gives other
    numbers.
    """


@exercise.mistake
def writes_into_the_input(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """Your result is right, but you write it into the caller's own array.

    `x[...] = ...` fills the array that came in. `x = ...` only gives the name to a new one.
    """
    x[...] = encoder(x, blocks, num_heads, mask=mask, activation=activation, eps=eps)
    return x


@exercise.mistake
def loses_single_precision(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """Your numbers are right, but float32 vectors come back as float64.

    Something in between is float64: an array of zeros that collects the results, or a conversion
    at the start. Your block keeps the dtype by itself.
    """
    output = encoder(x, blocks, num_heads, mask=mask, activation=activation, eps=eps)
    return output.astype(np.float64)


@exercise.mistake
def adds_a_final_norm_with_an_eps_of_its_own(
    x, blocks, num_heads, mask=None, activation="relu", eps=1e-5
):
    """You normalise the result once more, with an eps of its own.

    Stacks of pre-norm blocks need another norm at their end. A post-norm block ends in one already,
    and the parameters hold no gain and no bias for it.
    """
    x = encoder(x, blocks, num_heads, mask=mask, activation=activation, eps=eps)
    width = x.shape[-1]
    return layer_norm(x, np.ones(width, x.dtype), np.zeros(width, x.dtype))
