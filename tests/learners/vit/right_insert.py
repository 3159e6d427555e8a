import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if H % patch != 0 or W % patch != 0:
        raise ValueError("patch does not fit")
    x = image.reshape(*batch, H // patch, patch, W // patch, patch, C)
    x = np.swapaxes(x, -3, -4)
    return x.reshape(*batch, (H // patch) * (W // patch), patch * patch * C)


def vit_embed(image, params, patch):
    tokens = np.matmul(patchify(image, patch), params["w_patch"]) + params["b_patch"]
    tokens = np.insert(tokens, 0, params["class_token"], axis=-2)
    return params["position_embedding"] + tokens
