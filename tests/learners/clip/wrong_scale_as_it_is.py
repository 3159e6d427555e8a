# what: log_scale for its exponential
# names: clip.takes_the_logarithm_for_the_scale
import math

import numpy as np

from exercises.text.next_token import cross_entropy, log_probabilities


def clip_loss(image_features, text_features, log_scale):
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = log_scale * (image @ text.T)
    labels = np.arange(len(logits))
    return (cross_entropy(logits, labels) + cross_entropy(logits.T, labels)) / 2
