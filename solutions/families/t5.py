"""T5: every task is text to text, and what counts is how far apart two tokens are.

T5 adds no positions to its tokens. Each head adds to the score of a query and a key a number that
it has learned for the distance between them, key minus query. There is not one for each distance,
but for each of num_buckets buckets: half of them for keys before the query and at its own place,
the upper half for keys after it. Of each half, one half again is exact, a bucket for each distance;
the rest grow wider, in equal steps of the logarithm, and from max_distance on all share the last.

    half = num_buckets // 2,   exact = half // 2,   size = |distance|
    size < exact:  size        else:  exact + floor(log(size / exact) / log(max_distance / exact)
                                                    · (half - exact)),   at most half - 1
    and half more where the distance is above 0

    32 buckets up to 128, so half = 16, exact = 8:   -5 -> 5,   5 -> 21
    -20 -> 8 + floor(0.916 / 2.773 · 8) = 8 + floor(2.64) = 10,   20 -> 26,   -128 and -900 -> 15

It learns by filling gaps, as BERT does, but of whole spans. In the inputs one sentinel, a token
that stands for a gap, takes the place of each span, however long. The targets hold what was there:
each sentinel, then its span, and at the end the next sentinel, to say that no more will come.
Sentinels count down from first_sentinel.

    ids [11, 12, 13, 14, 15, 16], starts [1, 4], lengths [2, 1], first_sentinel 99
    inputs  [11, 99, 14, 98, 16]         targets [99, 12, 13, 98, 15, 97]
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view

exercise = Exercise(
    tags={
        "after": "for keys before the query and wrong for those after it",
        "far": "for near keys and wrong for far ones",
        "beyond": "unless a distance is max_distance or more",
        "several": "for one span and wrong for several",
        "begins": "unless the text begins with a span",
        "ends": "unless the text ends with a span",
        "longer": "for spans of one token and wrong for longer ones",
    },
    hints=[
        "relative_position_bucket: first the buckets of keys before the query only, by size. Half"
        " of the buckets is theirs. What is added for those after it?",
        "relative_position_bucket: np.where computes both branches, so log sees small sizes as"
        " well; np.maximum(size, exact) keeps it from log(0). astype(int) cuts what follows the"
        " point.",
        "relative_position_bucket: np.minimum keeps what is too far in the last bucket of its"
        " half; add `half` only after that.",
        "span_corruption: one loop over the spans, with a mark for where the last one ended. What"
        " lies between that mark and the next start goes into the inputs as it is.",
        "span_corruption: collect pieces in two lists and join each with np.concatenate in the"
        " end; ids[a:b] is a piece, and [sentinel] is one, too.",
    ],
)


@exercise.reference
def relative_position_bucket(distance, num_buckets=32, max_distance=128):
    """Sort distances into buckets, fine near the query and coarse far from it.

    Parameters
    ----------
    distance : int (...)
        Key minus query, in any shape: negative where the key stands before the query.
    num_buckets : int
        How many buckets there are, 4 or more.
    max_distance : int
        The size from which on all distances of one sign share a bucket; half of num_buckets or
        more.

    Returns
    -------
    bucket : int (...)
        From 0 to num_buckets - 1.

    Notes
    -----
    Source: Raffel et al. 2020, section 2.1, and the code published with it, for an encoder.
    """
    half = num_buckets // 2
    exact = half // 2
    size = np.abs(distance)
    growth = np.log(np.maximum(size, exact) / exact) / math.log(max_distance / exact)
    wide = exact + (growth * (half - exact)).astype(int)
    bucket = np.where(size < exact, size, np.minimum(wide, half - 1))
    return bucket + half * (distance > 0)


SMALL = "What is smaller than exact is taken from size anyway."
exercise.equivalent("size < exact", "size <= exact", "At exact the logarithm is 0.")
exercise.equivalent("size < exact", "size < wide", "A wide bucket is never above the size.")
exercise.equivalent("np.maximum(size, exact)", "size", SMALL)
exercise.equivalent("np.maximum(size, exact)", "np.maximum(size, size)", SMALL)
exercise.equivalent("np.maximum(size, exact)", "np.maximum(size, distance)", SMALL)
exercise.equivalent("size, exact", "exact, size", "A maximum is the same both ways round.")
exercise.equivalent("wide, half - 1", "half - 1, wide", "A minimum is the same both ways round.")
exercise.equivalent("num_buckets=32", None, "32 // 2 and 33 // 2 are the same.")


@exercise.picture
def near_keys_one_by_one_far_ones_together():
    """The bucket of each key, from 14 places before a query to 14 after it.

    8 buckets reach up to 12 here. Next to the query each distance has its own; what is far shares
    one.
    """
    distance = np.arange(-14, 15)
    options = {"num_buckets": 8, "max_distance": 12}
    return [
        view("keys before", inputs(distance[:15], **options), columns=distance[:15]),
        view("keys after", inputs(distance[15:], **options), columns=distance[15:]),
    ]


def some_of(rng, count, low, high):
    """Draw distances from low to high, both included, in any order and each once."""
    return rng.choice(np.arange(low, high + 1), size=count, replace=False)


@exercise.case(tags=("edge",))
def the_place_of_the_query(rng):
    return inputs(np.array([0]))


@exercise.case(points=2)
def near_keys_before_the_query(rng):
    return inputs(-some_of(rng, 4, 1, 7))


@exercise.case(points=2, tags=("after",))
def near_keys_after_the_query(rng):
    return inputs(some_of(rng, 4, 1, 7))


@exercise.case(tags=("after",))
def near_keys_on_both_sides(rng):
    return inputs(np.arange(-3, 4))


@exercise.case(tags=("far",))
def the_first_that_is_not_exact(rng):
    return inputs(np.array([-7, -8, -9]))


@exercise.case(points=2, tags=("far",))
def far_keys_before_the_query(rng):
    return inputs(-np.sort(some_of(rng, 6, 9, 120)))


@exercise.case(tags=("far", "after"))
def far_keys_after_the_query(rng):
    return inputs(np.sort(some_of(rng, 6, 9, 120)))


@exercise.case(tags=("far", "beyond"))
def keys_too_far_before_the_query(rng):
    return inputs(-np.array([127, int(rng.integers(129, 200)), int(rng.integers(40000, 90000))]))


@exercise.case(tags=("far", "beyond"))
def a_key_at_max_distance(rng):
    return inputs(np.array([-127, -128, -129]))


@exercise.case(tags=("far", "beyond", "after"))
def keys_too_far_after_the_query(rng):
    return inputs(
        np.array([127, 128, int(rng.integers(129, 200)), int(rng.integers(40000, 90000))])
    )


@exercise.case(tags=("far", "after", "option"))
def fewer_buckets(rng):
    return inputs(np.arange(-9, 10) * 5, num_buckets=16)


@exercise.case(tags=("far", "beyond", "after", "option"))
def a_nearer_max_distance(rng):
    return inputs(np.arange(-8, 9) * 9, max_distance=50)


@exercise.case(tags=("far", "option"))
def an_odd_half(rng):
    return inputs(-np.arange(2, 28, 3), num_buckets=10, max_distance=30)


@exercise.case(tags=("far", "after", "batch", "oblong"))
def a_table_of_queries_and_keys(rng):
    queries, keys = rng.integers(0, 60, size=(3, 1)), rng.integers(0, 60, size=5)
    return inputs(keys - queries)


@exercise.case(tags=("far", "after", "batch", "oblong"))
def several_tables(rng):
    return inputs(rng.integers(-150, 150, size=(2, 3, 4)))


@exercise.case(hidden=True, tags=("far", "beyond", "after", "option"))
def many_distances(rng):
    return inputs(np.arange(-400, 400), num_buckets=24, max_distance=200)


@exercise.edit("(distance > 0)", "(distance < 0)")
def gives_the_upper_half_to_keys_before():
    """You add half to the buckets of keys before the query, and it belongs to those after it.

    The distance is key minus query: above 0 the key comes later.
    """


@exercise.edit("(distance > 0)", "(distance >= 0)")
def gives_the_upper_half_to_the_place_itself():
    """You put the distance 0 into the upper half. Only keys after the query belong there."""


@exercise.edit("bucket + half * (distance > 0)", "bucket")
def forgets_the_side():
    """You give both sides the same buckets, so that a head cannot tell before from after.

    Where the distance is above 0, half of the buckets is added.
    """


@exercise.edit("num_buckets // 2", "num_buckets")
def gives_each_side_all_buckets():
    """You give each side all the buckets, and then add as many again for keys after the query.

    Half of num_buckets is for one side, and half for the other.
    """


@exercise.mistake
def reads_one_way_only(distance, num_buckets=32, max_distance=128):
    """You give keys before the query all buckets, and keys after it the bucket 0.

    So does T5's decoder, which sees no key after the query. Here both sides count, with half of the
    buckets each.
    """
    before = np.minimum(distance, 0)
    return relative_position_bucket(before, 2 * num_buckets, max_distance)


@exercise.edit("np.abs(distance)", "np.maximum(distance, 0)")
def gives_keys_before_one_bucket():
    """You give all keys before the query the bucket 0, as if they stood at its own place.

    Their distance is below 0. How far away they are is its size, without the sign.
    """


@exercise.edit("exact = half // 2", "exact = half - 1")
def makes_all_but_one_exact():
    """You give each distance a bucket of its own until a single one is left for the rest.

    Only half of a side's buckets are exact. The others grow with the logarithm.
    """


@exercise.edit("np.minimum(wide, half - 1)", "half - 1")
def puts_all_that_is_far_into_the_last():
    """You put everything that is not exact into the last bucket of its side.

    Up to max_distance there are half - exact buckets, in equal steps of the logarithm.
    """


@exercise.edit(
    "(growth * (half - exact)).astype(int)", "np.ceil(growth * (half - exact)).astype(int)"
)
def rounds_up():
    """You round up. A bucket begins where its step is reached: floor."""


@exercise.edit(
    "(growth * (half - exact)).astype(int)", "np.round(growth * (half - exact)).astype(int)"
)
def rounds_to_the_nearest():
    """You round to the nearest whole number. A bucket begins where its step is reached: floor."""


@exercise.edit("wide = exact + (growth", "wide = (growth")
def counts_wide_buckets_from_zero():
    """You count the wide buckets from 0, where the exact ones are already.

    They come after those: exact is added.
    """


@exercise.edit("np.minimum(wide, half - 1)", "wide")
def lets_far_keys_run_over():
    """You let what is max_distance or more run over into buckets that are not its own.

    For keys before the query these are the buckets of the other side. Each side ends at its
    half - 1.
    """


@exercise.edit("np.minimum(wide, half - 1)", "np.minimum(wide, num_buckets - 1)")
def ends_with_the_last_bucket_of_all():
    """You hold far keys at num_buckets - 1, the last bucket of all.

    Each side has its own last one, half - 1, before half is added.
    """


@exercise.edit("np.minimum(wide, half - 1)", "np.where(size > max_distance, half - 1, wide)")
def lets_max_distance_itself_run_over():
    """You hold what is more than max_distance in the last bucket, but not max_distance itself.

    There the logarithm has just reached half, one bucket too many.
    """


@exercise.edit(" / math.log(max_distance / exact)", "")
def forgets_the_logarithm_of_the_whole():
    """You do not divide by log(max_distance / exact).

    The quotient says which part of the way to max_distance has been gone: 0 at exact, 1 at
    max_distance.
    """


@exercise.edit("math.log(max_distance / exact)", "math.log(max_distance)")
def divides_by_the_logarithm_of_max_distance():
    """You divide by log(max_distance). The way begins at exact: log(max_distance / exact)."""


@exercise.edit("np.log(np.maximum(size, exact) / exact)", "np.log(np.maximum(size, 1))")
def takes_the_logarithm_of_the_size():
    """You take the logarithm of the size as it is. The way begins at exact: log(size / exact)."""


@exercise.edit(
    "np.log(np.maximum(size, exact) / exact) / math.log(max_distance / exact)",
    "np.log(np.maximum(size, 1)) / math.log(max_distance)",
)
def begins_the_logarithm_at_one():
    """You take log(size) / log(max_distance), as if the way began at a distance of 1.

    The exact buckets have gone a part of it already. It begins at exact, and both logarithms are of
    quotients: size / exact and max_distance / exact.
    """


@exercise.edit(
    "np.log(np.maximum(size, exact) / exact) / math.log(max_distance / exact)",
    "(np.maximum(size, exact) - exact) / (max_distance - exact)",
)
def grows_in_equal_steps_of_distance():
    """Your wide buckets are all of one width. They grow: the steps of the logarithm are equal."""


@exercise.edit("np.log(np.maximum", "np.log2(np.maximum")
def mixes_two_logarithms():
    """You divide a logarithm to the base 2 by a natural one.

    Any base will do, if it is the same above and below.
    """


@exercise.edit("math.log(max_distance / exact)", "math.log2(max_distance / exact)")
def mixes_two_logarithms_the_other_way():
    """You divide a natural logarithm by one to the base 2.

    Any base will do, if it is the same above and below.
    """


@exercise.edit("growth * (half - exact)", "growth * exact")
def takes_as_many_wide_as_exact():
    """You take as many wide buckets as exact ones.

    That is so where half is even. Else there is one more: half - exact.
    """


@exercise.edit("growth * (half - exact)", "growth * half")
def takes_a_whole_half_of_wide_buckets():
    """You spread the logarithm over a whole half.

    The exact buckets have their share of it: half - exact are left.
    """


@exercise.edit("growth * (half - exact)", "growth * (half - exact - 1)")
def keeps_the_last_bucket_for_what_is_beyond():
    """You keep the last bucket for what is max_distance or more.

    The last step before max_distance lies in it, too: there are half - exact steps.
    """


@exercise.edit("half = num_buckets // 2", "half = 16")
def always_has_thirty_two_buckets():
    """You always sort into 32 buckets, whatever num_buckets says."""


@exercise.edit("math.log(max_distance / exact)", "math.log(128 / exact)")
def always_reaches_up_to_128():
    """You always reach up to 128, whatever max_distance says."""


@exercise.mistake
def returns_floats(distance, num_buckets=32, max_distance=128):
    """Your numbers are right, but they are floats, and a bucket is an index: whole numbers."""
    return relative_position_bucket(distance, num_buckets, max_distance).astype(np.float64)


@exercise.mistake
def makes_the_distance_positive_in_place(distance, num_buckets=32, max_distance=128):
    """Your buckets are right, but you write into the caller's own distances."""
    bucket = relative_position_bucket(distance, num_buckets, max_distance)
    np.abs(distance, out=distance)
    return bucket


