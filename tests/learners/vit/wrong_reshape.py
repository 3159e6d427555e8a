# what: one reshape
# names: vit.cuts_by_reshape_alone
import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if H % patch or W % patch:
        raise ValueError("not divisible")
    return image.reshape(*batch, H * W // patch**2, patch * patch * C)


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    shape = (*x.shape[:-2], 1, x.shape[-1])
    token = np.broadcast_to(params["class_token"], shape)
    x = np.concatenate([token, x], axis=-2)
    return x + params["position_embedding"]
