# right: log-sum-exp by hand
import numpy as np


def clip_loss(image_features, text_features, log_scale):
    a = image_features / np.sqrt((image_features ** 2).sum(axis=1))[:, None]
    b = text_features / np.sqrt((text_features ** 2).sum(axis=1))[:, None]
    logits = np.einsum("id,jd->ij", a, b) * np.exp(log_scale)

    def total(axis):
        top = logits.max(axis=axis)
        return (top + np.log(np.exp(logits - np.expand_dims(top, axis)).sum(axis=axis))).mean()

    return (total(0) + total(1)) / 2 - np.diagonal(logits).mean()
