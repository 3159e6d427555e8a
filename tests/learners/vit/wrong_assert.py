# what: assert
# names: vit.raises_another_error
import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    assert H % patch == 0 and W % patch == 0, "image must be divisible by patch"
    x = image.reshape(*batch, H // patch, patch, W // patch, patch, C).swapaxes(-4, -3)
    return x.reshape(*batch, -1, patch * patch * C)


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    shape = (*x.shape[:-2], 1, x.shape[-1])
    token = np.broadcast_to(params["class_token"], shape)
    x = np.concatenate([token, x], axis=-2)
    return x + params["position_embedding"]