@exercise.reference
def span_corruption(ids, starts, lengths, first_sentinel):
    """Cut spans out of a text, and make the targets of them.

    Parameters
    ----------
    ids : int (n,)
        A text.
    starts : int (spans,)
        Where each span begins, in ascending order; between two there is at least one token.
    lengths : int (spans,)
        How many tokens each span has, 1 or more.
    first_sentinel : int
        The sentinel of the first span; those of the next count down from it.

    Returns
    -------
    inputs : int (n_input,)
        The text with a sentinel in the place of each span.
    targets : int (n_target,)
        Each sentinel and its span, and one more sentinel.

    Notes
    -----
    Source: Raffel et al. 2020, section 3.1.4 and figure 2.
    """
    pieces, targets, end = [], [], 0
    for k, start in enumerate(starts):
        sentinel = [first_sentinel - k]
        pieces += [ids[end:start], sentinel]
        end = start + lengths[k]
        targets += [sentinel, ids[start:end]]
    closing = [first_sentinel - len(starts)]
    return np.concatenate([*pieces, ids[end:]]), np.concatenate([*targets, closing])


exercise.equivalent("len(starts)", "len(lengths)", "There are as many lengths as starts.")

SENTENCE = "the cat that sat on the mat saw a green bird"


@exercise.picture
def gaps_and_what_fills_them():
    """A sentence, what is left of it, and what T5 is to write.

    One sentinel stands for a gap of any length; in the targets it announces what was there. The
    third one closes them.
    """
    words = [*SENTENCE.split(), "<3>", "<2>", "<1>"]
    ids = np.arange(len(words) - 3)
    call = inputs(ids, np.array([1, 8]), np.array([3, 1]), len(words) - 1)
    return [
        view("inputs", call, part=(0,), words=words),
        view("targets", call, part=(1,), words=words),
    ]


