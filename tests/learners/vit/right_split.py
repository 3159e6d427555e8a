import numpy as np


def patchify(image, patch):
    H, W, C = image.shape[-3:]
    for side in (H, W):
        if side % patch:
            raise ValueError(side)
    strips = np.split(image, H // patch, axis=-3)
    squares = [s for strip in strips for s in np.split(strip, W // patch, axis=-2)]
    flat = [s.reshape(s.shape[:-3] + (1, -1)) for s in squares]
    return np.concatenate(flat, axis=-2)


def vit_embed(image, params, patch):
    x = np.einsum("...np,pd->...nd", patchify(image, patch), params["w_patch"])
    x = x + params["b_patch"]
    token = params["class_token"] + np.zeros_like(x[..., :1, :])
    return np.concatenate((token, x), axis=-2) + params["position_embedding"]
