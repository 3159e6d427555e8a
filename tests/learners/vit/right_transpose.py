import numpy as np


def patchify(image, patch):
    if image.ndim > 4:
        return np.stack([patchify(each, patch) for each in image])
    if image.ndim == 3:
        return patchify(image[None], patch)[0]
    B, H, W, C = image.shape
    if H % patch or W % patch:
        raise ValueError(f"{H}x{W} is not divisible by {patch}")
    x = image.reshape(B, H // patch, patch, W // patch, patch, C)
    return x.transpose(0, 1, 3, 2, 4, 5).reshape(B, -1, patch * patch * C)


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    shape = (*x.shape[:-2], 1, x.shape[-1])
    token = np.broadcast_to(params["class_token"], shape)
    x = np.concatenate([token, x], axis=-2)
    return x + params["position_embedding"]