def draw_spans(rng, n, starts, lengths):
    """Draw a text of n tokens, none twice, and the sentinel of its first span."""
    ids = rng.choice(np.arange(1, 60), size=n, replace=False)
    return ids, np.array(starts), np.array(lengths), int(rng.integers(90, 120))


@exercise.case(points=2)
def one_span_of_one_token(rng):
    return inputs(*draw_spans(rng, 4, [int(rng.integers(1, 3))], [1]))


@exercise.case(points=2, tags=("longer",))
def one_span_of_several_tokens(rng):
    return inputs(*draw_spans(rng, 7, [2], [int(rng.integers(2, 4))]))


@exercise.case(points=2, tags=("several",))
def two_spans_of_one_token(rng):
    return inputs(*draw_spans(rng, 6, [1, int(rng.integers(3, 5))], [1, 1]))


@exercise.case(tags=("several", "longer"))
def three_spans_of_unequal_lengths(rng):
    return inputs(*draw_spans(rng, 12, [1, 5, 8], rng.permutation([1, 2, 3]).clip(1, [3, 2, 3])))


@exercise.case(tags=("begins",))
def a_span_at_the_beginning(rng):
    return inputs(*draw_spans(rng, 4, [0], [1]))


@exercise.case(tags=("ends",))
def a_span_at_the_end(rng):
    return inputs(*draw_spans(rng, 4, [3], [1]))


