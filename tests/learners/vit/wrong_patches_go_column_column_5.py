# slip: patches go column by column -> vit.goes_column_by_column
# slip: b_patch is left out -> vit.forgets_the_bias
import numpy as np


def patchify(image, patch):
    height, width = image.shape[-3:-1]
    if height % patch != 0 or width % patch != 0:
        raise ValueError("the image is not divisible")
    patches = []
    for left in range(0, width, patch):
        for top in range(0, height, patch):
            square = image[..., top:top + patch, left:left + patch, :]
            patches.append(square.reshape(square.shape[:-3] + (-1,)))
    return np.stack(patches, axis=-2)


def vit_embed(image, params, patch):
    patches = patchify(image, patch)
    d = params["class_token"].shape[0]
    x = np.empty(patches.shape[:-2] + (patches.shape[-2] + 1, d), dtype=image.dtype)
    x[..., 0, :] = params["class_token"]
    x[..., 1:, :] = patches @ params["w_patch"]
    return x + params["position_embedding"]
