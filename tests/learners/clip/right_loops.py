import math

import numpy as np

from exercises.text.next_token import cross_entropy, log_probabilities


def length(v):
    return math.sqrt(sum(float(a) ** 2 for a in v))


def clip_loss(image_features, text_features, log_scale):
    n = len(image_features)
    scale = math.exp(log_scale)
    logits = [
        [
            scale * float(i @ t) / (length(i) * length(t))
            for t in text_features
        ]
        for i in image_features
    ]
    total = 0.0
    for k in range(n):
        row = logits[k]
        column = [logits[j][k] for j in range(n)]
        for line in (row, column):
            top = max(line)
            total += top + math.log(sum(math.exp(a - top) for a in line)) - logits[k][k]
    return total / (2 * n)
