"""Encoder block: attention, then feed-forward, and each is added to what was there before.

All the parts meet here. Attention lets the positions look at each other; feed-forward lets each of
them work on what it saw. Each part is followed by add & norm: neither replaces the vectors, and the
numbers do not grow from block to block.

    y      = norm_1(x + attention(x))         x is query, key and value
    output = norm_2(y + feed_forward(y))      y, no longer x

    x, y, output  (..., n, d)   the shape never changes: that is why blocks can be stacked
    mask          (..., n, n)   or any shape of two axes or more that broadcasts to it
    params        {"attention": {"w_query": ..., ...}, "feed_forward": {"w_in": ..., ...},
                   "norm_1": {"gain": ..., "bias": ...}, "norm_2": ...}     dicts in a dict

    x = [[4, 0], [0, 2]]; w_query all 0, so all weights 1/2; w_value, w_output, w_in identity
    matrices; w_out = [[0, 5], [0, 0]]; one head, relu, gains 1, all biases 0. Eps aside, the norm
    of two unequal numbers is then [-1, 1] or [1, -1].
    attention [[2, 1], [2, 1]]      ->  sum [[6, 1], [2, 3]]   ->  y = [[1, -1], [-1, 1]]
    feed-forward [[0, 5], [0, 0]]   ->  sum [[1, 4], [-1, 1]]  ->  output [[-1, 1], [-1, 1]]

A position that may attend to nothing gets nothing from attention but b_output. It still has its own
vector, through the residual connection, and nothing in the block may become nan.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.multi_head_attention import multi_head_attention
from solutions.drawing import (
    draw_block,
    draw_mask,
    draw_vectors,
    in_single_precision,
    neutral,
    plain_block,
    scaled,
    waves,
    without_gain,
)
from solutions.transformer.add_norm import add_norm
from solutions.transformer.feed_forward import feed_forward
from solutions.transformer.layer_norm import layer_norm

exercise = Exercise(
    formulas={
        "y = norm_1": (
            r"y &= \text{norm}_1(x + \text{attention}(x)) && x \text{ is query, key and value}"
        ),
        "output = norm_2": (
            r"\text{output} &= \text{norm}_2(y + \text{feed\_forward}(y))"
            r" && y \text{, no longer } x"
        ),
    },
    hints=[
        "You have written every part already. Draw the block as boxes and arrows first: which"
        " vectors go into each box, and what is added where?",
        "Two rounds of the same pattern: a part, then add & norm with what went into that part."
        " The second round starts from the result of the first. Every argument of the block is"
        " needed by one of the parts.",
        "params['norm_1']['gain'] is the gain of the first norm. In a call,"
        " `**params['norm_1']` passes gain and bias at once, by their names;"
        " params['attention'] goes to multi_head_attention whole.",
        "Round one: multi_head_attention with x three times and the mask; then add_norm of x"
        " and the result, with the gain and bias of norm_1 and eps. Call that y. Round two:"
        " feed_forward of y with the activation; then add_norm of y and the result, with norm_2"
        " and the same eps.",
    ],
)


@exercise.reference
def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """Let the positions of a sequence attend to each other, then work on each of them.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    params : dict
        `attention`, `norm_1`, `feed_forward` and `norm_2`: dicts with the parameters of each part,
        keys as in multi_head_attention and feed_forward; those of a norm are `gain` (d,) and
        `bias` (d,).
    num_heads : int
        The number of heads; d must be divisible by it.
    mask : bool (..., n, n) or None
        True where a position may attend to another; any shape of two axes or more that broadcasts
        to this one.
    activation : str
        What stands inside the feed-forward part: "relu" or "gelu".
    eps : float
        The eps of both norms.

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`. At a position that may attend to nothing, attention returns
        `b_output`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1 and the left half of figure 1.
    """
    attended = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    y = add_norm(x, attended, **params["norm_1"], eps=eps)  # (..., n, d)
    worked = feed_forward(y, params["feed_forward"], activation=activation)
    return add_norm(y, worked, **params["norm_2"], eps=eps)  # (..., n, d)


exercise.equivalent("x, attended", "attended, x", "A sum is the same both ways round.")
exercise.equivalent("y, worked", "worked, y", "A sum is the same both ways round.")


@exercise.picture
def padding_says_nothing():
    """The same four words with two kinds of padding after them, which a mask hides.

    Rows 0 to 3 are the same in both pictures, whatever stands in rows 4 and 5.
    """
    x = waves(6, 8)
    paddings = {"one padding": x, "another padding": np.concatenate([x[:4], 3 * x[:2] - 1])}
    mask = np.array([[True] * 4 + [False] * 2])
    return [
        view(title, inputs(vectors, plain_block(8), 2, mask=mask), rows=range(6))
        for title, vectors in paddings.items()
    ]


@exercise.case(points=2)
def one_head_and_plain_norms(rng):
    return inputs(draw_vectors(rng, 2, 4), neutral(draw_block(rng, 4, 6)), 1)


@exercise.case(points=2)
def two_heads_and_plain_norms(rng):
    return inputs(draw_vectors(rng, 3, 4), neutral(draw_block(rng, 4, 6)), 2)


@exercise.case
def two_norms_with_gains_and_biases(rng):
    return inputs(draw_vectors(rng, 3, 4), neutral(draw_block(rng, 4, 6), "gain", "bias"), 2)


@exercise.case
def biases_before_the_heads(rng):
    params = neutral(draw_block(rng, 4, 6), "b_query", "b_key", "b_value")
    return inputs(draw_vectors(rng, 3, 4), params, 2)


@exercise.case
def a_bias_after_the_heads(rng):
    return inputs(draw_vectors(rng, 3, 4), neutral(draw_block(rng, 4, 6), "b_output"), 2)


@exercise.case
def biases_in_the_feed_forward_part(rng):
    return inputs(draw_vectors(rng, 3, 4), neutral(draw_block(rng, 4, 6), "feed_forward"), 2)


@exercise.case
def an_attention_that_returns_zeros(rng):
    return inputs(draw_vectors(rng, 3, 4), scaled(neutral(draw_block(rng, 4, 6)), w_output=0), 2)


@exercise.case
def a_feed_forward_part_that_returns_zeros(rng):
    params = scaled(neutral(draw_block(rng, 4, 6), "gain"), gain=30, w_out=0)
    return inputs(draw_vectors(rng, 3, 4), params, 2)


@exercise.case(tags=("edge",))
def a_first_norm_that_returns_zeros(rng):
    params = without_gain(neutral(draw_block(rng, 4, 6), "feed_forward"), "norm_1")
    return inputs(draw_vectors(rng, 3, 4), params, 2)


@exercise.case(tags=("edge",))
def a_second_norm_that_returns_its_bias(rng):
    return inputs(draw_vectors(rng, 3, 4), without_gain(draw_block(rng, 4, 6), "norm_2"), 2)


@exercise.case(tags=("edge",))
def a_sequence_of_zeros(rng):
    params = neutral(draw_block(rng, 4, 6), "norm_1", "feed_forward", "norm_2")
    return inputs(np.zeros((3, 4)), params, 2)


@exercise.case(tags=("mask",))
def causal_mask_on_one_sequence(rng):
    x, params = draw_vectors(rng, 3, 4), neutral(draw_block(rng, 4, 6))
    return inputs(x, params, 2, mask=np.tri(3, dtype=bool))


@exercise.case(tags=("mask", "empty_row"))
def a_position_that_may_attend_to_nothing(rng):
    mask = np.array([[True, True, False], [False, False, False], [False, True, True]])
    return inputs(draw_vectors(rng, 3, 4), neutral(draw_block(rng, 4, 6)), 2, mask=mask)


@exercise.case(tags=("option",))
def gelu_inside(rng):
    return inputs(draw_vectors(rng, 3, 4), neutral(draw_block(rng, 4, 6)), 2, activation="gelu")


@exercise.case(tags=("option",))
def an_eps_that_shows_in_the_first_norm(rng):
    params = scaled(neutral(draw_block(rng, 4, 6), "feed_forward"), w_output=0.1, w_out=100)
    return inputs(0.1 * draw_vectors(rng, 3, 4), params, 2, eps=0.5)


@exercise.case(tags=("option",))
def an_eps_that_shows_in_the_second_norm(rng):
    params = scaled(neutral(draw_block(rng, 4, 6)), w_output=100, w_out=0.1)
    return inputs(draw_vectors(rng, 3, 4), params, 2, eps=0.5)


@exercise.case(tags=("small",))
def a_tiny_spread_is_held_down_by_eps(rng):
    params = scaled(neutral(draw_block(rng, 4, 6), "feed_forward"), w_output=0.01, w_out=0.01)
    return inputs(0.001 * draw_vectors(rng, 3, 4), params, 2)


@exercise.case(tags=("batch", "oblong"))
def one_batch_axis(rng):
    return inputs(draw_vectors(rng, 2, 3, 6), neutral(draw_block(rng, 6, 5)), 3)


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes(rng):
    return inputs(draw_vectors(rng, 2, 3, 5, 4), neutral(draw_block(rng, 4, 8)), 2)


@exercise.case(tags=("batch", "edge"))
def sequences_of_one_position(rng):
    return inputs(draw_vectors(rng, 3, 1, 4), neutral(draw_block(rng, 4, 6)), 2)


@exercise.case(tags=("batch", "mask", "broadcast"))
def one_mask_for_a_whole_batch(rng):
    x, params = draw_vectors(rng, 3, 4, 6), neutral(draw_block(rng, 6, 8))
    return inputs(x, params, 2, mask=np.tri(4, dtype=bool))


@exercise.case(tags=("batch", "mask", "broadcast"))
def every_sequence_with_padding_of_its_own(rng):
    x, params = draw_vectors(rng, 2, 4, 6), neutral(draw_block(rng, 6, 8))
    return inputs(x, params, 2, mask=np.arange(4) < rng.permutation([2, 3])[:, None, None])


@exercise.case(tags=("batch", "mask"))
def two_batch_axes_with_masks_of_their_own(rng):
    x, params = draw_vectors(rng, 2, 3, 4, 6), neutral(draw_block(rng, 6, 8))
    return inputs(x, params, 3, mask=draw_mask(rng, [True, True, False, False], 2, 3, 4))


@exercise.case(tags=("large",))
def large_magnitudes(rng):
    return inputs(50 * draw_vectors(rng, 3, 4), neutral(draw_block(rng, 4, 6)), 2)


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    drawn = draw_vectors(rng, 4, 6), neutral(draw_block(rng, 6, 8))
    return inputs(*in_single_precision(drawn), 2)


@exercise.case(tags=("float32", "mask", "option"))
def float32_inputs_with_a_mask_and_gelu(rng):
    drawn = draw_vectors(rng, 4, 6), neutral(draw_block(rng, 6, 8))
    mask = draw_mask(rng, [True, True, False, False], 4)
    return inputs(*in_single_precision(drawn), 2, mask=mask, activation="gelu")


@exercise.case(tags=("mask", "option"))
def all_options_on_one_sequence(rng):
    x, mask = 0.1 * draw_vectors(rng, 3, 4), draw_mask(rng, [True, True, False], 3)
    params = scaled(draw_block(rng, 4, 6), w_output=0.1, w_out=0.1)
    return inputs(x, params, 2, mask=mask, activation="gelu", eps=0.5)


@exercise.case(hidden=True, tags=("batch", "mask", "option"))
def everything_at_once(rng):
    x, mask = rng.normal(size=(2, 7, 12)), rng.random((2, 7, 7)) < 0.5
    params = scaled(draw_block(rng, 12, 20), w_output=0.1, w_out=0.1)
    return inputs(x, params, 3, mask=mask, activation="gelu", eps=0.01)


@exercise.mistake
def normalises_the_input_of_each_part(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """You normalise what goes into attention and feed-forward, and not the sums: that is pre-norm.

    GPT-2 and most models after it are built that way, but their weights do not fit a block of 2017.
    Here a norm follows each sum.
    """
    normed = layer_norm(x, **params["norm_1"], eps=eps)
    y = x + multi_head_attention(normed, normed, normed, params["attention"], num_heads, mask=mask)
    normed = layer_norm(y, **params["norm_2"], eps=eps)
    return y + feed_forward(normed, params["feed_forward"], activation=activation)


@exercise.mistake
def normalises_before_adding(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """You normalise what each part returns, and add it to the input after that.

    The sums themselves then grow from block to block, with nothing to hold them. Add first; the
    norm is for the sum.
    """
    attended = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    y = x + layer_norm(attended, **params["norm_1"], eps=eps)
    worked = feed_forward(y, params["feed_forward"], activation=activation)
    return y + layer_norm(worked, **params["norm_2"], eps=eps)


@exercise.mistake
def forgets_both_residuals(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """You let each part replace the vectors, and never add what went into it.

    Without residual connections a position forgets itself, and a stack of blocks hardly learns.
    Each norm is given a sum of two.
    """
    attended = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    y = layer_norm(attended, **params["norm_1"], eps=eps)
    worked = feed_forward(y, params["feed_forward"], activation=activation)
    return layer_norm(worked, **params["norm_2"], eps=eps)


@exercise.edit("add_norm(x, attended", "layer_norm(attended")
def forgets_the_residual_around_attention():
    """You do not add x to what attention returns.

    A position then knows what it looked at and no longer what it was. You have added what went
    into the feed-forward part; attention needs the same.
    """


@exercise.edit("add_norm(y, worked", "layer_norm(worked")
def forgets_the_residual_around_feed_forward():
    """You do not add anything to what the feed-forward part returns.

    What attention gathered must then pass through two layers, and may be lost there. You have added
    x to attention's result; the second part needs the same with what went into it.
    """


@exercise.edit("add_norm(x, attended", "add_norm(2 * x, attended")
def adds_x_twice_around_attention():
    """You add x twice around attention: once inside it, it seems, and once outside.

    What was found then counts only half as much. multi_head_attention returns what it found and
    nothing else; the block adds x, once.
    """


@exercise.edit(
    "add_norm(x, attended",
    'add_norm(x, layer_norm(attended, **params["norm_1"], eps=eps)',
)
def normalises_what_attention_found_too():
    """You normalise what attention returns before x is added, and then the sum as well.

    However little was found, it is then as large as x. norm_1 is for the sum, and is used once.
    """


@exercise.edit(
    "y = add_norm(x, attended,",
    'y = add_norm(x, add_norm(x, attended, **params["norm_1"], eps=eps),',
)
def closes_the_first_half_twice():
    """You add x and normalise twice after attention: once inside it, it seems, and once outside.

    multi_head_attention returns what it found and nothing else. One sum and one norm close the
    first half.
    """


@exercise.edit("add_norm(y, worked", "add_norm(attended, worked")
def adds_the_bare_attention_in_the_second_sum():
    """You add what attention returned in the second sum, and not what came out of the first norm.

    x is then left out of it. A residual connection carries what went into the part: here y, the
    result of the whole first half.
    """


@exercise.edit("feed_forward(y", "feed_forward(attended")
def gives_the_bare_attention_to_the_feed_forward_part():
    """You give what attention returned to the feed-forward part, before it was added to x.

    A position then works on what it looked at, and not on what it was. Add & norm comes first, and
    its result goes on.
    """


@exercise.edit("add_norm(y, worked", "add_norm(x, worked")
def adds_x_in_the_second_sum_too():
    """You add x, the input of the whole block, in the second sum too.

    A residual connection spans one part. What went into the feed-forward part is no longer x.
    """


@exercise.edit("feed_forward(y", "feed_forward(x")
def gives_x_to_the_feed_forward_part():
    """You give x to the feed-forward part, and not what came out of the first half.

    It then cannot work on what attention has gathered. The two parts come one after the other, not
    side by side.
    """


@exercise.edit('params["norm_2"]', 'params["norm_1"]')
def uses_the_first_norm_twice():
    """You use the gain and bias of norm_1 for both norms.

    Each norm has learned its own, and those of norm_2 belong to the second sum.
    """


@exercise.edit('params["norm_1"]', 'params["norm_2"]')
def uses_the_second_norm_twice():
    """You use the gain and bias of norm_2 for both norms.

    Each norm has learned its own, and those of norm_1 belong to the first sum.
    """


@exercise.mistake
def exchanges_the_norms(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """You use norm_2 after attention and norm_1 after the feed-forward part.

    They are numbered in the order in which x meets them.
    """
    params = params | {"norm_1": params["norm_2"], "norm_2": params["norm_1"]}
    return encoder_block(x, params, num_heads, mask=mask, activation=activation, eps=eps)


@exercise.mistake
def exchanges_gain_and_bias(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """You hand each norm its bias as the gain and its gain as the bias.

    A norm then shifts by what it should stretch with. Look up the order of the arguments in
    add_norm, or name them.
    """
    swapped = {
        norm: {"gain": params[norm]["bias"], "bias": params[norm]["gain"]}
        for norm in ["norm_1", "norm_2"]
    }
    return encoder_block(x, params | swapped, num_heads, mask=mask, activation=activation, eps=eps)


@exercise.edit('add_norm(y, worked, **params["norm_2"], eps=eps)', "y + worked")
def leaves_the_last_sum_as_it_is():
    """You return the second sum without a norm.

    The next block would get vectors of any size. norm_2 has not been used yet.
    """


@exercise.edit('add_norm(x, attended, **params["norm_1"], eps=eps)', "x + attended")
def leaves_the_first_sum_as_it_is():
    """You hand the first sum on without a norm.

    The feed-forward part would get vectors of any size. A norm follows each of the two sums, and
    norm_1 has not been used.
    """


@exercise.edit("add_norm(y, worked", 'add_norm(layer_norm(y, **params["norm_2"], eps=eps), worked')
def normalises_y_once_more():
    """You normalise y once more before the second sum.

    y comes out of a norm already. norm_2 is for the sum of y and what the feed-forward part
    returned.
    """


@exercise.mistake
def works_beside_attention(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """You let both parts work on x side by side, and normalise the sum of all three once.

    Some later models are built that way. In a block of 2017 the second part works on the result of
    the first, and each has a norm of its own.
    """
    attended = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    worked = feed_forward(x, params["feed_forward"], activation=activation)
    return add_norm(x, attended + worked, **params["norm_2"], eps=eps)


@exercise.mistake
def works_before_it_attends(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """You put the feed-forward part first and attention after it, each with a norm of its own.

    The positions look at each other before each of them works on what it saw. Which part does
    norm_1 follow?
    """
    worked = feed_forward(x, params["feed_forward"], activation=activation)
    y = add_norm(x, worked, **params["norm_2"], eps=eps)
    attended = multi_head_attention(y, y, y, params["attention"], num_heads, mask=mask)
    return add_norm(y, attended, **params["norm_1"], eps=eps)


@exercise.mistake
def stops_after_attention(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """You stop after the first half, without the feed-forward part.

    Attention only mixes what is there; in the paper's sizes, two thirds of the block's weights are
    in the part to come. It has a sum and a norm of its own.
    """
    attended = multi_head_attention(x, x, x, params["attention"], num_heads, mask=mask)
    return add_norm(x, attended, **params["norm_1"], eps=eps)


@exercise.edit("num_heads", "1")
def attends_with_one_head():
    """You attend with a single head, whatever `num_heads` says.

    The weights do not tell how many heads they were trained for: they have the same shapes for any
    number. So it has to be handed on.
    """


@exercise.edit(", mask=mask", "")
def keeps_the_mask_to_itself():
    """You take a mask and do not hand it on to attention.

    Every position still sees every other, padding included, and nothing would tell you so.
    """


@exercise.edit("mask=mask", "mask=None if mask is None else ~mask")
def inverts_the_mask():
    """You hide what may be attended to, and let the positions attend to the rest.

    Some libraries mark what is forbidden. In this course True says "may attend", and attention
    takes a mask of the same kind: pass it on unchanged.
    """


@exercise.edit("mask=mask", "mask=np.tri(x.shape[-2], dtype=bool)")
def always_hides_the_future():
    """You use a causal mask, whatever mask the caller gives or does not give.

    An encoder reads in both directions: a word may look at those after it. The caller decides what
    is hidden.
    """


@exercise.edit("mask=mask", "mask=np.tri(x.shape[-2], dtype=bool) if mask is None else mask")
def takes_no_mask_for_a_causal_one():
    """You use a causal mask where the caller gives none.

    A decoder does that. An encoder reads in both directions, so without a mask every position may
    attend to every other.
    """


@exercise.edit(", activation=activation", "")
def keeps_the_activation_to_itself():
    """You take an activation and do not hand it on, so it is always relu.

    relu is only the default, here and in the feed-forward part. BERT and GPT would run with the
    wrong one.
    """


@exercise.edit("activation=activation", 'activation="gelu"')
def always_uses_gelu():
    """You use gelu whatever `activation` says.

    The block of 2017 has relu, which is the default here. Let the caller choose, and hand the
    choice on.
    """


@exercise.mistake
def keeps_eps_to_itself(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """You take an eps and do not hand it on to the norms, so both use 1e-5.

    That is only the default, here and in add_norm. Both norms need the one the caller asks for.
    """
    return encoder_block(x, params, num_heads, mask=mask, activation=activation)


@exercise.edit('params["norm_2"], eps=eps', 'params["norm_2"]')
def gives_eps_to_the_first_norm_only():
    """You hand eps on to the first norm, and the second uses 1e-5 whatever the caller asks for.

    That is only the default of add_norm. Both norms of a block share one eps.
    """


@exercise.edit('params["norm_1"], eps=eps', 'params["norm_1"]')
def gives_eps_to_the_second_norm_only():
    """You hand eps on to the second norm, and the first uses 1e-5 whatever the caller asks for.

    That is only the default of add_norm. Both norms of a block share one eps.
    """


@exercise.edit("y = add_norm(x, attended", "x += attended\n    y = layer_norm(x")
def adds_to_x_in_place():
    """Your output is right, but the first sum is written into the caller's own x.

    `x += ...` changes the array for everyone who holds it. `x = x + ...` makes a new one and looks
    almost the same.
    """


@exercise.mistake
def returns_zeros_where_nothing_may_be_seen(
    x, params, num_heads, mask=None, activation="relu", eps=1e-5
):
    """You return zeros at a position that may attend to nothing.

    Attention gives it nothing, but it still has its own vector, which goes on through the residual
    connection, and through the feed-forward part.
    """
    output = encoder_block(x, params, num_heads, mask=mask, activation=activation, eps=eps)
    return output if mask is None else output * mask.any(axis=-1)[..., None]