@exercise.case(tags=("begins", "ends", "several", "longer"))
def spans_at_both_ends(rng):
    return inputs(*draw_spans(rng, 7, [0, 5], [2, 2]))


@exercise.case(tags=("begins", "ends", "longer"))
def the_whole_text(rng):
    return inputs(*draw_spans(rng, 3, [0], [3]))


@exercise.case(tags=("edge", "begins", "ends"))
def a_text_of_one_token(rng):
    return inputs(*draw_spans(rng, 1, [0], [1]))


@exercise.case(tags=("several",))
def tokens_that_come_again(rng):
    ids, *others = draw_spans(rng, 7, [1, 4], [1, 1])
    ids[5], ids[6] = ids[1], ids[0]
    return inputs(ids, *others)


@exercise.case
def the_token_zero(rng):
    ids, *others = draw_spans(rng, 5, [1], [1])
    ids[1], ids[3] = 0, 0
    return inputs(ids, *others)


@exercise.case(hidden=True, tags=("several", "longer", "long"))
def many_spans(rng):
    starts = np.arange(3, 390, 13)
    lengths = rng.integers(1, 10, size=len(starts))
    return inputs(rng.integers(0, 30000, size=400), starts, lengths, 32099)


@exercise.edit("sentinel = [first_sentinel - k]", "sentinel = [first_sentinel + k]")
def counts_sentinels_up():
    """You count the sentinels up, and only the closing one down.

    All count down: T5's vocabulary ends with them, and the first is the last id.
    """


