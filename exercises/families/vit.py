"""ViT: an image is cut into patches, and each patch is read like a word.

A sequence of single pixels would be far too long: 224 by 224 of them are 50,176. So a Vision
Transformer cuts the image into squares of patch by patch pixels, and lays the numbers of each out
as one vector: the patches row by row, and inside a patch its rows, in a row its columns, in a pixel
its channels (red, green, blue).

    image (H, W, C)   ->   patches (H/patch · W/patch, patch · patch · C)

    one channel, patch = 2:   [[1, 2, 3, 4],   ->   [[1, 2, 5, 6],     the left square
                               [5, 6, 7, 8]]         [3, 4, 7, 8]]     the right one

A reshape alone does not do that: it would take [1, 2, 3, 4] for the first patch. Split each of the
two axes first, H into H/patch and patch, W likewise; then the two halves have to change places.

The rest is as with text. A linear layer makes a vector of width d of each patch; a class token, one
learned vector, goes in front, and what the last block makes of it is what a classifier reads; and
every place, that of the class token too, has a learned vector of its own, which is added.

    x = [class_token, patches · w_patch + b_patch] + position_embedding       (1 + patches, d)

    patches [[2], [3]], w_patch [[10]], b_patch [1], class_token [5], position_embedding [[0], [.1],
    [.2]]:   [[5], [21], [31]] + [[0], [.1], [.2]] = [[5], [21.1], [31.2]]
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade vit        (stuck? grader hint vit)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def patchify(image, patch):
    """Cut images into square patches, each laid out as one vector.

    Parameters
    ----------
    image : (..., H, W, C)
        Images of H rows and W columns of pixels, with C channels.
    patch : int
        How many pixels a patch is wide and high.

    Returns
    -------
    patches : (..., H*W/patch^2, patch*patch*C)
        Row by row; inside a patch by row, column and channel.

    Raises
    ------
    ValueError
        H or W is not divisible by patch.

    Notes
    -----
    Source: Dosovitskiy et al. 2020, section 3.1.
    """
    raise NotImplementedError


def vit_embed(image, params, patch):
    """Make the vectors that the first block of a Vision Transformer reads.

    Parameters
    ----------
    image : (..., H, W, C)
        Images; H and W are divisible by patch.
    params : dict
        `w_patch` (patch*patch*C, d), `b_patch` (d,), `class_token` (d,) and `position_embedding`
        (1 + H*W/patch^2, d).
    patch : int
        How many pixels a patch is wide and high.

    Returns
    -------
    x : (..., 1 + H*W/patch^2, d)
        The class token and the patches, each with its position.

    Notes
    -----
    Source: Dosovitskiy et al. 2020, equation 1.
    """
    raise NotImplementedError
