# slip: patches overlap -> vit.lets_patches_overlap
# slip: no position for the class token -> vit.gives_the_class_token_no_position
import numpy as np


def patchify(image, patch):
    *batch, H, W, C = image.shape
    if H % patch or W % patch:
        raise ValueError("not divisible")
    patches = []
    for i in range(H - patch + 1):
        for j in range(W - patch + 1):
            patches.append(image[..., i : i + patch, j : j + patch, :].reshape(*batch, -1))
    return np.stack(patches, axis=-2)


def cut(image, patch):
    *batch, H, W, C = image.shape
    x = image.reshape(*batch, H // patch, patch, W // patch, patch, C).swapaxes(-4, -3)
    return x.reshape(*batch, -1, patch * patch * C)


def vit_embed(image, params, patch):
    x = cut(image, patch) @ params["w_patch"] + params["b_patch"]
    x = x + params["position_embedding"][1:]
    token = np.broadcast_to(params["class_token"], x[..., :1, :].shape)
    return np.concatenate([token, x], axis=-2)
