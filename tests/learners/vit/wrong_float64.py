# what: np.zeros to fill
# names: vit.collects_patches_in_float64
import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if H % patch or W % patch:
        raise ValueError("not divisible")
    out = np.zeros((*batch, H * W // patch**2, patch * patch * C))
    k = 0
    for i in range(0, H, patch):
        for j in range(0, W, patch):
            out[..., k, :] = image[..., i : i + patch, j : j + patch, :].reshape(*batch, -1)
            k += 1
    return out


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    shape = (*x.shape[:-2], 1, x.shape[-1])
    token = np.broadcast_to(params["class_token"], shape)
    x = np.concatenate([token, x], axis=-2)
    return x + params["position_embedding"]
