"""Decoder block: write the next word, knowing the words so far and what the encoder has read.

A decoder writes a sequence, the target, word by word. It can look at a second sequence, the
encoder's output, called the memory. Its block has three parts, each with add & norm. First the
target looks at itself. It is shifted by one place, with a start symbol in front: position i holds
word i - 1 and guesses word i, and a causal mask hides all positions after i. Then the target looks
at the memory, all of it: queries come from the target, keys and values from the memory. In this
cross-attention the two sequences meet, and nowhere else. Feed-forward comes last.

    y      = norm_1(x + self_attention(x, x, x))               x: query, key and value
    z      = norm_2(y + cross_attention(y, memory, memory))    y asks, the memory answers
    output = norm_3(z + feed_forward(z))

    x, y, z, output  (..., n, d)         self_mask    (..., n, n)         None: causal
    memory           (..., n_memory, d)  memory_mask  (..., n, n_memory)  None: all may be seen

    x = [[4, 0], [0, 2]], memory = [[0, 4], [0, 2]]; one head; w_query all 0; w_value, w_output
    identity matrices. Self-attention, row 0 sees itself, row 1 half of both:  [[4, 0], [2, 1]]
        ->  sum [[8, 0], [2, 3]]   ->  y = [[1, -1], [-1, 1]]   (the norm of two numbers)
    cross-attention, both rows see half of both:  [[0, 3], [0, 3]]
        ->  sum [[1, 2], [-1, 4]]  ->  z = [[-1, 1], [-1, 1]]
    All biases are 0. If feed-forward returns zeros, norm_3 finds nothing to change: output = z.

A given self_mask takes the place of the causal one. Source: Vaswani et al. 2017, section 3.1.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.masking import causal_mask
from solutions.attention.multi_head_attention import multi_head_attention
from solutions.drawing import (
    draw_decoder_block,
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
        "y = norm_1": r"y &= \text{norm}_1(x + \text{self\_attention}(x, x, x))",
        "z = norm_2": (
            r"z &= \text{norm}_2(y + \text{cross\_attention}(y, \text{memory}, \text{memory}))"
        ),
        "output = norm_3": r"\text{output} &= \text{norm}_3(z + \text{feed\_forward}(z))",
    },
    hints=[
        "Draw three boxes with an add & norm after each. For every box, write on the arrows"
        " what goes in: which vectors ask, which are found, and what is added afterwards?",
        "Each round starts from the result of the one before it, and adds its part's output to"
        " just that. The memory comes in once, and never as what asks.",
        "Before the first round, see whether there is a self_mask; causal_mask makes one for"
        " the length of x, which is its second axis from the end. The memory's mask goes to the"
        " second attention as it is, None or not.",
        "Round one: multi_head_attention with x three times, the parameters of self-attention"
        " and the self mask. Round two: y asks and the memory is key and value, with the"
        " parameters of cross-attention and the memory mask. Round three: feed_forward with the"
        " activation. An add_norm closes each, with the norm of its number and eps.",
    ],
)


@exercise.reference
def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """Let a target look at its own past and at a memory, then work on each of its positions.

    Parameters
    ----------
    x : (..., n, d)
        The target, n vectors, with any leading batch axes.
    memory : (..., n_memory, d)
        What the encoder made of the source, with the same batch axes; of any length.
    params : dict
        `self_attention` and `cross_attention`, dicts with the keys that multi_head_attention takes;
        `feed_forward`, a dict with `w_in`, `b_in`, `w_out` and `b_out`; and `norm_1`, `norm_2` and
        `norm_3`, dicts with `gain` and `bias`.
    num_heads : int
        The number of heads of both attentions; d must be divisible by it.
    self_mask : bool (..., n, n) or None
        True where a position of the target may attend to another; any shape of two axes or more
        that broadcasts to this one. None means causal: to itself and to all before it.
    memory_mask : bool (..., n, n_memory) or None
        True where a position of the target may attend to one of the memory; any shape of two axes
        or more that broadcasts to this one. None allows all.
    activation : str
        What stands inside the feed-forward part: "relu" or "gelu".
    eps : float
        The eps of all three norms.

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`. At a position that may attend to nothing, an attention
        returns its `b_output`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1 and the right half of figure 1.
    """
    if self_mask is None:
        self_mask = causal_mask(x.shape[-2])
    attended = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    y = add_norm(x, attended, **params["norm_1"], eps=eps)  # (..., n, d)
    cross = params["cross_attention"]
    recalled = multi_head_attention(y, memory, memory, cross, num_heads, mask=memory_mask)
    z = add_norm(y, recalled, **params["norm_2"], eps=eps)  # (..., n, d)
    worked = feed_forward(z, params["feed_forward"], activation=activation)
    return add_norm(z, worked, **params["norm_3"], eps=eps)  # (..., n, d)


exercise.equivalent("x, attended", "attended, x", "A sum is the same both ways round.")
exercise.equivalent("y, recalled", "recalled, y", "A sum is the same both ways round.")
exercise.equivalent("z, worked", "worked, z", "A sum is the same both ways round.")


@exercise.picture
def the_future_stays_hidden():
    """Two targets that begin alike and differ in their last two words.

    Rows 0 to 3 are the same in both pictures: they cannot see what comes after them.
    """
    first, second, memory = waves(6, 8), waves(6, 8), waves(3, 8) ** 2
    second[4:] = 1 - 2 * second[:2]
    plain = plain_block(8)
    params = {name: plain[name] for name in ("feed_forward", "norm_1", "norm_2")}
    params |= {"norm_3": plain["norm_1"]}
    params |= {f"{which}_attention": plain["attention"] for which in ("self", "cross")}
    targets = {"one ending": first, "another ending": second}
    return [
        view(title, inputs(target, memory, params, 2), rows=range(6))
        for title, target in targets.items()
    ]


def draw_question(rng, d=4, n=3):
    """Draw a target of one position, for which no self_mask matters, and a memory of n."""
    return draw_vectors(rng, 1, d), draw_vectors(rng, n, d)


@exercise.case(points=2)
def one_head_and_plain_norms(rng):
    return inputs(*draw_question(rng), neutral(draw_decoder_block(rng, 4, 6)), 1)


@exercise.case(points=2)
def two_heads_and_plain_norms(rng):
    return inputs(*draw_vectors(rng, 2, 3, 4), neutral(draw_decoder_block(rng, 4, 6)), 2)


@exercise.case
def three_norms_with_gains_and_biases(rng):
    return inputs(*draw_question(rng), neutral(draw_decoder_block(rng, 4, 6), "gain", "bias"), 2)


@exercise.case
def biases_in_the_self_attention(rng):
    params = neutral(draw_decoder_block(rng, 4, 6), "self_attention")
    return inputs(*draw_vectors(rng, 2, 3, 4), params, 2)


@exercise.case
def biases_in_the_cross_attention(rng):
    return inputs(*draw_question(rng), neutral(draw_decoder_block(rng, 4, 6), "cross_attention"), 2)


@exercise.case
def biases_in_the_feed_forward_part(rng):
    return inputs(*draw_question(rng), neutral(draw_decoder_block(rng, 4, 6), "feed_forward"), 2)


@exercise.case
def a_self_attention_that_returns_zeros(rng):
    params = neutral(draw_decoder_block(rng, 4, 6))
    params["self_attention"] = scaled(params["self_attention"], w_output=0)
    return inputs(*draw_vectors(rng, 2, 3, 4), params, 2)


@exercise.case(tags=("oblong",))
def a_cross_attention_that_returns_zeros(rng):
    params = scaled(neutral(draw_decoder_block(rng, 4, 6), "gain"), gain=30)
    params["cross_attention"] = scaled(params["cross_attention"], w_output=0)
    x, memory, mask = draw_vectors(rng, 3, 4), draw_vectors(rng, 5, 4), np.ones((3, 5), dtype=bool)
    return inputs(x, memory, params, 2, memory_mask=mask)


@exercise.case
def a_feed_forward_part_that_returns_zeros(rng):
    params = scaled(neutral(draw_decoder_block(rng, 4, 6), "gain"), gain=30, w_out=0)
    return inputs(*draw_question(rng), params, 2)


@exercise.case(tags=("edge", "oblong"))
def a_first_norm_that_returns_zeros(rng):
    params = without_gain(neutral(draw_decoder_block(rng, 4, 6)), "norm_1")
    return inputs(draw_vectors(rng, 3, 4), draw_vectors(rng, 5, 4), params, 2)


@exercise.case(tags=("edge", "oblong"))
def a_second_norm_that_returns_zeros(rng):
    params = neutral(draw_decoder_block(rng, 4, 6), "norm_1", "feed_forward")
    params = without_gain(params, "norm_2")
    x, memory = draw_vectors(rng, 3, 4), draw_vectors(rng, 5, 4)
    return inputs(x, memory, params, 2, memory_mask=np.ones((3, 5), dtype=bool))


@exercise.case(tags=("edge", "oblong"))
def a_second_norm_that_returns_its_bias(rng):
    params = without_gain(neutral(draw_decoder_block(rng, 4, 6), "norm_2"), "norm_2")
    return inputs(draw_vectors(rng, 3, 4), draw_vectors(rng, 5, 4), params, 2)


@exercise.case(tags=("edge", "oblong"))
def a_third_norm_that_returns_its_bias(rng):
    params = without_gain(neutral(draw_decoder_block(rng, 4, 6), "norm_3"), "norm_3")
    x, memory = draw_vectors(rng, 3, 4), draw_vectors(rng, 5, 4)
    return inputs(x, memory, params, 2, memory_mask=np.ones((3, 5), dtype=bool))


@exercise.case(tags=("edge",))
def a_target_of_zeros(rng):
    kept = "norm_1", "norm_2", "norm_3", "feed_forward"
    params = neutral(draw_decoder_block(rng, 4, 6), *kept)
    return inputs(np.zeros((3, 4)), draw_vectors(rng, 3, 4), params, 2)


@exercise.case(tags=("edge",))
def a_memory_of_zeros(rng):
    params = neutral(draw_decoder_block(rng, 4, 6), "feed_forward", gain=30.0)
    return inputs(draw_vectors(rng, 3, 4), np.zeros((3, 4)), params, 2)


@exercise.case(tags=("mask", "option"))
def a_self_mask_that_lets_the_future_be_seen(rng):
    x, memory = draw_vectors(rng, 2, 3, 4)
    mask = np.array([[True, False, True], [True, True, True], [False, True, True]])
    return inputs(x, memory, neutral(draw_decoder_block(rng, 4, 6)), 2, self_mask=mask)


@exercise.case(tags=("mask", "option"))
def a_memory_mask_on_one_position(rng):
    mask = draw_mask(rng, [True, True, False, False], 1)
    params = neutral(draw_decoder_block(rng, 4, 6))
    return inputs(*draw_question(rng, n=4), params, 2, memory_mask=mask)


@exercise.case(tags=("mask", "empty_row", "option"))
def positions_that_may_attend_to_nothing(rng):
    x, memory = draw_vectors(rng, 3, 4), draw_vectors(rng, 2, 4)
    self_mask = np.array([[False, False, False], [True, True, False], [True, False, True]])
    memory_mask = np.array([[True, False], [False, False], [True, True]])
    params = neutral(draw_decoder_block(rng, 4, 6), gain=30.0)
    return inputs(x, memory, params, 2, self_mask=self_mask, memory_mask=memory_mask)


@exercise.case(tags=("option",))
def gelu_inside(rng):
    params = neutral(draw_decoder_block(rng, 4, 6))
    return inputs(*draw_question(rng), params, 2, activation="gelu")


@exercise.case(tags=("option",))
def an_eps_other_than_the_default(rng):
    params = scaled(neutral(draw_decoder_block(rng, 4, 6)), w_output=0.1, w_out=0.1)
    x, memory = draw_question(rng)
    return inputs(0.1 * x, 0.1 * memory, params, 2, eps=0.5)


@exercise.case(tags=("small",))
def a_tiny_spread_is_held_down_by_eps(rng):
    params = neutral(draw_decoder_block(rng, 4, 6), "feed_forward")
    params = scaled(params, w_output=0.01, w_out=0.01)
    x, memory = draw_question(rng)
    return inputs(0.001 * x, 0.001 * memory, params, 2)


@exercise.case(tags=("batch",))
def one_batch_axis(rng):
    return inputs(*draw_vectors(rng, 2, 2, 4, 6), neutral(draw_decoder_block(rng, 6, 5)), 3)


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes(rng):
    x, memory = draw_vectors(rng, 2, 1, 3, 4), draw_vectors(rng, 2, 1, 5, 4)
    return inputs(x, memory, neutral(draw_decoder_block(rng, 4, 6)), 2)


@exercise.case(tags=("batch", "mask", "broadcast", "oblong"))
def every_memory_with_padding_of_its_own(rng):
    x, memory = draw_vectors(rng, 2, 1, 4), draw_vectors(rng, 2, 5, 4)
    mask = np.arange(5) < rng.permutation([2, 4])[:, None, None]
    return inputs(x, memory, neutral(draw_decoder_block(rng, 4, 6)), 2, memory_mask=mask)


@exercise.case(tags=("batch", "mask", "oblong"))
def two_batch_axes_with_masks_of_their_own(rng):
    x, memory = draw_vectors(rng, 2, 3, 4, 6), draw_vectors(rng, 2, 3, 5, 6)
    masks = {
        "self_mask": draw_mask(rng, [True, True, False, False], 2, 3, 4),
        "memory_mask": draw_mask(rng, np.arange(5) < 3, 2, 3, 4),
    }
    return inputs(x, memory, neutral(draw_decoder_block(rng, 6, 8)), 2, **masks)


@exercise.case(tags=("large",))
def large_magnitudes(rng):
    x, memory = draw_question(rng)
    return inputs(50 * x, 50 * memory, neutral(draw_decoder_block(rng, 4, 6), gain=30.0), 2)


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    drawn = *draw_question(rng, d=6), neutral(draw_decoder_block(rng, 6, 8))
    return inputs(*in_single_precision(drawn), 2)


@exercise.case(tags=("float32", "mask", "broadcast", "option"))
def float32_inputs_with_masks_and_gelu(rng):
    drawn = *draw_vectors(rng, 2, 2, 4, 6), neutral(draw_decoder_block(rng, 6, 8))
    masks = {"self_mask": np.tri(4, k=1, dtype=bool), "memory_mask": np.tri(4, dtype=bool)[:, ::-1]}
    return inputs(*in_single_precision(drawn), 2, **masks, activation="gelu")


@exercise.case(tags=("mask", "oblong", "option"))
def all_options_on_one_sequence(rng):
    x, memory = 0.1 * draw_vectors(rng, 3, 4), 0.1 * draw_vectors(rng, 4, 4)
    masks = {
        "self_mask": draw_mask(rng, [True, True, False], 3),
        "memory_mask": draw_mask(rng, [True, True, False, False], 3),
    }
    params = scaled(draw_decoder_block(rng, 4, 6), w_output=0.1, w_out=0.1)
    return inputs(x, memory, params, 2, **masks, activation="gelu", eps=0.5)


@exercise.case(hidden=True, tags=("batch", "mask", "oblong", "option"))
def everything_at_once(rng):
    x, memory = rng.normal(size=(2, 7, 12)), rng.normal(size=(2, 9, 12))
    masks = {"self_mask": rng.random((2, 7, 7)) < 0.5, "memory_mask": rng.random((2, 7, 9)) < 0.5}
    params = scaled(draw_decoder_block(rng, 12, 20), w_output=0.1, w_out=0.1)
    return inputs(x, memory, params, 3, **masks, activation="gelu", eps=0.01)


@exercise.edit("causal_mask(x.shape[-2])", "np.ones((x.shape[-2],) * 2, dtype=bool)")
def lets_the_target_see_its_future():
    """You let every position of the target see all the others where no self_mask is given.

    In training the next word stands one place further on, and the model would learn to copy it.
    None means causal here.
    """


@exercise.edit("causal_mask(x.shape[-2])", "np.tri(x.shape[-2], k=-1, dtype=bool)")
def hides_each_position_from_itself():
    """You forbid a position to attend to itself, and the first one then sees nothing.

    The target is shifted by one place before it comes in: position i holds a word that is already
    written, and guesses the next. Only what comes later is hidden.
    """


@exercise.mistake
def combines_a_given_mask_with_the_causal_one(
    x, memory, params, num_heads, self_mask=None, **options
):
    """You hide the future as well where a self_mask is given.

    The caller's mask takes the place of the causal one, and may well let the future be seen. The
    causal one is used only where no mask is given.
    """
    causal = causal_mask(x.shape[-2])
    self_mask = causal if self_mask is None else self_mask & causal
    return decoder_block(x, memory, params, num_heads, self_mask=self_mask, **options)


@exercise.mistake
def always_hides_the_future_only(x, memory, params, num_heads, self_mask=None, **options):
    """You use the causal mask whether a self_mask is given or not.

    It is only what None stands for. A mask that the caller gives takes its place.
    """
    return decoder_block(x, memory, params, num_heads, **options)


@exercise.edit("causal_mask(x", "causal_mask(memory")
def measures_the_mask_by_the_memory():
    """You make the causal mask as long as the memory, and not as long as the target.

    It fits where both happen to be equally long. Who attends to whom in the first attention?
    """


@exercise.edit("causal_mask(x.shape[-2])", "causal_mask(len(x))")
def counts_positions_from_the_front():
    """You take the length of the first axis for the number of positions.

    With a single sequence it is, with a batch it is the number of sequences. Positions are the
    second axis from the end.
    """


@exercise.edit("x.shape[-2]", "x.shape[1]")
def counts_positions_along_axis_one():
    """You read the length of the causal mask from axis 1, which is right for (batch, n, d) only.

    In a single sequence axis 1 holds the features, and with two batch axes it is the second of
    them. Positions are the second axis from the end.
    """


@exercise.mistake
def hides_the_future_of_the_memory(x, memory, params, num_heads, memory_mask=None, **options):
    """You use a causal mask in the cross-attention too.

    The source is known to its end before the first word of the target is written. A translator
    may look at its last word first.
    """
    causal = np.tri(x.shape[-2], memory.shape[-2], dtype=bool)
    memory_mask = causal if memory_mask is None else memory_mask & causal
    return decoder_block(x, memory, params, num_heads, memory_mask=memory_mask, **options)


@exercise.mistake
def takes_no_memory_mask_for_a_causal_one(
    x, memory, params, num_heads, memory_mask=None, **options
):
    """You use a causal mask in the cross-attention where no memory_mask is given.

    None means causal for the self_mask only. The source is known to its end before the first word
    of the target is written, so without a mask all of it may be seen.
    """
    causal = np.tri(x.shape[-2], memory.shape[-2], dtype=bool)
    memory_mask = causal if memory_mask is None else memory_mask
    return decoder_block(x, memory, params, num_heads, memory_mask=memory_mask, **options)


@exercise.edit(", mask=memory_mask", "")
def ignores_the_memory_mask():
    """You take a memory_mask and do nothing with it.

    The target then looks at the padding of the source too. The second attention needs it, as it
    is.
    """


@exercise.edit("mask=memory_mask", "mask=self_mask")
def hands_the_self_mask_to_both_attentions():
    """You hand the self_mask to both attentions.

    It says which positions of the target may be seen, and has no say about the memory: with lengths
    that differ it does not even fit. The second attention has a mask of its own, memory_mask.
    """


@exercise.mistake
def exchanges_the_masks(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """You hand the self_mask to the cross-attention and the memory_mask to the self-attention.

    Their shapes differ as soon as the two sequences differ in length. Each has the name of what is
    looked at.
    """
    self_mask = causal_mask(x.shape[-2]) if self_mask is None else self_mask
    attended = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=memory_mask)
    y = add_norm(x, attended, **params["norm_1"], eps=eps)
    cross = params["cross_attention"]
    recalled = multi_head_attention(y, memory, memory, cross, num_heads, mask=self_mask)
    z = add_norm(y, recalled, **params["norm_2"], eps=eps)
    worked = feed_forward(z, params["feed_forward"], activation=activation)
    return add_norm(z, worked, **params["norm_3"], eps=eps)


@exercise.mistake
def inverts_the_masks(x, memory, params, num_heads, self_mask=None, memory_mask=None, **options):
    """You hide what may be attended to, and let the rest be seen.

    PyTorch's layers mark what is forbidden. In this course True says "may attend", and
    multi_head_attention takes masks of the same kind.
    """
    self_mask = causal_mask(x.shape[-2]) if self_mask is None else ~self_mask
    memory_mask = None if memory_mask is None else ~memory_mask
    return decoder_block(
        x, memory, params, num_heads, self_mask=self_mask, memory_mask=memory_mask, **options
    )


@exercise.edit("attention(y, memory, memory", "attention(memory, y, y")
def lets_the_memory_ask():
    """You have query and key the wrong way round in the cross-attention: the memory asks.

    The result then has a row for each position of the memory. Each position of the target is to get
    an answer, so it is the target that asks.
    """


@exercise.edit("attention(y, memory, memory", "attention(y, y, memory")
def looks_keys_up_in_the_target():
    """You take the keys of the cross-attention from the target and only its values from the memory.

    A key says what a value can be found by, so both come from the same position of the same
    sequence. With lengths that differ they do not even fit.
    """


@exercise.edit("attention(y, memory, memory", "attention(y, memory, y")
def looks_values_up_in_the_target():
    """You take the values of the cross-attention from the target and only its keys from the memory.

    A key says what a value can be found by, so both come from the same position of the same
    sequence. With lengths that differ they do not even fit.
    """


@exercise.edit("attention(y, memory, memory", "attention(memory, memory, memory")
def lets_the_memory_attend_to_itself():
    """You let the memory attend to itself in the second attention.

    The encoder has done that already. Each position of the target is to get an answer, so it is the
    target that asks.
    """


@exercise.edit("attention(y, memory, memory", "attention(y, y, y")
def lets_the_target_attend_to_all_of_itself():
    """You let the target attend to itself in the second attention, its future included.

    The memory is never used, and each position can see the word that it is to guess. Keys and
    values of the second attention come from the encoder.
    """


@exercise.mistake
def exchanges_target_and_memory(x, memory, params, num_heads, **options):
    """You take the memory for the target, and the target for the memory.

    The result then has a row for each position of the memory. x is what is being written, and goes
    through all three rounds; the memory is only looked at in the second.
    """
    return decoder_block(memory, x, params, num_heads, **options)


@exercise.edit(
    "y, memory, memory, cross, num_heads, mask=memory_mask",
    "y, y, y, cross, num_heads, mask=self_mask",
)
def never_looks_at_the_memory():
    """You let the target attend to itself twice, and the memory is never used.

    A translator that never looks at the source. What is to be found in the second attention comes
    from the encoder.
    """


@exercise.edit("attention(y, memory", "attention(x, memory")
def asks_with_x():
    """You let x ask in the cross-attention, and not what came out of the first round.

    Its question then ignores the earlier words. Each round starts from the result of the one
    before.
    """


@exercise.edit("attention(y, memory", "attention(attended, memory")
def asks_with_the_bare_attention():
    """You let the output of the self-attention ask, before it has been added and normalised.

    A position would ask without remembering its own word. Add & norm closes the first round, and
    what comes out of it asks.
    """


@exercise.edit("add_norm(y, recalled", "add_norm(x, recalled")
def adds_x_in_the_second_sum():
    """You add x, the input of the whole block, in the second sum.

    What the first round has found then reaches the result only through the question it asked. A
    residual connection spans one part: what went into the cross-attention is no longer x.
    """


@exercise.edit("add_norm(z, worked", "add_norm(x, worked")
def adds_x_in_the_third_sum():
    """You add x, the input of the whole block, in the third sum.

    What the first two rounds have found survives only through the feed-forward part. A residual
    connection spans one part: what went into that part is no longer x.
    """


@exercise.edit("add_norm(z, worked", "add_norm(y, worked")
def adds_y_in_the_third_sum():
    """You add y in the third sum: what went into the cross-attention, not what its norm returned.

    What was found in the memory survives only through the feed-forward part. A residual connection
    spans one part.
    """


@exercise.edit("feed_forward(z", "feed_forward(x")
def works_on_x():
    """You give x, the input of the whole block, to the feed-forward part.

    It cannot work on what the two attentions have found. Each part takes the result of the one
    before.
    """


@exercise.edit("feed_forward(z", "feed_forward(y")
def works_on_the_result_of_the_first_round():
    """You give the feed-forward part the result of the first round.

    It cannot work on what was found in the memory. Each part takes the result of the one before.
    """


@exercise.edit("add_norm(y, recalled", "layer_norm(recalled")
def forgets_the_residual_around_cross_attention():
    """You do not add anything to what was found in the memory.

    A position then knows what it read and no longer what has been written. The second round is
    closed like the first.
    """


@exercise.edit("add_norm(x, attended", "layer_norm(attended")
def forgets_the_residual_around_self_attention():
    """You do not add x to what the self-attention returns.

    A position then knows what it looked at and no longer which word it holds. The first round is
    closed like the others.
    """


@exercise.edit("add_norm(z, worked", "layer_norm(worked")
def forgets_the_residual_around_feed_forward():
    """You do not add anything to what the feed-forward part returns.

    What was found before must then pass through two layers, and may be lost there. The third round
    is closed like the others.
    """


@exercise.mistake
def adds_twice_around_both_attentions(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """You add what goes into each attention twice: once inside it, it seems, and once outside.

    What was found then counts only half as much. multi_head_attention returns what it found and
    nothing else; the block adds what went in, once.
    """
    self_mask = causal_mask(x.shape[-2]) if self_mask is None else self_mask
    attended = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    y = add_norm(2 * x, attended, **params["norm_1"], eps=eps)
    cross = params["cross_attention"]
    recalled = multi_head_attention(y, memory, memory, cross, num_heads, mask=memory_mask)
    z = add_norm(2 * y, recalled, **params["norm_2"], eps=eps)
    worked = feed_forward(z, params["feed_forward"], activation=activation)
    return add_norm(z, worked, **params["norm_3"], eps=eps)


@exercise.mistake
def forgets_all_residuals(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """You let each part replace the vectors, and never add what went into it.

    Without residual connections a position forgets itself three times in each block. Each norm is
    given a sum of two.
    """
    self_mask = causal_mask(x.shape[-2]) if self_mask is None else self_mask
    attended = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    y = layer_norm(attended, **params["norm_1"], eps=eps)
    cross = params["cross_attention"]
    recalled = multi_head_attention(y, memory, memory, cross, num_heads, mask=memory_mask)
    z = layer_norm(recalled, **params["norm_2"], eps=eps)
    worked = feed_forward(z, params["feed_forward"], activation=activation)
    return layer_norm(worked, **params["norm_3"], eps=eps)


@exercise.mistake
def normalises_before_adding(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """You normalise what each part returns, and add it to the input after that.

    The sums themselves then grow from block to block. Add first; the norm is for the sum.
    """
    self_mask = causal_mask(x.shape[-2]) if self_mask is None else self_mask
    attended = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    y = x + layer_norm(attended, **params["norm_1"], eps=eps)
    cross = params["cross_attention"]
    recalled = multi_head_attention(y, memory, memory, cross, num_heads, mask=memory_mask)
    z = y + layer_norm(recalled, **params["norm_2"], eps=eps)
    worked = feed_forward(z, params["feed_forward"], activation=activation)
    return z + layer_norm(worked, **params["norm_3"], eps=eps)


@exercise.mistake
def normalises_the_input_of_each_part(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """You normalise what goes into each part, and not the sums: that is pre-norm.

    Most later models are built that way, but their weights do not fit a block of 2017. Here a norm
    follows each sum.
    """
    self_mask = causal_mask(x.shape[-2]) if self_mask is None else self_mask
    normed = layer_norm(x, **params["norm_1"], eps=eps)
    own, cross = params["self_attention"], params["cross_attention"]
    y = x + multi_head_attention(normed, normed, normed, own, num_heads, mask=self_mask)
    normed = layer_norm(y, **params["norm_2"], eps=eps)
    z = y + multi_head_attention(normed, memory, memory, cross, num_heads, mask=memory_mask)
    normed = layer_norm(z, **params["norm_3"], eps=eps)
    return z + feed_forward(normed, params["feed_forward"], activation=activation)


@exercise.edit('add_norm(x, attended, **params["norm_1"], eps=eps)', "x + attended")
def leaves_the_first_sum_as_it_is():
    """You hand the first sum on without a norm.

    The cross-attention would be asked by vectors of any size. A norm follows each of the three
    sums, and norm_1 has not been used.
    """


@exercise.edit('add_norm(y, recalled, **params["norm_2"], eps=eps)', "y + recalled")
def leaves_the_second_sum_as_it_is():
    """You hand the second sum on without a norm.

    The feed-forward part would get vectors of any size. A norm follows each of the three sums, and
    norm_2 has not been used.
    """


@exercise.edit('add_norm(z, worked, **params["norm_3"], eps=eps)', "z + worked")
def leaves_the_last_sum_as_it_is():
    """You return the third sum without a norm.

    The next block would get vectors of any size. norm_3 has not been used yet.
    """


@exercise.mistake
def looks_at_the_memory_first(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """You put cross-attention before self-attention.

    The target first looks at itself, and then asks the memory with what it found. Which part does
    norm_1 follow?
    """
    self_mask = causal_mask(x.shape[-2]) if self_mask is None else self_mask
    asked = multi_head_attention(
        x, memory, memory, params["cross_attention"], num_heads, mask=memory_mask
    )
    y = add_norm(x, asked, **params["norm_2"], eps=eps)
    attended = multi_head_attention(y, y, y, params["self_attention"], num_heads, mask=self_mask)
    z = add_norm(y, attended, **params["norm_1"], eps=eps)
    worked = feed_forward(z, params["feed_forward"], activation=activation)
    return add_norm(z, worked, **params["norm_3"], eps=eps)


@exercise.mistake
def leaves_cross_attention_out(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """You leave the cross-attention out: self-attention, then feed-forward.

    That is a block of an encoder, or of GPT, which has no memory to look at. Here one round is
    missing between the two.
    """
    self_mask = causal_mask(x.shape[-2]) if self_mask is None else self_mask
    attended = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    y = add_norm(x, attended, **params["norm_1"], eps=eps)
    worked = feed_forward(y, params["feed_forward"], activation=activation)
    return add_norm(y, worked, **params["norm_3"], eps=eps)


@exercise.edit('add_norm(z, worked, **params["norm_3"], eps=eps)', "z")
def leaves_feed_forward_out():
    """You stop after the cross-attention.

    Then each position never processes what it found. The third part and the third norm have not
    been used yet.
    """


@exercise.edit('params["cross_attention"]', 'params["self_attention"]')
def attends_twice_with_the_same_weights():
    """You use the parameters of the self-attention for the cross-attention as well.

    What is worth finding in a source is another thing than what is worth finding in one's own
    words. The second attention has weights of its own.
    """


@exercise.mistake
def exchanges_the_attentions(x, memory, params, num_heads, **options):
    """You use the parameters of the cross-attention first and those of the self-attention second.

    The target looks at itself first, with the parameters named self_attention.
    """
    own, cross = params["self_attention"], params["cross_attention"]
    params = params | {"self_attention": cross, "cross_attention": own}
    return decoder_block(x, memory, params, num_heads, **options)


@exercise.edit('params["norm_2"]', 'params["norm_1"]')
def uses_the_first_norm_in_the_second_round():
    """You use the gain and bias of norm_1 in the second round as well.

    Each norm has learned its own: the sum after the cross-attention has norm_2.
    """


@exercise.edit('params["norm_3"]', 'params["norm_2"]')
def uses_the_second_norm_in_the_third_round():
    """You use the gain and bias of norm_2 in the third round as well.

    In an encoder block norm_2 is the last. Here there are three, and the sum after the feed-forward
    part has norm_3.
    """


@exercise.mistake
def uses_the_first_norm_for_all(x, memory, params, num_heads, **options):
    """You use the gain and bias of norm_1 for all three norms.

    Each norm has learned its own: the second sum has norm_2, the third norm_3.
    """
    params = params | {"norm_2": params["norm_1"], "norm_3": params["norm_1"]}
    return decoder_block(x, memory, params, num_heads, **options)


@exercise.mistake
def exchanges_the_first_two_norms(x, memory, params, num_heads, **options):
    """You use norm_2 after the self-attention and norm_1 after the cross-attention.

    They are numbered in the order in which the target meets them.
    """
    params = params | {"norm_1": params["norm_2"], "norm_2": params["norm_1"]}
    return decoder_block(x, memory, params, num_heads, **options)


@exercise.mistake
def exchanges_gains_and_biases(x, memory, params, num_heads, **options):
    """You hand each norm its bias as the gain and its gain as the bias.

    A norm then shifts by what it should stretch with. Look up the order of the arguments in
    add_norm, or name them.
    """
    swapped = {
        norm: {"gain": params[norm]["bias"], "bias": params[norm]["gain"]}
        for norm in ["norm_1", "norm_2", "norm_3"]
    }
    return decoder_block(x, memory, params | swapped, num_heads, **options)


@exercise.mistake
def exchanges_the_last_two_norms(x, memory, params, num_heads, **options):
    """You use norm_3 after the cross-attention and norm_2 after the feed-forward part.

    In an encoder block norm_2 is the last. Here they are numbered in the order in which the target
    meets them, too, and there are three.
    """
    params = params | {"norm_2": params["norm_3"], "norm_3": params["norm_2"]}
    return decoder_block(x, memory, params, num_heads, **options)


@exercise.mistake
def attends_with_one_head(x, memory, params, num_heads, **options):
    """You attend with a single head, whatever `num_heads` says.

    The weights do not tell how many heads they were trained for: they have the same shapes for any
    number. So it has to be handed on, to both attentions.
    """
    return decoder_block(x, memory, params, 1, **options)


@exercise.edit(", activation=activation", "")
def keeps_the_activation_to_itself():
    """You take an activation and do not hand it on, so it is always relu.

    That is only the default, here and in the feed-forward part.
    """


@exercise.edit("activation=activation", 'activation="gelu"')
def always_uses_gelu():
    """You use gelu whatever `activation` says.

    The block of 2017 has relu, which is the default here. Let the caller choose, and hand the
    choice on.
    """


@exercise.mistake
def keeps_eps_to_itself(x, memory, params, num_heads, eps=1e-5, **options):
    """You take an eps and do not hand it on to the norms, so all three use 1e-5.

    That is only the default, here and in add_norm. All norms of a block share one eps.
    """
    return decoder_block(x, memory, params, num_heads, **options)


@exercise.edit("y = add_norm(x, attended", "x += attended\n    y = layer_norm(x")
def adds_to_x_in_place():
    """Your output is right, but the first sum is written into the caller's own x.

    `x += ...` changes the array for everyone who holds it. `x = x + ...` makes a new one and looks
    almost the same.
    """


@exercise.mistake
def loses_single_precision(x, memory, params, num_heads, **options):
    """Your numbers are right, but float32 vectors come back as float64.

    Something in between is float64: an array of zeros, a mask of -inf that is added, or np.sqrt of
    a Python int. The parts that you have written keep the dtype.
    """
    output = decoder_block(x, memory, params, num_heads, **options)
    return output.astype(np.float64)
