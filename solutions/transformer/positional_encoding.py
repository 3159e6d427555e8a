"""Positional encoding: a clock with many hands tells the positions apart.

Without a mask, attention has no sense of order. Shuffle the words, and each word keeps its output:
the outputs are shuffled along. So the order has to be written into the vectors themselves: each
position gets a vector of its own, and it is added to that of the word that stands there.

Picture d/2 clock hands. Hand i turns by 10000 ** (-2*i / d) radians with every word, and its tip
has two coordinates, a sine and a cosine, which stand side by side. The first hand moves on by a
whole radian; with d = 512 the last one hardly stirs over a page.

    encoding[pos, 2*i]     = sin(pos / 10000 ** (2*i / d))     i counts pairs: 0, 1 ... d/2 - 1
    encoding[pos, 2*i + 1] = cos(pos / 10000 ** (2*i / d))     the same angle; d = d_model

    d = 4, pos = 1:   angles 1 and 1/100   ->   [0.84, 0.54, 0.01, 1.00]

    x         (..., n, d)   word vectors
    encoding  (max_n, d)    one row for each position there is, max_n >= n
    result    (..., n, d)   word 0 plus row 0, word 1 plus row 1, and so on

Adding is the same for a table that was learned instead of calculated, as in BERT and GPT. Such a
table has an end, and a sequence that runs past it has to be refused.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view

exercise = Exercise(
    formulas={
        "encoding[pos, 2*i] =": (
            r"\text{encoding}_{pos,\,2i} &= \sin\left(pos \,/\, 10000^{2i/d}\right)"
            r" && i = 0, 1, \dots, d/2 - 1"
        ),
        "encoding[pos, 2*i + 1]": (
            r"\text{encoding}_{pos,\,2i+1} &= \cos\left(pos \,/\, 10000^{2i/d}\right)"
            r" && d = d_\text{model}"
        ),
    },
    hints=[
        "sinusoidal_encoding: every entry is the sine or the cosine of an angle. How many"
        " different angles does one position have, and which entries share one?",
        "sinusoidal_encoding: make the angles first. Positions as a column and pairs as a row"
        " broadcast to (n, d_model / 2). In the exponent stands twice the pair's index, divided"
        " by d_model.",
        "sinusoidal_encoding: sines belong in columns 0, 2, 4 ..., cosines in 1, 3, 5 ...:"
        " slices with step 2 reach them in an empty table.",
        "add_positions: n is the second-to-last axis, x.shape[-2]. Compare it with the number"
        " of rows of the table before you do anything else.",
        "add_positions: cut the table to its first n rows and give it the dtype of x before you"
        " add.",
    ],
)


@exercise.reference
def sinusoidal_encoding(n, d_model):
    """Give each of the first n positions a vector of sines and cosines.

    Parameters
    ----------
    n : int
        The number of positions, counted from 0.
    d_model : int
        The number of features; even.

    Returns
    -------
    encoding : (n, d_model)
        float64; sines in the even columns, cosines in the odd ones.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.5.
    """
    position = np.arange(n)[:, None]  # (n, 1)
    pair = np.arange(d_model // 2)  # (d_model / 2,)
    angle = position / 10000 ** (2 * pair / d_model)  # (n, d_model / 2)
    encoding = np.empty((n, d_model))
    encoding[:, 0::2] = np.sin(angle)
    encoding[:, 1::2] = np.cos(angle)
    return encoding


exercise.equivalent("d_model // 2", "d_model / 2", "d_model is even.")
exercise.equivalent("np.empty", "np.ones", "Every entry is written below.")
exercise.equivalent("0::2", "::2", "A slice begins at 0 by itself.")


@exercise.picture
def clock_hands():
    """One row for each position, one column for each feature: sine, cosine, sine, cosine.

    The pairs on the left turn fast and swing between -1 and 1 as you go down. Those on the right
    hardly stir: sines near 0, cosines near 1.
    """
    n, d_model = 24, 16
    return [view("features", inputs(n, d_model), rows=range(n), columns=range(d_model))]


@exercise.picture
def distances():
    """The dot products between positions. They depend on nothing but the distance.

    Every diagonal is of one shade, the darkest where a position meets itself. There is more light
    and dark further out: after six positions the fastest hand has gone round once.
    """
    n, d_model = 16, 16
    return [
        view("position", inputs(n, d_model), products=True, rows=range(n), columns=range(n)),
    ]


@exercise.case(tags=("edge",))
def the_first_position_is_all_zeros_and_ones(rng):
    return inputs(1, 4)


@exercise.case(points=2, tags=("edge",))
def two_features_make_one_hand(rng):
    return inputs(5, 2)


@exercise.case(points=2)
def the_second_hand_is_a_hundred_times_slower(rng):
    return inputs(3, 4)


@exercise.case(tags=("oblong",))
def more_features_than_positions(rng):
    return inputs(3, 16)


@exercise.case(tags=("oblong", "long"))
def more_positions_than_features(rng):
    return inputs(60, 6)


@exercise.case(hidden=True)
def a_size_drawn_at_random(rng):
    return inputs(int(rng.integers(10, 40)), 2 * int(rng.integers(5, 20)))


@exercise.edit("2 * pair / d_model", "pair / d_model")
def forgets_to_double_the_pair():
    """You divide the pair's index by d_model without doubling it.

    Then the exponents run from 0 to a half only, and the slowest hand is up to almost a hundred
    times too fast. In the formula i counts pairs, and a pair fills two columns.
    """


@exercise.edit("2 * pair / d_model", "pair / max(d_model // 2 - 1, 1)")
def spreads_the_exponents_up_to_one():
    """You let the exponents run from 0 to 1 inclusive: i divided by the number of pairs minus one.

    Some old code does so. In the paper the divisor is d_model, so pair i has the exponent
    2 * i / d_model, which is always below 1.
    """


@exercise.mistake
def follows_the_old_code(n, d_model):
    """You divide i by the number of pairs minus one, and put all sines first.

    Well-known early code does both. In the formula pair i has the exponent 2 * i / d_model, always
    below 1, and its sine and its cosine stand side by side, in columns 2 * i and 2 * i + 1.
    """
    pair = np.arange(d_model // 2)
    angle = np.arange(n)[:, None] / 10000 ** (pair / max(d_model // 2 - 1, 1))
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=-1)


@exercise.edit("np.arange(d_model // 2)", "np.arange(0, d_model, 2)")
def doubles_the_pair_twice():
    """You double twice: your index already counts 0, 2, 4 ..., and then you multiply it by 2.

    The exponents run up to 2 instead of 1, so half of the hands hardly move. Either count pairs and
    double, or count every second column and do not.
    """


@exercise.edit("2 * pair / d_model", "2 * (pair // 2) / d_model")
def halves_the_index_of_a_pair():
    """You halve an index that counts pairs already, as `i // 2` does, so two pairs share an angle.

    Half as many hands are left, and the slowest are missing. Halve the index of a column, or count
    pairs, and not both.
    """


@exercise.edit("(2 * pair / d_model)", "2 * pair / d_model")
def leaves_the_exponent_without_brackets():
    """You leave out the brackets around the exponent: `10000 ** 2 * i / d` takes the power first.

    The position is then divided by 10000 squared, whatever the pair. The whole fraction 2 * i / d
    belongs into the exponent.
    """


@exercise.edit("2 * pair / d_model", "2 * pair")
def never_divides_the_exponent():
    """You raise 10000 to the power 2 * i, and never divide by d.

    The second hand is then slower by a hundred million already. The exponents are fractions from 0
    to 1, whatever the width.
    """


@exercise.edit("position / 10000", "position // 10000")
def rounds_the_angle_down():
    """You use `//` between the position and the power, which rounds every angle down.

    The slower hands then stand still, and jump. Angles are fractions, and `/` keeps them.
    """


@exercise.edit("position / 10000 **", "(position / 10000) **")
def raises_the_quotient():
    """You raise the whole of pos / 10000 to the power, and not 10000 alone.

    Pair 0 then has the angle 1 at every position. First the power, then the quotient: pos is
    divided by 10000 ** (2 * i / d).
    """


@exercise.mistake
def gives_every_column_an_angle_of_its_own(n, d_model):
    """You take the column's own index as the exponent's 2 * i, in the odd columns too.

    Your sines are right, but each cosine belongs to another angle than the sine beside it. Only
    together are they the tip of one hand: columns 2 * i and 2 * i + 1 use the same i.
    """
    angle = np.arange(n)[:, None] / 10000 ** (np.arange(d_model) / d_model)
    return np.where(np.arange(d_model) % 2 == 0, np.sin(angle), np.cos(angle))


@exercise.mistake
def doubles_the_index_of_every_column(n, d_model):
    """You put the column's own index in the place of i, and then it is doubled.

    The formula's i counts pairs: columns 0 and 1 share i = 0, columns 2 and 3 share i = 1. Which
    number do you get from a column's index for that?
    """
    angle = np.arange(n)[:, None] / 10000 ** (2 * np.arange(d_model) / d_model)
    return np.where(np.arange(d_model) % 2 == 0, np.sin(angle), np.cos(angle))


@exercise.edit("2 * pair / d_model", "2 * pair // d_model")
def rounds_the_exponent_down():
    """You use `//` in the exponent, which rounds every fraction down to 0.

    10000 ** 0 is 1, so all hands turn at the speed of the first. The exponents are fractions from 0
    to 1, and `/` keeps them.
    """


@exercise.mistake
def rounds_down_over_the_columns(n, d_model):
    """You use `//` in the exponent, with the column's own index: it is 0 up to the middle, then 1.

    Then there are no more than two speeds. The exponents are fractions from 0 to 1 and `/` keeps
    them; what may be halved with `//` is the column's index alone.
    """
    column = np.arange(d_model)
    angle = np.arange(n)[:, None] / 10000 ** (2 * column // d_model)
    return np.where(column % 2 == 0, np.sin(angle), np.cos(angle))


@exercise.edit("position / 10000", "position * 10000")
def lets_the_hands_speed_up():
    """You multiply the position by 10000 ** (2 * i / d) where the formula divides by it.

    Each hand then turns faster than the one before, and the last turns hundreds of times from word
    to word when d is 16 or more. If you write the power as exp(... log 10000), look at the sign
    inside.
    """


@exercise.mistake
def puts_all_sines_first(n, d_model):
    """You put all sines in the first half of the features and all cosines in the second.

    The columns are not where they belong: the trained weights of the paper's model expect them to
    alternate, a sine, its cosine, the next sine, its cosine. A slice may have a step.
    """
    encoding = sinusoidal_encoding(n, d_model)
    return np.concatenate([encoding[:, 0::2], encoding[:, 1::2]], axis=-1)


@exercise.mistake
def exchanges_sine_and_cosine(n, d_model):
    """You have sine and cosine the wrong way round.

    Position 0 shows it: its angles are all 0, so it must begin with sin 0 = 0, not with cos 0 = 1.
    """
    encoding = sinusoidal_encoding(n, d_model)
    return np.stack([encoding[:, 1::2], encoding[:, 0::2]], axis=-1).reshape(n, d_model)


@exercise.edit("np.cos(angle)", "np.sin(angle)")
def puts_sines_everywhere():
    """You put the sine in the odd columns too.

    A hand has two coordinates. With sines alone, two positions on opposite sides look alike; the
    odd columns hold the cosine of the same angle.
    """


@exercise.mistake
def leaves_the_first_row_empty(n, d_model):
    """You leave the row of position 0 at zero, and begin to fill the table at position 1.

    Position 0 has angles as well: all are 0, their sines are 0, and their cosines are 1.
    """
    encoding = sinusoidal_encoding(n, d_model)
    encoding[0] = 0
    return encoding


@exercise.edit("np.arange(n)", "np.arange(1, n + 1)")
def counts_positions_from_one():
    """You count the positions from 1, so every row is the one that belongs after it.

    The first word stands at position 0, and its row is 0, 1, 0, 1 ...
    """


@exercise.edit("np.empty((n, d_model))", "np.empty((n, d_model), dtype=np.float32)")
def makes_a_float32_table():
    """Your numbers are right, but you return them as float32, and float64 was asked for.

    PyTorch makes float32 unless told otherwise, NumPy float64. Leave the dtype out here; whoever
    adds the table can round it.
    """


@exercise.reference
def add_positions(x, encoding):
    """Add to every vector of a sequence the encoding of its position.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    encoding : (max_n, d)
        A table with one row per position, calculated or learned.

    Returns
    -------
    placed : (..., n, d)
        Of the dtype of `x`, whatever that of the table is.

    Raises
    ------
    ValueError
        The sequence is longer than the table: n > max_n.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.5, for both kinds of table.
    """
    n, max_n = x.shape[-2], len(encoding)
    if n > max_n:
        raise ValueError(f"a sequence of {n} needs more than the {max_n} rows of this table")
    return x + encoding[:n].astype(x.dtype)  # every sequence of a batch gets the same rows


@exercise.case(points=2)
def adds_a_table_of_the_same_length(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), rng.normal(size=(3, 4)).round(1))


@exercise.case(tags=("oblong",))
def uses_the_first_rows_of_a_longer_table(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), rng.normal(size=(5, 4)).round(1))


@exercise.case(tags=("edge", "oblong"))
def one_position_gets_one_row(rng):
    return inputs(rng.normal(size=(1, 4)).round(1), rng.normal(size=(6, 4)).round(1))


@exercise.case(tags=("edge",))
def zeros_become_the_rows_of_the_table(rng):
    return inputs(np.zeros((3, 4)), rng.normal(size=(5, 4)).round(1))


@exercise.case(tags=("edge",))
def a_table_of_zeros_changes_nothing(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), np.zeros((5, 4)))


@exercise.case(tags=("batch", "oblong"))
def every_sequence_of_a_batch_gets_the_same_rows(rng):
    return inputs(rng.normal(size=(2, 5, 6)), rng.normal(size=(7, 6)))


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes(rng):
    return inputs(rng.normal(size=(3, 1, 4, 6)), rng.normal(size=(9, 6)))


@exercise.case(tags=("float32",))
def a_float64_table_added_to_float32_vectors(rng):
    return inputs(rng.normal(size=(4, 6)).astype(np.float32), rng.normal(size=(5, 6)))


@exercise.case(tags=("large",))
def large_numbers_that_nearly_cancel(rng):
    table = rng.uniform(10.0, 100.0, size=(4, 6))
    return inputs(0.001 * rng.normal(size=(3, 6)) - table[:3], table)


@exercise.case(raises=ValueError, tags=("batch", "refusal"))
def refuses_a_sequence_longer_than_the_table(rng):
    return inputs(rng.normal(size=(2, 5, 4)), rng.normal(size=(3, 4)))


@exercise.case(raises=ValueError, tags=("edge", "refusal"))
def refuses_to_stretch_a_table_of_one_row(rng):
    return inputs(rng.normal(size=(3, 4)), rng.normal(size=(1, 4)))


@exercise.mistake
def adds_the_whole_table(x, encoding):
    """You add the whole table, however short the sequence is.

    Shapes rarely match then, and with a single position you get as many as the table has rows.
    Position 0 needs row 0, position 1 row 1: how many rows are that?
    """
    return x + encoding.astype(x.dtype)


@exercise.edit("encoding[:n]", "encoding[max_n - n :]")
def adds_the_last_rows():
    """You add the last n rows of the table instead of the first n.

    Then the first word is placed somewhere else in every table of another length. Positions count
    from 0, and so do rows.
    """


@exercise.edit("x.shape[-2]", "len(x)")
def counts_sequences_instead_of_positions():
    """You cut the table to the length of the first axis of x, which is not always n.

    With one sequence the first axis holds positions, with a batch it holds sequences. Count axes
    from the end.
    """


@exercise.edit("x.shape[-2]", "x.shape[1]")
def reads_n_from_axis_one():
    """You read the number of positions from axis 1, which is right for (batch, n, d) only.

    In a single sequence axis 1 holds the features, and with two batch axes it is the second of
    them. Count axes from the end.
    """


@exercise.edit("x.shape[-2]", "x.shape[0 if x.ndim == 2 else 1]")
def counts_on_one_batch_axis_at_most():
    """You count on one batch axis at most: n is read from axis 0 or axis 1.

    With two batch axes, axis 1 is the second of them. Positions are the last axis but one, however
    many there are in front.
    """


@exercise.edit("encoding[:n]", "encoding[None, :n]")
def makes_a_batch_of_one_sequence():
    """You give the table a batch axis, and a single sequence comes back as a batch of one.

    Much PyTorch code keeps its table as (1, max_n, d). Without that axis, NumPy lines the rows up
    with the positions just as well, for one sequence and for a batch.
    """


@exercise.edit("encoding[:n]", "encoding[1 : n + 1]")
def skips_the_first_row():
    """You begin with row 1 of the table, and never use row 0.

    Positions count from 0, and so do rows: the first word gets row 0.
    """


@exercise.edit("n > max_n", "n >= max_n")
def refuses_a_table_that_just_fits():
    """You refuse a sequence that is exactly as long as the table.

    With as many rows as positions, every position has its row. Only a longer sequence has to be
    refused.
    """


@exercise.edit("n > max_n", "n != max_n")
def refuses_every_other_length():
    """You refuse every sequence that is not exactly as long as the table.

    A table is made for the longest sequence, and shorter ones use its first rows. Only a longer
    sequence has to be refused.
    """


@exercise.mistake
def cuts_the_sequence_to_the_table(x, encoding):
    """You cut a sequence that is longer than the table, and nobody hears of it.

    The words at the end would vanish without a trace. Raise a ValueError that says how long the
    sequence is and how long the table.
    """
    n = min(x.shape[-2], len(encoding))
    return x[..., :n, :] + encoding[:n].astype(x.dtype)


@exercise.mistake
def never_checks_the_length(x, encoding):
    """You never compare n with the length of the table.

    NumPy complains about most tables that are too short, but not about one with a single row: that
    one is broadcast, and all positions get the same encoding. Check before you add.
    """
    return x + encoding[: x.shape[-2]].astype(x.dtype)


@exercise.mistake
def appends_the_encoding(x, encoding):
    """You put the encoding beside the features, so that every vector becomes twice as wide.

    That would tell positions apart as well, at twice the width. Here the two vectors are added,
    number by number, and d stays as it is.
    """
    rows = encoding[: x.shape[-2]].astype(x.dtype)
    return np.concatenate([x, np.broadcast_to(rows, x.shape)], axis=-1)


@exercise.edit("x + encoding", "x.shape[-1] ** 0.5 * x + encoding")
def scales_the_vectors_first():
    """You multiply x by the square root of d before you add.

    The paper does that to its word embeddings (section 3.4), as a part of embedding. Whoever calls
    this function may have done it already; here is only the sum.
    """


@exercise.edit(".astype(x.dtype)", "")
def lets_the_table_decide_the_dtype():
    """Your sums are right, but float32 vectors come back as float64.

    A float64 table added to float32 vectors makes float64, and so does everything after it in the
    model. Which of the two can be converted before they meet?
    """


@exercise.edit("astype(x.dtype)", "astype(np.float32)")
def rounds_the_table_to_float32():
    """You turn the table into float32, even where the vectors are float64.

    More than half of its digits are gone before the sum, and two large numbers that nearly cancel
    show it. Which dtype the table needs is for x to say.
    """


@exercise.edit("return x + encoding[:n].astype(x.dtype)", "x += encoding[:n]\n    return x")
def adds_in_place():
    """Your sums are right, but you write them into the caller's own array.

    `x += ...` changes it for everyone who holds it, and a second call would add the positions
    twice. An operation without the `=` makes a new array.
    """
