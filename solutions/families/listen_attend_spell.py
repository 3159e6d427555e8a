"""Listen, attend and spell: from a recording to letters.

A second of speech is about a hundred frames, far more than it has letters. The listener makes them
fewer, like a pyramid: each of its layers puts two neighbouring frames side by side. Half as many
are left, each twice as wide, and after three layers one in eight. What a layer computes of them is
left out here. Without a partner, an odd last frame is dropped.

    pyramid([[1], [2], [3], [4], [5]])  =  [[1, 2], [3, 4]]   (..., n // 2, 2 d)

The speller writes one letter after the other. Its state is a single vector that knows what has been
written. It is compared with all frames, to find those in which the next letter can be heard:

    scores   =  (listened w_listened) · (state w_state)     one for each frame
    weights  =  softmax(scores)
    context  =  sum over the frames of weight * listened

    state w_state = [1], listened = [[0], [ln 3]], w_listened = [[1]]:
    [0, ln 3] are the scores, [1/4, 3/4] the weights, and [0.82] is the context

    state     (..., d_s)      w_state     (d_s, a)      weights  (..., n)
    listened  (..., n, d_l)   w_listened  (d_l, a)      context  (..., d_l)

The scores are not divided by anything, and the projections serve to compare only: what is summed
is what was listened to, as it is. The context then helps to guess the letter.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.attention_scores import dot_scores
from solutions.attention.softmax import softmax
from solutions.drawing import in_single_precision, waves

exercise = Exercise(
    formulas={
        "scores ": r"s_i &= (h_i W_\text{listened}) \cdot (z W_\text{state})",
        "weights ": r"\alpha &= \text{softmax}(s)",
        "context ": r"\text{context} &= \textstyle\sum_i \alpha_i h_i",
    },
    tags={
        "odd": "where the number of frames is even and wrong where it is odd",
        "several_frames": "for two frames and wrong for more",
        "wide_frames": "for frames of one feature and wrong for wider ones",
        "compared_widely": "where one number is compared and wrong for several",
        "projected": "where nothing is projected and wrong where something is",
    },
    hints=[
        "pyramid: how many frames stay? Cut the others off first; the axis is the last but one.",
        "pyramid: two rows of a table lie in memory one behind the other. What does reshape make of"
        " n rows of d, if it is asked for n // 2 rows of 2 d?",
        "attend: the state is one query among n keys. [..., None, :] gives it an axis for that.",
        "attend: what has that axis has to lose it in the end: [..., 0, :].",
    ],
)


@exercise.reference
def pyramid(x):
    """Put each two neighbouring frames side by side.

    Parameters
    ----------
    x : (..., n, d)
        Frames in the order of time.

    Returns
    -------
    pairs : (..., n // 2, 2 d)
        Frames 0 and 1, then 2 and 3, and so on. Of an odd number the last one is dropped.

    Notes
    -----
    Source: Chan et al. 2016, section 3.1.
    """
    *batch, n, d = x.shape
    return x[..., : n // 2 * 2, :].reshape(*batch, n // 2, 2 * d)


exercise.equivalent("*batch, n // 2", "*batch, n // -2", "reshape finds a negative length itself.")


@exercise.picture
def layers_of_a_pyramid():
    """Eight frames of two features, after one layer and after two: a row is a frame.

    Nothing is lost and nothing is added; the same numbers stand in fewer and wider rows.
    """
    x = waves(8, 2)
    halved = x.reshape(4, 4)
    return [
        view("after one layer", inputs(x), rows=range(4), columns=range(4)),
        view("after two layers", inputs(halved), rows=range(2), columns=range(8)),
    ]


@exercise.case(points=2)
def two_frames_of_one_number(rng):
    return inputs(rng.normal(size=(2, 1)).round(1))


@exercise.case(tags=("several_frames",))
def six_frames_of_one_number(rng):
    return inputs(rng.normal(size=(6, 1)).round(1))


@exercise.case(tags=("wide_frames",))
def two_frames_of_three_features(rng):
    return inputs(rng.normal(size=(2, 3)).round(1))


@exercise.case(points=2, tags=("several_frames", "wide_frames"))
def six_frames_of_three_features(rng):
    return inputs(rng.normal(size=(6, 3)).round(1))


@exercise.case(tags=("several_frames", "wide_frames"))
def as_many_frames_as_features(rng):
    return inputs(rng.normal(size=(4, 4)).round(1))


@exercise.case(tags=("odd",))
def three_frames_of_one_number(rng):
    return inputs(rng.normal(size=(3, 1)).round(1))


@exercise.case(tags=("odd", "several_frames", "wide_frames"))
def seven_frames_of_two_features(rng):
    return inputs(rng.normal(size=(7, 2)).round(1))


@exercise.case(tags=("odd", "edge"))
def one_frame_has_no_partner(rng):
    return inputs(rng.normal(size=(1, 2)).round(1))


@exercise.case(tags=("batch", "several_frames", "wide_frames"))
def several_recordings(rng):
    return inputs(rng.normal(size=(3, 4, 2)).round(1))


@exercise.case(tags=("batch", "odd", "several_frames", "wide_frames"))
def several_recordings_of_odd_length(rng):
    return inputs(rng.normal(size=(2, 5, 3)).round(1))


@exercise.case(tags=("batch", "several_frames", "wide_frames"))
def recordings_under_two_batch_axes(rng):
    return inputs(rng.normal(size=(2, 3, 4, 2)).round(1))


@exercise.case(tags=("float32", "several_frames", "wide_frames"))
def float32_frames(rng):
    return inputs(rng.normal(size=(4, 3)).astype(np.float32))


@exercise.case(hidden=True, tags=("batch", "odd", "several_frames", "wide_frames"))
def longer_recordings(rng):
    return inputs(rng.normal(size=(2, 3, 41, 8)))


@exercise.mistake
def adds_a_frame_of_zeros(x):
    """You put a frame of zeros behind an odd number of frames.

    Nobody said what it would stand for. An odd last frame is dropped.
    """
    return pyramid(np.concatenate([x, np.zeros_like(x[..., :1, :])], axis=-2))


@exercise.mistake
def repeats_the_last_frame(x):
    """You use an odd last frame twice. It is dropped."""
    return pyramid(np.concatenate([x, x[..., -1:, :]], axis=-2))


@exercise.edit("x[..., : n // 2 * 2, :]", "x[..., n % 2 :, :]")
def drops_the_first_frame():
    """You drop the first frame of an odd number, and it is the last that goes."""


@exercise.mistake
def drops_the_last_of_an_even_number(x):
    """You drop frames from an even number as well. Nothing is lost there: all have a partner."""
    n = (x.shape[-2] - 1) // 2
    return pyramid(x[..., : 2 * n, :])


@exercise.mistake
def refuses_an_odd_number(x):
    """You reshape all frames, and an odd number of them does not divide into pairs.

    Drop the last one first.
    """
    *batch, n, d = x.shape
    return x.reshape(*batch, n // 2, 2 * d)


@exercise.mistake
def takes_the_mean_of_two(x):
    """You average each two frames. They stand side by side, so that nothing is lost."""
    n, d = x.shape[-2] // 2, x.shape[-1]
    return x[..., : 2 * n, :].reshape(*x.shape[:-2], n, 2, d).mean(axis=-2)


@exercise.mistake
def takes_the_larger_of_two(x):
    """You take the larger number of each two frames, as max pooling does.

    They stand side by side, so that nothing is lost.
    """
    n, d = x.shape[-2] // 2, x.shape[-1]
    return x[..., : 2 * n, :].reshape(*x.shape[:-2], n, 2, d).max(axis=-2)


@exercise.mistake
def adds_each_two(x):
    """You add each two frames. They stand side by side, so that nothing is lost."""
    n, d = x.shape[-2] // 2, x.shape[-1]
    return x[..., : 2 * n, :].reshape(*x.shape[:-2], n, 2, d).sum(axis=-2)


@exercise.edit("n // 2 * 2, :].reshape(*batch, n // 2, 2 * d)", "n // 2 * 2 : 2, :]")
def leaves_every_second_out():
    """You take every second frame and leave out those between.

    Both frames of a pair are kept, side by side.
    """


@exercise.mistake
def pairs_the_two_halves(x):
    """You put the second half of the recording beside the first one.

    Neighbours in time belong together: frames 0 and 1, then 2 and 3.
    """
    n = x.shape[-2] // 2
    return np.concatenate([x[..., :n, :], x[..., n : 2 * n, :]], axis=-1)


@exercise.mistake
def puts_the_later_frame_first(x):
    """You put the later frame of a pair in front of the earlier one."""
    n = x.shape[-2] // 2
    return np.concatenate([x[..., 1 : 2 * n : 2, :], x[..., : 2 * n : 2, :]], axis=-1)


@exercise.mistake
def mixes_the_features_of_a_pair(x):
    """You put the features of a pair in turn: one of the first frame, one of the second.

    All features of the first frame come first, then all of the second.
    """
    n = x.shape[-2] // 2
    pairs = np.stack([x[..., : 2 * n : 2, :], x[..., 1 : 2 * n : 2, :]], axis=-1)
    return pairs.reshape(*x.shape[:-2], n, 2 * x.shape[-1])


@exercise.mistake
def lets_pairs_overlap(x):
    """You put every frame beside the next one, so that nearly all are used twice.

    A pair begins where the one before it ends, and half as many are left.
    """
    return np.concatenate([x[..., :-1, :], x[..., 1:, :]], axis=-1)


@exercise.mistake
def takes_the_first_axis_for_time(x):
    """You pair along axis 0, which is time only where there is one recording.

    In a batch, axis 0 is the recordings. Time is the last axis but one.
    """
    n = len(x) // 2
    return np.concatenate([x[: 2 * n : 2], x[1 : 2 * n : 2]], axis=-1)


@exercise.mistake
def takes_axis_one_for_time(x):
    """You pair along axis 1, which is time only where there is one batch axis.

    Count the axis from the end.
    """
    n = x.shape[1] // 2
    return np.concatenate([x[:, : 2 * n : 2], x[:, 1 : 2 * n : 2]], axis=-1)


@exercise.mistake
def wants_one_batch_axis(x):
    """You take the shape apart into three lengths: batch, frames, features.

    There may be no batch axis, or two. Count from the end, and let the rest be what it is.
    """
    batch, n, d = x.shape
    return x[:, : n // 2 * 2].reshape(batch, n // 2, 2 * d)


@exercise.edit("*batch, n // 2, 2 * d", "-1, 2 * d")
def runs_recordings_together():
    """You make one long recording of all in the batch. The batch axes stay as they are."""


@exercise.edit("*batch, n // 2, 2 * d", "*batch, n // 2, 2, d")
def keeps_an_axis_for_the_two():
    """You leave the two frames of a pair on an axis of their own: (..., n // 2, 2, d).

    Their features are to stand in one row.
    """


@exercise.mistake
def puts_frames_below_each_other(x):
    """You put the frames of pairs together along the axis of time, and so all frames are there.

    Side by side means along the features, the last axis.
    """
    n = x.shape[-2] // 2
    return np.concatenate([x[..., : 2 * n : 2, :], x[..., 1 : 2 * n : 2, :]], axis=-2)


@exercise.reference
def attend(state, listened, w_state, w_listened):
    """Let the speller look for what to write next.

    Parameters
    ----------
    state : (..., d_s)
        One vector for each recording: the speller's state.
    listened : (..., n, d_l)
        What the listener made of the recording.
    w_state : (d_s, a)
        Weights for the state, without a bias.
    w_listened : (d_l, a)
        Weights for what was listened to, without a bias.

    Returns
    -------
    context : (..., d_l)
        What was listened to, summed by the weights.
    weights : (..., n)
        How much of each frame.

    Notes
    -----
    Source: Chan et al. 2016, section 3.2.
    """
    query = (state @ w_state)[..., None, :]  # (..., 1, a)
    weights = softmax(dot_scores(query, listened @ w_listened))  # (..., 1, n)
    context = weights @ listened  # (..., 1, d_l)
    return context[..., 0, :], weights[..., 0, :]


exercise.equivalent("context[..., 0, :]", "context[..., -1, :]", "The axis is one long.")
exercise.equivalent("weights[..., 0, :]", "weights[..., -1, :]", "The axis is one long.")


@exercise.picture
def where_the_letters_are():
    """Which frames the speller looks at (columns) for each letter of `hello` (rows).

    Speech and writing go on together, so the weights lie along a diagonal. This speller has learned
    nothing: its states were made to look for a place in time.
    """
    time, place = np.arange(12.0), np.array([1.0, 3.0, 5.0, 7.0, 10.0])
    listened = np.tile(np.stack([time, -time * time / 2], axis=-1), (5, 1, 1))
    state = np.stack([place, np.ones(5)], axis=-1)
    call = inputs(state, listened, np.eye(2), np.eye(2))
    return [view("frames", call, part=(1,), rows=("h", "e", "l", "l", "o"), columns=range(12))]


def draw_attend(rng, n, d_s, d_l, a, batch=()):
    """Draw a state, frames, and weights so short that several frames are looked at."""
    state = rng.normal(size=(*batch, d_s)).round(1)
    listened = rng.normal(size=(*batch, n, d_l)).round(1)
    w_state, w_listened = (0.7 * rng.normal(size=(d, a)) for d in (d_s, d_l))
    return state, listened, w_state.round(1), w_listened.round(1)


@exercise.case(points=2)
def one_feature_that_is_not_projected(rng):
    state, listened, _, _ = draw_attend(rng, 3, 1, 1, 1)
    return inputs(state + 1, listened, np.eye(1), np.eye(1))


@exercise.case
def a_state_that_asks_nothing(rng):
    _, *others = draw_attend(rng, 4, 2, 3, 1)
    return inputs(np.zeros(2), *others)


@exercise.case
def frames_that_all_sound_alike(rng):
    *others, w_listened = draw_attend(rng, 4, 2, 3, 2)
    return inputs(*others, 0 * w_listened)


@exercise.case(tags=("edge",))
def one_frame_only(rng):
    return inputs(*draw_attend(rng, 1, 2, 3, 1))


@exercise.case(tags=("compared_widely",))
def nothing_is_projected(rng):
    state, listened, _, _ = draw_attend(rng, 4, 3, 3, 3)
    return inputs(state, listened, np.eye(3), np.eye(3))


@exercise.case(points=2, tags=("projected",))
def one_number_to_compare(rng):
    return inputs(*draw_attend(rng, 4, 3, 3, 1))


@exercise.case(tags=("projected", "compared_widely"))
def as_many_of_everything(rng):
    return inputs(*draw_attend(rng, 3, 3, 3, 3))


@exercise.case(points=2, tags=("projected", "compared_widely", "oblong"))
def widths_that_differ(rng):
    return inputs(*draw_attend(rng, 4, 2, 3, 5))


@exercise.case(tags=("batch", "projected", "oblong"))
def several_spellers(rng):
    return inputs(*draw_attend(rng, 4, 2, 3, 1, batch=(3,)))


@exercise.case(tags=("batch", "projected"))
def as_many_spellers_as_frames(rng):
    return inputs(*draw_attend(rng, 3, 3, 3, 1, batch=(3,)))


@exercise.case(tags=("batch", "projected", "compared_widely", "oblong"))
def spellers_under_two_batch_axes(rng):
    return inputs(*draw_attend(rng, 5, 3, 2, 4, batch=(2, 3)))


@exercise.case(tags=("large",))
def scores_around_one_thousand(rng):
    listened = 500 + rng.normal(size=(4, 1)).round(1)
    return inputs(rng.uniform(1.5, 2.5, size=1).round(1), listened, np.eye(1), np.eye(1))


@exercise.case(tags=("float32", "projected", "compared_widely", "oblong"))
def float32_spellers(rng):
    return inputs(*in_single_precision(draw_attend(rng, 4, 3, 2, 5)))


@exercise.case(hidden=True, tags=("batch", "long", "projected", "compared_widely", "oblong"))
def long_recordings(rng):
    return inputs(*draw_attend(rng, 60, 6, 8, 7, batch=(2, 2)))


@exercise.edit("listened @ w_listened))", "listened @ w_listened) / w_state.shape[-1] ** 0.5)")
def divides_by_the_root_of_the_width():
    """You divide the scores by the square root of a.

    That came with the transformer, two years later. These dot products are not scaled.
    """


@exercise.edit("listened @ w_listened))", "listened @ w_listened) / w_state.shape[-1])")
def averages_the_products():
    """You divide the scores by a, as a mean of the products does. A dot product is their sum."""


@exercise.edit("listened @ w_listened))", "listened @ w_listened) / listened.shape[-1] ** 0.5)")
def divides_by_the_root_of_the_frames_width():
    """You divide the scores by the square root of the width of the frames.

    These dot products are not scaled at all.
    """


@exercise.edit("weights @ listened ", "weights @ (listened @ w_listened) ")
def sums_what_is_projected():
    """You sum the projected frames. They are projected to be compared, and summed as they are."""


@exercise.edit("(state @ w_state)", "state")
def leaves_the_state_as_it_is():
    """You compare the state as it is, without w_state."""


@exercise.edit("listened @ w_listened", "listened")
def leaves_the_frames_as_they_are():
    """You compare the frames as they are, without w_listened."""


@exercise.mistake
def exchanges_the_projections(state, listened, w_state, w_listened):
    """You project the state with w_listened, and the frames with w_state.

    Where both are as wide, no shape complains.
    """
    return attend(state, listened, w_listened, w_state)


@exercise.mistake
def transposes_the_projections(state, listened, w_state, w_listened):
    """You multiply by transposed weights, as in PyTorch, where a layer keeps (out, in).

    Here a layer is x @ w.
    """
    return attend(state, listened, w_state.T, w_listened.T)


@exercise.edit("(state @ w_state)", "np.tanh(state @ w_state)")
def bends_the_state():
    """You put tanh around the projected state. Nothing is bent here, only projected."""


@exercise.edit(
    "dot_scores(query, listened @ w_listened)",
    "np.tanh(query + listened @ w_listened).sum(axis=-1)[..., None, :]",
)
def adds_in_the_place_of_multiplying():
    """You add state and frames inside a tanh, as additive attention does. Take dot products."""


@exercise.edit(
    "dot_scores(query, listened @ w_listened)",
    "dot_scores(np.tanh(query), np.tanh(listened @ w_listened))",
)
def bends_both_sides():
    """You put tanh around both projections. Nothing is bent here, only projected."""


@exercise.edit(
    "dot_scores(query, listened @ w_listened)",
    "dot_scores(np.maximum(query, 0), np.maximum(listened @ w_listened, 0))",
)
def cuts_off_below_zero():
    """You put relu around both projections. Nothing is cut off here, only projected."""


@exercise.edit(
    "softmax(dot_scores(query, listened @ w_listened))",
    "1 / (1 + np.exp(-np.maximum(dot_scores(query, listened @ w_listened), -80)))",
)
def weighs_each_frame_by_itself():
    """You take the sigmoid of each score. Softmax makes weights that sum to 1 over the frames."""


@exercise.mistake
def compares_directions_only(state, listened, w_state, w_listened):
    """You divide both sides by their lengths, which leaves the cosine of an angle.

    Scores are the dot products as they are.
    """
    query, key = state @ w_state, listened @ w_listened
    query = query / (np.linalg.norm(query, axis=-1, keepdims=True) + 1e-9)
    key = key / (np.linalg.norm(key, axis=-1, keepdims=True) + 1e-9)
    weights = softmax((key @ query[..., None])[..., 0])
    return (weights[..., None] * listened).sum(axis=-2), weights


@exercise.edit(
    "softmax(dot_scores(query, listened @ w_listened))", "dot_scores(query, listened @ w_listened)"
)
def leaves_softmax_out():
    """You take the scores for the weights, and leave softmax out."""


@exercise.edit(
    "softmax(dot_scores(query, listened @ w_listened))",
    "softmax(dot_scores(query, listened @ w_listened)[..., 0, :], axis=0)[..., None, :]",
)
def takes_softmax_along_the_first_axis():
    """You take softmax along axis 0, over the recordings.

    The weights of one state sum to 1 over its frames, the last axis.
    """


@exercise.edit(
    "softmax(dot_scores(query, listened @ w_listened))",
    "softmax(dot_scores(query, listened @ w_listened), axis=-2)",
)
def takes_softmax_over_the_query():
    """You take softmax along the axis of the one query, and every weight is 1.

    The weights of one state sum to 1 over its frames.
    """


@exercise.edit("weights @ listened ", "weights @ listened / listened.shape[-2] ")
def averages_the_weighted_frames():
    """You divide the weighted sum by the number of frames.

    The weights sum to 1 already, so their sum is a mean.
    """


@exercise.mistake
def does_not_sum_the_frames(state, listened, w_state, w_listened):
    """You multiply frames by their weights and do not add them up.

    The context is one vector, the sum over the frames.
    """
    _, weights = attend(state, listened, w_state, w_listened)
    return weights[..., None] * listened, weights


@exercise.mistake
def takes_the_best_frame(state, listened, w_state, w_listened):
    """You take the frame with the largest weight. The context is made of all frames, weighted."""
    _, weights = attend(state, listened, w_state, w_listened)
    best = weights.argmax(axis=-1)[..., None, None]
    return np.take_along_axis(listened, best, axis=-2)[..., 0, :], weights


@exercise.edit("weights @ listened ", "softmax(0 * weights) @ listened ")
def takes_the_plain_mean():
    """You take the plain mean of the frames for the context, and never use the weights."""


@exercise.edit(
    "return context[..., 0, :], weights[..., 0, :]", "return weights[..., 0, :], context[..., 0, :]"
)
def returns_the_weights_first():
    """You return the weights first. The context comes first."""


@exercise.edit("return context[..., 0, :], weights[..., 0, :]", "return context[..., 0, :]")
def returns_the_context_only():
    """You return the context without the weights. Both are wanted."""


@exercise.edit("return context[..., 0, :], weights[..., 0, :]", "return context, weights")
def keeps_the_axis_of_the_query():
    """You leave an axis of length 1 where the one query stood.

    Context (..., d_l) and weights (..., n) are wanted.
    """


@exercise.edit(
    "return context[..., 0, :], weights[..., 0, :]",
    "return context[..., 0, :], dot_scores(query, listened @ w_listened)[..., 0, :]",
)
def returns_scores_for_weights():
    """You return the scores beside the context, where the weights are wanted."""


@exercise.edit("(state @ w_state)", "(state.astype(np.float64) @ w_state)")
def loses_single_precision():
    """Your results are right, but float32 comes back as float64.

    Something on the way is float64: a number of NumPy's, or an array made without a dtype.
    """
