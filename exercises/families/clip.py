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

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade clip        (stuck? grader hint clip)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.text.next_token import cross_entropy


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
    raise NotImplementedError