@exercise.mistake
def counts_all_sentinels_up(ids, starts, lengths, first_sentinel):
    """You count the sentinels up. T5's vocabulary ends with them, and the first is the last id."""
    inputs_, targets = span_corruption(ids, starts, lengths, first_sentinel)
    count = len(starts)
    lowest = first_sentinel - count

    def turned(row):
        is_sentinel = (row >= lowest) & (row <= first_sentinel)
        return np.where(is_sentinel, 2 * first_sentinel - row, row)

    return turned(inputs_), turned(targets)


@exercise.edit("sentinel = [first_sentinel - k]", "sentinel = [first_sentinel]")
def uses_one_sentinel_for_all():
    """You use the same sentinel for every span.

    Each has its own: in the targets it says which gap is filled.
    """


@exercise.edit("[ids[end:start], sentinel]", "[ids[end:start], sentinel * lengths[k]]")
def puts_a_sentinel_for_every_token():
    """You put a sentinel for every token of a span.

    One stands for the whole span: how much is missing is for the model to find out.
    """


@exercise.edit("[*targets, closing]", "targets")
def forgets_the_closing_sentinel():
    """You leave the closing sentinel out.

    It is the next one after that of the last span, and says that no more will come.
    """


@exercise.edit("[*targets, closing]", "[*targets, closing][: 2 * len(starts) + (end < len(ids))]")
def closes_only_before_more_text():
    """You leave the closing sentinel out where the text ends with a span.

    So it comes out when the targets are made like the inputs, with spans and rest exchanged. Here
    the targets always have it.
    """


