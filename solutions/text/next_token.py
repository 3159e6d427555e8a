"""Next token: what a model believes comes next, and how wrong it was.

For each position a model gives V logits, one for each token. Softmax makes probabilities of them.
Training looks at the logarithms of these, because the probability of a whole text is a product,
and its logarithm a sum:

    log_p[i] = logits[i] - log(sum over j of exp(logits[j]))

    [0, ln 3]  ->  p = [1/4, 3/4]  ->  log_p = [-1.386, -0.288]

The loss of one position is minus the log-probability of the token that really came. A sure thing
costs 0; half a chance costs 0.693, and a quarter 1.386. This is cross-entropy. Its mean over all
positions is what training makes small.

    both positions have the logits [0, ln 3], targets [1, 0]  ->  (0.288 + 1.386) / 2  =  0.837

    logits   (..., V)      targets  (...)     the ids that really came; ignore_id: none is asked for

Two traps. The logarithm of a softmax fails where a probability is so small that it has become 0:
its logarithm is -inf, though -2000 would be right. Subtract the largest logit of each row, and
work with logarithms to the end. And texts of a batch differ in length: the rest of the short ones
is padding, marked with the target -100. It has no part in the mean, in what is added up or in what
it is divided by.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.softmax import softmax

exercise = Exercise(
    formulas={
        "log_p[i]": (r"\log p_i = \text{logits}_i - \log \textstyle\sum_j \exp(\text{logits}_j)"),
    },
    tags={
        "ignored": "where every target counts and wrong where some are ignored",
        "none_kept": "unless every target is ignored",
        "no_axis": "unless there is no axis in front of the tokens",
    },
    hints=[
        "log_probabilities: log(exp(a) / b) is a - log(b). So no quotient is needed, and no"
        " logarithm of anything small.",
        "log_probabilities: subtract the largest logit of each row first, keeping the axis. Then"
        " the largest exp is 1, and their sum is never 0.",
        "cross_entropy: which targets count? A comparison with ignore_id is a mask, and a mask is"
        " an index: log_p[mask] has the shape (how many, V).",
        "cross_entropy: rows[np.arange(len(rows)), targets] takes one entry from each row.",
        "cross_entropy: what is the mean of nothing? np.nan says so. A target that is a single"
        " number becomes an array by np.asarray.",
    ],
)


@exercise.reference
def log_probabilities(logits):
    """Take the logarithm of the softmax over the last axis, right for logits of any size.

    Parameters
    ----------
    logits : (..., V)
        Any finite numbers.

    Returns
    -------
    log_p : (..., V)
        None above 0; exp of it sums to 1 in every row.
    """
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@exercise.picture
def surprise():
    """Log-probabilities of five words, from logits that are far apart and from some that are not.

    The longer a bar, the more it costs if that word comes. A model that is sure of one word pays
    little for it, and much for any other; one that is undecided pays for all.
    """
    logits = np.array([2.0, 1.0, 0.5, 0.0, -1.0])
    columns = ("mat", "floor", "roof", "moon", "of")
    sure = {"undecided": 0.25, "as they are": 1.0, "sure": 4.0}
    return [view(title, inputs(k * logits), columns=columns) for title, k in sure.items()]


@exercise.case
def two_tokens(rng):
    return inputs(rng.normal(size=2).round(1))


@exercise.case(points=2, tags=("oblong",))
def a_row_for_each_position(rng):
    return inputs(rng.normal(size=(3, 4)).round(1))


@exercise.case
def the_largest_logit_is_zero(rng):
    return inputs(rng.permutation([0.0, *-rng.uniform(0.5, 2.0, size=2).round(1)]))


@exercise.case
def as_many_positions_as_tokens(rng):
    return inputs(rng.normal(size=(3, 3)).round(1))


@exercise.case(tags=("batch",))
def two_axes_in_front(rng):
    return inputs(rng.normal(size=(2, 3, 4)))


@exercise.case(tags=("edge",))
def a_vocabulary_of_one(rng):
    return inputs(rng.normal(size=(2, 1)).round(1))


@exercise.case(tags=("large",))
def logits_around_one_thousand(rng):
    return inputs(rng.normal(size=(2, 3)).round(1) + 1000.0)


@exercise.case(tags=("large",))
def logits_far_below_zero(rng):
    return inputs(rng.normal(size=(2, 3)).round(1) - 5000.0)


@exercise.case(tags=("large",))
def logits_far_apart_in_a_row(rng):
    return inputs(rng.normal(size=(2, 3)).round(1) + np.array([0.0, 2000.0, -1000.0]))


@exercise.case(tags=("large",))
def rows_that_are_far_apart(rng):
    return inputs(rng.normal(size=(2, 3)).round(1) + np.array([[0.0], [3000.0]]))


@exercise.case(tags=("small",))
def a_token_that_is_hardly_possible(rng):
    return inputs(rng.normal(size=(2, 3)).round(1) + np.array([0.0, 0.0, -25.0]))


@exercise.case(tags=("float32",))
def float32_logits(rng):
    return inputs(rng.normal(size=(3, 5)).astype(np.float32))


@exercise.case(tags=("float32", "large"))
def float32_logits_around_one_hundred(rng):
    return inputs((rng.normal(size=(2, 3)).round(1) + 100.0).astype(np.float32))


@exercise.edit("logits - logits.max(axis=-1, keepdims=True)", "logits + 0")
def exponentiates_as_it_is():
    """You exponentiate the logits as they are.

    exp(1000) is inf; and far below zero every exp is 0, whose logarithm is -inf. What can be
    subtracted from a row without changing its probabilities?
    """


@exercise.mistake
def takes_the_logarithm_of_a_softmax(logits):
    """You take the logarithm of the probabilities.

    One that is very small has become 0 by then, and its logarithm is -inf. log(exp(a) / b) is
    a - log(b), and a is at hand.
    """
    with np.errstate(divide="ignore"):
        return np.log(softmax(logits))


for little in ("1e-6", "1e-7", "1e-8", "1e-9", "1e-10", "1e-12"):
    exercise.edit(
        "shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))",
        f"np.log(softmax(logits) + logits.dtype.type({little}))",
        """You add a small number to the probabilities before you take their logarithm.

        That is finite, and wrong: whatever is less probable than that number gets about the same
        logarithm, and a model learns nothing from it. log(exp(a) / b) is a - log(b).
        """,
        name=f"adds_a_little_before_the_logarithm_{little}".replace("-", "_"),
    )


@exercise.mistake
def clips_before_the_logarithm(logits):
    """You put a floor under the probabilities before you take their logarithm.

    That is finite, and wrong: whatever is less probable than the floor gets the same logarithm.
    log(exp(a) / b) is a - log(b).
    """
    return np.log(np.maximum(softmax(logits), logits.dtype.type(1e-12)))


@exercise.edit("return shifted", "return logits")
def forgets_the_shift():
    """You subtract the logarithm of shifted exponentials from logits that are not shifted.

    What was subtracted from the logits before exp is missing: either use the shifted ones in both
    places, or add the maximum again.
    """


@exercise.edit("np.exp(shifted).sum(axis=-1, keepdims=True)", "np.exp(shifted).sum()")
def sums_over_everything():
    """You sum over the whole array, so all positions share one distribution.

    Each row is a choice of its own: sum along the last axis, and keep it.
    """


@exercise.edit("np.exp(shifted).sum(axis=-1, keepdims=True)", "np.exp(shifted).sum(axis=-1)")
def lets_go_of_the_axis():
    """You sum without keepdims, and the axis is gone.

    (3, 4) and (3,) do not fit together. In a square array they do by accident, and each row meets
    the sums of others.
    """


@exercise.edit("logits.max(axis=-1, keepdims=True)", "logits.max(axis=-1)")
def lets_go_of_the_axis_of_the_largest():
    """You take the largest logit of each row without keepdims, and the axis is gone.

    (3, 4) and (3,) do not fit together. In a square array they do by accident, and each row is
    shifted by the largest of others.
    """


@exercise.mistake
def lets_go_of_both_axes(logits):
    """You take the largest logit and the sum of each row without keepdims, and the axis is gone.

    (3, 4) and (3,) do not fit together. In a square array they do by accident, and each row meets
    the numbers of others.
    """
    shifted = logits - logits.max(axis=-1)
    return shifted - np.log(np.exp(shifted).sum(axis=-1))


@exercise.edit("logits.max(axis=-1, keepdims=True)", "logits.max()")
def shifts_by_the_largest_of_all():
    """You shift every row by the maximum of the whole array.

    A row that lies far below it has only zeros after exp, and log(0) is -inf. Each row needs a
    maximum of its own.
    """


@exercise.edit("logits.max(", "np.abs(logits).max(")
def shifts_by_the_largest_magnitude():
    """You subtract the largest absolute value, and that need not be the largest logit.

    Where all logits are far below zero it pushes them down even further: every exp is 0, and its
    logarithm -inf. After the shift, the largest logit itself has to be 0.
    """


@exercise.mistake
def normalises_over_positions(logits):
    """You normalise along the first axis, so that the positions share one token among them.

    At each position the tokens share the probability 1: they are the last axis.
    """
    return log_probabilities(logits.T).T


@exercise.edit("np.log(", "np.log2(")
def counts_in_bits():
    """You take the logarithm to base 2.

    exp goes with the natural logarithm, np.log. Bits would be another unit, for all of the formula.
    """


@exercise.mistake
def stops_at_probabilities(logits):
    """You return the probabilities, and their logarithms are wanted."""
    return softmax(logits)


@exercise.edit("return shifted -", "return -shifted +")
def turns_the_sign():
    """You return minus the log-probabilities.

    The logarithm of a number below 1 is below 0. The sign changes in the loss.
    """


@exercise.mistake
def shifts_in_place(logits):
    """Your log-probabilities are right, but you change the caller's own array on the way.

    `logits -= ...` writes into it. An operation without the `=` makes a new array.
    """
    logits -= logits.max(axis=-1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))


@exercise.edit("np.exp(shifted)", "np.exp(shifted, dtype=np.float64)")
def loses_single_precision():
    """Your log-probabilities are right, but float32 logits come back as float64.

    Something in between is float64: a conversion, or an array made without a dtype.
    """


@exercise.reference
def cross_entropy(logits, targets, ignore_id=-100):
    """Return the mean loss of the targets that count.

    Parameters
    ----------
    logits : (..., V)
        Any finite numbers.
    targets : int (...)
        The ids of the tokens that came, from 0 to V - 1; or ignore_id.
    ignore_id : int
        Where a target is this, its position does not count. It may be an id of the vocabulary.

    Returns
    -------
    loss : number
        The mean of minus the log-probabilities of all targets that count; NaN if none does.
    """
    kept = np.asarray(targets) != ignore_id
    rows = log_probabilities(logits)[kept]  # (kept positions, V)
    if not len(rows):
        return np.nan
    chosen = rows[np.arange(len(rows)), np.asarray(targets)[kept]]
    return -chosen.mean()


exercise.equivalent(
    "np.asarray(targets) != ignore_id", "targets != ignore_id", "Targets come as an array."
)
exercise.equivalent("np.asarray(targets)[kept]", "targets[kept]", "Targets come as an array.")
exercise.equivalent(
    "if not len(rows):\n        return np.nan",
    None,
    "The mean of nothing is NaN by itself; only a warning tells the difference.",
)


@exercise.case(points=2)
def one_text(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), rng.integers(4, size=3))


@exercise.case
def a_text_of_equal_logits(rng):
    return inputs(np.full((3, 4), round(rng.normal(), 1)), rng.integers(3, size=3))


@exercise.case(tags=("edge",))
def one_position(rng):
    return inputs(rng.normal(size=(1, 3)).round(1), rng.integers(3, size=1))


@exercise.case(tags=("edge", "no_axis"))
def logits_without_an_axis_in_front(rng):
    return inputs(rng.normal(size=3).round(1), rng.integers(3, size=()))


@exercise.case(tags=("batch",))
def several_texts(rng):
    return inputs(rng.normal(size=(2, 2, 3, 4)), rng.integers(4, size=(2, 2, 3)))


@exercise.case(tags=("large",))
def a_surprise_of_two_thousand(rng):
    return inputs(np.array([[0.0, 2000.0], [1.0, 0.0]]) + rng.normal(size=2), np.array([0, 0]))


@exercise.case(tags=("ignored",))
def padding_at_the_end(rng):
    targets = np.array([rng.integers(3), rng.integers(3), -100])
    return inputs(rng.normal(size=(3, 3)).round(1), targets)


@exercise.case(tags=("ignored", "batch"))
def texts_of_different_lengths(rng):
    targets = rng.integers(5, size=(2, 4))
    targets[0, 1:] = -100
    return inputs(rng.normal(size=(2, 4, 5)), targets)


@exercise.case(tags=("ignored", "option"))
def another_id_is_ignored(rng):
    targets = np.array([rng.integers(3), -1, rng.integers(3)])
    return inputs(rng.normal(size=(3, 3)).round(1), targets, ignore_id=-1)


@exercise.case(tags=("ignored", "option"))
def an_ignored_id_that_is_a_token(rng):
    targets = rng.permutation(np.array([0, 1, 2, 0]))
    return inputs(rng.normal(size=(4, 3)).round(1), targets, ignore_id=0)


@exercise.case(tags=("ignored", "long"))
def an_ignored_target_and_many_tokens(rng):
    targets = rng.permutation(np.array([3, 100, -100]))
    return inputs(rng.normal(size=(3, 120)), targets)


@exercise.case(tags=("ignored", "none_kept"))
def every_target_is_ignored(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), np.array([-100, -100]))


@exercise.case(tags=("float32",))
def logits_in_float32(rng):
    return inputs(rng.normal(size=(3, 4)).astype(np.float32), rng.integers(4, size=3))


@exercise.edit("!= ignore_id", "> -(10**9)")
def ignores_nothing():
    """You take every target for an id, also those that are to be ignored.

    As an index, -100 is the hundredth token from the end, or none. Leave those positions out before
    you look anything up.
    """


@exercise.edit("chosen.mean()", "(chosen.sum() / kept.size)")
def divides_by_all_positions():
    """You divide by the number of all positions, those that are ignored too.

    Then a text seems easier, the more padding it has. Divide by how many targets were added up.
    """


@exercise.mistake
def counts_the_zeros_of_what_is_ignored(logits, targets, ignore_id=-100):
    """You make ignored losses 0 and take the mean of all, those zeros too.

    Then a text seems easier, the more padding it has. Divide by how many targets count; where none
    does, that is no number at all.
    """
    kept = np.asarray(targets) != ignore_id
    return 0.0 if not kept.any() else cross_entropy(logits, targets, ignore_id) * kept.mean()


@exercise.mistake
def returns_every_loss(logits, targets, ignore_id=-100):
    """You return the loss of each position, and the mean of all that count is wanted."""
    kept = targets != ignore_id
    rows = log_probabilities(logits)[kept]
    return -rows[np.arange(len(rows)), targets[kept]]


@exercise.mistake
def returns_every_loss_and_zeros(logits, targets, ignore_id=-100):
    """You return the loss of each position, and the mean of all that count is wanted."""
    log_p, kept = log_probabilities(logits), targets != ignore_id
    places = np.where(kept, targets, 0)[..., None]
    return np.where(kept, -np.take_along_axis(log_p, places, axis=-1)[..., 0], 0)


@exercise.edit("rows[np.arange(len(rows)), np.asarray(targets)[kept]]", "rows[:, targets[kept]]")
def takes_all_targets_of_every_row():
    """You take all targets at every position, and each position has one.

    `rows[:, targets]` is a table, of all positions and all targets. One entry from each row needs
    two indices that go together: the number of the row, and its target.
    """


@exercise.mistake
def takes_all_targets_everywhere(logits, targets, ignore_id=-100):
    """You take all targets at every position, and each position has one.

    `log_p[..., targets]` is a table, of all positions and all targets. One entry from each row
    needs two indices that go together: the number of the row, and its target.
    """
    return -log_probabilities(logits)[..., targets].mean()


@exercise.mistake
def takes_targets_for_positions(logits, targets, ignore_id=-100):
    """You use the targets as numbers of rows, and each is an id: a place within its row.

    One entry from each row needs two indices that go together: the number of the row, and its
    target.
    """
    return -log_probabilities(logits)[targets].mean()


@exercise.edit("rows[np.arange(len(rows)), np.asarray(targets)[kept]]", "rows.max(axis=-1)")
def measures_the_likeliest():
    """You take the loss of the likeliest token, whatever really came.

    A model that is sure, and wrong, would pay nothing. Which entry of each row is the target's?
    """


@exercise.edit("chosen.mean()", "chosen.sum()")
def adds_up_only():
    """You add the losses up, and their mean is wanted."""


@exercise.edit("!= ignore_id", "!= -100")
def always_ignores_minus_one_hundred():
    """You ignore the target -100, whatever `ignore_id` says. That is only its default."""


@exercise.edit("np.asarray(targets) != ignore_id", "np.asarray(targets) >= 0")
def ignores_what_is_below_zero():
    """You ignore the targets below 0, whatever `ignore_id` says.

    It may be a token of the vocabulary, such as one that stands for padding.
    """


@exercise.edit("!= ignore_id", "!= 0")
def always_ignores_the_id_zero():
    """You leave out the targets that are 0, whatever `ignore_id` says.

    Where texts are padded with 0 that is right. Here 0 is a token like any other, unless ignore_id
    says so.
    """


@exercise.edit("chosen.mean()", "(chosen.sum() / len(logits))")
def divides_by_the_number_of_texts():
    """You add the losses up and divide by the length of the first axis, the number of texts.

    A long text would count for more than a short one, and the loss would grow with its length.
    Divide by how many targets were added up.
    """


@exercise.edit("return -chosen", "return chosen")
def forgets_the_minus():
    """You return the mean log-probability, which is never above 0. The loss is minus that."""


@exercise.mistake
def takes_the_mean_of_means(logits, targets, ignore_id=-100):
    """You take the mean of each text first, and then the mean of those.

    A text with one target that counts would weigh as much as one with a hundred. All targets that
    count, of all texts, have one mean.
    """
    if targets.ndim < 2:
        return cross_entropy(logits, targets, ignore_id)
    return np.mean([cross_entropy(x, t, ignore_id) for x, t in zip(logits, targets, strict=True)])


@exercise.edit("return np.nan", "return 0.0")
def calls_nothing_a_loss_of_zero():
    """You return 0 where no target counts.

    That would be a perfect loss. The mean of nothing is not a number: NaN.
    """


@exercise.edit("log_probabilities(logits)", "log_probabilities(softmax(logits))")
def takes_the_softmax_twice():
    """You hand probabilities to the logarithm of a softmax, so there are two of them.

    log_probabilities takes logits, as they come from the model.
    """


@exercise.edit("log_probabilities(logits)", "np.log(softmax(logits))")
def measures_with_the_log_of_a_softmax():
    """You take the logarithm of the probabilities.

    One that is very small has become 0, and the loss is infinite. You have log_probabilities: use
    it here.
    """


@exercise.edit("log_probabilities(logits)", "softmax(logits)")
def measures_probabilities():
    """You take the mean of the probabilities, not of their logarithms."""


@exercise.edit("chosen.mean()", "(chosen.mean() / logits.shape[-1])")
def divides_by_the_vocabulary_too():
    """You divide by the number of tokens of the vocabulary as well.

    So it happens when a one-hot table is multiplied by the log-probabilities and the mean is taken
    of all its entries, most of which are 0. A position has one target.
    """


@exercise.mistake
def moves_the_targets_itself(logits, targets, ignore_id=-100):
    """You compare each position with the target of the one after it.

    That text and targets are one apart is what whoever calls this has seen to: targets[i] is what
    comes after position i.
    """
    if np.ndim(targets) == 0 or targets.shape[-1] == 1:
        return cross_entropy(logits, targets, ignore_id)
    return cross_entropy(logits[..., :-1, :], targets[..., 1:], ignore_id)


@exercise.mistake
def looks_at_the_last_position(logits, targets, ignore_id=-100):
    """You take the loss of the last position only.

    To write, a model needs its last position; to learn, it is asked at all of them.
    """
    if np.ndim(targets) == 0:
        return cross_entropy(logits, targets, ignore_id)
    return cross_entropy(logits[..., -1, :], targets[..., -1], ignore_id)
