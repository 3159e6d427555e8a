import numpy as np


def patchify(image, patch):
    H, W, C = image.shape[-3:]
    if H % patch or W % patch:
        raise ValueError("not divisible")
    patches = []
    for top in range(0, H, patch):
        for left in range(0, W, patch):
            square = image[..., top : top + patch, left : left + patch, :]
            patches.append(square.reshape(*image.shape[:-3], patch * patch * C))
    return np.stack(patches, axis=-2)


def vit_embed(image, params, patch):
    rows = [params["class_token"] + params["position_embedding"][0]]
    patches = patchify(image, patch)
    out = np.empty((*patches.shape[:-2], patches.shape[-2] + 1, rows[0].size), dtype=patches.dtype)
    out[..., 0, :] = rows[0]
    for i in range(patches.shape[-2]):
        row = patches[..., i, :] @ params["w_patch"] + params["b_patch"]
        out[..., i + 1, :] = row + params["position_embedding"][i + 1]
    return out
