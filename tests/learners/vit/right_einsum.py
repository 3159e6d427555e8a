import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if (H % patch, W % patch) != (0, 0):
        raise ValueError("no whole patches")
    x = image.reshape((*batch, H // patch, patch, W // patch, patch, C))
    x = np.einsum("...hpwqc->...hwpqc", x)
    return x.reshape((*batch, -1, patch**2 * C))


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    shape = (*x.shape[:-2], 1, x.shape[-1])
    token = np.broadcast_to(params["class_token"], shape)
    x = np.concatenate([token, x], axis=-2)
    return x + params["position_embedding"]
