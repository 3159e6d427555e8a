"""CLIP: images and their captions are brought to the same place.

One encoder reads images, another reads texts, and each makes vectors of d features. Training gets n
images with their captions at a time, row i with row i, and asks of each image: which of these n
texts is yours? The other n - 1 are wrong answers; nobody had to make a list of classes. It asks the
same of each text.

    image, text:  each row divided by its length       so that only directions count
    logits[i, j]  = exp(log_scale) · image_i · text_j  (n, n), the right answers on the diagonal
    loss          = (mean cross-entropy of its rows + mean cross-entropy of its columns) / 2

Products of directions lie between -1 and 1, too near each other for a softmax to be sure of one. A
learned factor stretches them; what is learned is its logarithm, so the factor is never negative.

    images [[3, 0], [0, 2]], texts [[1, 0], [1, 1]], log_scale 0
    directions [[1, 0], [0, 1]] and [[1, 0], [.71, .71]]        logits [[1, .71], [0, .71]]
    rows:     the first image is sure by e^1 / (e^1 + e^.71) = .57, the second by .67: loss .479
    columns:  the first text .73, the second .50, since both images are as near to it: loss .503
    together  .491
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.softmax import softmax
from solutions.drawing import in_single_precision
from solutions.text.next_token import cross_entropy, log_probabilities

exercise = Exercise(
    formulas={
        "image, text:": r"\text{image, text} &: \text{each row divided by its length}",
        "logits[i, j]": (
            r"\text{logits}_{ij} &= e^{\text{log\_scale}} \, \text{image}_i \cdot \text{text}_j"
            r" && (n, n) \text{, the right answers on the diagonal}"
        ),
        "loss = ": (
            r"\text{loss} &= \tfrac12 (\text{mean cross-entropy of its rows}"
            r" + \text{mean cross-entropy of its columns})"
        ),
    },
    tags={
        "lengths": "for features of length 1 and wrong for others",
        "scale": "where log_scale is 0 and wrong elsewhere",
        "pairs": "for two pairs and wrong for more",
    },
    hints=[
        "np.linalg.norm with axis and keepdims gives the length of each row, as a column to divide"
        " by.",
        "One matrix product holds every image against every text. In row i the right answer is"
        " column i: what are the targets, then?",
        "The question for the texts has the same logits, transposed: their rows are the texts.",
        "Your cross_entropy takes logits and targets, and is the mean over its rows already."
        " math.exp gives a number that leaves float32 as it is.",
    ],
)


@exercise.reference
def clip_loss(image_features, text_features, log_scale):
    """Ask every image for its text, and every text for its image.

    Parameters
    ----------
    image_features : (n, d)
        A row for each image, of any length but 0.
    text_features : (n, d)
        A row for each text; row i belongs to image i.
    log_scale : float
        The logarithm of what the products of directions are multiplied by.

    Returns
    -------
    loss : number
        The mean of the two cross-entropies.

    Notes
    -----
    Source: Radford et al. 2021, section 2.3 and figure 3.
    """
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text.T  # (n, n)
    own = np.arange(len(logits))
    return (cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2


FEATURES = "Features have two axes."
exercise.equivalent("image_features, axis=-1", "image_features, axis=1", FEATURES)
exercise.equivalent("text_features, axis=-1", "text_features, axis=1", FEATURES)
exercise.equivalent("len(logits)", None, "All of them have a row for each pair.")


@exercise.picture
def how_sure_a_model_is():
    """The loss for four pairs, by log_scale: each image is nearest to its own text, or to another.

    The surer it is, the less a model pays for what is right, and the more for what is wrong.
    """
    features = np.eye(4) + 0.3
    orders = {"right": [0, 1, 2, 3], "wrong": [1, 0, 3, 2]}
    return [
        view(f"{title}, {scale:g}", inputs(features, features[order], scale))
        for title, order in orders.items()
        for scale in (-1.0, 0.0, 1.0, 2.0)
    ]


def draw_pairs(rng, n, d, longest=1.0):
    """Draw images and texts that are somewhat like them, of lengths from 1 to `longest`."""
    image = rng.normal(size=(n, d))
    text = image + rng.normal(size=(n, d))
    return tuple(
        rng.uniform(1, longest, size=(n, 1)) * each / np.linalg.norm(each, axis=-1, keepdims=True)
        for each in (image, text)
    )


@exercise.case(tags=("edge",))
def a_single_pair(rng):
    return inputs(*draw_pairs(rng, 1, 3), 0.0)


@exercise.case(points=3)
def two_pairs_of_length_one(rng):
    return inputs(*draw_pairs(rng, 2, 2), 0.0)


@exercise.case(points=2, tags=("pairs",))
def four_pairs_of_length_one(rng):
    return inputs(*draw_pairs(rng, 4, 4), 0.0)


@exercise.case(tags=("pairs", "oblong"))
def more_pairs_than_features(rng):
    return inputs(*draw_pairs(rng, 5, 3), 0.0)


@exercise.case(tags=("lengths",))
def images_of_other_lengths(rng):
    image, text = draw_pairs(rng, 2, 2)
    return inputs(np.array([[3.0], [0.5]]) * image, text, 0.0)


@exercise.case(tags=("lengths",))
def texts_of_other_lengths(rng):
    image, text = draw_pairs(rng, 2, 2)
    return inputs(image, np.array([[0.2], [4.0]]) * text, 0.0)


@exercise.case(points=2, tags=("lengths", "pairs"))
def both_of_other_lengths(rng):
    image, text = rng.normal(scale=3, size=(2, 4, 4)).round(1) + 0.05
    return inputs(image, text, 0.0)


@exercise.case(points=2, tags=("scale",))
def a_scale_above_one(rng):
    return inputs(*draw_pairs(rng, 2, 2), 1.5)


@exercise.case(tags=("scale",))
def a_scale_below_one(rng):
    return inputs(*draw_pairs(rng, 2, 2), -1.5)


@exercise.case(tags=("scale", "pairs"))
def the_scale_that_training_begins_with(rng):
    return inputs(*draw_pairs(rng, 4, 4), math.log(1 / 0.07))


@exercise.case(tags=("scale", "large", "pairs"))
def sure_of_what_is_wrong(rng):
    image, _ = draw_pairs(rng, 2, 3)
    both = np.concatenate([image, -image])
    return inputs(both, -both, 6.4)


@exercise.case(tags=("scale", "large", "pairs"))
def sure_of_what_is_right(rng):
    image, _ = draw_pairs(rng, 3, 3)
    return inputs(image, image.copy(), 8.5)


@exercise.case(tags=("lengths", "large"))
def very_long_features(rng):
    image, text = draw_pairs(rng, 3, 3)
    return inputs(1e6 * image, 1e5 * text, 0.0)


@exercise.case(tags=("lengths", "small"))
def very_short_features(rng):
    image, text = draw_pairs(rng, 3, 3)
    return inputs(1e-6 * image, 1e-5 * text, 0.0)


@exercise.case(tags=("float32", "scale", "lengths", "pairs"))
def float32_features(rng):
    image, text = in_single_precision(draw_pairs(rng, 4, 3, longest=3.0))
    return inputs(image, text, 1.5)


@exercise.case(hidden=True, tags=("scale", "lengths", "pairs", "oblong"))
def many_pairs(rng):
    return inputs(*draw_pairs(rng, 40, 16, longest=9.0), 2.5)


@exercise.edit(
    "(cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2", "cross_entropy(logits, own)"
)
def asks_the_images_only():
    """You ask each image for its text, and no text for its image.

    The rows of the logits are one question, the columns another, of the same logits transposed. A
    text that is near to every image costs little in the rows, and much in its own column.
    """


@exercise.edit(
    "(cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2",
    "cross_entropy(logits.T, own)",
)
def asks_the_texts_only():
    """You ask each text for its image, and no image for its text.

    The columns of the logits are one question, the rows another, of the logits as they are.
    """


@exercise.edit(" / 2", "")
def adds_the_two_directions():
    """You add the two cross-entropies up. The loss is their mean."""


@exercise.edit(
    "image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)", "image_features"
)
def leaves_the_images_as_they_are():
    """You do not divide the images by their lengths.

    A long vector then looks like everything. Only directions are to count.
    """


@exercise.edit(
    "text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)", "text_features"
)
def leaves_the_texts_as_they_are():
    """You do not divide the texts by their lengths.

    A long one then draws all images to it, or drives them away. Only directions are to count.
    """


@exercise.mistake
def leaves_both_as_they_are(image_features, text_features, log_scale):
    """You do not divide the features by their lengths, so that long ones look like everything.

    Only directions are to count: divide each row by its norm.
    """
    logits = math.exp(log_scale) * image_features @ text_features.T
    own = np.arange(len(logits))
    return (cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2


@exercise.mistake
def normalises_each_feature(image_features, text_features, log_scale):
    """You divide each column by its length, and it is each row that becomes a direction.

    A row is one image or one text. axis=-1, and keepdims.
    """
    image, text = (x / np.linalg.norm(x, axis=0) for x in (image_features, text_features))
    logits = math.exp(log_scale) * image @ text.T
    own = np.arange(len(logits))
    return (cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2


@exercise.mistake
def takes_one_length_for_all(image_features, text_features, log_scale):
    """You divide all rows by one number, the length of the whole array.

    Without an axis np.linalg.norm takes all numbers together. Each row has a length of its own.
    """
    image, text = (x / np.linalg.norm(x) for x in (image_features, text_features))
    logits = math.exp(log_scale) * image @ text.T
    own = np.arange(len(logits))
    return (cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2


@exercise.mistake
def subtracts_the_means(image_features, text_features, log_scale):
    """You subtract the mean of each row first, so that what you compare is a correlation.

    A direction is a row divided by its length, and nothing else. A layer norm makes it otherwise.
    """
    image, text = (
        x / np.linalg.norm(x, axis=-1, keepdims=True)
        for x in (f - f.mean(axis=-1, keepdims=True) for f in (image_features, text_features))
    )
    logits = math.exp(log_scale) * image @ text.T
    own = np.arange(len(logits))
    return (cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2


@exercise.mistake
def divides_by_the_squares(image_features, text_features, log_scale):
    """You divide each row by the sum of its squares. Its length is the root of that."""
    image, text = (x / (x**2).sum(axis=-1, keepdims=True) for x in (image_features, text_features))
    logits = math.exp(log_scale) * image @ text.T
    own = np.arange(len(logits))
    return (cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2


@exercise.mistake
def divides_by_the_sum_of_magnitudes(image_features, text_features, log_scale):
    """You divide each row by the sum of its magnitudes. Its length is the root of its squares."""
    image, text = (
        x / np.abs(x).sum(axis=-1, keepdims=True) for x in (image_features, text_features)
    )
    logits = math.exp(log_scale) * image @ text.T
    own = np.arange(len(logits))
    return (cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2


@exercise.edit("math.exp(log_scale)", "log_scale")
def takes_the_logarithm_for_the_scale():
    """You multiply by log_scale itself. It is a logarithm: the factor is exp(log_scale).

    At 0, where the products are to stay as they are, all logits would be 0.
    """


@exercise.edit("math.exp(log_scale) * image", "image")
def forgets_the_scale():
    """You leave log_scale out.

    The products lie between -1 and 1, and a softmax of such numbers is sure of nothing.
    """


@exercise.edit("math.exp(log_scale)", "math.exp(-log_scale)")
def divides_by_the_scale():
    """You divide by exp(log_scale), as if it were a temperature. It is a factor."""


@exercise.edit("math.exp(log_scale)", "math.sqrt(image.shape[-1]) ** -1 * math.exp(log_scale)")
def divides_by_the_root_of_d():
    """You divide by the square root of d, as attention does. Here the scale is learned."""


@exercise.edit("math.exp(log_scale)", "min(math.exp(log_scale), 100.0)")
def holds_the_scale_at_100():
    """You hold the scale at 100. CLIP's training does that, to its parameter; here it is given."""


