# what: the loops are the wrong way round
# names: vit.goes_column_by_column
import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if H % patch or W % patch:
        raise ValueError("not divisible")
    patches = []
    for j in range(W // patch):
        for i in range(H // patch):
            square = image[..., i * patch : (i + 1) * patch, j * patch : (j + 1) * patch, :]
            patches.append(square.reshape(*batch, -1))
    return np.stack(patches, axis=-2)


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    shape = (*x.shape[:-2], 1, x.shape[-1])
    token = np.broadcast_to(params["class_token"], shape)
    x = np.concatenate([token, x], axis=-2)
    return x + params["position_embedding"]
