# slip: what is not divisible is cropped and raises nothing -> vit.crops_what_is_left
# slip: the class token gets no position -> vit.gives_the_class_token_no_position
import numpy as np


def patchify(image, patch):
    *lead, height, width, channels = image.shape
    rows, columns = height // patch, width // patch
    x = image[..., :rows * patch, :columns * patch, :].reshape(*lead, rows, patch, columns, patch, channels)
    x = np.swapaxes(x, -4, -3)
    return x.reshape(*lead, rows * columns, patch * patch * channels)


def vit_embed(image, params, patch):
    x = patchify(image, patch) @ params["w_patch"] + params["b_patch"]
    first = np.broadcast_to(params["class_token"], x.shape[:-2] + (1, x.shape[-1]))
    return np.concatenate([first, x + params["position_embedding"][1:]], axis=-2)
