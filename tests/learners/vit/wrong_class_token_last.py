# what: the class token is appended
# names: vit.puts_the_class_token_last
import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if H % patch != 0 or W % patch != 0:
        raise ValueError("patch does not fit")
    x = image.reshape(*batch, H // patch, patch, W // patch, patch, C)
    x = np.swapaxes(x, -3, -4)
    return x.reshape(*batch, (H // patch) * (W // patch), patch * patch * C)


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    token = np.broadcast_to(params["class_token"], x[..., :1, :].shape)
    return np.concatenate([x, token], axis=-2) + params["position_embedding"]
