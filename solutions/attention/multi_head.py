"""Multi-head: one wide vector becomes several narrow ones, and back.

One attention has one set of weights per position: they sum to 1, so looking hard at a verb means
looking less at its subject. Several heads have several sets, each on features of its own: head i
owns the features from i*d_head up to, but not including, (i+1)*d_head. As each head is narrower,
the matrix products cost the same in all, though there are h tables of weights to make, not one.

    x       (..., n, d)              d = h * d_head
    heads   (..., h, n, d_head)      one small sequence per head

    d = 4, h = 2:  [[1, 2, 3, 4], [5, 6, 7, 8]] -> head 0 [[1, 2], [5, 6]], head 1 [[3, 4], [7, 8]]

Beware of the shortcut. `reshape` keeps all numbers in row order. Asked for the final shape at once
it runs without an error, but it cuts the sequence and not the features: head 0 of the example would
be [[1, 2], [3, 4]], all of the first position and nothing of the second.

Merging is the way back, so merge_heads(split_heads(x, h)) is x again.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view

exercise = Exercise(
    formulas={
        "d = 4, h = 2": (
            r"d = 4, \; h = 2: \quad [[1, 2, 3, 4], [5, 6, 7, 8]] \;\to\;"
            r" \text{head}_0 = [[1, 2], [5, 6]], \quad \text{head}_1 = [[3, 4], [7, 8]]"
        ),
    },
    hints=[
        "split_heads: write down the shape you have and the shape you want. Which axis has to"
        " be cut in two, and in which order do the axes stand once it is cut?",
        "split_heads: with the last axis cut in two, the example is [[[1, 2], [3, 4]], [[5, 6],"
        " [7, 8]]], where the outermost axis still counts positions. Head 0 is to be [[1, 2],"
        " [5, 6]]: which two axes change places?",
        "split_heads: reshape to (..., n, num_heads, d_head), where `*x.shape[:-1]` stands for"
        " all axes before the last; then exchange axes -2 and -3 with np.swapaxes. Before that,"
        " `%` gives what is left over when d is divided by num_heads: if it is not 0, raise a"
        " ValueError.",
        "merge_heads: the two steps of split_heads backwards. Exchange the same two axes again;"
        " then the last two become one, num_heads * d_head long.",
    ],
)


@exercise.reference
def split_heads(x, num_heads):
    """Cut the features of every position into `num_heads` consecutive blocks.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    num_heads : int
        The number of heads h; d must be divisible by it.

    Returns
    -------
    heads : (..., h, n, d_head)
        Of the dtype of `x`; head i holds the features from i*d_head up to, but not including,
        (i+1)*d_head of every position.

    Raises
    ------
    ValueError
        d is not divisible by `num_heads`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.2.
    """
    *batch, n, d = x.shape
    if d % num_heads:
        raise ValueError(f"{d} features cannot be shared equally by {num_heads} heads")
    blocks = x.reshape(*batch, n, num_heads, d // num_heads)  # (..., n, h, d_head)
    return np.swapaxes(blocks, -2, -3)  # (..., h, n, d_head)


exercise.equivalent("-2, -3", "-3, -2", "Exchanging two axes is the same both ways.")
exercise.equivalent(
    """if d % num_heads:
        raise ValueError(f"{d} features cannot be shared equally by {num_heads} heads")""",
    None,
    "The reshape below refuses it with a ValueError as well; only the words are worse.",
)


@exercise.picture
def slices():
    """Eight features at each of five positions, darker from feature to feature.

    Head 0 gets the four light ones of every position, head 1 the four dark ones. Where rows are
    light and dark in turn, positions were mixed.
    """
    x = np.tile(np.arange(1.0, 9.0), (5, 1))
    return [view(f"head {head}", inputs(x, 2), part=(head,), rows=range(5)) for head in range(2)]


@exercise.case(points=2)
def splits_one_short_sequence(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), 2)


@exercise.case
def splits_into_heads_wider_than_their_number(rng):
    return inputs(rng.integers(-9, 10, size=(2, 6)).astype(float), 2)


@exercise.case(tags=("edge",))
def one_head_gains_an_axis(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), 1)


@exercise.case(tags=("edge",))
def heads_as_wide_as_one_feature(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), 3)


@exercise.case(tags=("batch",))
def splits_a_batch(rng):
    return inputs(rng.normal(size=(2, 3, 6)).round(1), 3)


@exercise.case(tags=("batch",))
def splits_with_two_batch_axes(rng):
    return inputs(rng.normal(size=(2, 3, 4, 8)), 2)


@exercise.case(tags=("float32",))
def splits_in_float32(rng):
    return inputs(rng.normal(size=(3, 4)).astype(np.float32), 2)


@exercise.case(raises=ValueError, tags=("refusal",))
def refuses_heads_of_unequal_width(rng):
    return inputs(rng.normal(size=(4, 6)), 4)


@exercise.case(raises=ValueError, tags=("batch", "refusal"))
def refuses_heads_of_unequal_width_in_a_batch(rng):
    return inputs(rng.normal(size=(2, 4, 6)), 4)


@exercise.edit(
    "np.swapaxes(blocks, -2, -3)", "blocks.reshape(*batch, num_heads, n, d // num_heads)"
)
def reshapes_without_transposing():
    """You reshape straight to (..., h, n, d_head), without transposing.

    The shape is right, but `reshape` only refills rows in order. It cuts the sequence: each head
    then holds all features of some positions, cut into pieces. First cut the last axis in two; then
    let heads and positions change places.
    """


@exercise.edit(
    "x.reshape(*batch, n, num_heads, d // num_heads)",
    "x.reshape(*batch, num_heads, n, d // num_heads)",
)
def cuts_the_sequence_and_transposes():
    """You reshape to (..., h, n, d_head) and let the two axes change places afterwards.

    The cut has to be right before anything changes places. Which of the axes that you have holds
    the features, and which two does it become?
    """


@exercise.edit("np.swapaxes(blocks, -2, -3)", "np.swapaxes(blocks, -1, -2)")
def exchanges_the_last_two_axes():
    """You exchange the last two axes, so heads end up behind their own features.

    It is heads and positions that have to change places. Which axes are they, counted from the end?
    """


@exercise.edit("np.swapaxes(blocks, -2, -3)", "np.swapaxes(blocks, 0, 1)")
def exchanges_the_first_two_axes():
    """You exchange the first two axes, which are positions and heads of a single sequence only.

    With a batch the first axis is that of the batch. Heads and positions stand at the same places
    if you count from the end.
    """


@exercise.edit("np.swapaxes(blocks, -2, -3)", "np.swapaxes(blocks, 1, 2)")
def exchanges_axes_behind_one_batch_axis():
    """You exchange axes 1 and 2, which are positions and heads behind exactly one batch axis.

    A single sequence has one axis fewer, and a batch of batches has one more. Heads and positions
    stand at the same places if you count from the end.
    """


@exercise.mistake
def deals_features_out_in_turn(x, num_heads):
    """You deal the features out in turn: head 0 gets features 0, h, 2h, and so on.

    A head owns a block of consecutive features. In the reshape, the axis of heads comes before
    the axis of d_head.
    """
    *batch, n, d = x.shape
    if d % num_heads:
        raise ValueError(f"{d} features cannot be shared equally by {num_heads} heads")
    return np.moveaxis(x.reshape(*batch, n, d // num_heads, num_heads), -1, -3)


@exercise.edit("np.swapaxes(blocks, -2, -3)", "blocks")
def leaves_heads_behind_positions():
    """You cut the features well, but leave the heads after the positions: (..., n, h, d_head).

    Attention works on the last two axes, which must be positions and features of one head. Let
    heads and positions change places.
    """


@exercise.edit("np.swapaxes(blocks, -2, -3)", "np.moveaxis(blocks, -2, 0)")
def moves_the_heads_to_the_front():
    """You move the heads in front of the batch axes: (h, ..., n, d_head).

    With a single sequence it makes no difference, with a batch it does: heads stand right before
    the positions. Count axes from the end.
    """


@exercise.edit("np.swapaxes(blocks, -2, -3)", "blocks.transpose(0, 2, 1, 3)")
def splits_under_exactly_one_batch_axis():
    """You count on exactly one batch axis when you split, as transpose(0, 2, 1, 3) does.

    A single sequence has one axis fewer, and a batch of batches has one more. Heads and positions
    stand at the same places if you count from the end.
    """


@exercise.edit("np.swapaxes(blocks, -2, -3)", "blocks.transpose(1, 0, 2)")
def splits_a_single_sequence_only():
    """You count on a single sequence when you split, as transpose(1, 0, 2) does.

    With a batch there are more axes than you have named. Heads and positions stand at the same
    places if you count from the end, and np.swapaxes leaves all others alone.
    """


@exercise.edit(
    "np.swapaxes(blocks, -2, -3)", "np.swapaxes(blocks, -2, -3).reshape(-1, n, d // num_heads)"
)
def folds_the_heads_into_the_batch():
    """You fold the heads into the batch, so that one axis counts both.

    It saves an axis, but masks have to be repeated to fit, and merging has to know how many heads
    there were. Here heads have an axis of their own, right before the positions.
    """


@exercise.mistake
def lays_the_heads_one_after_the_other(x, num_heads):
    """You lay the heads one after the other along the first axis.

    Without a batch that is the axis of positions, and all heads make one long sequence; with one,
    it holds every sequence h times. Heads need an axis of their own: np.stack makes a new one,
    np.concatenate does not.
    """
    if x.shape[-1] % num_heads:
        raise ValueError(f"{x.shape[-1]} features do not fit {num_heads} heads")
    return np.concatenate(np.split(x, num_heads, axis=-1), axis=0)


@exercise.mistake
def takes_the_number_of_heads_for_their_width(x, num_heads):
    """You make every head num_heads wide, so you get d / num_heads of them.

    The two are easily exchanged in a reshape, and where both are the same number nothing shows. Of
    the two new axes, which is to be num_heads long?
    """
    if x.shape[-1] % num_heads:
        raise ValueError(f"{x.shape[-1]} features do not fit {num_heads} heads")
    return split_heads(x, x.shape[-1] // num_heads)


@exercise.edit("d % num_heads", "x.shape[1] % num_heads")
def checks_the_second_axis():
    """You check whether the second axis is divisible, and with a batch that is the positions.

    Sequences of some lengths are refused then. It is the width that is cut, and it is always the
    last axis.
    """


@exercise.mistake
def checks_the_second_axis_and_drops_the_rest(x, num_heads):
    """You check whether the second axis is divisible, and with a batch that is the positions.

    Sequences of some lengths are refused then, and of a width that does not fit the last features
    are lost. It is the width that is cut, and it is always the last axis.
    """
    if x.shape[1] % num_heads:
        raise ValueError(f"{x.shape[1]} features do not fit {num_heads} heads")
    d_head = x.shape[-1] // num_heads
    return split_heads(x[..., : d_head * num_heads], num_heads)


@exercise.edit("d % num_heads", "n % num_heads")
def checks_the_number_of_positions():
    """You check whether the number of positions is divisible, and refuse where it is not.

    It is the width that is cut into heads, the last axis. A sequence may have any length.
    """


@exercise.edit("raise ValueError", "raise AssertionError")
def refuses_by_an_assertion():
    """You refuse with an AssertionError, as `assert` does, where a ValueError is asked for.

    An assertion says that the code itself is at fault, and `python -O` leaves it out. That somebody
    passed a number that does not fit is a ValueError.
    """


@exercise.mistake
def takes_the_first_axis_for_the_batch(x, num_heads):
    """You take the first axis for the batch, and a -1 in `reshape` swallows all the others.

    In a single sequence the first axis holds the positions, and of two batch axes the second
    becomes part of the sequence. Keep every axis before the last as it is.
    """
    d = x.shape[-1]
    if d % num_heads:
        raise ValueError(f"{d} features cannot be shared equally by {num_heads} heads")
    return x.reshape(x.shape[0], -1, num_heads, d // num_heads).transpose(0, 2, 1, 3)


@exercise.mistake
def drops_the_features_left_over(x, num_heads):
    """You drop the features that are left over when d is not divisible by the number of heads.

    Nobody would notice, and part of every vector would be lost. Raise a ValueError instead.
    """
    d_head = x.shape[-1] // num_heads
    return split_heads(x[..., : d_head * num_heads], num_heads)


@exercise.reference
def merge_heads(heads):
    """Put the heads' features side by side again: the inverse of `split_heads`.

    Parameters
    ----------
    heads : (..., h, n, d_head)
        One sequence of narrow vectors per head.

    Returns
    -------
    x : (..., n, d)
        One sequence of wide vectors, d = h * d_head, of the dtype of `heads`; head 0 comes first.

    Notes
    -----
    Source: the concatenation of heads in Vaswani et al. 2017, section 3.2.2.
    """
    *batch, h, n, d_head = heads.shape
    blocks = np.swapaxes(heads, -2, -3)  # (..., n, h, d_head)
    return blocks.reshape(*batch, n, h * d_head)


exercise.equivalent("-2, -3", "-3, -2", "Exchanging two axes is the same both ways.")


@exercise.case(points=2)
def merges_two_heads(rng):
    return inputs(rng.normal(size=(2, 3, 2)).round(1))


@exercise.case(tags=("edge",))
def merging_one_head_drops_an_axis(rng):
    return inputs(rng.normal(size=(1, 2, 3)).round(1))


@exercise.case(tags=("batch", "oblong"))
def merges_a_batch(rng):
    return inputs(rng.normal(size=(2, 3, 5, 2)))


@exercise.case(tags=("batch",))
def merges_with_two_batch_axes(rng):
    return inputs(rng.normal(size=(2, 3, 2, 4, 5)))


@exercise.case(tags=("float32",))
def merges_in_float32(rng):
    return inputs(rng.normal(size=(2, 3, 2)).astype(np.float32))


@exercise.edit("np.swapaxes(heads, -2, -3)", "heads")
def merges_without_transposing():
    """You merge with `reshape` alone, without transposing back.

    Vectors of different positions of one head then end up side by side. In which order does
    `reshape` read the numbers of (h, n, d_head)?
    """


@exercise.edit("np.swapaxes(heads, -2, -3)", "np.swapaxes(heads, -1, -2)")
def turns_every_head_on_its_side():
    """You exchange positions and features within each head, and leave the heads in front.

    It is heads and positions that have to change places, so that all that belongs to one position
    comes to lie side by side. Which axes are they, counted from the end?
    """


@exercise.edit("np.swapaxes(heads, -2, -3)", "np.swapaxes(heads, 0, 1)")
def merges_by_exchanging_the_first_two_axes():
    """You exchange the first two axes, which are heads and positions of a single sequence only.

    With a batch the first axis is that of the batch. Heads and positions stand at the same places
    if you count from the end.
    """


@exercise.edit("np.swapaxes(heads, -2, -3)", "np.swapaxes(heads, 1, 2)")
def merges_by_exchanging_axes_behind_one_batch_axis():
    """You exchange axes 1 and 2, which are heads and positions behind exactly one batch axis.

    The heads of a single sequence have one axis fewer, those of a batch of batches one more. Heads
    and positions stand at the same places if you count from the end.
    """


@exercise.mistake
def adds_the_heads_up(heads):
    """You add the heads up, so that the result is as wide as one of them.

    Each head owns features of its own. They are put side by side: d is h times d_head again.
    """
    return heads.sum(axis=-3)


@exercise.mistake
def lays_the_heads_end_to_end(heads):
    """You put the heads one after the other along the positions, and not side by side.

    Each position should get back all its features, a block from every head. Along which axis do
    features lie?
    """
    return np.concatenate(list(np.moveaxis(heads, -3, 0)), axis=-2)


@exercise.edit("blocks.reshape(*batch, n, h * d_head)", "blocks.reshape(-1, h * d_head)")
def merges_the_batch_as_well():
    """You merge the batch into the positions, since a -1 in `reshape` swallows every axis it can.

    Without a batch it is right. Name the axes before the last and keep them as they are.
    """


@exercise.edit("np.swapaxes(heads, -2, -3)", "heads.transpose(1, 0, 2)")
def merges_a_single_sequence_only():
    """You count on a single sequence when you merge, as transpose(1, 0, 2) does.

    With a batch there are more axes than you have named. Heads and positions stand at the same
    places if you count from the end, and np.swapaxes leaves all others alone.
    """


@exercise.edit(
    "blocks.reshape(*batch, n, h * d_head)", "blocks.reshape(heads.shape[0], -1, h * d_head)"
)
def merges_with_the_first_axis_for_the_batch():
    """You take the first axis for the batch when you merge, and a -1 swallows all the others.

    In a single sequence the first axis holds the heads, and of two batch axes the second becomes
    part of the sequence. Keep every axis before the heads as it is.
    """


@exercise.edit("np.swapaxes(heads, -2, -3)", "np.moveaxis(heads, -3, -1)")
def interleaves_the_heads():
    """You interleave the heads' features: first feature of each head, second of each, and so on.

    Head 0 comes whole, then head 1. Before the reshape the last two axes must be (h, d_head).
    """


@exercise.mistake
def expects_heads_behind_positions(heads):
    """You merge as if the heads stood after the positions: (..., n, h, d_head).

    They come in as split_heads leaves them, (..., h, n, d_head), so you put positions side by side
    and not heads. The two axes have to change places before the reshape.
    """
    *batch, n, h, d_head = heads.shape
    return heads.reshape(*batch, n, h * d_head)


@exercise.mistake
def expects_heads_in_front(heads):
    """You merge along the first axis, as if the heads stood in front: (h, ..., n, d_head).

    Without a batch they do; with one, the first axis is that of the batch, and you put sequences
    side by side. Heads are the third axis from the end.
    """
    return np.concatenate(list(heads), axis=-1)


@exercise.edit("np.swapaxes(heads, -2, -3)", "heads.transpose(0, 2, 1, 3)")
def merges_under_exactly_one_batch_axis():
    """You count on exactly one batch axis when you merge, as transpose(0, 2, 1, 3) does.

    The heads of a single sequence have one axis fewer, those of a batch of batches one more. Heads
    and positions stand at the same places if you count from the end.
    """


@exercise.mistake
def puts_the_last_head_first(heads):
    """You put the heads side by side in reverse order, the last one first.

    Head i owns the features from i*d_head on, so head 0 comes first.
    """
    return merge_heads(heads[..., ::-1, :, :])
