# what: only the height is checked (loops over the width cut the last patch short)
# names: vit.checks_the_height_alone
import numpy as np


def patchify(image, patch):
    height, width = image.shape[-3:-1]
    if height % patch != 0:
        raise ValueError("the image is not divisible")
    patches = []
    for top in range(0, height, patch):
        for left in range(0, width, patch):
            square = image[..., top:top + patch, left:left + patch, :]
            patches.append(square.reshape(square.shape[:-3] + (-1,)))
    return np.stack(patches, axis=-2)


def vit_embed(image, params, patch):
    patches = patchify(image, patch)
    d = params["class_token"].shape[0]
    x = np.empty(patches.shape[:-2] + (patches.shape[-2] + 1, d), dtype=image.dtype)
    x[..., 0, :] = params["class_token"]
    x[..., 1:, :] = patches @ params["w_patch"] + params["b_patch"]
    return x + params["position_embedding"]