@exercise.edit("first_sentinel - len(starts)", "first_sentinel - len(starts) + 1")
def closes_with_the_last_sentinel():
    """You close with the sentinel of the last span. It is the next one, which announces nothing."""


@exercise.edit("first_sentinel - len(starts)", "first_sentinel")
def closes_with_the_first_sentinel():
    """You close with the first sentinel. It is the one after that of the last span."""


@exercise.edit("first_sentinel - len(starts)", "first_sentinel - 1")
def closes_with_the_second_sentinel():
    """You close with first_sentinel - 1, however many spans there are.

    After two spans this one is taken. The closing sentinel is the next after that of the last span.
    """


@exercise.edit("first_sentinel - len(starts)", "1")
def closes_with_an_end_token():
    """You close with the id 1, T5's end of a text. Here one more sentinel closes the targets."""


@exercise.edit("[*pieces, ids[end:]]", "[*pieces, ids[end:], closing]")
def closes_the_inputs_too():
    """You put the closing sentinel behind the inputs as well.

    There a sentinel stands for a gap, and behind the text nothing is missing. It closes the targets
    only.
    """


@exercise.edit("[sentinel, ids[start:end]]", "[ids[start:end], sentinel]")
def announces_spans_afterwards():
    """You put each sentinel after its span. It comes first: it announces what was there."""


@exercise.edit("[sentinel, ids[start:end]]", "[ids[start:end]]")
def forgets_the_sentinels_of_the_targets():
    """You leave the sentinels out of the targets, so that nothing parts the spans."""


@exercise.edit("pieces += [ids[end:start], sentinel]", "pieces += [ids[end:start]]")
def cuts_without_a_sentinel():
    """You cut the spans out of the inputs, and nothing says where something is missing."""


@exercise.edit(
    "pieces += [ids[end:start], sentinel]",
    "pieces += [ids[end:start], sentinel, ids[start : start + lengths[k]]]",
)
def leaves_the_spans_in():
    """You leave the spans in the inputs, behind their sentinels. They are what is to be found."""


