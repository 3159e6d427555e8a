import math

import numpy as np

from exercises.text.next_token import cross_entropy, log_probabilities


def clip_loss(image_features, text_features, log_scale):
    image = (image_features.T / np.linalg.norm(image_features, axis=1)).T
    text = (text_features.T / np.linalg.norm(text_features, axis=1)).T
    logits = image @ text.T * math.exp(log_scale)
    log_p = log_probabilities(logits) + log_probabilities(logits.T).T
    return -log_p[np.eye(len(logits), dtype=bool)].mean() / 2
