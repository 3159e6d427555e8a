# what: norm without an axis
# names: clip.takes_one_length_for_all
import math

import numpy as np

from exercises.text.next_token import cross_entropy, log_probabilities


def clip_loss(image_features, text_features, log_scale):
    image = image_features / np.linalg.norm(image_features)
    text = text_features / np.linalg.norm(text_features)
    logits = math.exp(log_scale) * image @ text.T
    labels = np.arange(len(logits))
    return (cross_entropy(logits, labels) + cross_entropy(logits.T, labels)) / 2