@exercise.mistake
def asks_all_pairs_at_once(image_features, text_features, log_scale):
    """You take one softmax over the whole table. Each row has its own, and each column."""
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text.T
    n = len(logits)
    return -log_probabilities(logits.reshape(n * n)).reshape(n, n).diagonal().mean()


@exercise.mistake
def leaves_the_right_one_out_below(image_features, text_features, log_scale):
    """You leave the right answer out of the sum below.

    Softmax divides by the sum over all n, the right one too, so that its probability is at most 1.
    """
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text.T
    others = np.where(np.eye(len(logits), dtype=bool), -np.inf, logits)
    highest = logits.max()
    with np.errstate(divide="ignore"):
        sums = [np.log(np.exp(each - highest).sum(-1)) + highest for each in (others, others.T)]
    return (sum(sums) / 2 - logits.diagonal()).mean()


@exercise.mistake
def asks_yes_or_no_of_every_pair(image_features, text_features, log_scale):
    """You ask of every pair for itself whether it belongs together.

    A later model, SigLIP, does that. CLIP's question is which of all: a softmax in each direction.
    """
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text.T
    signs = 2 * np.eye(len(logits)) - 1
    return np.logaddexp(0, -signs * logits).mean()


@exercise.mistake
def sums_yes_or_no_over_the_texts(image_features, text_features, log_scale):
    """You ask of every pair for itself whether it belongs together, and divide their sum by n.

    That is the loss of SigLIP, a later model. CLIP's question is which of all: a softmax in each
    direction.
    """
    n = len(image_features)
    return n * asks_yes_or_no_of_every_pair(image_features, text_features, log_scale)


