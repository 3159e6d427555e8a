# slip: no scale -> clip.forgets_the_scale
# slip: one direction -> clip.asks_the_texts_only
# slip: divides by squares
import math

import numpy as np

from exercises.text.next_token import cross_entropy, log_probabilities


def unit(x):
    return x / (x * x).sum(axis=-1, keepdims=True)


def clip_loss(image_features, text_features, log_scale):
    logits = unit(text_features) @ unit(image_features).T
    return cross_entropy(logits, np.arange(len(logits)))
