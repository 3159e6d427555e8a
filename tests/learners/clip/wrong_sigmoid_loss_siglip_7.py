# what: sigmoid loss of SigLIP
# names: clip.sums_yes_or_no_over_the_texts
import numpy as np


def clip_loss(image_features, text_features, log_scale):
    a = image_features / np.linalg.norm(image_features, axis=-1, keepdims=True)
    b = text_features / np.linalg.norm(text_features, axis=-1, keepdims=True)
    z = np.exp(log_scale) * a @ b.T
    sign = 2 * np.eye(len(z)) - 1
    return np.logaddexp(0, -sign * z).sum() / len(z)
