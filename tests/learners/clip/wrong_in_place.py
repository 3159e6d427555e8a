# what: /= on what came in
# names: clip.normalises_in_place
import math

import numpy as np

from exercises.text.next_token import cross_entropy, log_probabilities


def clip_loss(image_features, text_features, log_scale):
    image_features /= np.linalg.norm(image_features, axis=-1, keepdims=True)
    text_features /= np.linalg.norm(text_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image_features @ text_features.T
    labels = np.arange(len(logits))
    return (cross_entropy(logits, labels) + cross_entropy(logits.T, labels)) / 2
