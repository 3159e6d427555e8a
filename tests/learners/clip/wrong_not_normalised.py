# what: the features as they are
# names: clip.leaves_both_as_they_are
import math

import numpy as np

from exercises.text.next_token import cross_entropy, log_probabilities


def clip_loss(image_features, text_features, log_scale):
    logits = math.exp(log_scale) * (image_features @ text_features.T)
    labels = np.arange(len(logits))
    return 0.5 * (cross_entropy(logits, labels) + cross_entropy(logits.T, labels))