@exercise.edit("np.concatenate([*targets, closing])", "ids")
def asks_for_the_whole_text():
    """Your targets are the whole text. T5 writes only what is missing: that is shorter."""


@exercise.edit("end = start + lengths[k]", "end = lengths[k]")
def takes_lengths_for_ends():
    """You take a length for the place where the span ends. That is start + length."""


@exercise.edit("end = start + lengths[k]", "end = start + lengths[k] + 1")
def cuts_one_token_more():
    """You cut one token more than a span has. ids[start : start + length] has length tokens."""


@exercise.edit("ids[start:end]", "ids[start : end + 1]")
def asks_for_one_token_more():
    """Your targets have one token more of each span than is missing from the inputs.

    A slice leaves its end out: ids[start : start + length] has length tokens.
    """


@exercise.edit("end = start + lengths[k]", "end = start + 1")
def cuts_one_token_of_each_span():
    """You cut a single token, however long the span is."""


@exercise.edit("end = start + lengths[k]", "end = start + lengths[0]")
def uses_the_first_length_for_all():
    """You use the length of the first span for all. Each has its own."""


@exercise.edit("[*pieces, ids[end:]]", "pieces")
def forgets_what_follows_the_last_span():
    """You leave out what follows the last span. It belongs to the inputs."""


@exercise.edit("pieces += [ids[end:start], sentinel]", "pieces += [ids[:start], sentinel]")
def begins_again_before_each_span():
    """You put everything before a span in front of it, again for each span.

    A piece begins where the span before it ended.
    """


@exercise.mistake
def shifts_later_spans(ids, starts, lengths, first_sentinel):
    """You cut the spans out one after the other, while starts still count in the whole text.

    Each cut makes the text shorter, and what follows moves. Read from the ids as they came.
    """
    text, targets = list(ids), []
    for k, (start, length) in enumerate(zip(starts, lengths, strict=True)):
        targets += [first_sentinel - k, *text[start : start + length]]
        text[start : start + length] = [first_sentinel - k]
    return np.array(text), np.array([*targets, first_sentinel - len(starts)])


@exercise.mistake
def hides_tokens_by_their_id(ids, starts, lengths, first_sentinel):
    """You hide a token wherever it stands in the text.

    A span is a place. What stands elsewhere stays, be it the same token or not.
    """
    inputs_, targets = span_corruption(ids, starts, lengths, first_sentinel)
    hidden = [t for t in targets if t not in inputs_ or t in ids[starts]]
    return inputs_[~np.isin(inputs_, np.intersect1d(hidden, ids))], targets


@exercise.edit("[first_sentinel - k]", "[first_sentinel - k - 1]")
def begins_one_sentinel_too_low():
    """You begin one below first_sentinel. The first span has first_sentinel itself."""


@exercise.edit(
    "np.concatenate([*pieces, ids[end:]]), np.concatenate([*targets, closing])",
    "np.concatenate([*targets, closing]), np.concatenate([*pieces, ids[end:]])",
)
def returns_the_targets_first():
    """You return targets, inputs. The order is inputs, targets."""


@exercise.edit("[*targets, closing]", "[*targets, closing, []]")
def makes_floats_of_ids():
    """Your targets are right, but they are floats, and ids are whole numbers.

    np.concatenate takes an empty list for one of floats, and the rest follows.
    """


@exercise.edit("[*pieces, ids[end:]]", "[[], *pieces, ids[end:]]")
def makes_floats_of_inputs():
    """Your inputs are right, but they are floats, and ids are whole numbers.

    np.concatenate takes an empty list for one of floats, and the rest follows.
    """


@exercise.mistake
def writes_sentinels_into_the_ids(ids, starts, lengths, first_sentinel):
    """Your results are right, but you write sentinels into the caller's own text."""
    results = span_corruption(ids, starts, lengths, first_sentinel)
    for k, start in enumerate(starts):
        ids[start] = first_sentinel - k
    return results
