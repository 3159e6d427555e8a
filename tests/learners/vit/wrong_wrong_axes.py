# what: transposes the wrong pair
# names: vit.exchanges_two_other_axes
import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if H % patch or W % patch:
        raise ValueError("not divisible")
    x = image.reshape(*batch, H // patch, patch, W // patch, patch, C)
    x = np.einsum("...hpwqc->...hqwpc", x)
    return x.reshape(*batch, -1, patch * patch * C)


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    shape = (*x.shape[:-2], 1, x.shape[-1])
    token = np.broadcast_to(params["class_token"], shape)
    x = np.concatenate([token, x], axis=-2)
    return x + params["position_embedding"]
