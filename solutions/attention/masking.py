"""Masking: some keys are not to be seen.

Left alone, every query looks at every key. A model that learns to guess the next word could simply
read it from the next position; and a batch holds sentences of different lengths in one array,
where the short ones end in padding that means nothing. A mask says which keys each query may look
at: one row for each query, one column for each key, True (here T) = may look, or "may attend".

    causal, n = 3          padding, lengths [3, 1], n = 3
    query 0   T . .        sequence 0   T T T
    query 1   T T .        sequence 1   T . .
    query 2   T T T

    causal mask   (n, n)                  the same for every sequence
    padding mask  (batch, 1, n)           one row serves all queries of its sequence
    scores        (..., n_query, n_key)   a mask broadcasts to this shape

The mask works on the scores, before the softmax. There -inf stands for "never": exp(-inf) is
exactly 0, and the keys that are left share the whole 1 among themselves.

    [0, ln 3, 5] without the last key  ->  [1, 3, 0] / 4  =  [0.25, 0.75, 0]

And a query that may attend to nothing at all? The formula would divide 0 by 0, and in your softmax
the shift is nan already: -inf - -inf. Its weights are to be zeros: it gathers nothing, and puts no
nan into later steps.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.softmax import softmax
from solutions.drawing import draw_mask

exercise = Exercise(
    formulas={
        "[0, ln 3, 5]": (
            r"[0, \ln 3, 5] \text{ without the last key}"
            r" \;\to\; [1, 3, 0] \,/\, 4 = [0.25, 0.75, 0]"
        ),
    },
    hints=[
        "causal_mask: a comparison makes it. When may query i see key j? np.arange gives you"
        " all positions at once.",
        "causal_mask: compare a row of positions with a column of them. An index of None adds"
        " an axis.",
        "padding_mask: a comparison again, of a row of positions with the lengths. These need"
        " two more axes: lengths[:, None, None] is (batch, 1, 1).",
        "masked_softmax: which score has an exp of exactly 0? np.where puts it in the forbidden"
        " places and lets the mask broadcast. `mask is None` asks whether there is a mask at"
        " all.",
        "masked_softmax: think of a row of nothing but -inf. How can you spare softmax that"
        " row? mask.any finds the rows with some True (keepdims lines them up).",
        "masked_softmax: leave the scores of rows without any True alone. After the softmax,"
        " the mask as a factor turns these rows into zeros and changes nothing else.",
    ],
)


@exercise.reference
def causal_mask(n):
    """Let every position attend to itself and to all before it.

    Parameters
    ----------
    n : int
        The length of the sequence.

    Returns
    -------
    mask : bool (n, n)
        True where query i may attend to key j, that is where j <= i.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.3, on self-attention in the decoder.
    """
    positions = np.arange(n)
    return positions <= positions[:, None]  # (n, n): key j against query i


@exercise.picture
def the_past():
    """Each row is a query, each column a key. The later a position, the more it may see."""
    return [view("key", inputs(8), rows=range(8), columns=range(8))]


@exercise.case(points=2)
def three_positions_without_a_future(rng):
    return inputs(3)


@exercise.case(tags=("edge",))
def one_position_sees_itself(rng):
    return inputs(1)


@exercise.case
def a_longer_sequence_without_a_future(rng):
    return inputs(int(rng.integers(5, 10)))


@exercise.edit("<=", "<")
def hides_each_position_from_itself():
    """You forbid position i to attend to itself.

    The first position would then have nothing to attend to. Only what comes later is hidden: is
    the diagonal later?
    """


@exercise.edit("positions[:, None]", "positions[:, None] + 1")
def sees_one_position_ahead():
    """You let every position see the next one as well.

    That is the very word it may have to guess. The last that position i may see is position i.
    """


@exercise.edit("positions <= positions[:, None]", "positions == positions[:, None]")
def sees_only_itself():
    """You let every position attend to itself alone.

    What came before it may be seen as well: that is what a sentence is read for.
    """


@exercise.edit("<=", "<= n +")
def hides_nothing():
    """You let every position see all others, so nothing is hidden.

    Row i is to be False from column i + 1 on. Compare your mask with the table in the lesson.
    """


@exercise.edit("<=", ">=")
def looks_into_the_future():
    """You let each position attend to itself and to those after it: queries and keys are swapped.

    Row i belongs to query i, and it must not see what has yet to come. Compare your mask with the
    table in the lesson.
    """


@exercise.edit("<=", ">")
def marks_what_is_forbidden():
    """Your causal mask is True for the keys that are hidden.

    Some libraries do mark what is forbidden. In this course True says "may attend", so that a mask
    reads like a permission.
    """


@exercise.mistake
def draws_the_triangle_in_floats(n):
    """Your triangle is right, but made of floats and not of booleans.

    np.ones, np.tri and np.zeros make floats unless told otherwise. As an index, or after `~`, ones
    and zeros do not do what True and False do.
    """
    return np.tril(np.ones((n, n)))


@exercise.mistake
def draws_the_triangle_in_integers(n):
    """Your triangle is right, but made of integers and not of booleans.

    As an index, ones and zeros pick rows 1 and 0, and `~` makes -2 and -1 of them. A comparison
    gives True and False by itself.
    """
    return np.tril(np.ones((n, n), dtype=int))


@exercise.mistake
def adds_axes_in_front(n):
    """Your causal mask has two axes of length 1 in front: (1, 1, n, n).

    Many libraries keep these places for batch and heads. Here the mask is (n, n): it broadcasts to
    any batch as it is, and multi_head_attention will make room for heads itself.
    """
    return causal_mask(n)[None, None]


@exercise.mistake
def writes_numbers_to_be_added(n):
    """You return 0 and -inf, numbers to be added to the scores.

    That is another kind of mask. Here a mask only says which keys a query may look at, as True and
    False; masked_softmax decides what becomes of the forbidden scores.
    """
    return np.triu(np.full((n, n), -np.inf), k=1)


@exercise.mistake
def writes_minus_a_billion_to_be_added(n):
    """You return 0 and -1e9, numbers to be added to the scores.

    That is another kind of mask. Here a mask only says which keys a query may look at, as True and
    False; masked_softmax decides what becomes of the forbidden scores.
    """
    return np.triu(np.full((n, n), -1e9), k=1)


@exercise.reference
def padding_mask(lengths, n):
    """Let all queries of a sequence attend to its real keys, and not to the padding after them.

    Parameters
    ----------
    lengths : int (batch,)
        How many of the n keys are real, in each sequence: from 0 to n.
    n : int
        The length to which all sequences are padded.

    Returns
    -------
    mask : bool (batch, 1, n)
        True for the first `lengths[b]` keys of sequence b; one row, which broadcasts over queries.

    Notes
    -----
    Vaswani et al. 2017, section 5.1, put sentences of about the same length into one batch. In this
    course, what still differs is padded and masked.
    """
    return np.arange(n) < lengths[:, None, None]  # (batch, 1, n)


@exercise.picture
def lengths():
    """One row for each sequence of a batch; all of its queries share it. Padding is blank."""
    lengths = np.array([8, 5, 1])
    call = inputs(lengths, 8)
    return [view(f"length {length}", call, part=(i,)) for i, length in enumerate(lengths)]


@exercise.case(points=2)
def hides_the_padding_of_three_sequences(rng):
    return inputs(rng.permutation([1, 2, 3]), 4)


@exercise.case(tags=("edge",))
def hides_the_padding_of_a_batch_of_one(rng):
    return inputs(rng.integers(1, 5, size=1), 5)


@exercise.case
def hides_nothing_of_full_sequences(rng):
    return inputs(np.array([3, 3]), 3)


@exercise.case(tags=("edge", "empty_row"))
def hides_all_of_a_sequence_of_length_zero(rng):
    return inputs(rng.permutation([0, 2, 3]), 4)


@exercise.case(hidden=True, tags=("empty_row",))
def hides_the_padding_of_a_larger_batch(rng):
    return inputs(rng.integers(0, 13, size=8), 12)


@exercise.edit("[:, None, None]", "[:, None]")
def lacks_the_axis_of_queries():
    """Your padding mask has the shape (batch, n): it lacks the axis of queries.

    Scores are (batch, n_query, n_key), and shapes line up from the right, so your sequences would
    be taken for queries. An axis of length 1 in the middle keeps them apart.
    """


@exercise.edit("np.arange(n)", "np.arange(n)[:, None]")
def puts_the_axis_of_queries_last():
    """Your padding mask has the shape (batch, n, 1), which hides queries and not keys.

    Rows are queries, columns are keys, and it is keys that are padding. The axis of length 1 goes
    where the queries are.
    """


@exercise.mistake
def repeats_the_row_for_every_query(lengths, n):
    """You repeat the same row for every query: your mask has the shape (batch, n, n).

    It would work as long as there are n queries, but another sequence may be the one that asks.
    One row, with an axis of length 1, serves any number of queries.
    """
    return np.repeat(padding_mask(lengths, n), n, axis=1)


@exercise.mistake
def hides_the_padding_from_itself(lengths, n):
    """You also forbid the padding to ask: your mask has the shape (batch, n, n).

    What the padding gathers is never used, so nobody need forbid it, and another sequence may be
    the one that asks. Only keys are hidden here: one row serves all queries.
    """
    real = padding_mask(lengths, n)
    return real & real.swapaxes(-1, -2)


@exercise.mistake
def takes_the_shortest_for_all(lengths, n):
    """You hide from all sequences what the shortest one lacks.

    A minimum makes one number of all the lengths, and the longer sequences lose words that are
    real. Each sequence has a row of its own.
    """
    return np.repeat(padding_mask(lengths.min(keepdims=True), n), len(lengths), axis=0)


@exercise.mistake
def adds_an_axis_for_heads(lengths, n):
    """Your padding mask has the shape (batch, 1, 1, n), with one axis too many.

    Many libraries keep that place for heads. Here multi_head_attention will add that axis itself,
    and the mask is (batch, 1, n).
    """
    return padding_mask(lengths, n)[:, None]


@exercise.edit("<", "<=")
def lets_one_padded_key_through():
    """You let one key too many through: the first of the padding is visible.

    Positions count from 0. Which is the last position of a sequence of length 2?
    """


@exercise.edit("np.arange(n)", "np.arange(1, n + 1)")
def hides_the_last_real_key():
    """You hide one key too many: the last that is real.

    Positions count from 0. Which are the positions of a sequence of length 2?
    """


@exercise.edit("lengths[:, None, None]", "np.full_like(lengths, lengths.max())[:, None, None]")
def takes_the_longest_for_all():
    """You hide from all sequences only what the longest one lacks.

    A maximum makes one number of all the lengths, and the padding of the shorter sequences is seen.
    Each sequence has a row of its own.
    """


@exercise.edit("<", ">= n -")
def keeps_the_last_keys():
    """You keep the last keys of each sequence and hide the first.

    Here padding comes after the sequence, so the real keys are the first `lengths[b]`.
    """


@exercise.mistake
def marks_the_padding(lengths, n):
    """Your padding mask is True where the padding is.

    In this course True says "may attend", and padding is what nobody may attend to.
    """
    return ~padding_mask(lengths, n)


@exercise.mistake
def writes_minus_a_billion_for_the_padding(lengths, n):
    """You return 0 and -1e9, numbers to be added to the scores.

    That is another kind of mask. Here a mask only says which keys are real, as True and False;
    masked_softmax decides what becomes of the scores of the others.
    """
    return np.where(padding_mask(lengths, n), 0.0, -1e9)


@exercise.mistake
def fills_the_rows_with_integers(lengths, n):
    """Your padding mask is right, but made of integers and not of booleans.

    As an index, ones and zeros pick rows 1 and 0, and `~` makes -2 and -1 of them. A comparison
    gives True and False by itself.
    """
    return padding_mask(lengths, n).astype(int)


@exercise.mistake
def fills_the_rows_with_floats(lengths, n):
    """Your padding mask is right, but made of floats and not of booleans.

    np.zeros and np.ones make floats unless told otherwise. A comparison gives booleans by itself.
    """
    return padding_mask(lengths, n).astype(float)


@exercise.edit("lengths[:, None, None]", "np.maximum(lengths, 1)[:, None, None]")
def leaves_a_key_to_an_empty_sequence():
    """You let a sequence of length 0 keep its first key.

    There is nothing real in it, so its row is False throughout. What becomes of a query that may
    attend to nothing is for masked_softmax to say.
    """


@exercise.reference
def masked_softmax(scores, mask=None):
    """Turn scores into weights over the keys that may be attended to.

    Parameters
    ----------
    scores : (..., n_query, n_key)
        Any finite numbers.
    mask : bool (..., n_query, n_key) or None
        True where a query may attend to a key; any shape of two axes or more that broadcasts to
        that of `scores`. None allows everything.

    Returns
    -------
    weights : (..., n_query, n_key)
        Of the shape and dtype of `scores`. Rows sum to 1; one without any allowed key is all 0.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.3, which sets forbidden scores to minus infinity.
    """
    if mask is None:
        return softmax(scores)
    empty = ~mask.any(axis=-1, keepdims=True)  # queries that may attend to nothing
    scores = np.where(mask | empty, scores, -np.inf)  # every row keeps a finite score
    return softmax(scores) * mask  # and empty rows become zeros


@exercise.picture
def weights():
    """Every query prefers keys that are near. What a mask hides weighs exactly 0 and is blank.

    The keys that are left share the whole 1: in each row they grow by what the others lost.
    """
    places = range(8)
    scores = -1.0 * np.abs(np.subtract.outer(places, places))
    padded = np.array([[True] * 5 + [False] * 3])
    masks = {"no mask": None, "causal": np.tri(8, dtype=bool), "padding after 5": padded}
    return [
        view(title, inputs(scores, mask=mask), rows=places, columns=places)
        for title, mask in masks.items()
    ]


@exercise.case
def without_a_mask_it_is_plain_softmax(rng):
    return inputs(rng.normal(size=(2, 3)).round(1))


@exercise.case(points=2, tags=("mask",))
def one_forbidden_key_in_each_row(rng):
    mask = draw_mask(rng, [True, True, False], 2)
    return inputs(rng.normal(size=(2, 3)).round(1), mask=mask)


@exercise.case(tags=("mask",))
def an_allowed_key_with_a_score_of_zero(rng):
    scores = rng.normal(size=(2, 3)).round(1) + np.array([[0.0, 5.0, 0.0]])
    scores[:, 0] = 0.0
    return inputs(scores, mask=np.array([[True, True, False], [True, False, True]]))


@exercise.case(tags=("mask",))
def one_allowed_key_has_all_the_weight(rng):
    mask = draw_mask(rng, [True, False, False], 2)
    return inputs(rng.normal(size=(2, 3)).round(1), mask=mask)


@exercise.case(tags=("mask",))
def a_mask_that_allows_everything(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), mask=np.full((2, 3), True))


@exercise.case(tags=("mask", "empty_row"))
def a_row_with_nothing_to_attend_to(rng):
    mask = np.array([[True, True, True], [False, False, False]])
    return inputs(rng.normal(size=(2, 3)).round(1), mask=mask)


@exercise.case(tags=("batch", "mask", "broadcast"))
def one_mask_for_a_whole_batch(rng):
    mask = draw_mask(rng, [True, True, False, False], 3)
    return inputs(rng.normal(size=(2, 3, 4)).round(1), mask=mask)


@exercise.case(tags=("batch", "mask", "broadcast", "one_row"))
def one_row_of_mask_for_all_queries(rng):
    mask = padding_mask(rng.permutation([1, 2, 3]), 4)
    return inputs(rng.normal(size=(3, 2, 4)).round(1), mask=mask)


@exercise.case(tags=("batch", "mask", "oblong"))
def two_batch_axes_with_masks_of_their_own(rng):
    mask = draw_mask(rng, [True, True, False, True, False], 2, 3, 4)
    return inputs(rng.normal(size=(2, 3, 4, 5)), mask=mask)


@exercise.case(tags=("mask", "large"))
def a_forbidden_score_far_above_the_rest(rng):
    scores = rng.normal(size=(2, 3)).round(1) + np.array([0.0, 0.0, 2000.0])
    return inputs(scores, mask=np.array([[True, True, False]] * 2))


@exercise.case(tags=("mask", "large"))
def scores_far_below_zero(rng):
    mask = draw_mask(rng, [True, True, False], 2)
    return inputs(rng.normal(size=(2, 3)).round(1) - 10_000.0, mask=mask)


@exercise.case(tags=("mask", "large"))
def scores_far_below_minus_a_billion(rng):
    scores = -1e20 * rng.permuted(np.tile([1.0, 2.0, 3.0], (2, 1)), axis=1)
    return inputs(scores, mask=scores == scores.min(axis=-1, keepdims=True))


@exercise.case(tags=("float32", "mask"))
def float32_inputs(rng):
    mask = draw_mask(rng, [True, True, False, True, False], 4)
    return inputs(rng.normal(size=(4, 5)).astype(np.float32), mask=mask)


@exercise.case(hidden=True, tags=("batch", "mask", "broadcast", "empty_row"))
def a_batch_with_an_empty_sequence(rng):
    mask = padding_mask(rng.permutation([0, 3, 5, 7]), 8)
    return inputs(rng.normal(size=(4, 6, 8)), mask=mask)


@exercise.edit("mask | empty", "mask")
def leaves_nan_in_empty_rows():
    """You leave nan in a row with nothing to attend to.

    With -inf in every place the maximum is -inf as well, and -inf - -inf is nan. Such a row is to
    be all 0: find it before the softmax, and give softmax something finite to work on.
    """


@exercise.mistake
def spreads_empty_rows_evenly(scores, mask=None):
    """You give equal weights to all keys of a row in which every key is forbidden.

    A large negative number such as -1e9 in the whole row makes all its scores equal, and so its
    weights. A query without any allowed key gathers nothing: its weights are all 0.
    """
    if mask is None:
        return softmax(scores)
    return softmax(np.where(mask, scores, -1e9))


@exercise.edit("mask | empty, scores, -np.inf", "mask, scores, -1e9")
def puts_a_number_where_infinity_belongs():
    """You put a large negative number where -inf belongs. Scores may lie below it.

    Then the forbidden keys get all the weight, and the allowed ones none. No score lies below -inf;
    a row that has nothing else must be handled separately.
    """


@exercise.mistake
def unmasks_empty_rows(scores, mask=None):
    """You treat a row in which every key is forbidden as if there were no mask.

    In float64, adding -1e9 to a whole row leaves its weights as they were, because softmax cancels
    what all scores share. A query without any allowed key gathers nothing: its weights are all 0.
    """
    if mask is None:
        return softmax(scores)
    return softmax(scores + np.where(mask, 0.0, -1e9).astype(scores.dtype))


@exercise.mistake
def inverts_the_mask(scores, mask=None):
    """You hide the keys that are allowed and keep those that are forbidden.

    In this course True says "may attend". Look at which of the two branches gets the -inf.
    """
    return masked_softmax(scores, None if mask is None else ~mask)


@exercise.mistake
def adds_minus_a_billion_where_the_mask_is_true(scores, mask=None):
    """You add -1e9 where the mask is True, so the keys that are allowed are hidden.

    Some libraries mark what is forbidden, and then that fits. In this course True says "may
    attend": which of the two should lose?
    """
    return softmax(scores if mask is None else scores + np.where(mask, -1e9, 0.0))


@exercise.edit("-np.inf", "np.inf")
def writes_plus_infinity():
    """You put +inf in the place of forbidden scores, and that is the largest score of all.

    The maximum of such a row is inf, and inf - inf is nan. Which infinity has an exp of 0?
    """


@exercise.mistake
def inverts_the_mask_and_leaves_nan(scores, mask=None):
    """You put -inf where the mask is True, so the keys that are allowed are hidden.

    In this course True says "may attend". Look at which of the two branches gets the -inf. A row of
    nothing but -inf must be handled separately, too.
    """
    return softmax(scores if mask is None else np.where(mask, -np.inf, scores))


@exercise.mistake
def puts_the_smallest_score_where_infinity_belongs(scores, mask=None):
    """You put the smallest of all scores in the forbidden places.

    It may be small, but its exp is not 0, and so a forbidden key still draws weight. Which score
    gives a weight of exactly 0?
    """
    return softmax(scores if mask is None else np.where(mask, scores, scores.min()))


@exercise.mistake
def spreads_empty_rows_by_the_smallest_number(scores, mask=None):
    """You give equal weights to all keys of a row in which every key is forbidden.

    The smallest number there is, in the whole row, makes all its scores equal, and so its weights.
    A query without any allowed key gathers nothing: its weights are all 0.
    """
    if mask is None:
        return softmax(scores)
    return softmax(np.where(mask, scores, np.finfo(scores.dtype).min))


@exercise.mistake
def normalises_over_the_queries(scores, mask=None):
    """You normalise over the queries: the columns of your weights sum to 1, not the rows.

    The queries would compete for each key. It is the keys that compete for a query, and they lie
    along the last axis.
    """
    if mask is None:
        return softmax(scores, axis=-2)
    return np.nan_to_num(softmax(np.where(mask, scores, -np.inf), axis=-2))


@exercise.mistake
def multiplies_before_and_after(scores, mask=None):
    """You multiply by the mask before and after the softmax, and the rows sum to less than 1.

    A score of 0 still has exp(0) = 1, so forbidden keys took their share before you cleared it.
    Which score gives a weight of exactly 0?
    """
    return softmax(scores) if mask is None else softmax(scores * mask) * mask


@exercise.mistake
def never_looks_at_the_mask(scores, mask=None):
    """You return the plain softmax, whatever the mask says.

    A forbidden key still draws weight, and every allowed one gets too little.
    """
    return softmax(scores)


@exercise.mistake
def removes_weights_after_the_softmax(scores, mask=None):
    """You set weights to 0 after the softmax, so what is left sums to less than 1.

    By then the forbidden keys have had their share. They have to be out before the softmax divides
    by the sum.
    """
    weights = softmax(scores)
    return weights if mask is None else weights * mask


@exercise.mistake
def divides_again_after_the_softmax(scores, mask=None):
    """You mask after the softmax and divide by what is left, which can be 0.

    Where the forbidden scores are much the largest, the allowed weights have already underflowed,
    and 0 / 0 is nan; so it is in a row with nothing to attend to. Mask the scores, not the weights.
    """
    if mask is None:
        return softmax(scores)
    weights = softmax(scores) * mask
    return weights / weights.sum(axis=-1, keepdims=True)


@exercise.mistake
def lets_forbidden_scores_drown_the_rest(scores, mask=None):
    """You let forbidden scores take part in the maximum, and they drown the allowed ones.

    Next to a score that is 2000 larger every exp is 0, and a row loses all its weights although
    some keys are allowed. Take the forbidden scores out before the maximum is taken.
    """
    if mask is None:
        return softmax(scores)
    weights = softmax(scores) * mask
    total = weights.sum(axis=-1, keepdims=True)
    return weights / np.where(total == 0, 1, total)


@exercise.mistake
def multiplies_the_scores_by_the_mask(scores, mask=None):
    """You make forbidden scores 0; only a row with nothing to attend to comes out right.

    A score of 0 still has exp(0) = 1, so forbidden keys keep some weight, often much of it. Which
    score gives a weight of exactly 0?
    """
    if mask is None:
        return softmax(scores)
    return softmax(scores * mask) * np.any(mask, axis=-1, keepdims=True)


@exercise.mistake
def writes_zeros_for_forbidden_scores(scores, mask=None):
    """You set forbidden scores to 0 before the softmax.

    0 is a score like any other: exp(0) is 1, so a forbidden key still draws weight, often the most
    of all. What has an exp of 0?
    """
    return softmax(scores if mask is None else np.where(mask, scores, 0))


@exercise.mistake
def adds_the_mask_to_the_scores(scores, mask=None):
    """You add the mask to the scores, where True counts as 1 and False as 0.

    An allowed key gains a little and a forbidden one loses nothing. This mask is a choice between
    two things, not a number: np.where makes such choices.
    """
    return softmax(scores if mask is None else scores + mask)


@exercise.mistake
def asks_whether_an_array_is_true(scores, mask=None):
    """You ask `if mask:` or `mask == None` of an array, which has no truth value of its own.

    NumPy refuses to answer for any array of more than one entry. Whether there is a mask at all is
    another question than what it says. Which operator asks what something is?
    """
    if mask:
        return masked_softmax(scores, mask)
    return softmax(scores)


@exercise.mistake
def multiplies_infinity_by_zero(scores, mask=None):
    """You multiply the mask by infinity, and wherever a key is allowed 0 * inf is nan.

    One nan among the scores spoils the whole row. A product cannot choose between two things;
    np.where can.
    """
    if mask is None:
        return softmax(scores)
    return softmax(scores + (~mask * -np.inf).astype(scores.dtype))


@exercise.mistake
def exponentiates_without_shifting(scores, mask=None):
    """You multiply np.exp(scores) by the mask, without a shift before exp.

    Large scores overflow, and inf * 0 is nan; far below zero every exp is 0, and 0 / 0 is nan, as
    it is in a row with nothing to attend to. Your softmax knows how to shift.
    """
    weights = np.exp(scores) if mask is None else np.exp(scores) * mask
    return weights / weights.sum(axis=-1, keepdims=True)


@exercise.mistake
def never_shifts_but_knows_empty_rows(scores, mask=None):
    """You exponentiate the scores as they are; only what may have nothing to attend to is safe.

    exp(1000) is inf, and far below zero every exp is 0, so that a row loses all its weights. Your
    softmax knows how to shift.
    """
    weights = np.exp(scores) if mask is None else np.where(mask, np.exp(scores), 0)
    total = weights.sum(axis=-1, keepdims=True)
    return weights / np.where(total == 0, 1, total)


@exercise.mistake
def indexes_with_the_mask_and_leaves_nan(scores, mask=None):
    """You index the scores with the mask, and you leave nan in a row with nothing to attend to.

    An index is matched from the left and not stretched: a mask of another shape fails, or hides
    other places; np.where broadcasts. And a row of nothing but -inf must be handled separately: its
    weights are all 0.
    """
    if mask is None:
        return softmax(scores)
    masked = scores.copy()
    masked[~mask] = -np.inf
    return softmax(masked)


@exercise.mistake
def asks_for_a_mask_of_full_shape(scores, mask=None):
    """You index the scores with the mask, which works only when both have the same shape.

    An index is matched from the left and not stretched: a mask of another shape fails, or hides
    other places. np.where broadcasts.
    """
    if mask is None:
        return softmax(scores)
    masked = scores.copy()
    masked[~mask] = -np.inf
    return np.nan_to_num(softmax(masked))


@exercise.mistake
def writes_into_the_scores(scores, mask=None):
    """Your weights are right, but you write -inf into the caller's own scores.

    Whoever called you still needs them. np.where makes a new array and leaves the old one alone.
    """
    if mask is None:
        return softmax(scores)
    scores[np.broadcast_to(~mask, scores.shape)] = -np.inf
    return np.nan_to_num(softmax(scores))


@exercise.mistake
def loses_single_precision(scores, mask=None):
    """Your weights are right, but float32 scores come back as float64.

    Something in between is float64: often an array of -inf, or the mask turned into floats. A plain
    number such as -np.inf takes on the dtype of the scores beside it.
    """
    return masked_softmax(scores.astype(np.float64), mask)


@exercise.mistake
def hides_every_score_of_zero(scores, mask=None):
    """You multiply the scores by the mask and hide whatever is 0 then.

    A key that is allowed may well have a score of exactly 0. The mask itself says which keys are
    hidden: no score has to tell.
    """
    return masked_softmax(scores) if mask is None else masked_softmax(scores, scores * mask != 0)
