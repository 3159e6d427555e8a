# slip: the two losses are added and not halved -> clip.adds_the_two_directions
# slip: texts are not normalised -> clip.leaves_the_texts_as_they_are
import numpy as np

from exercises.text.next_token import cross_entropy


def clip_loss(image_features, text_features, log_scale):
    image = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    text = text_features
    logits = np.exp(log_scale) * (image @ text.T)
    right = np.arange(len(logits))
    return (cross_entropy(logits, right) + cross_entropy(logits.T, right))
