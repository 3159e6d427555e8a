# right: reshape and swap
import numpy as np


def patchify(image, patch):
    *lead, height, width, channels = image.shape
    if height % patch or width % patch:
        raise ValueError(f"{height} x {width} pixels cannot be cut into squares of {patch}")
    rows, columns = height // patch, width // patch
    x = image.reshape(*lead, rows, patch, columns, patch, channels)
    x = np.swapaxes(x, -4, -3)
    return x.reshape(*lead, rows * columns, patch * patch * channels)


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    first = np.broadcast_to(params["class_token"], x.shape[:-2] + (1, x.shape[-1]))
    return np.concatenate([first, x], axis=-2) + params["position_embedding"]
