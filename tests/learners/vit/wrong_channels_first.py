# what: (c p1 p2), as for torch
# names: vit.puts_the_channels_first
import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if H % patch or W % patch:
        raise ValueError("not divisible")
    x = np.moveaxis(image, -1, -3)
    x = x.reshape(*batch, C, H // patch, patch, W // patch, patch)
    x = np.einsum("...chpwq->...hwcpq", x)
    return x.reshape(*batch, -1, C * patch * patch)


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    shape = (*x.shape[:-2], 1, x.shape[-1])
    token = np.broadcast_to(params["class_token"], shape)
    x = np.concatenate([token, x], axis=-2)
    return x + params["position_embedding"]
