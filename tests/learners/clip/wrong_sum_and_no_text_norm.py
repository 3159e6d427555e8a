# slip: adds the directions up -> clip.adds_the_two_directions
# slip: texts are left long -> clip.leaves_the_texts_as_they_are
import math

import numpy as np

from exercises.text.next_token import cross_entropy, log_probabilities


def clip_loss(image_features, text_features, log_scale):
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    logits = math.exp(log_scale) * image @ text_features.T
    labels = np.arange(len(logits))
    return cross_entropy(logits, labels) + cross_entropy(logits.T, labels)
