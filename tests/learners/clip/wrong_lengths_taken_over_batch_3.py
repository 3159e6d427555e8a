# what: lengths are taken over the batch, axis 0, and not over the features
# names: clip.normalises_each_feature
import numpy as np

from exercises.text.next_token import cross_entropy


def clip_loss(image_features, text_features, log_scale):
    image = image_features / np.linalg.norm(image_features, axis=0, keepdims=True)
    text = text_features / np.linalg.norm(text_features, axis=0, keepdims=True)
    logits = np.exp(log_scale) * (image @ text.T)
    right = np.arange(len(logits))
    return (cross_entropy(logits, right) + cross_entropy(logits.T, right)) / 2
