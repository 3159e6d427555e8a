"""Label smoothing: a model is not asked to be surer than it can be.

Cross-entropy has the target 1 for the right class and 0 for all others. A softmax never gets there:
it would take infinite logits, and training pushes them up for ever. Label smoothing takes a little
from the right class, epsilon, and spreads it evenly over all V classes, the right one included:

    target_i  =  (1 - epsilon) · [1 if i is right, else 0]  +  epsilon / V

    V = 4, epsilon = 0.2, class 1 is right   ->   [0.05, 0.85, 0.05, 0.05]

The loss of one position is cross-entropy with these targets, so every class has a part in it. The
loss of a batch is the mean over its positions.

    loss  =  - sum over i of target_i · log_p_i

    logits = [ln 3, 0], so p = [3/4, 1/4]
    epsilon = 0.2, class 0 is right: targets [0.9, 0.1]
    0.9 · 0.288 + 0.1 · 1.386  =  0.398       without smoothing it is 0.288

    targets  (...)  ids of the right classes      logits  (..., V)

Smoothed, the best prediction is [0.9, 0.1] itself, and there the loss is not 0. This is PyTorch's
definition; some spread epsilon over the wrong classes only, and get other numbers.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.softmax import softmax
from solutions.text.next_token import log_probabilities

exercise = Exercise(
    formulas={
        "target_i ": r"t_i = (1 - \varepsilon) \, [i = \text{right}] + \varepsilon / V",
        "loss ": r"\text{loss} = -\textstyle\sum_i t_i \log p_i",
    },
    tags={
        "smooth": "without smoothing and wrong with it",
        "no_axis": "unless there is no axis in front of the classes",
        "two_axes": "for a row of targets and wrong for a table of them",
    },
    hints=[
        "smooth_targets: begin with one-hot rows. np.eye(V) has all of them; which of them are"
        " wanted?",
        "smooth_targets: np.eye(V)[targets] has the shape of targets and one axis more. Then it is"
        " one multiplication and one addition.",
        "smoothed_cross_entropy: the targets are a table now. What is multiplied by what, and along"
        " which axis is it added up?",
        "smoothed_cross_entropy: log_probabilities of next_token is right for logits of any size,"
        " and can be imported.",
        "smoothed_cross_entropy: a sum over the classes, a mean over the rest, and a minus.",
    ],
)


@exercise.reference
def smooth_targets(targets, num_classes, epsilon):
    """Return what each class should get.

    Parameters
    ----------
    targets : int (...)
        The right classes, from 0 to V - 1; a single one has no axis.
    num_classes : int
        V, how many classes there are.
    epsilon : float
        What is spread over all classes, from 0 to 1.

    Returns
    -------
    smooth : float64 (..., V)
        Every row sums to 1.
    """
    one_hot = np.eye(num_classes)[targets]
    return (1 - epsilon) * one_hot + epsilon / num_classes


@exercise.picture
def what_is_taken_is_spread():
    """Targets of five classes, of which the third is right, for three values of epsilon.

    Every row sums to 1: what the bar in the middle loses, all five share.
    """
    spread = (0.0, 0.1, 0.5)
    return [view(f"epsilon = {each}", inputs(np.array(2), 5, each)) for each in spread]


@exercise.case
def nothing_is_smoothed(rng):
    return inputs(rng.integers(3, size=2), 3, 0.0)


@exercise.case(points=2, tags=("smooth",))
def three_targets(rng):
    return inputs(rng.integers(4, size=3), 4, 0.2)


@exercise.case(tags=("smooth",))
def as_many_targets_as_classes(rng):
    return inputs(rng.permutation(4), 4, 0.1)


@exercise.case(tags=("smooth", "two_axes"))
def a_table_of_targets(rng):
    return inputs(rng.integers(5, size=(2, 3)), 5, 0.1)


@exercise.case(tags=("smooth", "no_axis"))
def a_target_without_an_axis(rng):
    return inputs(rng.integers(4, size=()), 4, 0.3)


@exercise.case(tags=("smooth", "edge"))
def two_classes(rng):
    return inputs(rng.integers(2, size=3), 2, 0.1)


@exercise.case(tags=("smooth", "edge"))
def everything_is_spread(rng):
    return inputs(rng.integers(4, size=3), 4, 1.0)


@exercise.case(hidden=True, tags=("smooth", "two_axes"))
def more_classes(rng):
    return inputs(rng.integers(30, size=(2, 2, 3)), 30, float(rng.uniform(0.05, 0.4)))


@exercise.mistake
def spreads_over_the_others_only(targets, num_classes, epsilon):
    """You share epsilon out among the wrong classes, so the right one keeps 1 - epsilon.

    That is another definition, and some programs have it. Here all V classes get a part of epsilon,
    the right one as well.
    """
    one_hot = np.eye(num_classes)[targets]
    return np.where(one_hot == 1, 1 - epsilon, epsilon / (num_classes - 1))


@exercise.edit("epsilon / num_classes", "epsilon / (num_classes - 1)")
def divides_by_the_others_only():
    """You divide epsilon by V - 1, and give that part to all V classes.

    The row sums to more than 1 then. All V classes get a part, the right one as well, so each gets
    epsilon / V.
    """


@exercise.mistake
def loses_a_part(targets, num_classes, epsilon):
    """You give 1 - epsilon to the right class and epsilon / V to each of the others.

    Those sum to less than 1: the right class gets its part of epsilon, too.
    """
    one_hot = np.eye(num_classes)[targets]
    return np.where(one_hot == 1, 1 - epsilon, epsilon / num_classes)


@exercise.edit("(1 - epsilon) * one_hot", "one_hot")
def takes_nothing_away():
    """You add epsilon / V to every class, and take nothing from the right one.

    The row sums to more than 1 then.
    """


@exercise.edit(" + epsilon / num_classes", "")
def spreads_nothing():
    """You take epsilon from the right class, and give it to nobody.

    The row sums to less than 1 then.
    """


@exercise.edit("epsilon / num_classes", "epsilon")
def gives_epsilon_to_each():
    """You give epsilon to every class.

    All of them share one epsilon: what is the part of each?
    """


@exercise.edit("(1 - epsilon) * one_hot + epsilon / num_classes", "one_hot")
def never_smooths():
    """You return one-hot rows, whatever epsilon is."""


@exercise.edit(
    "(1 - epsilon) * one_hot + epsilon / num_classes",
    "epsilon * one_hot + (1 - epsilon) / num_classes",
)
def exchanges_the_two_parts():
    """You multiply the right class by epsilon and spread the rest.

    epsilon is the small part: it is what is spread.
    """


@exercise.mistake
def leaves_two_classes_out(targets, num_classes, epsilon):
    """You share epsilon out among V - 2 classes.

    A well-known implementation does so, because one class is padding there and gets nothing. Here
    every class counts.
    """
    one_hot = np.eye(num_classes)[targets]
    share = epsilon / max(num_classes - 2, 1)
    return np.where(one_hot == 1, 1 - epsilon, share)


@exercise.edit("(1 - epsilon) * one_hot", "((1 - epsilon) * one_hot).astype(int)")
def cuts_fractions_off():
    """You put 1 - epsilon into an array of whole numbers, which cuts it down to 0.

    In NumPy an array keeps its type, whatever is put into it. Make it one of floats.
    """


@exercise.edit(
    "np.eye(num_classes)[targets]",
    "np.zeros((*np.shape(targets), num_classes)) + np.isin(np.arange(num_classes), targets)",
)
def marks_all_targets_in_every_row():
    """You mark the right classes of all rows in every row.

    `smooth[..., targets]` chooses these columns in each row. One row is to have one class, its own.
    """


@exercise.mistake
def takes_a_single_row_of_targets(targets, num_classes, epsilon):
    """You take the targets for a single row of ids, by `len(targets)`.

    They may be a table, or a single id that has no length at all. np.eye(V)[targets] does not ask
    which.
    """
    smooth = np.full((len(targets), num_classes), epsilon / num_classes)
    smooth[np.arange(len(targets)), targets] += 1 - epsilon
    return smooth


@exercise.edit("np.eye(num_classes)[targets]", "np.eye(num_classes)[:, targets]")
def puts_the_classes_first():
    """You put the axis of the classes first, and it is to be last.

    np.eye(V)[targets] takes a row for each target.
    """


@exercise.edit("np.eye(num_classes)[targets]", "np.eye(num_classes)[np.ravel(targets)]")
def flattens_the_targets():
    """You lose the shape of the targets: all rows stand in one table.

    The result has the axes of the targets, and one more.
    """


@exercise.edit("(1 - epsilon) * one_hot", "(1 - epsilon) * np.float32(one_hot)")
def returns_single_precision():
    """Your targets are right but for their last digits, because they are float32.

    Nothing here is float32 but what was made so on the way: float64 is asked for.
    """


@exercise.reference
def smoothed_cross_entropy(logits, targets, epsilon):
    """Return the mean loss against smoothed targets.

    Parameters
    ----------
    logits : (..., V)
        Any finite numbers.
    targets : int (...)
        The right classes, from 0 to V - 1.
    epsilon : float
        From 0, which is plain cross-entropy, to 1.

    Returns
    -------
    loss : number
        The mean over all targets.

    Notes
    -----
    Szegedy et al. 2015, section 7; Vaswani et al. 2017 use epsilon = 0.1.
    """
    log_p = log_probabilities(logits)
    smooth = smooth_targets(targets, logits.shape[-1], epsilon).astype(logits.dtype)
    return -(smooth * log_p).sum(axis=-1).mean()


exercise.equivalent(".astype(logits.dtype)", "", "The type of a single number is not judged.")
exercise.equivalent("logits.shape[-1]", "log_p.shape[-1]", "They have the same shape.")
exercise.equivalent("logits.dtype", "log_p.dtype", "They have the same type.")


@exercise.case
def one_row_without_smoothing(rng):
    return inputs(rng.normal(size=(1, 3)).round(1), rng.integers(3, size=1), 0.0)


@exercise.case(points=2, tags=("smooth",))
def one_row(rng):
    return inputs(rng.normal(size=(1, 3)).round(1), rng.integers(3, size=1), 0.2)


@exercise.case(tags=("smooth",))
def all_classes_equally_likely(rng):
    return inputs(np.zeros((2, 4)), rng.integers(4, size=2), 0.2)


@exercise.case(tags=("smooth", "oblong"))
def several_rows(rng):
    return inputs(rng.normal(size=(4, 3)).round(1), rng.integers(3, size=4), 0.1)


@exercise.case(tags=("smooth",))
def as_many_rows_as_classes(rng):
    return inputs(rng.normal(size=(3, 3)).round(1), rng.integers(3, size=3), 0.1)


@exercise.case(tags=("smooth", "batch"))
def a_batch_of_texts(rng):
    return inputs(rng.normal(size=(2, 3, 5)), rng.integers(5, size=(2, 3)), 0.1)


@exercise.case(tags=("smooth", "no_axis"))
def logits_of_one_position(rng):
    return inputs(rng.normal(size=4).round(1), rng.integers(4, size=()), 0.1)


@exercise.case(tags=("smooth", "edge"))
def all_of_it_spread(rng):
    return inputs(rng.normal(size=(2, 4)).round(1), rng.integers(4, size=2), 1.0)


@exercise.case(tags=("smooth", "large"))
def logits_far_apart(rng):
    logits = rng.normal(size=(2, 3)).round(1) + np.array([0.0, 2000.0, -500.0])
    return inputs(logits, rng.integers(3, size=2), 0.1)


@exercise.case(tags=("smooth", "float32"))
def float32_logits(rng):
    return inputs(rng.normal(size=(3, 4)).astype(np.float32), rng.integers(4, size=3), 0.1)


@exercise.case(hidden=True, tags=("smooth", "batch"))
def a_larger_batch(rng):
    return inputs(rng.normal(size=(2, 2, 5, 11)), rng.integers(11, size=(2, 2, 5)), 0.15)


@exercise.edit(
    "smooth_targets(targets, logits.shape[-1], epsilon)",
    "smooth_targets(targets, logits.shape[-1], 0.0)",
)
def ignores_epsilon():
    """You return plain cross-entropy, whatever epsilon is."""


@exercise.edit(".mean()", ".sum()")
def adds_up_only():
    """You add the losses up, and their mean over all targets is wanted."""


@exercise.edit("(smooth * log_p).sum(axis=-1).mean()", "(smooth * log_p).sum(axis=-1)")
def forgets_the_mean():
    """You return a loss for each target, and their mean is wanted: a single number."""


@exercise.edit("targets, logits.shape[-1], epsilon", "targets, logits.shape[0], epsilon")
def takes_the_rows_for_the_classes():
    """You take the first axis of the logits for that of the classes.

    Logits are (..., V): there are as many classes as the last axis is long.
    """


@exercise.edit("(smooth * log_p).sum(axis=-1).mean()", "(smooth * log_p).mean()")
def divides_by_the_classes_too():
    """You take the mean over the classes as well, so the loss is V times too small.

    Over the classes it is a sum; the mean is over the targets.
    """


@exercise.edit("(smooth * log_p).sum(axis=-1).mean()", "((smooth * log_p).sum() / len(logits))")
def divides_by_the_length_of_the_first_axis():
    """You divide by the length of the first axis.

    In a batch of texts every position of every text counts: divide by how many targets there are.
    """


@exercise.edit("return -(", "return (")
def forgets_the_minus():
    """You return the mean log-probability, which is never above 0. The loss is minus that."""


@exercise.mistake
def forgets_the_spread_part(logits, targets, epsilon):
    """You count the right class alone, times 1 - epsilon.

    Every class has a target now, and what it gets is a part of the loss.
    """
    chosen = np.take_along_axis(log_probabilities(logits), np.asarray(targets)[..., None], -1)
    return -(1 - epsilon) * chosen.mean()


@exercise.mistake
def looks_at_the_right_class_only(logits, targets, epsilon):
    """You count the right class alone, times its smoothed target.

    The other classes have a target above 0 now, and a part in the loss: sum over all of them.
    """
    chosen = np.take_along_axis(log_probabilities(logits), np.asarray(targets)[..., None], -1)
    return -(1 - epsilon + epsilon / logits.shape[-1]) * chosen.mean()


@exercise.mistake
def forgets_to_divide_by_the_classes(logits, targets, epsilon):
    """You multiply the sum of all log-probabilities by epsilon.

    The classes share one epsilon: it is their mean that is multiplied by it.
    """
    log_p = log_probabilities(logits)
    chosen = np.take_along_axis(log_p, np.asarray(targets)[..., None], -1)[..., 0]
    return -((1 - epsilon) * chosen + epsilon * log_p.sum(axis=-1)).mean()


@exercise.mistake
def adds_the_spread_part_on_top(logits, targets, epsilon):
    """You add the part of all classes to the whole cross-entropy.

    epsilon is taken from the right class first: its part is multiplied by 1 - epsilon.
    """
    log_p = log_probabilities(logits)
    chosen = np.take_along_axis(log_p, np.asarray(targets)[..., None], -1)[..., 0]
    return -(chosen + epsilon * log_p.mean(axis=-1)).mean()


@exercise.mistake
def subtracts_the_entropy(logits, targets, epsilon):
    """You return the Kullback-Leibler divergence, which is 0 for a perfect prediction.

    It is cross-entropy minus the entropy of the targets. The gradients are the same, and the
    numbers are not.
    """
    smooth = smooth_targets(targets, logits.shape[-1], epsilon)
    logs = np.log(np.where(smooth > 0, smooth, 1.0))
    return (smooth * (logs - log_probabilities(logits))).sum(axis=-1).mean()


@exercise.mistake
def smooths_the_predictions(logits, targets, epsilon):
    """You smooth the probabilities of the model before you take their logarithm.

    It is the targets that are smoothed. What the model says is taken as it is.
    """
    p = (1 - epsilon) * softmax(logits) + epsilon / logits.shape[-1]
    chosen = np.take_along_axis(p, np.asarray(targets)[..., None], -1)
    with np.errstate(divide="ignore"):
        return -np.log(chosen).mean()


@exercise.mistake
def takes_the_logarithm_of_a_softmax(logits, targets, epsilon):
    """You take the logarithm of the probabilities.

    One that is very small has become 0 by then, and the loss is inf. Every class counts here, so it
    happens soon. Work with log-probabilities from the start.
    """
    smooth = smooth_targets(targets, logits.shape[-1], epsilon)
    with np.errstate(divide="ignore", invalid="ignore"):
        return -(smooth * np.log(softmax(logits))).sum(axis=-1).mean()


@exercise.mistake
def adds_a_little_before_the_logarithm(logits, targets, epsilon):
    """You add a small number to the probabilities before you take their logarithm.

    That is finite, and wrong: whatever is less probable than that number gets about the same
    logarithm. Work with log-probabilities from the start.
    """
    smooth = smooth_targets(targets, logits.shape[-1], epsilon)
    return -(smooth * np.log(softmax(logits) + 1e-9)).sum(axis=-1).mean()


@exercise.edit("log_probabilities(logits)", "softmax(logits)")
def forgets_the_logarithm():
    """You multiply the targets by probabilities; the loss is made of their logarithms."""


@exercise.edit("log_probabilities(logits)", "log_probabilities(softmax(logits))")
def takes_softmax_twice():
    """You take a softmax of probabilities.

    log_probabilities does that itself, and wants logits.
    """


@exercise.edit("log_probabilities(logits)", "logits")
def takes_logits_for_logarithms():
    """You multiply the targets by the logits themselves.

    Softmax and logarithm are missing: log_probabilities has both.
    """