@exercise.edit("np.arange(len(logits))", "np.zeros(len(logits), dtype=int)")
def takes_the_first_for_right():
    """You take the first text for the right one of every image, and the first image for every text.

    Row i belongs to column i: the right answers are 0, 1, 2, ...
    """


@exercise.mistake
def makes_targets_of_likenesses(image_features, text_features, log_scale):
    """You ask for shares: the more two images, or two texts, are alike, the more of both is right.

    Some implementations soften the targets like that. CLIP's are the diagonal: row i and row i.
    """
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    scale = math.exp(log_scale)
    logits, shares = scale * image @ text.T, softmax(scale * (image @ image.T + text @ text.T) / 2)
    rows = (shares * log_probabilities(logits)).sum(axis=-1)
    columns = (shares.T * log_probabilities(logits.T)).sum(axis=-1)
    return -(rows + columns).mean() / 2


@exercise.mistake
def compares_within_images_too(image_features, text_features, log_scale):
    """You hold images against images as well, and texts against texts.

    SimCLR does that, where both halves are images. CLIP asks each image only for a text.
    """
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    both, n = np.concatenate([image, text]), len(image)
    logits = math.exp(log_scale) * both @ both.T
    np.fill_diagonal(logits, -np.inf)
    return cross_entropy(logits, np.concatenate([np.arange(n) + n, np.arange(n)]))


