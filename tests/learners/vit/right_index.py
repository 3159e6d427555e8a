import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if H % patch or W % patch:
        raise ValueError("H and W have to be multiples of the patch")
    numbers = np.arange(H * W * C).reshape(H, W, C)
    order = [
        numbers[r : r + patch, c : c + patch].ravel()
        for r in range(0, H, patch)
        for c in range(0, W, patch)
    ]
    return image.reshape(*batch, H * W * C)[..., np.array(order)]


def vit_embed(image, params, patch):
    patches = patchify(image, patch)
    x = np.pad(patches @ params["w_patch"] + params["b_patch"], [(0, 0)] * (patches.ndim - 2) + [(1, 0), (0, 0)])
    x[..., 0, :] = params["class_token"]
    x += params["position_embedding"]
    return x