@exercise.edit(
    "(cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2",
    "-(cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2",
)
def forgets_the_minus():
    """Your loss has the wrong sign. It is minus a logarithm, and so never below 0."""


@exercise.mistake
def sums_over_the_pairs(image_features, text_features, log_scale):
    """You sum over the pairs. The loss is a mean, so that it does not grow with the batch."""
    return len(image_features) * clip_loss(image_features, text_features, log_scale)


@exercise.mistake
def returns_a_loss_for_each_pair(image_features, text_features, log_scale):
    """You return a loss for each pair. One number is wanted, the mean of them."""
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text.T
    return -(log_probabilities(logits) + log_probabilities(logits.T)).diagonal() / 2


@exercise.mistake
def returns_both_directions(image_features, text_features, log_scale):
    """You return the two cross-entropies. One number is wanted, their mean."""
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text.T
    own = np.arange(len(logits))
    return cross_entropy(logits, own), cross_entropy(logits.T, own)


@exercise.mistake
def takes_the_logarithm_of_a_softmax(image_features, text_features, log_scale):
    """You take the logarithm of a softmax, which fails where a probability has become 0.

    With a large scale that happens, and the loss is inf. A log-softmax works with logarithms to the
    end; your cross_entropy does.
    """
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text.T
    with np.errstate(divide="ignore"):
        logs = [np.log(softmax(each)).diagonal().mean() for each in (logits, logits.T)]
    return -sum(logs) / 2


@exercise.mistake
def exponentiates_without_shifting(image_features, text_features, log_scale):
    """You take exp of the logits as they are, and above 709 it is inf.

    Subtract the largest of each row first, or take the cross_entropy that you have written.
    """
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text.T
    with np.errstate(over="ignore"):
        sums = [np.log(np.exp(logits).sum(axis=axis)) for axis in (0, 1)]
    return (sum(sums) / 2 - logits.diagonal()).mean()


@exercise.mistake
def adds_a_little_inside_the_logarithm(image_features, text_features, log_scale):
    """You add a small number inside the logarithm, and so move the loss.

    It hides a log(0), and no loss is ever above 16. A log-softmax needs no such help.
    """
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text.T
    logs = [np.log(softmax(each) + 1e-7).diagonal().mean() for each in (logits, logits.T)]
    return -sum(logs) / 2


@exercise.mistake
def normalises_in_place(image_features, text_features, log_scale):
    """Your loss is right, but you write the directions into the caller's own features.

    `x /= ...` changes the array for everybody who holds it. `x = x / ...` makes a new one.
    """
    loss = clip_loss(image_features, text_features, log_scale)
    for each in (image_features, text_features):
        each /= np.linalg.norm(each, axis=-1, keepdims=True)
    return loss
